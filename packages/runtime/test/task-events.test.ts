/** Schedules for what happens to tasks, with a hand-set clock. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHandClock } from '@oatty/engine/testing';
import type { Caller, Schedule } from '@oatty/types';
import { createCatalogs } from '../src/catalogs/create-catalogs.ts';
import { createCommands } from '../src/commands/create-commands.ts';
import { createRuns } from '../src/runs/create-runs.ts';
import { addSchedule } from '../src/schedules/add-schedule.ts';
import { fireSchedule } from '../src/schedules/fire-schedule.ts';
import { pauseSchedule, resumeSchedule } from '../src/schedules/kept-schedules.ts';
import type { ScheduleOptions } from '../src/schedules/schedules.ts';
import { wakeListening } from '../src/schedules/wake-listening.ts';
import { createWorld } from '../src/world.ts';
import { aHome } from './open-oatty.ts';
import type { Home } from './open-oatty.ts';

const ann: Caller = { principal: 'ann', via: 'library' };
const bob: Caller = { principal: 'bob', via: 'library' };

/** Says in its output which task it was started for. */
const note = {
  commandId: 'oatty approval',
  inputs: { message: '${{ inputs.event.event }} ${{ inputs.event.task.title }}' },
  caller: ann,
};

describe('a schedule for an event', () => {
  it('starts a run for each, and hands the task over', async () => {
    const oatty = await openTasks();
    await oatty.plan({ ...note, event: 'created', priority: ['high'] });
    const [milk] = await oatty.create({ title: 'Milk', priority: 'high' }, { title: 'Tea' });
    await oatty.create({ title: 'Salt', priority: 'high' });
    expect(await oatty.look()).toEqual(['created Milk', 'created Salt']);
    expect(await oatty.look()).toEqual(['created Milk', 'created Salt']);
    await oatty.call('update', { task_id: milk, title: 'Oats' });
    expect(await oatty.look()).toHaveLength(2);
    const [schedule] = await oatty.schedules();
    expect(schedule).toMatchObject({ status: 'active', last: { run_id: expect.any(String) } });
    expect(schedule).not.toHaveProperty('next_at');
  });

  it('is looked at while its user changes something, else when all are', async () => {
    const oatty = await openTasks();
    await oatty.plan({ ...note, event: 'created' });
    const dueAfter = async (since?: Date) => {
      await wakeListening(oatty.world, since);
      return (await (await oatty.world.schedules()).listDueSchedules(oatty.now(), 10)).length;
    };
    const lately = () => new Date(Date.parse(oatty.now()) - 10_000);
    await oatty.create({ title: 'Milk' });
    expect(await dueAfter(lately())).toBe(1);
    expect(await oatty.look()).toEqual(['created Milk']);
    await oatty.create({ title: 'Salt' });
    await oatty.pass(10_001);
    expect(await dueAfter(lately())).toBe(0);
    expect(await dueAfter()).toBe(1);
  });

  it('gives a saved workflow its inputs from the event', async () => {
    const oatty = await openTasks();
    const content = `workflow: greet
inputs: { who: { type: string } }
steps: [{ id: ask, run: oatty approval, with: { message: "Hello \${{ inputs.who }}" } }]`;
    await oatty.world.workflowStore.save({ content });
    const inputs = { who: '${{ inputs.event.task.title }}' };
    await oatty.plan({ workflowId: 'greet', inputs, event: 'completed', caller: ann });
    const [milk] = await oatty.create({ title: 'Milk' }, { title: 'Tea', status: 'completed' });
    expect(await oatty.look()).toEqual(['Hello Tea']);
    await oatty.call('update_status', { task_id: milk, status: 'completed' });
    await oatty.call('update', { task_id: milk, title: 'Oats' });
    expect(await oatty.look()).toEqual(['Hello Milk', 'Hello Tea']);
  });

  it.each([
    ['EXPRESSION_FAILED', { workflowId: 'greet', inputs: { who: '${{ inputs.event.task.colour }}' } }],
    ['EXPRESSION_FAILED', { commandId: 'tasks get', inputs: { task_id: '${{ inputs.event.taks.id }}' } }],
    ['ARGUMENT_INVALID', { commandId: 'tasks get', inputs: { task: '${{ inputs.event.task.task_id }}' } }],
  ])('whose runs could not start is refused: %s', async (code, target) => {
    const oatty = await openTasks();
    const step = '{ id: ask, run: oatty approval, with: { message: Hello } }';
    const content = `workflow: greet\ninputs: { who: { type: string } }\nsteps: [${step}]`;
    await oatty.world.workflowStore.save({ content });
    await expect(oatty.plan({ ...target, event: 'created' })).rejects.toMatchObject({ code });
  });

  it('hears nothing of others, of earlier times, of pauses, or of what is taken back', async () => {
    const oatty = await openTasks();
    const [old] = await oatty.create({ title: 'Old' });
    const { schedule_id } = await oatty.plan({ ...note, event: 'created' });
    await oatty.call('create', { title: "Bob's" }, bob);
    await pauseSchedule(oatty.world, schedule_id, 'ann');
    await oatty.create({ title: 'Paused' });
    expect(await oatty.look()).toEqual([]);
    await resumeSchedule(oatty.world, schedule_id, { principal: 'ann' });
    await oatty.call('delete', { task_id: old });
    await oatty.call('undo', {});
    expect(await oatty.look()).toEqual([]);
    await oatty.create({ title: 'New' });
    expect(await oatty.look()).toEqual(['created New']);
  });

  it('starts one run, whoever looks, and whoever died before it was done', async () => {
    const oatty = await openTasks();
    const planned = await oatty.plan({ ...note, event: 'created' });
    await oatty.create({ title: 'Milk' }, { title: 'Tea' });
    const other = await openProcess(oatty.home, oatty.now());
    await Promise.all([oatty.look(), other.look(), oatty.look()]);
    const store = await oatty.world.schedules();
    await store.removeSchedule(planned.schedule_id);
    await store.addSchedule(planned); // as it was before the runs were started
    expect(await other.look()).toEqual(['created Milk', 'created Tea']);
  });

  it.each([
    ['all', ['created A', 'created B', 'created C']],
    ['latest', ['created C']],
    ['skip', ['created C']],
  ] as const)('makes up for what nobody saw in time as it says: %s', async (missed, started) => {
    const oatty = await openTasks();
    await oatty.plan({ ...note, event: 'created', missed });
    await oatty.create({ title: 'A' }, { title: 'B' });
    await oatty.pass(3_600_000);
    await oatty.create({ title: 'C' });
    expect(await oatty.look()).toEqual(started);
  });

  it('sees more at once than a page of them', async () => {
    const oatty = await openTasks();
    const many = Array.from({ length: 100 }, (_, index) => ({ title: `${index}`, status: 'completed' }));
    await oatty.plan({ ...note, event: 'completed', missed: 'latest' });
    await oatty.create(...many);
    await oatty.create(...many.map(({ title }) => ({ title: `again ${title}`, status: 'completed' })));
    await oatty.pass(3_600_000);
    expect(await oatty.look()).toEqual(['completed again 99']);
  });
});

