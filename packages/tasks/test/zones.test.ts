import { describe, expect, it } from 'vitest';
import { openTasksWorlds } from './a-tasks-world.ts';

const aTasksWorld = openTasksWorlds('SQLite');

/** A day, and the instant at which it ends by the clocks of the zone. */
const days = [
  ['Pacific/Kiritimati', '2026-03-20', '2026-03-20T10:00:00.000Z'], // +14
  ['Pacific/Pago_Pago', '2026-03-20', '2026-03-21T11:00:00.000Z'], // −11
  ['Asia/Kathmandu', '2026-03-20', '2026-03-20T18:15:00.000Z'], // +5:45
  ['Europe/Berlin', '2026-03-28', '2026-03-28T23:00:00.000Z'],
  ['Europe/Berlin', '2026-03-29', '2026-03-29T22:00:00.000Z'], // of 23 hours
  ['Europe/Berlin', '2026-10-25', '2026-10-25T23:00:00.000Z'], // of 25 hours
  ['America/New_York', '2026-03-08', '2026-03-09T04:00:00.000Z'],
  ['America/New_York', '2026-11-01', '2026-11-02T05:00:00.000Z'],
  ['Australia/Lord_Howe', '2026-04-05', '2026-04-05T13:30:00.000Z'], // put back by half an hour
  ['America/St_Johns', '2026-03-20', '2026-03-21T02:30:00.000Z'],
  ['Africa/Cairo', '2026-04-23', '2026-04-23T22:00:00.000Z'], // the next day begins at 01:00
  ['America/Santiago', '2026-09-05', '2026-09-06T04:00:00.000Z'], // as there
] as const;

describe('days in time zones', () => {
  it.each(days)('in %s %s ends at %s: then it is overdue', async (time_zone, due, end) => {
    const world = aTasksWorld();
    const { task } = await world.call('create', { title: 'A', due });
    const isOverdue = async (now: number) => {
      world.now = new Date(now).toISOString();
      const found = await world.call('list', { overdue: true, time_zone });
      const { task: shown } = await world.call('get', { task_id: task.task_id, time_zone });
      expect(found.total === 1).toBe(shown.overdue);
      return shown.overdue;
    };
    const isOverdueBySetting = async (now: number) => {
      world.now = new Date(now).toISOString();
      return (await world.call('list', { overdue: true })).total === 1;
    };
    const moments = [Date.parse(end) - 1, Date.parse(end)] as const;
    expect([await isOverdue(moments[0]), await isOverdue(moments[1])]).toEqual([false, true]);
    await world.call('settings', { time_zone });
    expect([await isOverdueBySetting(moments[0]), await isOverdueBySetting(moments[1])]).toEqual([
      false,
      true,
    ]);
  });

  it.each(days)('in %s %s holds what is due until %s', async (time_zone, day, end) => {
    const world = aTasksWorld();
    const last = new Date(Date.parse(end) - 1).toISOString();
    await world.call('bulk:create', {
      tasks: [
        { title: 'in it', due: last },
        { title: 'after it', due: end },
      ],
    });
    const { tasks } = await world.call('list', { due_from: day, due_to: day, time_zone });
    expect(tasks.map(({ title }) => title)).toEqual(['in it']);
  });

  it.each([
    ['Europe/Berlin', '2026-03-29T02:30', '2026-03-29T01:00:00.000Z'], // skipped
    ['Europe/Berlin', '2026-10-25T02:30', '2026-10-25T00:30:00.000Z'], // shown twice
    ['America/New_York', '2026-03-08T02:30', '2026-03-08T07:00:00.000Z'],
    ['America/New_York', '2026-11-01T01:30', '2026-11-01T05:30:00.000Z'],
    ['Africa/Cairo', '2026-04-24T00:30', '2026-04-23T22:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-01-01T00:00', '2025-12-31T10:00:00.000Z'],
  ])('in %s %s is %s', async (time_zone, due, instant) => {
    const world = aTasksWorld();
    expect((await world.call('create', { title: 'A', due, time_zone })).task.due).toBe(instant);
  });
});
