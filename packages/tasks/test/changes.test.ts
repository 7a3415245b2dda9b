import { describe, expect, it } from 'vitest';
import { sql } from '@oatty/types/sql';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';
import type { TasksWorld } from './a-tasks-world.ts';

describe.each(databaseKinds)('changes of tasks on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);

  it('leave a trail of who changed what, newest first', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Draft' });
    const { task_id } = task;
    await world.call('update', { task_id, title: 'Text' });
    await world.call('delete', { task_id });
    await world.call('create', { title: 'Other' });
    const { changes } = await world.call('history', { task_id });
    const { overdue, ...created } = task;
    expect(changes).toMatchObject([
      { change: 3, action: 'delete', before: { title: 'Text' }, after: null },
      { change: 2, action: 'update', before: { title: 'Draft' }, after: { title: 'Text' } },
      { change: 1, action: 'create', before: null, after: created, via: 'library', run_id: null },
    ]);
    expect((await world.call('history', { before: 3, limit: 1 })).changes).toEqual([changes[1]]);
  });

  it('leave a trail of who made them, whichever command it was', async () => {
    const world = aTasksWorld();
    const call = (name: string, input?: object) => world.call(name, input, { via: 'mcp', runId: 'r1' });
    const { task } = await call('create', { title: 'A', due: '2026-03-20', recurrence: 'FREQ=DAILY' });
    const { task_id } = task;
    await call('update', { task_id, priority: 'high' });
    await call('update_status', { task_id, status: 'completed' });
    await call('bulk:create', { tasks: [{ title: 'B' }, { title: 'C' }] });
    await call('bulk:update', { task_ids: [task_id], set: { priority: 'low' } });
    const { token } = await call('bulk:update', { filter: { text: 'b' }, set: { status: 'in_progress' } });
    await call('bulk:update', { token });
    await call('delete', { task_id });
    await call('undo');
    const { changes } = await world.call('history');
    expect(changes.map(({ change, action }) => `${change} ${action}`).toReversed()).toEqual([
      '1 create',
      '2 update',
      '3 update',
      '3 create', // the next one
      '4 create',
      '4 create',
      '5 update',
      '7 update', // the preview before it had a number too
      '8 delete',
      '9 create',
    ]);
    for (const change of changes) {
      expect(change).toMatchObject({
        actor: expect.stringMatching(/^ann-/),
        via: 'mcp',
        run_id: 'r1',
        changed_at: world.now,
      });
      expect(change).not.toMatchObject({ before: null, after: null });
    }
  });

  it('are taken back one after the other', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Draft', due: '2026-03-29' });
    const { task_id } = task;
    await world.call('update_status', { task_id, status: 'completed' });
    await world.call('delete', { task_id });

    world.now = '2026-03-20T10:00:00.000Z';
    expect(await world.call('undo')).toMatchObject({ undone: 3, tasks: [{ task_id, outcome: 'restored' }] });
    expect((await world.call('get', { task_id })).task.status).toBe('completed');
    expect(await world.call('undo')).toMatchObject({ undone: 2 });
    expect((await world.call('get', { task_id })).task).toEqual({ ...task, updated_at: world.now });
    expect(await world.call('undo')).toMatchObject({ undone: 1, tasks: [{ task_id, outcome: 'removed' }] });
    expect((await world.call('list')).total).toBe(0);
    await expect(world.call('undo')).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
    const { changes } = await world.call('history', { limit: 1 });
    expect(changes).toMatchObject([{ undoes: 1, undone_by: null, action: 'delete' }]);
  });

  it('are not taken back when the task was changed since', async () => {
    const world = aTasksWorld();
    const { task, change } = await world.call('create', { title: 'Draft' });
    await world.call('update', { task_id: task.task_id, title: 'Text' });
    await expect(world.call('undo', { change })).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
    await world.call('undo');
    await expect(world.call('undo', { change: 2 })).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
    await expect(world.call('undo', { change: 99 })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await world.call('undo', { change })).toMatchObject({ undone: change });
  });

  it('happen once for one idempotency key, also when ten thousand race', async () => {
    const world = aTasksWorld();
    const [calls, keys] = kind === 'SQLite' ? [10_000, 100] : [500, 10];
    const create = (_: unknown, index: number) =>
      world.call('create', { title: 'Pay', idempotency_key: `k-${index % keys}` });
    const answers = await Promise.all(Array.from({ length: calls }, create));
    const idsOf = (some: typeof answers) => new Set(some.map(({ task }) => task.task_id)).size;
    const created = answers.filter(({ created }) => created === true);
    expect([idsOf(answers), idsOf(created), created.length]).toEqual([keys, keys, keys]);
    expect((await world.call('list')).total).toBe(keys);
    expect((await world.call('history', { limit: 100 })).changes).toHaveLength(keys);
  }, 60_000);

  it('refuse another content under the same idempotency key', async () => {
    const world = aTasksWorld();
    const first = await world.call('create', { title: 'Pay', due: '2026-03-29T09:00', idempotency_key: 'k' });
    const again = { title: 'Pay', due: '2026-03-29T09:00:00Z', idempotency_key: 'k' };
    expect(await world.call('create', again)).toEqual({ ...first, created: false });
    await expect(world.call('create', { ...again, title: 'Pay more' })).rejects.toMatchObject({
      code: 'TASK_CONFLICT',
    });
    expect(await world.call('create', again, { as: 'bob' })).toMatchObject({ created: true });
  });

  it('of a step of a run happen once, whatever the command', async () => {
    const world = aTasksWorld();
    const key = { key: 'run-1' };
    const first = await world.call('create', { title: 'Step' }, key);
    expect(await world.call('create', { title: 'Step' }, key)).toEqual(first);
    const removed = await world.call('delete', { task_id: first.task.task_id }, { key: 'run-2' });
    expect(await world.call('delete', { task_id: first.task.task_id }, { key: 'run-2' })).toEqual(removed);
    await expect(world.call('undo', {}, key)).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
  });

  it('forget idempotency keys after thirty days', async () => {
    const world = aTasksWorld();
    await world.call('create', { title: 'Pay', idempotency_key: 'k' });
    world.now = '2026-04-20T09:00:00.000Z';
    await world.call('create', { title: 'Other', idempotency_key: 'other' });
    expect(await world.call('create', { title: 'Pay', idempotency_key: 'k' })).toMatchObject({
      created: true,
    });
  });

  it('of many tasks tell for each what became of it', async () => {
    const world = aTasksWorld();
    await world.call('create', { title: 'Old', idempotency_key: 'old' });
    const tasks = [
      { title: 'A' },
      { title: ' ' },
      { title: 'B', due: '2026-02-30' },
      { title: 'C', priority: 'urgent' },
      { title: 'D', color: 'red' },
      { title: 'Old', idempotency_key: 'old' },
      { title: 'New', idempotency_key: 'old' },
      { title: 'E', due: '2026-03-29', priority: 'high', status: 'in_progress' },
    ];
    const answer = await world.call('bulk:create', { tasks });
    expect(answer.results.map(({ outcome }) => outcome)).toEqual(
      'created failed failed failed failed existing failed created'.split(' '),
    );
    expect(answer).toMatchObject({ created: 2, failed: 5, change: 2 });
    expect((await world.call('list')).tasks.map(({ title }) => title).sort()).toEqual(['A', 'E', 'Old']);
    expect(await world.call('undo')).toMatchObject({ undone: 2, tasks: [{ title: 'E' }, { title: 'A' }] });
  });

  it('of many tasks are judged one by one, also what is no task', async () => {
    const world = aTasksWorld();
    const odd = [{}, { due: '2026-03-29' }, { title: 7 }, { title: 'B', due: [] }, 'C', null, [], 4];
    const answer = await world.call('bulk:create', { tasks: [{ title: 'A' }, ...odd] });
    expect(answer).toMatchObject({ created: 1, failed: odd.length });
    for (const { outcome, error } of answer.results.slice(1))
      expect([outcome, error]).toEqual([
        'failed',
        expect.objectContaining({ error_code: 'ARGUMENT_INVALID' }),
      ]);
    expect(answer.results[1]?.error?.message).toMatch(/^title: /);
  });

  it('of many tasks are all or none when that is asked for', async () => {
    const world = aTasksWorld();
    const tasks = [{ title: 'A' }, { title: '' }, { title: 'B' }];
    const answer = await world.call('bulk:create', { tasks, atomic: true });
    expect(answer.results.map(({ outcome }) => outcome)).toEqual(['skipped', 'failed', 'skipped']);
    expect(answer).toMatchObject({ created: 0, failed: 1, change: null });
    expect((await world.call('list')).total).toBe(0);
    await expect(world.call('undo')).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
  });

  it('of named tasks are made for each that is there', async () => {
    const world = aTasksWorld();
    const ids = await createThree(world);
    const set = { status: 'completed' };
    const task_ids = [...ids, 'gone', ids[0]];
    const answer = await world.call('bulk:update', { task_ids, set });
    expect(answer.results.map(({ outcome }) => outcome)).toEqual(['changed', 'changed', 'changed', 'failed']);
    expect(await world.call('bulk:update', { task_ids, set })).toMatchObject({
      changed: 0,
      failed: 1,
      change: null,
    });
    await world.call('undo');
    expect((await world.call('list', { status: ['pending'] })).total).toBe(3);
  });

  it('by filter are shown first, and made by the token', async () => {
    const world = aTasksWorld();
    await createThree(world);
    const request = { filter: { overdue: true }, set: { status: 'completed' } };
    const preview = await world.call('bulk:update', request);
    expect(preview).toMatchObject({
      status: 'preview',
      matched: 2,
      sample: [{ title: 'A' }, { title: 'B' }],
      expires_at: '2026-03-20T09:10:00.000Z',
      changed: 0,
    });
    expect((await world.call('list', { status: ['completed'] })).total).toBe(0);
    world.now = '2026-03-20T09:10:00.000Z';
    const done = await world.call('bulk:update', { token: preview.token });
    expect(done).toMatchObject({ status: 'done', matched: 2, changed: 2, token: null });
    expect((await world.call('list', { status: ['completed'] })).tasks.map(({ title }) => title)).toEqual([
      'A',
      'B',
    ]);
    await expect(world.call('bulk:update', { token: preview.token })).rejects.toMatchObject({
      code: 'TASK_CONFLICT',
    });
  });

  it('by filter are not made when what matched has changed, or is long ago', async () => {
    const world = aTasksWorld();
    const [a] = await createThree(world);
    const request = { filter: { overdue: true }, set: { priority: 'high' } };
    const changed = await world.call('bulk:update', request);
    await world.call('update', { task_id: a, title: 'A!' });
    const old = await world.call('bulk:update', request);
    world.now = '2026-03-20T09:10:00.001Z';
    for (const { token } of [changed, old]) {
      await expect(world.call('bulk:update', { token })).rejects.toMatchObject({ code: 'TASK_CONFLICT' });
    }
    expect((await world.call('list', { priority: ['high'] })).total).toBe(0);
  });

  it.each([
    { filter: {}, set: { status: 'completed' } },
    { filter: { overdue: true } },
    { filter: { overdue: true }, set: {} },
    { task_ids: ['x'] },
    { task_ids: ['x'], filter: { overdue: true }, set: { status: 'completed' } },
    { token: 'x', set: { status: 'completed' } },
    { filter: { overdue: true }, set: { due: '2026-02-30' } },
    { task_ids: Array.from({ length: 101 }, () => 'x'), set: { status: 'completed' } },
    {},
  ])('of many tasks are refused where it is not clear what is meant: %o', async (input) => {
    await expect(aTasksWorld().call('bulk:update', input)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });

  it.each([
    ['create', { title: 'Lost' }],
    ['update', { title: 'Lost' }],
    ['update_status', { status: 'completed' }],
    ['delete', {}],
    ['bulk:create', { tasks: [{ title: 'Lost' }, { title: 'Lost too' }] }],
    ['bulk:update', { set: { title: 'Lost' } }],
    ['undo', {}],
  ])('are whole or not at all: a trail that cannot be written takes %s back', async (name, input) => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'Kept' });
    const { task_id } = task;
    const position = sql`UPDATE task_audit_log SET change_number = 2 WHERE task_id = ${task_id}`;
    await world.database.transact(function* () {
      yield position; // the place of the next entry is taken
    });
    const which = {
      ...(/^(update|delete)/.test(name) && { task_id }),
      ...(name === 'bulk:update' && { task_ids: [task_id] }),
    };
    await expect(world.call(name, { ...which, ...input })).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect((await world.call('list')).tasks).toEqual([task]);
    expect((await world.call('history')).changes).toHaveLength(1);
  });
});

