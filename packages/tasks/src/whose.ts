/**
 * Whose tasks a call reads.
 *
 *   W1. One's own. `user` names somebody else, for admins; others are refused, and never given their own instead.
 *   W2. Only what reads knows `user`: what is changed is the caller's own, whoever calls.
 *   W3. Who there is, is told to admins only: to others nobody is there and nobody is missing.
 */
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import { findUser, readUser } from './rows/user-rows.ts';
import type { User } from './rows/user-rows.ts';
import { plainTextSchema } from './schemas/task-schemas.ts';

export const userSchema = plainTextSchema
  .min(1)
  .max(1_000)
  .describe('For admins: whose tasks, by a user_id of "tasks users". Default: your own.');

/** @throws {OattyError} `POLICY_DENIED` (W1), `USER_NOT_FOUND` */
export function* readOwner(caller: HandlerContext['caller'], userId: string | undefined): Work<User> {
  if (userId === undefined) return yield* readUser(caller.principal);
  requireAdmin(caller);
  const found = yield* findUser(userId);
  if (found !== undefined) return found;
  throw new OattyError('USER_NOT_FOUND', `There is no user "${userId}".`, { context: { user: userId } });
}

/** @throws {OattyError} `POLICY_DENIED` */
export function requireAdmin({ role }: HandlerContext['caller']): void {
  if (role === 'admin') return;
  throw new OattyError('POLICY_DENIED', 'Only an admin sees who the users are and what belongs to them.', {
    suggestedAction: 'Leave out "user" to see your own tasks. specs/TASKS.md says who is an admin.',
    context: { role: 'admin' },
  });
}