describe('a task that becomes overdue', () => {
  it('is an event once for each due time, by the clocks of its user', async () => {
    const oatty = await openTasks('2026-03-28T12:00:00.000Z');
    await oatty.call('settings', { time_zone: 'Australia/Lord_Howe' });
    await oatty.create({ title: 'Late already', due: '2026-03-01' });
    await oatty.plan({ ...note, event: 'overdue' });
    await oatty.create({ title: 'Day', due: '2026-04-04' }, { title: 'Hour', due: '2026-04-04T12:00' });
    expect(await oatty.look()).toEqual([]);
    expect((await oatty.schedules())[0]?.next_at).toBe('2026-04-04T01:00:00.001Z');
    await oatty.until('2026-04-04T01:00:00.001Z');
    expect(await oatty.look()).toEqual(['overdue Hour']);
    await oatty.until('2026-04-04T12:59:59.999Z');
    expect(await oatty.look()).toHaveLength(1);
    await oatty.until('2026-04-04T13:00:00.000Z');
    expect(await oatty.look()).toEqual(['overdue Day', 'overdue Hour']);
  });

  it('is one when a change makes it so, and again with another due time', async () => {
    const oatty = await openTasks('2026-03-28T12:00:00.000Z');
    await oatty.plan({ ...note, event: 'overdue' });
    const [task_id] = await oatty.create({ title: 'A', due: '2026-03-20' });
    expect(await oatty.look()).toEqual(['overdue A']);
    await oatty.call('update_status', { task_id, status: 'completed' });
    await oatty.call('update_status', { task_id, status: 'pending' });
    expect(await oatty.look()).toHaveLength(1);
    await oatty.call('update', { task_id, due: '2026-03-28T12:30:00Z' });
    await oatty.pass(60_000);
    expect(await oatty.look()).toHaveLength(1);
    await oatty.pass(1_800_000);
    expect(await oatty.look()).toEqual(['overdue A', 'overdue A']);
    await oatty.create({ title: 'Done in time', due: '2026-03-28T13:00:00Z', status: 'completed' });
    await oatty.pass(3_600_000);
    expect(await oatty.look()).toHaveLength(2);
  });
});