describe('many changes of tasks', () => {
  const aTasksWorld = openTasksWorlds('SQLite');

  it('have a limit: a hundred named, a thousand by filter', async () => {
    const world = aTasksWorld();
    const tasks = Array.from({ length: 100 }, (_, index) => ({ title: `${index}` }));
    const batches = await Promise.all(Array.from({ length: 10 }, () => world.call('bulk:create', { tasks })));
    expect(batches).toHaveLength(10);
    const task_ids = batches[0]?.results.map(({ task }) => task?.task_id);
    const named = await world.call('bulk:update', { task_ids, set: { priority: 'high' } });
    expect(named.results.map(({ outcome }) => outcome)).toEqual(tasks.map(() => 'changed'));
    const request = { filter: { status: ['pending'] }, set: { priority: 'low' } };
    const { token } = await world.call('bulk:update', request);
    expect(await world.call('bulk:update', { token })).toMatchObject({ matched: 1_000, changed: 1_000 });
    await world.call('create', { title: 'One more' });
    await expect(world.call('bulk:update', request)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

// --- internal ---

/** A and B are overdue, C is not. */
async function createThree(world: TasksWorld): Promise<readonly (string | undefined)[]> {
  const tasks = [
    { title: 'A', due: '2026-03-19' },
    { title: 'B', due: '2026-03-20T08:59:59Z' },
    { title: 'C', due: '2026-03-20' },
  ];
  const { results } = await world.call('bulk:create', { tasks });
  return results.map(({ task }) => task?.task_id);
}
