import { all, first, Sql, sql } from '@oatty/types/sql';
import { describe, expect, it } from 'vitest';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';

describe.each(databaseKinds)('the tables of the tasks on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);

  it.each([
    ['task_users', 'user_id, principal, email, name, created_at, updated_at'],
    [
      'tasks',
      'task_id, user_id, title, description, status, priority, due_at, due_day, created_at, updated_at',
    ],
    ['task_audit_log', 'task_id, user_id, action, old_status, new_status, changed_at'],
    ['task_idempotency_keys', 'user_id, idempotency_key, result'],
    ['task_integrations', 'user_id, name, kind, settings'],
    ['schedules', 'schedule_id, principal, status, next_at'],
  ])('have %s with %s', async (table, columns) => {
    const { database } = aTasksWorld();
    const rows = database.run(() => all(new Sql([`SELECT ${columns} FROM ${table} WHERE 1 = 0`], [])));
    expect(await rows).toEqual([]);
  });

  it('lose with a user what belongs to the user, and nothing else', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'A', idempotency_key: 'k' });
    await world.call('create', { title: 'B', idempotency_key: 'k' }, { as: 'bob' });
    const counted = await world.database.transact(function* () {
      const before = yield* countRows();
      yield sql`DELETE FROM task_users
        WHERE user_id = (SELECT user_id FROM tasks WHERE task_id = ${task.task_id})`;
      return [before, yield* countRows()];
    });
    expect(counted).toEqual([
      { tasks: 2, entries: 2, keys: 2 },
      { tasks: 1, entries: 1, keys: 1 },
    ]);
    expect((await world.call('list', {}, { as: 'bob' })).tasks).toMatchObject([{ title: 'B' }]);
  });
});

// --- internal ---

function countRows() {
  return first(sql`SELECT
    CAST((SELECT COUNT(*) FROM tasks) AS INTEGER) AS tasks,
    CAST((SELECT COUNT(*) FROM task_audit_log) AS INTEGER) AS entries,
    CAST((SELECT COUNT(*) FROM task_idempotency_keys) AS INTEGER) AS keys`);
}
