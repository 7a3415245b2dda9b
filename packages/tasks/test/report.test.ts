import { readFile } from 'node:fs/promises';
import { beforeAll, describe, expect, it } from 'vitest';
import type { TaskDocument } from '../src/task-document.ts';
import { databaseKinds, openTasksWorlds } from './a-tasks-world.ts';
import type { TasksWorld } from './a-tasks-world.ts';

describe.each(databaseKinds)('reports on %s', (kind) => {
  const aTasksWorld = openTasksWorlds(kind);
  let random: TasksWorld;
  let tasks: readonly TaskDocument[];
  beforeAll(async () => {
    random = aTasksWorld();
    await createAtRandom(random);
    tasks = await readAll(random);
  }, 60_000);

  it.each([
    ['Europe/Berlin', '2026-03-16', '2026-04-12', '2026-04-20T12:00:00.000Z'],
    ['Pacific/Kiritimati', '2026-03-29', '2026-03-29', '2026-04-20T12:00:00.000Z'],
    ['America/New_York', '2026-03-02', '2026-03-29', '2026-03-20T12:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-03-20', '2026-06-30', '2026-04-05T12:00:00.000Z'],
    ['UTC', '2020-01-01', '2020-01-07', '2026-04-05T12:00:00.000Z'],
  ])('agree with a calculation of another kind: %s, %s to %s', async (time_zone, from, to, now) => {
    random.now = now;
    const { kpis, ...tables } = await random.call('reports:generate', { from, to, time_zone });
    const values = Object.fromEntries(kpis.map(({ kpi, value }) => [kpi, value]));
    expect({ ...tables, values }).toMatchObject(calculate(tasks, { time_zone, from, to, now }));
    expect(Object.keys(values)).toEqual(Object.keys(calculate(tasks, { time_zone, from, to, now }).values));
  });

  it('tell nothing where there is nothing to tell it from', async () => {
    const { kpis, days } = await aTasksWorld().call('reports:generate');
    const values = Object.fromEntries(kpis.map(({ kpi, value }) => [kpi, value]));
    expect(values).toMatchObject({ created: 0, on_time_share: null, lead_time_p50: null, age_p90: null });
    expect(days).toHaveLength(7);
    expect(days.at(-1)).toEqual({ day: '2026-03-20', created: 0, completed: 0, remaining: 0 });
  });

  it('have the same numbers as CSV', async () => {
    random.now = '2026-04-05T12:00:00.000Z';
    const report = await random.call('reports:generate', { csv: true, from: '2026-03-20', to: '2026-06-30' });
    const lines: unknown[][] = [['section', 'key', 'measure', 'value']];
    for (const { kpi, unit, value } of report.kpis) lines.push(['kpis', kpi, unit, value]);
    for (const section of ['by_priority', 'by_status', 'weeks', 'days'] as const) {
      for (const row of report[section]) {
        const [[, key] = [], ...measures] = Object.entries(row);
        for (const [measure, value] of measures) lines.push([section, key, measure, value]);
      }
    }
    expect(report.csv).toBe(lines.map((line) => `${line.join(',')}\r\n`).join(''));
    const { csv } = await aTasksWorld().call('reports:generate', { csv: true });
    expect(csv).toContain('\r\nkpis,on_time_share,share,\r\n');
  });

  it('have figures that are all defined in the specification', async () => {
    const specification = await readFile(new URL('../../../specs/TASKS.md', import.meta.url), 'utf8');
    const { kpis } = await aTasksWorld().call('reports:generate');
    const defined = [...specification.matchAll(/^\| (`.+?`) \| .+ \|$/gm)].flatMap(([, names = '']) =>
      names.match(/\w+/g),
    );
    expect(defined).toEqual(expect.arrayContaining(kpis.map(({ kpi }) => kpi)));
    expect(kpis.length).toBeGreaterThanOrEqual(12);
  });

  it('count the tasks of their user alone', async () => {
    const world = aTasksWorld();
    await world.call('create', { title: 'Of Bob' }, { as: 'bob' });
    const { by_status } = await world.call('reports:generate');
    expect(by_status.map(({ count }) => count)).toEqual([0, 0, 0]);
  });

  it.each([
    [{ from: '2026-03-20', to: '2026-03-19' }, 'ARGUMENT_INVALID'],
    [{ from: '2026-02-30' }, 'ARGUMENT_INVALID'],
    [{ from: '2026-03-20T10:00' }, 'ARGUMENT_INVALID'],
    [{ from: '2025-01-01', to: '2026-01-02' }, 'LIMIT_EXCEEDED'],
  ])('refuse a period that is none: %o', async (input, code) => {
    await expect(aTasksWorld().call('reports:generate', input)).rejects.toMatchObject({ code });
  });
});

