/**
 * Users: made at their first call, found by the principal that calls.
 *
 * What people are called comes with their calls; a call that does not say it leaves what is known.
 */
import type { HandlerContext } from '@oatty/types';
import { all, first, join, sql } from '@oatty/types/sql';
import type { Row, Work } from '@oatty/types/sql';
import { createId } from './create-id.ts';

export interface User {
  readonly user_id: string;
  readonly principal: string;
  /** `null` until it is set. */
  readonly time_zone: string | null;
}

/** A user who has not been met yet owns nothing: the empty id is nobody's. */
export function* readUser(principal: string): Work<User> {
  const found = yield* first<User>(
    sql`SELECT user_id, principal, time_zone FROM task_users WHERE principal = ${principal}`,
  );
  return found ?? { user_id: '', principal, time_zone: null };
}

/** Makes the user where there is none. */
export function* meetUser(caller: HandlerContext['caller'], now: Date): Work<User> {
  const { principal, name, email } = caller;
  const found = yield* readUser(principal);
  if (found.user_id !== '') return found;
  const at = now.toISOString();
  yield sql`INSERT INTO task_users (user_id, principal, name, email, change_count, created_at, updated_at)
    VALUES (${createId(now)}, ${principal}, ${name ?? null}, ${email ?? null}, 0, ${at}, ${at})
    ON CONFLICT (principal) DO NOTHING`;
  return yield* readUser(principal);
}

export type CountedUser = User & Pick<ChangingUser, 'change_count'>;

export function* readUserWithCount(principal: string): Work<CountedUser> {
  const found = yield* first<CountedUser>(
    sql`SELECT user_id, principal, time_zone, change_count FROM task_users WHERE principal = ${principal}`,
  );
  return found ?? { user_id: '', principal, time_zone: null, change_count: 0 };
}

/** Who has changed something since then, by the clock of whoever did it. */
export function* readChangedSince(since: string, limit: number): Work<readonly string[]> {
  const rows = yield* all<Pick<User, 'principal'> & Row>(
    sql`SELECT principal FROM task_users WHERE updated_at >= ${since} LIMIT ${limit}`,
  );
  return rows.map(({ principal }) => principal);
}

/** How many changes each of these has made; those that have made none are left out. */
export function* readChangeCounts(principals: readonly string[]): Work<ReadonlyMap<string, number>> {
  const counts = new Map<string, number>();
  for (let from = 0; from < principals.length; from += maxValues) {
    const asked = principals.slice(from, from + maxValues).map((principal) => sql`${principal}`);
    const rows = yield* all<Pick<CountedUser, 'principal' | 'change_count'> & Row>(
      sql`SELECT principal, change_count FROM task_users WHERE principal IN (${join(asked, ', ')})`,
    );
    for (const { principal, change_count } of rows) counts.set(principal, change_count);
  }
  return counts;
}

/** Of one statement: databases have a limit. */
const maxValues = 1_000;

export function* findUser(userId: string): Work<User | undefined> {
  return yield* first<User>(
    sql`SELECT user_id, principal, time_zone FROM task_users WHERE user_id = ${userId}`,
  );
}

export interface ListedUser extends User, Row {
  readonly name: string | null;
  readonly email: string | null;
  readonly created_at: string;
  readonly updated_at: string;
}

/** In the order in which they came. */
export function* selectUsers({
  after,
  limit,
}: {
  readonly after: string;
  readonly limit: number;
}): Work<readonly ListedUser[]> {
  return yield* all<ListedUser>(
    sql`SELECT user_id, principal, name, email, time_zone, created_at, updated_at FROM task_users
      WHERE user_id > ${after} ORDER BY user_id LIMIT ${limit}`,
  );
}

export interface ChangingUser extends User {
  /** Number of the last change; of one that begins, its own. */
  readonly change_count: number;
}

/** Makes the user where there is none, and keeps other changes of the same user waiting until the transaction ends. */
export function* lockUser(caller: HandlerContext['caller'], now: Date): Work<ChangingUser> {
  const { principal, name = null, email = null } = caller;
  const at = now.toISOString();
  const locked = yield* first<ChangingUser>(
    sql`INSERT INTO task_users (user_id, principal, name, email, change_count, created_at, updated_at)
      VALUES (${createId(now)}, ${principal}, ${name}, ${email}, 1, ${at}, ${at})
      ON CONFLICT (principal) DO UPDATE SET change_count = task_users.change_count + 1, updated_at = excluded.updated_at,
        name = COALESCE(excluded.name, task_users.name), email = COALESCE(excluded.email, task_users.email)
      RETURNING user_id, principal, time_zone, change_count`,
  );
  if (locked === undefined) throw new TypeError('An upsert gives its row.');
  return locked;
}

export function* setTimeZone({ user_id }: User, timeZone: string): Work<void> {
  yield sql`UPDATE task_users SET time_zone = ${timeZone} WHERE user_id = ${user_id}`;
}
