/**
 * Whose tasks a call reads.
 *
 *   W1. One's own. `user` names somebody else, for admins; others are refused, and never given their own instead.
 *   W2. Only what reads knows `user`: what is changed is the caller's own, whoever calls.
 *   W3. Who there is, is told to admins only: to others nobody is there and nobody is missing.
 *   W4. An admin who reads what is another's is written down in the transaction that reads it: no row, nothing read.
 */
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import type { TasksPorts } from './ports.ts';
import { insertRead } from './rows/read-rows.ts';
import type { NewRead } from './rows/read-rows.ts';
import { findUser, meetUser } from './rows/user-rows.ts';
import type { User } from './rows/user-rows.ts';
import { plainTextSchema } from './schemas/task-schemas.ts';

export const userSchema = plainTextSchema
  .min(1)
  .max(1_000)
  .describe('For admins: whose tasks, by a user_id of "tasks users". Default: your own.');

export interface ReadRequest {
  readonly context: HandlerContext;
  /** What reads, by its name. */
  readonly command: string;
  /** As the caller gives it (W1). */
  readonly user: string | undefined;
  /** Where one task is asked for. */
  readonly taskId?: string | undefined;
}

/**
 * @param work - reads what is the user's
 * @throws {OattyError} `POLICY_DENIED` (W1), `USER_NOT_FOUND`
 */
export async function readWhose<Result>(
  ports: TasksPorts,
  request: ReadRequest,
  work: (user: User) => Work<Result>,
): Promise<Result> {
  const { context, user: userId } = request;
  const { caller } = context;
  if (userId !== undefined) requireAdmin(caller);
  const database = await ports.database();
  const now = ports.clock.now();
  if (userId === undefined)
    return database.run(function* () {
      return yield* work(yield* meetUser(caller, now));
    });
  return database.transact(function* () {
    const owner = yield* requireUser(userId);
    if (owner.principal !== caller.principal) yield* insertRead(owner.user_id, toRead(request, now)); // W4
    return yield* work(owner);
  });
}

/** @throws {OattyError} `POLICY_DENIED` */
export function requireAdmin({ role }: HandlerContext['caller']): void {
  if (role === 'admin') return;
  throw new OattyError('POLICY_DENIED', 'Only an admin sees who the users are and what belongs to them.', {
    suggestedAction: 'Leave out "user" to see your own tasks. specs/TASKS.md says who is an admin.',
    context: { role: 'admin' },
  });
}

// --- internal ---

function* requireUser(userId: string): Work<User> {
  const found = yield* findUser(userId);
  if (found !== undefined) return found;
  throw new OattyError('USER_NOT_FOUND', `There is no user "${userId}".`, { context: { user: userId } });
}

function toRead({ context, command, taskId }: ReadRequest, readAt: Date): NewRead {
  const { caller, runId } = context;
  return {
    reader: caller.principal,
    command,
    task_id: taskId ?? null,
    via: caller.via,
    run_id: runId ?? null,
    readAt,
  };
}
