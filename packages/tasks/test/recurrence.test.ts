import { describe, expect, it } from 'vitest';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';

describe.each(databaseKinds)('recurring tasks on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);

  it('are followed by the next one when they are completed', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', {
      title: 'Water the plants',
      priority: 'high',
      due: '2026-03-20',
      recurrence: 'FREQ=WEEKLY;BYDAY=TU,FR',
    });
    const { task_id } = task;
    const done = await world.call('update_status', { task_id, status: 'completed' });
    expect(done).toMatchObject({
      task: { recurrence: null, due: '2026-03-20' },
      next: { title: task.title, priority: 'high', status: 'pending', due: '2026-03-24' },
    });
    expect(done.next?.recurrence).toBe(task.recurrence);

    await world.call('update_status', { task_id, status: 'pending' });
    const again = await world.call('update_status', { task_id, status: 'completed' });
    expect(again.next).toBeNull();
    expect((await world.call('list')).total).toBe(2);
  });

  it('are as they were after an undo, without the next one', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'A', due: '2026-03-20', recurrence: 'FREQ=DAILY' });
    await world.call('bulk:update', { task_ids: [task.task_id], set: { status: 'completed' } });
    expect((await world.call('list')).total).toBe(2);
    await world.call('undo');
    expect((await world.call('list')).tasks).toEqual([task]);
  });

  it('keep their time by the clocks of the user', async () => {
    const world = aTasksWorld('2026-03-27T12:00:00.000Z');
    const input = { title: 'Call', due: '2026-03-27T09:00', recurrence: 'FREQ=DAILY;INTERVAL=2' };
    const { task } = await world.call('create', { ...input, time_zone: 'Europe/Berlin' });
    expect(task.due).toBe('2026-03-27T08:00:00.000Z');
    const { next } = await world.call('update_status', { task_id: task.task_id, status: 'completed' });
    expect(next?.due).toBe('2026-03-29T07:00:00.000Z'); // clocks were put forward that night
  });

  it('do not make up for what was missed, and end with their rule', async () => {
    const world = aTasksWorld();
    const input = { title: 'A', due: '2026-03-01', recurrence: 'FREQ=DAILY;INTERVAL=7;COUNT=4' };
    const { task } = await world.call('create', input);
    const { next } = await world.call('update_status', { task_id: task.task_id, status: 'completed' });
    expect(next?.due).toBe('2026-03-22');
    const last = await world.call('update_status', { task_id: next?.task_id, status: 'completed' });
    expect(last.next).toBeNull();
  });

  it('begin a new series when rule or due time change', async () => {
    const world = aTasksWorld();
    const input = { title: 'A', due: '2026-03-20', recurrence: 'FREQ=MONTHLY' };
    const { task_id } = (await world.call('create', input)).task;
    await world.call('update', { task_id, due: '2026-03-21T22:00:00Z', time_zone: 'Asia/Tokyo' });
    const changed = await world.call('update', { task_id, status: 'completed', title: 'B' });
    expect(changed.next).toMatchObject({ title: 'B', due: '2026-04-21T22:00:00.000Z' });
    const stopped = await world.call('update', { task_id: changed.next?.task_id, recurrence: null });
    expect(stopped.task.recurrence).toBeNull();
  });

  it.each([
    { recurrence: 'FREQ=DAILY' },
    { recurrence: 'FREQ=SECONDLY', due: '2026-03-20' },
    { recurrence: 'FREQ=DAILY', due: '2026-03-20', status: 'completed' },
  ])('are refused when they cannot recur: %o', async (input) => {
    const call = aTasksWorld().call('create', { title: 'A', ...input });
    await expect(call).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('cannot lose their due time', async () => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'A', due: '2026-03-20', recurrence: 'FREQ=DAILY' });
    const call = world.call('update', { task_id: task.task_id, due: null });
    await expect(call).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});
