import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { inputOptions, readInputs } from '../input/input-values.ts';
import { selectWorkflow } from '../input/workflow-source.ts';
import { toPlanText } from '../output/plan-text.ts';

export const command: CliCommand = {
  path: 'workflow plan',
  summary: 'Show the steps in the order in which they would run.',
  positionals: [{ name: 'WORKFLOW', required: true, description: 'Id or file; - for stdin.' }],
  options: inputOptions,
  async run(context, input) {
    const { workflows } = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const document = await workflows.stepPlan(selector, await readInputs(context, input));
    context.print(document, toPlanText);
    return 0;
  },
};
