/**
 * Carries out one change of a user's tasks in a transaction.
 *
 * Changes of one user come one after the other: each begins by raising the number of the user's changes.
 */
import type { HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import type { TasksPorts } from '../ports.ts';
import { lockUser } from '../rows/user-rows.ts';
import { toUserTime } from '../time/user-time.ts';
import { Change } from './change.ts';

export interface ChangeRequest {
  readonly context: HandlerContext;
  readonly command: string;
  /** What was asked for; a step of a run that asks for it again gets the same answer. */
  readonly input: Readonly<Record<string, unknown>>;
  readonly timeZone?: string | undefined;
}

/** @param work - what is to be done; it may be asked to begin again, so it keeps nothing of an earlier time */
export async function makeChange<Result>(
  ports: TasksPorts,
  request: ChangeRequest,
  work: (change: Change) => Work<Result>,
): Promise<Result> {
  const { context, command, input, timeZone } = request;
  const database = await ports.database();
  return database.transact(function* () {
    const now = ports.clock.now();
    const { change_count, ...user } = yield* lockUser(context.caller, now);
    const at = toUserTime(ports, user, { timeZone, now: now.toISOString() });
    const change = new Change({ user, at, context, number: change_count });
    if (context.idempotencyKey === undefined) return yield* work(change);
    const asked = [command, input, timeZone];
    return (yield* change.once(`run:${context.idempotencyKey}`, asked, () => work(change))).result;
  });
}
