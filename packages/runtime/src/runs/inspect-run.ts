/** A run with its open questions, for handles that outlive connections. */
import { OattyError } from '@oatty/types';
import type { RunInspection } from './runs.ts';
import type { World } from '../world.ts';

/** @throws {OattyError} `RUN_NOT_FOUND`, also for a run of another principal: its existence is nobody else's business */
export async function inspectRun(world: World, runId: string, principal?: string): Promise<RunInspection> {
  const store = await world.store();
  const record = await store.getRun(runId);
  if (record === undefined || (principal !== undefined && record.caller.principal !== principal)) {
    throw new OattyError('RUN_NOT_FOUND', `There is no run "${runId}".`, { context: { run_id: runId } });
  }
  const questions = await store.readQuestions(runId);
  const commits = await store.readCommits(runId);
  const marks = await store.readMarks(runId);
  const instants = [
    record.created_at,
    record.started_at,
    record.finished_at,
    ...questions.flatMap(({ asked_at, answered_at }) => [asked_at, answered_at]),
    ...commits.map(({ result }) => result.finished_at),
    ...marks.filter(({ phase }) => phase === 'calling').map(({ at }) => at),
  ];
  const { toRunDocument } = await import('@oatty/engine');
  return {
    run: toRunDocument(record, commits, marks),
    caller: record.caller,
    open_questions: questions
      .filter(({ question, answered_at }) => answered_at === undefined && !isOver(question.due_at, world))
      .map(({ question }) => question),
    // ISO 8601 in UTC sorts as text.
    updated_at: instants.filter((instant) => instant !== undefined).reduce((a, b) => (a > b ? a : b)),
    ...(record.ttl_ms !== undefined && { ttl_ms: record.ttl_ms }),
    ...(record.operation && { operation: record.operation }),
  };
}

// --- internal ---

/** Nobody can answer it any more; the run goes on without. */
function isOver(dueAt: string | undefined, { clock }: World): boolean {
  return dueAt !== undefined && Date.parse(dueAt) <= clock.now().getTime();
}
