import { describe, expect, it } from 'vitest';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';
import type { TasksWorld } from './a-tasks-world.ts';

describe.each(databaseKinds)('an admin, on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);

  it('sees the tasks of others as they see them', async () => {
    const { world, user } = await withTaskOfAnn(aTasksWorld(), 'Ann in all');
    const asAdmin = { as: 'root', role: 'admin' } as const;
    for (const [name, input] of [
      ['list', { sort: 'title', limit: 1 }],
      ['get', { task_id: (await world.call('list')).tasks[0]?.task_id }],
      ['history', {}],
      ['reports:generate', { csv: true }],
    ] as const) {
      const mine = await world.call(name, input);
      expect(await world.call(name, { ...input, user }, asAdmin)).toEqual(mine);
    }
    expect((await world.call('list', {}, asAdmin)).total).toBe(0);
  });

  it('goes on in a list of another user with its cursor, and nowhere else', async () => {
    const { world, user } = await withTaskOfAnn(aTasksWorld(), 'Ann of pages');
    world.now = '2026-03-20T10:00:00.000Z';
    await world.call('create', { title: 'Second' });
    const asAdmin = { as: 'root', role: 'admin' } as const;
    const { next_cursor: cursor } = await world.call('list', { user, limit: 1 }, asAdmin);
    const rest = await world.call('list', { user, limit: 1, cursor }, asAdmin);
    expect(rest.tasks).toMatchObject([{ title: 'Second' }]);
    await expect(world.call('list', { cursor }, asAdmin)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('is written down for the user whose tasks were read', async () => {
    const { world, user, taskId } = await withTaskOfAnn(aTasksWorld(), 'Ann who is read');
    const asAdmin = { as: 'root', role: 'admin', via: 'mcp', runId: 'r1' } as const;
    const read = async (name: string, input: object = {}) => {
      world.now = new Date(Date.parse(world.now) + 1_000).toISOString();
      await world.call(name, { ...input, user }, asAdmin);
    };
    await read('list');
    await read('get', { task_id: taskId });
    await read('history');
    await read('reports:generate');
    await read('schedules:list');
    const { reads } = await world.call('reads');
    expect(reads.map(({ command }) => command)).toEqual([
      'tasks schedules:list',
      'tasks reports:generate',
      'tasks history',
      'tasks get',
      'tasks list',
    ]);
    expect(reads[3]).toMatchObject({
      reader: expect.stringMatching(/^root/),
      task_id: taskId,
      via: 'mcp',
      run_id: 'r1',
      read_at: '2026-03-20T09:00:02.000Z',
    });
    const before = reads[2]?.read_id;
    expect((await world.call('reads', { before, limit: 1 })).reads).toEqual([reads[3]]);
    expect((await world.call('reads', {}, { as: 'bob' })).reads).toEqual([]);
    expect((await world.call('reads', {}, asAdmin)).reads).toEqual([]);
  });

  it('is not written down for what was refused, or is the own', async () => {
    const { world, user } = await withTaskOfAnn(aTasksWorld(), 'Ann of no trace');
    const asAdmin = { as: 'root', role: 'admin' } as const;
    await world.call('get', { task_id: 'none', user }, asAdmin).catch(() => undefined);
    await world.call('list', { user }, { as: 'bob' }).catch(() => undefined);
    await world.call('list', {}, asAdmin);
    expect((await world.call('reads')).reads).toEqual([]);
    const own = (await allUsers(world))
      .filter(({ principal }) => principal.startsWith('root'))
      .at(-1)?.user_id;
    await world.call('list', { user: own }, asAdmin);
    expect((await world.call('reads', {}, asAdmin)).reads).toEqual([]);
  });

  it('changes nothing that belongs to others', async () => {
    const { world, taskId } = await withTaskOfAnn(aTasksWorld(), 'Ann unchanged');
    const asAdmin = { as: 'root', role: 'admin' } as const;
    for (const name of ['update', 'update_status', 'delete']) {
      const change = world.call(name, { task_id: taskId, title: 'x', status: 'completed' }, asAdmin);
      await expect(change).rejects.toMatchObject({ code: 'TASK_NOT_FOUND' });
    }
  });

  it('is told who is not there; others are told nothing', async () => {
    const { world, user } = await withTaskOfAnn(aTasksWorld(), 'Ann unseen');
    const asAdmin = { as: 'root', role: 'admin' } as const;
    await expect(world.call('list', { user: 'nobody' }, asAdmin)).rejects.toMatchObject({
      code: 'USER_NOT_FOUND',
    });
    for (const whose of [user, 'nobody']) {
      for (const [name, input] of [
        ['list', {}],
        ['get', { task_id: 'x' }],
        ['history', {}],
        ['reports:generate', {}],
      ] as const) {
        const call = world.call(name, { ...input, user: whose }, { as: 'bob' });
        await expect(call).rejects.toMatchObject({ code: 'POLICY_DENIED' });
      }
    }
    await expect(world.call('users', {}, { as: 'bob' })).rejects.toMatchObject({ code: 'POLICY_DENIED' });
  });

  it('lists users with what their last token called them, page by page', async () => {
    const world = aTasksWorld('2026-04-01T08:00:00.000Z');
    await world.call('create', { title: 'a' }, { as: 'ann', name: 'Ann', email: 'ann@old.example' });
    world.now = '2026-04-01T09:00:00.000Z';
    await world.call('create', { title: 'b' }, { as: 'bob' });
    await world.call('create', { title: 'c' }, { as: 'ann', email: 'ann@example.com' });
    world.now = '2026-04-01T10:00:00.000Z';
    await world.call('list', {}, { as: 'eve', name: 'Eve' });
    const users = await allUsers(world);
    expect(users.slice(-3)).toMatchObject([
      {
        principal: expect.stringMatching(/^ann/),
        name: 'Ann',
        email: 'ann@example.com',
        created_at: '2026-04-01T08:00:00.000Z',
        updated_at: '2026-04-01T09:00:00.000Z',
      },
      { principal: expect.stringMatching(/^bob/), name: null, email: null },
      { principal: expect.stringMatching(/^eve/), name: 'Eve', updated_at: world.now },
    ]);
    expect(new Set(users.map(({ user_id }) => user_id)).size).toBe(users.length);
  });
});

// --- internal ---

/** @param name - nobody else's in this file */
async function withTaskOfAnn(world: TasksWorld, name: string) {
  await world.call('settings', { time_zone: 'Asia/Tokyo' });
  const { task } = await world.call('create', { title: 'First', due: '2026-03-20' }, { name });
  const user = (await allUsers(world)).find((listed) => listed.name === name)?.user_id;
  return { world, user, taskId: task.task_id };
}

/** Those of the other tests of this file too. */
async function allUsers(world: TasksWorld) {
  const users = [];
  let cursor: string | null | undefined;
  do {
    const page = await world.call(
      'users',
      { limit: 2, ...(cursor && { cursor }) },
      { as: 'root', role: 'admin' },
    );
    users.push(...page.users);
    cursor = page.next_cursor;
  } while (cursor);
  return users;
}
