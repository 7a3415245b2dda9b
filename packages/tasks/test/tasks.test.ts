import { Sql } from '@oatty/types/sql';
import { beforeAll, describe, expect, it } from 'vitest';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';
import type { TasksWorld } from './a-tasks-world.ts';

describe.each(databaseKinds)('tasks on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);
  let five: TasksWorld;
  beforeAll(async () => {
    five = await withFiveTasks(aTasksWorld());
  });

  it('are created, read, changed, completed and deleted', async () => {
    const world = aTasksWorld();
    const { task, change } = await world.call('create', {
      title: '  Write the report ',
      description: 'All of it.',
      priority: 'high',
      due: '2026-03-21T10:00:00+01:00',
    });
    expect(task).toEqual({
      task_id: expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab]/),
      title: 'Write the report',
      description: 'All of it.',
      status: 'pending',
      priority: 'high',
      due: '2026-03-21T09:00:00.000Z',
      recurrence: null,
      overdue: false,
      created_at: world.now,
      updated_at: world.now,
      started_at: null,
      completed_at: null,
    });
    expect(change).toBe(1);
    const { task_id } = task;
    expect((await world.call('get', { task_id })).task).toEqual(task);

    world.now = '2026-03-20T10:00:00.000Z';
    const updated = await world.call('update', { task_id, title: 'Write it', description: null });
    expect(updated.task).toEqual({ ...task, title: 'Write it', description: null, updated_at: world.now });

    const started = await world.call('update_status', { task_id, status: 'in_progress' });
    expect(started).toMatchObject({ old_status: 'pending', new_status: 'in_progress' });
    world.now = '2026-03-20T11:00:00.000Z';
    const completed = await world.call('update_status', { task_id, status: 'completed' });
    expect(completed.task).toMatchObject({
      started_at: '2026-03-20T10:00:00.000Z',
      completed_at: '2026-03-20T11:00:00.000Z',
    });
    expect((await world.call('delete', { task_id })).deleted).toEqual(completed.task);
    await expect(world.call('get', { task_id })).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
  });

  it('keep no trace of a change that changes nothing', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Once' });
    world.now = '2026-03-21T09:00:00.000Z';
    const same = await world.call('update', { task_id: task.task_id, title: 'Once', due: null });
    expect(same).toEqual({ task, next: null, change: null });
    expect(
      (await world.call('update_status', { task_id: task.task_id, status: 'pending' })).change,
    ).toBeNull();
  });

  it('forget when work began once they are pending again', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Back and forth', status: 'completed' });
    expect(task).toMatchObject({ started_at: null, completed_at: world.now });
    const again = await world.call('update_status', { task_id: task.task_id, status: 'in_progress' });
    expect(again.task).toMatchObject({ started_at: world.now, completed_at: null });
    const back = await world.call('update_status', { task_id: task.task_id, status: 'pending' });
    expect(back.task).toMatchObject({ started_at: null, completed_at: null });
  });

  it.each([
    [{ status: ['in_progress', 'completed'] }, ['b', 'c']],
    [{ priority: ['high'] }, ['a']],
    [{ due_from: '2026-03-20' }, ['b', 'c', 'd']],
    [{ due_to: '2026-03-20' }, ['a', 'b']],
    [{ due_from: '2026-03-20T13:00', due_to: '2026-03-21' }, ['b', 'c', 'd']],
    [{ due_to: '2026-03-20T23:00' }, ['a']],
    [{ overdue: true }, ['a']],
    [{ overdue: false }, ['b', 'c', 'd', 'e']],
    [{ text: 'ÄPFEL' }, ['d']],
    [{ text: '100%' }, ['e']],
    [{ text: '_' }, []],
    [{ text: 'hidden', status: ['pending'] }, ['a']],
    [{ created_from: '2026-03-19' }, ['b', 'c', 'd', 'e']],
    [{ created_to: '2026-03-18' }, ['a']],
    [{ created_from: '2026-03-19T10:00:00+01:00', created_to: '2026-03-19T09:00:00Z' }, ['b']],
    [{}, ['a', 'b', 'c', 'd', 'e']],
  ])('are found by %o', async (filter, titles) => {
    const { tasks, total, applied } = await five.call('list', { ...filter, time_zone: 'Europe/Berlin' });
    expect(tasks.map(({ title }) => title[0])).toEqual(titles);
    expect(total).toBe(titles.length);
    expect(applied['filter']).toEqual(asUnderstood(filter));
    expect(applied['time_zone']).toBe('Europe/Berlin');
  });

  it.each([
    ['created_at', 'abcde', 'edcba'],
    ['updated_at', 'abcde', 'edcba'],
    ['started_at', 'bacde', 'bedca'],
    ['completed_at', 'cabde', 'cedba'],
    ['due', 'abdce', 'cdbae'],
    ['priority', 'bcdea', 'aedcb'],
    ['status', 'adebc', 'cbeda'],
    ['title', 'abcde', 'edcba'],
  ])('are sorted by %s, page by page', async (sort, ascending, descending) => {
    const readAll = async (order: string) => {
      let titles = '';
      let cursor: string | null | undefined;
      do {
        const page = await five.call('list', { sort, order, limit: 2, ...(cursor != null && { cursor }) });
        expect(page).toMatchObject({ total: 5, has_more: page.next_cursor !== null });
        titles += page.tasks.map(({ title }) => title[0]).join('');
        cursor = page.next_cursor;
      } while (cursor !== null);
      return titles;
    };
    expect([await readAll('asc'), await readAll('desc')]).toEqual([ascending, descending]);
  });

  it('belong to their user: nobody else reads or changes them', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Secret plan' });
    await world.call('create', { title: 'Second plan' });
    await world.call('create', { title: 'Of Bob' }, { as: 'bob' });
    const { task_id } = task;
    const attempts: [string, object][] = [
      ['get', { task_id }],
      ['update', { task_id, title: 'Mine' }],
      ['update_status', { task_id, status: 'completed' }],
      ['delete', { task_id }],
    ];
    const { token } = await world.call('bulk:update', { filter: { text: 'plan' }, set: { priority: 'low' } });
    for (const other of ['bob', 'nobody', '']) {
      for (const [name, input] of attempts) {
        await expect(world.call(name, input, { as: other })).rejects.toMatchObject({
          code: 'TASK_NOT_FOUND',
        });
      }
    }
    const { next_cursor: cursor } = await world.call('list', { limit: 1 });
    for (const other of ['bob', 'nobody']) {
      await expect(world.call('list', { limit: 1, cursor }, { as: other })).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      });
    }
    const mine = await world.call('history');
    for (const other of ['bob', 'nobody']) {
      const named = { task_ids: [task_id], set: { title: 'Mine' } };
      expect((await world.call('bulk:update', named, { as: other })).results).toMatchObject([
        { outcome: 'failed', error: { error_code: 'TASK_NOT_FOUND' } },
      ]);
      await expect(world.call('bulk:update', { token }, { as: other })).rejects.toMatchObject({
        code: 'TASK_CONFLICT',
      });
      const byFilter = { filter: { status: ['pending'] }, set: { title: 'Mine' } };
      expect(await world.call('bulk:update', byFilter, { as: other })).toMatchObject({
        matched: other === 'bob' ? 1 : 0,
      });
      expect((await world.call('history', { task_id }, { as: other })).changes).toEqual([]);
      await expect(world.call('undo', { change: 2 }, { as: other })).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      });
    }
    expect(await world.call('history')).toEqual(mine);
    expect((await world.call('list', {}, { as: 'bob' })).tasks.map(({ title }) => title)).toEqual(['Of Bob']);
    expect((await world.call('list', {}, { as: 'nobody' })).total).toBe(0);
    expect((await world.call('get', { task_id })).task).toEqual(task);
  });

  it.each([
    ['create', { title: '' }],
    ['create', { title: 'x'.repeat(501) }],
    ['create', { title: 'a\u0000b' }],
    ['create', { title: 'x', due: 'next Friday' }],
    ['create', { title: 'x', due: '2026-02-30' }],
    ['create', { title: 'x', due: '2026-02-28T25:00' }],
    ['create', { title: 'x', time_zone: 'Mars/Olympus' }],
    ['create', { title: 'x', priority: 'urgent' }],
    ['update', { task_id: 'x' }],
    ['list', { status: [] }],
    ['list', { limit: 101 }],
    ['list', { cursor: 'nonsense' }],
    ['list', { cursor: Buffer.from('["a","b","c","d"]').toString('base64url') }],
    ['list', { due_from: '2026-13-01' }],
    ['settings', { time_zone: '+25:99' }],
  ])('refuse wrong input of %s: %o', async (name, input) => {
    const world = aTasksWorld();
    await expect(world.call(name, input)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('go on behind the page whatever has changed meanwhile', async () => {
    const world = await withFiveTasks(aTasksWorld());
    const first = await world.call('list', { sort: 'title', limit: 2 });
    const [a] = first.tasks;
    await world.call('delete', { task_id: a?.task_id });
    const second = await world.call('list', { sort: 'title', limit: 9, cursor: first.next_cursor });
    expect(second.tasks.map(({ title }) => title[0])).toEqual(['c', 'd', 'e']);
    for (const other of [
      { sort: 'due' },
      { sort: 'title', text: 'x' },
      { sort: 'title', time_zone: 'Asia/Tokyo' },
    ]) {
      const call = world.call('list', { ...other, cursor: first.next_cursor });
      await expect(call).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    }
  });

  it('have the time zone that the user has set', async () => {
    const world = aTasksWorld();
    expect(await world.call('settings')).toEqual({ time_zone: 'UTC', is_default: true });
    expect(await world.call('settings', {}, { as: 'local' })).toMatchObject({ time_zone: 'Europe/Berlin' });
    await world.call('settings', { time_zone: 'Pacific/Kiritimati' });
    expect(await world.call('settings')).toEqual({ time_zone: 'Pacific/Kiritimati', is_default: false });
    const { task } = await world.call('create', { title: 'Noon there', due: '2026-03-20T12:00' });
    expect(task.due).toBe('2026-03-19T22:00:00.000Z');
  });

  it.each([
    "UPDATE tasks SET status = 'done'",
    'UPDATE tasks SET status = NULL',
    "UPDATE tasks SET priority = 'urgent'",
    "UPDATE tasks SET title = ''",
    `UPDATE tasks SET title = '${'x'.repeat(501)}'`,
    "UPDATE tasks SET status = 'completed'",
    "UPDATE tasks SET due_at = '2026-03-29T07:00:00.000Z', due_day = '2026-03-29'",
    "UPDATE tasks SET user_id = 'nobody'",
    "UPDATE task_audit_log SET user_id = 'nobody'",
    "INSERT INTO task_users (user_id, principal, created_at) SELECT 'x', principal, created_at FROM task_users",
  ])('are refused by the database itself where they cannot be: %s', async (statement) => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Kept' });
    const change = world.database.transact(function* () {
      yield new Sql([statement], []);
    });
    await expect(change).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect((await world.call('get', { task_id: task.task_id })).task).toEqual(task);
  });

  it('of one user are changed one after the other', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Contested' });
    const changes = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        world.call('update', { task_id: task.task_id, title: `${index}` }),
      ),
    );
    const numbers = changes.map(({ change }) => change);
    expect(numbers.toSorted((a, b) => Number(a) - Number(b))).toEqual([2, 3, 4, 5, 6, 7, 8, 9]);
    const last = changes.find(({ change }) => change === 9);
    expect((await world.call('get', { task_id: task.task_id })).task.title).toBe(last?.task.title);
  });
});