describe('runs that raise events themselves', () => {
  it('start no run of the same schedule again, whatever comes in between', async () => {
    const oatty = await openTasks();
    await oatty.plan(createAfter('A'));
    await oatty.plan(createAfter('B'));
    await oatty.create({ title: 'X' });
    await oatty.look();
    expect(await oatty.titles()).toEqual([
      'A after B after X',
      'A after X',
      'B after A after X',
      'B after X',
      'X',
    ]);
  });

  it('start no run of the same schedule again by what they make overdue', async () => {
    const oatty = await openTasks();
    const inputs = { task_id: '${{ inputs.event.task.task_id }}', due: '2026-03-01' };
    await oatty.plan({ commandId: 'tasks update', inputs, event: 'overdue', caller: ann });
    await oatty.create({ title: 'X', due: '2026-03-19' });
    expect(await oatty.look()).toHaveLength(1);
  });

  it('follow each other three times at most', async () => {
    const oatty = await openTasks();
    for (const name of ['A', 'B', 'C', 'D']) await oatty.plan(createAfter(name));
    await oatty.create({ title: 'X' });
    await oatty.look();
    const titles = await oatty.titles();
    expect(titles).toHaveLength(1 + 4 + 4 * 3 + 4 * 3 * 2);
    expect(Math.max(...titles.map((title) => title.split(' after ').length))).toBe(4);
  });
});

// --- internal ---

/** Creates a task whenever one is created. */
function createAfter(title: string): ScheduleOptions {
  const inputs = { title: `${title} after \${{ inputs.event.task.title }}` };
  return { commandId: 'tasks create', inputs, event: 'created', caller: ann };
}

async function openTasks(now = '2026-03-20T09:00:00.000Z') {
  const oatty = await openProcess(await aHome(), now);
  await createCatalogs(oatty.world).setEnabled('tasks', true);
  return oatty;
}

/** One of several that share the state. */
async function openProcess(home: Home, start: string) {
  const clock = createHandClock();
  await clock.advance(Date.parse(start) - clock.now().getTime());
  const world = Object.assign(createWorld({ env: home.env, cwd: home.dir }), { clock });
  const runs = createRuns(world);
  const commands = createCommands(world);
  onTestFinished(async () => {
    world.closing.abort();
    await (await world.runner.opened())?.suspend();
    await (await world.journal.opened())?.close();
  });
  const call = async (name: string, input: object, caller: Caller = ann): Promise<unknown> =>
    (await commands.run(`tasks ${name}`, { with: { ...input }, caller })).body;
  const process = {
    home,
    world,
    call,
    now: () => clock.now().toISOString(),
    pass: (ms: number) => clock.advance(ms),
    until: (instant: string) => clock.advance(Date.parse(instant) - clock.now().getTime()),
    plan: (options: ScheduleOptions): Promise<Schedule> => addSchedule(world, options),
    schedules: async () => (await world.schedules()).listSchedules(),
    async create(...tasks: readonly object[]): Promise<readonly string[]> {
      const { results } = (await call('bulk:create', { tasks })) as {
        readonly results: readonly { readonly task: { readonly task_id: string } }[];
      };
      return results.map(({ task }) => task.task_id);
    },
    async titles(): Promise<readonly string[]> {
      const { tasks } = (await call('list', { limit: 100, sort: 'title', order: 'asc' })) as {
        readonly tasks: readonly { readonly title: string }[];
      };
      return tasks.map(({ title }) => title);
    },
    /** Acts on everything that is due until nothing is; gives what the runs so far have asked, sorted. */
    async look(): Promise<readonly string[]> {
      for (;;) {
        await wakeListening(world);
        const due = await (await world.schedules()).listDueSchedules(process.now(), 100);
        if (due.length === 0) break;
        for (const schedule of due) await fireSchedule(world, runs, schedule);
        await settle();
      }
      return messages();
    },
  };

  /** Runs have ended, or wait for an answer. */
  async function settle(): Promise<void> {
    for (const { run_id } of (await runs.list({ limit: 500 })).items) await runs.rest(run_id);
  }

  async function messages(): Promise<readonly string[]> {
    const { items } = await runs.list({ limit: 500 });
    const asked = items.map(async ({ run_id }) => (await runs.inspect(run_id)).open_questions[0]?.message);
    return (await Promise.all(asked)).map((message) => message ?? '').sort();
  }

  return process;
}
