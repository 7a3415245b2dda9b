/** Steps that were begun and have not ended, from what the journal has of them. Pure. */
import type { CallMark, StepCommit } from '../ports/journal-entry.ts';

/** What was done of a step so far, over all its items. */
export interface BegunStep {
  readonly calls: number;
  readonly since: string;
}

export function listBegunSteps(
  commits: readonly StepCommit[],
  marks: readonly CallMark[],
): ReadonlyMap<string, BegunStep> {
  const ended = new Set(commits.filter(({ item }) => item === undefined).map(({ step_id }) => step_id));
  const begun = new Map<string, BegunStep>();
  const add = (stepId: string, calls: number, since: string | undefined): void => {
    if (ended.has(stepId)) return;
    const known = begun.get(stepId);
    const first = [known?.since, since].filter((instant) => instant !== undefined).toSorted()[0];
    begun.set(stepId, { calls: (known?.calls ?? 0) + calls, since: first ?? '' });
  };
  for (const { step_id, calls, since } of marks) add(step_id, calls, since);
  for (const { step_id, item, result } of commits) {
    if (item !== undefined) add(step_id, result.attempts, result.started_at);
  }
  return begun;
}