// --- internal ---

/** The same tasks each time: made by a generator with a seed. */
async function createAtRandom(world: TasksWorld): Promise<void> {
  let seed = 7;
  const next = (below: number) => {
    seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((seed / 2 ** 31) * below);
  };
  const toTime = (hour: number) =>
    new Date(Date.UTC(2026, 2, 1) + hour * 3_600_000 + next(3_600_000)).toISOString();
  for (let index = 0; index < 30; index += 1) {
    const hour = next(24 * 45);
    const due = toTime(hour + next(200));
    world.now = toTime(hour);
    const { task } = await world.call('create', {
      title: `Task ${index}`,
      priority: ['low', 'medium', 'high'][next(3)],
      ...(next(4) > 0 && { due: next(2) === 0 ? due : due.slice(0, 10) }),
    });
    const started = hour + 1 + next(100);
    for (const [status, at, share] of [
      ['in_progress', started, 3],
      ['completed', started + 1 + next(100), 4],
    ] as const) {
      world.now = toTime(at);
      if (next(share) > 0) await world.call('update_status', { task_id: task.task_id, status });
    }
    if (index % 10 === 4) await world.call('update_status', { task_id: task.task_id, status: 'pending' });
    if (index % 10 === 7) await createAndDelete(world);
  }
}

/** What is deleted is in no number. */
async function createAndDelete(world: TasksWorld): Promise<void> {
  const { task } = await world.call('create', { title: 'Gone', due: '2026-03-10', status: 'completed' });
  await world.call('delete', { task_id: task.task_id });
}

async function readAll(world: TasksWorld): Promise<readonly TaskDocument[]> {
  const { tasks, total } = await world.call('list', { limit: 100 });
  expect(total).toBe(30);
  return tasks;
}

interface Asked {
  readonly time_zone: string;
  readonly from: string;
  readonly to: string;
  readonly now: string;
}

