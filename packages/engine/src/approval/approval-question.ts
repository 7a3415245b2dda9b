/** The question of an approval: how it is named, and whether its run still waits for the answer. */
import type { CallingStep } from '../ports/command-executor.ts';
import type { RunStore } from '../ports/run-store.ts';
import { placeOf } from '../run/run-state.ts';

/** One for each attempt: `approval:ok[2]#1.1`. */
export function approvalQuestionId({ stepId, item, poll, attempt }: CallingStep): string {
  return `approval:${placeOf({ step_id: stepId, ...(item !== undefined && { item }) })}#${poll}.${attempt}`;
}

/**
 * Whether the step has an end, or a later attempt, whatever a clock says now: the clock may have been set back since its
 * time was over.
 *
 * @param runId - of the run that really asks
 */
export async function hasGoneOn(
  runId: string,
  questionId: string,
  store: Pick<RunStore, 'readCommits' | 'readMarks'>,
): Promise<boolean> {
  const [, place, poll, attempt] = /(?:^|\/)approval:([^/]+)#(\d+)\.(\d+)$/.exec(questionId) ?? [];
  if (place === undefined) return false;
  const [stepId] = place.split('[');
  const isDone = (await store.readCommits(runId)).some(
    (commit) => placeOf(commit) === place || placeOf(commit) === stepId,
  );
  if (isDone) return true;
  const mark = (await store.readMarks(runId)).find((candidate) => placeOf(candidate) === place);
  if (mark === undefined) return false;
  return mark.poll > Number(poll) || (mark.poll === Number(poll) && mark.attempt > Number(attempt));
}