// --- internal ---

/** Times are echoed as instants; Berlin is an hour ahead. */
function asUnderstood(filter: object): object {
  return Object.fromEntries(Object.entries(filter).map(([name, value]) => [name, toInstant(value)]));
}

function toInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !value.includes('T')) return value;
  return new Date(/Z|\+/.test(value) ? value : `${value}+01:00`).toISOString();
}

/** It is 20 March, 10:00 in Berlin; each title begins with a letter of its own. */
async function withFiveTasks(world: TasksWorld): Promise<TasksWorld> {
  const tasks = [
    ['2026-03-18T09:00:00.000Z', { title: 'a hidden', priority: 'high', due: '2026-03-19' }],
    ['2026-03-19T09:00:00.000Z', { title: 'b', priority: 'low', due: '2026-03-20', status: 'in_progress' }],
    ['2026-03-19T10:00:00.000Z', { title: 'c hidden', due: '2026-03-21', status: 'completed' }],
    ['2026-03-19T23:30:00.000Z', { title: 'd äpfel', due: '2026-03-21T09:00:00Z' }],
    ['2026-03-20T08:00:00.000Z', { title: 'e 100% done' }],
  ] as const;
  for (const [now, task] of tasks) {
    world.now = now;
    await world.call('create', task);
  }
  world.now = '2026-03-20T09:00:00.000Z';
  return world;
}
