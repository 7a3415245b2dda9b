import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { inputOptions, readInputs } from '../input/input-values.ts';
import { selectWorkflow } from '../input/workflow-source.ts';
import { toRenderedText } from '../output/rendered-text.ts';

export const command: CliCommand = {
  path: 'workflow render',
  summary: 'Show every step with its templates filled in, as far as they can be known.',
  positionals: [{ name: 'WORKFLOW', required: true, description: 'Id or file; - for stdin.' }],
  options: inputOptions,
  async run(context, input) {
    const { workflows } = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const document = await workflows.previewRendered(selector, await readInputs(context, input));
    context.print(document, toRenderedText);
    return 0;
  },
};
