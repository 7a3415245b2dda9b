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
    await world.call('list', {}, { as: 'eve', name: 'Eve' });
    const users = await allUsers(world);
    expect(users.slice(-2)).toMatchObject([
      {
        principal: expect.stringMatching(/^ann/),
        name: 'Ann',
        email: 'ann@example.com',
        created_at: '2026-04-01T08:00:00.000Z',
        updated_at: '2026-04-01T09:00:00.000Z',
      },
      { principal: expect.stringMatching(/^bob/), name: null, email: null },
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
