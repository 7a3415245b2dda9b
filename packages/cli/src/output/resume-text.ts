import type { ResumePlanDocument } from '@oatty/runtime';
import { toPrintable } from './printable.ts';
import { toTable } from './table.ts';
import type { TextStyle } from './text-style.ts';

/** What is kept, what runs again, and what makes it impossible. */
export function toResumeText(plan: ResumePlanDocument, { width, paint }: TextStyle): string {
  const rows = plan.steps.map(({ step_id, action, run, reason }) => [words[action], step_id, run, reason]);
  return [
    toTable(['', 'STEP', 'COMMAND', 'WHY'], rows, { width }),
    ...plan.changed_commands.map((id) => toPrintable(`${paint.yellow('!')} ${id} is no longer what it was.`)),
    ...plan.doubtful_steps.map((id) =>
      toPrintable(
        `${paint.yellow('!')} A call of ${id} may have been carried out already; it is made again with the same idempotency key.`,
      ),
    ),
    ...plan.problems.map((problem) => `${paint.red('✗')} ${toPrintable(problem)}`),
  ].join('\n');
}

// --- internal ---

const words: Readonly<Record<ResumePlanDocument['steps'][number]['action'], string>> = {
  kept: 'keep',
  run_again: 'run again',
  new: 'new',
  removed: 'removed',
};
