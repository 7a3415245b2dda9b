import type { StepPlanDocument } from '@oatty/runtime';
import { requiredPositional } from '../cli-command.ts';
import type { CliCommand } from '../cli-command.ts';
import { toTable } from '../output/table.ts';
import { inputOptions, readInputs } from './input-values.ts';
import { selectWorkflow } from './manifest-file.ts';

export const command: CliCommand = {
  path: 'workflow plan',
  summary: 'Show the steps in the order in which they would run.',
  positionals: [{ name: 'WORKFLOW', required: true, description: 'Id or file.' }],
  options: inputOptions,
  async run(context, input) {
    const { workflows } = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const document = await workflows.stepPlan(selector, await readInputs(context, input));
    context.print(document, (plan) => toPlanText(plan, context.io.stdout.columns ?? 0));
    return undefined;
  },
};

// --- internal ---

function toPlanText({ steps, effect }: StepPlanDocument, width: number): string {
  const rows = steps.map((step) => [
    `${step.index + 1}`,
    step.step_id,
    step.effect,
    willRun(step.will_run),
    step.depends_on.join(', '),
    step.run,
  ]);
  return `${toTable(['#', 'STEP', 'EFFECT', 'RUNS', 'AFTER', 'COMMAND'], rows, { width })}\nEffect of the whole: ${effect}`;
}

function willRun(value: boolean | null): string {
  if (value === null) return 'depends';
  return value ? 'yes' : 'no';
}
