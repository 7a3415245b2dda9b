/** Users: made at their first change, found by the principal that calls. */
import { first, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { createId } from './create-id.ts';

export interface User {
  readonly user_id: string;
  readonly principal: string;
  /** `null` until it is set. */
  readonly time_zone: string | null;
}

/** A user who has changed nothing yet owns nothing: the empty id is nobody's. */
export function* readUser(principal: string): Work<User> {
  const found = yield* first<User>(
    sql`SELECT user_id, principal, time_zone FROM task_users WHERE principal = ${principal}`,
  );
  return found ?? { user_id: '', principal, time_zone: null };
}

export interface ChangingUser extends User {
  /** Number of the change that begins. */
  readonly change_count: number;
}

/** Makes the user where there is none, and keeps other changes of the same user waiting until the transaction ends. */
export function* lockUser(principal: string, now: Date): Work<ChangingUser> {
  const locked = yield* first<ChangingUser>(
    sql`INSERT INTO task_users (user_id, principal, change_count, created_at)
      VALUES (${createId(now)}, ${principal}, 1, ${now.toISOString()})
      ON CONFLICT (principal) DO UPDATE SET change_count = task_users.change_count + 1
      RETURNING user_id, principal, time_zone, change_count`,
  );
  if (locked === undefined) throw new TypeError('An upsert gives its row.');
  return locked;
}

export function* setTimeZone({ user_id }: User, timeZone: string): Work<void> {
  yield sql`UPDATE task_users SET time_zone = ${timeZone} WHERE user_id = ${user_id}`;
}
