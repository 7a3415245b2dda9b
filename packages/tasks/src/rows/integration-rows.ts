/** Integrations that users have set up. */
import { all, first, sql } from '@oatty/types/sql';
import type { Row, Work } from '@oatty/types/sql';
import { deleteOwn, fromOwn, fromOwnOrSharedIntegrations, insertOwn } from './own-rows.ts';

export interface KeptIntegration {
  readonly name: string;
  readonly kind: string;
  /** As its kind takes them; JSON. */
  readonly settings: string;
  readonly is_shared: boolean;
  readonly is_own: boolean;
}

/** By name; of one name there is the user's own, else the first that is shared. */
export function* selectIntegrations(userId: string): Work<readonly KeptIntegration[]> {
  const rows = yield* all<IntegrationRow>(
    sql`SELECT user_id, name, kind, settings, is_shared ${fromOwnOrSharedIntegrations(userId)}
      ORDER BY name, created_at, user_id`,
  );
  const kept = rows.map(({ user_id, is_shared, ...row }) => ({
    ...row,
    is_shared: is_shared === 1,
    is_own: user_id === userId,
  }));
  const own = new Set(kept.flatMap(({ name, is_own }) => (is_own ? name : [])));
  return kept.filter(
    ({ name, is_own }, index) => is_own || (!own.has(name) && kept[index - 1]?.name !== name),
  );
}

export function* hasIntegration(userId: string, name: string): Work<boolean> {
  const found = yield* first<{ readonly name: string }>(
    sql`SELECT name ${fromOwn(userId, 'task_integrations')} AND name = ${name}`,
  );
  return found !== undefined;
}

export function* replaceIntegration(
  userId: string,
  { name, kind, settings, is_shared }: Omit<KeptIntegration, 'is_own'>,
  now: string,
): Work<void> {
  yield* deleteIntegration(userId, name);
  const row = { name, kind, settings, is_shared: is_shared ? 1 : 0, created_at: now };
  yield insertOwn(userId, 'task_integrations', row);
}

export function* deleteIntegration(userId: string, name: string): Work<void> {
  yield deleteOwn(userId, 'task_integrations', sql`name = ${name}`);
}

// --- internal ---

interface IntegrationRow extends Row {
  readonly user_id: string;
  readonly name: string;
  readonly kind: string;
  readonly settings: string;
  readonly is_shared: number;
}