/** From the tasks alone, with another way to tell the day: the formatter of the platform. */
function calculate(tasks: readonly TaskDocument[], { time_zone, from, to, now }: Asked) {
  const format = new Intl.DateTimeFormat('en-CA', { timeZone: time_zone, dateStyle: 'short' });
  const dayOf = (instant: string | null) => (instant === null ? '9999' : format.format(Date.parse(instant)));
  const today = dayOf(now);
  const isOver = to < today;
  const isWithin = (instant: string | null) => dayOf(instant) >= from && dayOf(instant) <= to;
  const isBefore = (instant: string | null) =>
    instant !== null && (isOver ? dayOf(instant) <= to : instant < now); // before it was judged
  const judged = isOver ? firstInstantAfter(to, dayOf) : now;

  const created = tasks.filter(({ created_at }) => isWithin(created_at));
  const completed = tasks.filter(({ completed_at }) => isWithin(completed_at));
  const due = completed.filter((task) => task.due !== null);
  const onTime = due.filter(({ due: time, completed_at }) =>
    String(time).length === 10 ? dayOf(completed_at) <= String(time) : String(completed_at) <= String(time),
  );
  const open = tasks.filter(
    ({ created_at, completed_at }) => isBefore(created_at) && !isBefore(completed_at),
  );
  const working = open.filter(({ started_at }) => isBefore(started_at));
  const overdue = open.filter(({ due: time }) => {
    if (time === null) return false;
    if (time.length === 10) return isOver ? time <= to : time < today;
    return isBefore(time);
  });
  const lead = completed.map((task) => span(task.created_at, task.completed_at));
  const cycle = completed
    .filter(({ started_at }) => started_at !== null)
    .map((task) => span(task.started_at, task.completed_at));
  const age = open.map((task) => span(task.created_at, judged));

  const days = [];
  for (let time = Date.parse(from); time <= Date.parse(to); time += 86_400_000) {
    const day = new Date(time).toISOString().slice(0, 10);
    if (day > today) break;
    const isPast = (instant: string | null) => dayOf(instant) <= day;
    days.push({
      day,
      created: tasks.filter(({ created_at }) => dayOf(created_at) === day).length,
      completed: tasks.filter(({ completed_at }) => dayOf(completed_at) === day).length,
      remaining: tasks.filter((task) => isPast(task.created_at) && !isPast(task.completed_at)).length,
    });
  }
  const length = (Date.parse(to) - Date.parse(from)) / 86_400_000 + 1;
  const values = {
    created: created.length,
    completed: completed.length,
    on_time_share: due.length === 0 ? null : round(onTime.length / due.length),
    throughput_per_week: round((completed.length * 7) / length),
    lead_time_p50: hours(lead, 0.5),
    lead_time_p90: hours(lead, 0.9),
    cycle_time_p50: hours(cycle, 0.5),
    cycle_time_p90: hours(cycle, 0.9),
    open: open.length,
    work_in_progress: working.length,
    overdue: overdue.length,
    age_p50: hours(age, 0.5),
    age_p90: hours(age, 0.9),
  };
  return {
    values,
    by_priority: (['low', 'medium', 'high'] as const).map((priority) => {
      const count = (some: readonly TaskDocument[]) =>
        some.filter((task) => task.priority === priority).length;
      return {
        priority,
        created: count(created),
        completed: count(completed),
        open: count(open),
        overdue: count(overdue),
      };
    }),
    by_status: [
      { status: 'pending', count: open.length - working.length },
      { status: 'in_progress', count: working.length },
      { status: 'completed', count: tasks.filter(({ completed_at }) => isBefore(completed_at)).length },
    ],
    weeks: toWeeks(days),
    days,
  };
}

/** Days are tried minute by minute. */
function firstInstantAfter(day: string, dayOf: (instant: string) => string): string {
  let time = Date.parse(day) - 15 * 3_600_000;
  while (dayOf(new Date(time).toISOString()) <= day) time += 60_000;
  return new Date(time).toISOString();
}

/** By whole weeks since the first Monday of 1970, which was its fifth day. */
function toWeeks(
  days: readonly { readonly day: string; readonly created: number; readonly completed: number }[],
) {
  return [...new Set(days.map(({ day }) => monday(day)))].map((week) => {
    const within = days.filter(({ day }) => monday(day) === week);
    return {
      week: new Date(week * 86_400_000).toISOString().slice(0, 10),
      created: within.reduce((sum, { created }) => sum + created, 0),
      completed: within.reduce((sum, { completed }) => sum + completed, 0),
    };
  });
}

function monday(day: string): number {
  return Math.floor((Date.parse(day) / 86_400_000 - 4) / 7) * 7 + 4;
}

/** By the nearest rank. */
function hours(spans: readonly number[], share: number): number | null {
  const sorted = spans.toSorted((a, b) => a - b);
  const value = sorted[Math.ceil(share * sorted.length) - 1];
  return value === undefined ? null : round(value / 3_600_000);
}

function span(start: string | null, end: string | null): number {
  return Date.parse(String(end)) - Date.parse(String(start));
}

function round(value: number): number {
  return Number(value.toFixed(4));
}
