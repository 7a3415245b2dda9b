/** The plan of a workflow for people: which steps would run, in which order, and what they may change. */
import type { StepPlanDocument } from '@oatty/runtime';
import { toTable } from './table.ts';
import type { TextStyle } from './text-style.ts';

export function toPlanText({ workflow_id, steps, effect }: StepPlanDocument, { width }: TextStyle): string {
  const rows = steps.map((step) => [
    `${step.index + 1}`,
    step.step_id,
    willRun(step.will_run),
    step.effect,
    step.depends_on.join(', '),
    step.run,
  ]);
  const table = toTable(['#', 'STEP', 'RUNS', 'EFFECT', 'AFTER', 'COMMAND'], rows, { width, whole: 4 });
  return `${table}\n${workflow_id} is ${effect} as a whole.`;
}

// --- internal ---

function willRun(value: boolean | null): string {
  if (value === null) return 'depends';
  return value ? 'yes' : 'no';
}
