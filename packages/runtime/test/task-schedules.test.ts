/** Schedules that users plan by commands of the tasks catalog. */
import { describe, expect, it } from 'vitest';
import { createMemoryScheduleStore } from '@oatty/engine';
import type { CommandRunOptions, Oatty } from '../src/index.ts';
import { once } from '../src/once.ts';
import { addSchedule, maxSchedules } from '../src/schedules/add-schedule.ts';
import { createWorld } from '../src/world.ts';
import { aHome, openOatty, openShop } from './open-oatty.ts';

const report = { run: 'tasks reports:generate', cron: '0 9 * * 1', time_zone: 'Europe/Berlin' };

describe('a schedule of a user', () => {
  it('plans one command, and tells its next times by the clocks of the user', async () => {
    const oatty = await openTasks();
    const planned = await plan(oatty, { ...report, inputs: { csv: true }, name: 'Weekly' });
    expect(planned).toMatchObject({
      name: 'Weekly',
      target: { kind: 'command', id: 'tasks reports:generate', inputs: { csv: true } },
      when: { kind: 'cron', value: '0 9 * * 1', time_zone: 'Europe/Berlin' },
      missed: 'skip',
      status: 'active',
      next_at: planned.next[0],
      last: null,
    });
    expect(planned.next).toHaveLength(5);
    for (const time of planned.next) expect(time).toMatch(/T09:00:00\+0[12]:00$/);
    expect((await oatty.schedules.list()).items).toMatchObject([{ schedule_id: planned.schedule_id }]);
  });

  it('plans a saved workflow by a rule of recurrence', async () => {
    const oatty = await openTasks();
    await oatty.workflows.save({ content: 'workflow: look\nsteps: [{ id: list, run: tasks list }]' });
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0', start: '2999-01-01' };
    const planned = await plan(oatty, { run: 'workflow look', ...rule, time_zone: 'America/St_Johns' });
    expect(planned).toMatchObject({
      target: { kind: 'workflow', id: 'look' },
      when: { kind: 'rrule', start: '2999-01-07T09:00:00', time_zone: 'America/St_Johns' },
    });
    expect(planned.next[0]).toBe('2999-01-07T09:00:00-03:30');
    expect((await oatty.workflows.dependentsOf('look')).schedules).toEqual([planned.schedule_id]);
  });

  it('is there for nobody else', async () => {
    const oatty = await openTasks();
    const { schedule_id } = await plan(oatty, report, { caller: aCaller('ann') });
    const list = async (principal: string) =>
      (await call<{ count: number }>(oatty, 'list', {}, { caller: aCaller(principal) })).count;
    expect([await list('ann'), await list('bob'), await list('local')]).toEqual([1, 0, 0]);
    for (const name of ['pause', 'resume', 'remove']) {
      await expect(call(oatty, name, { schedule_id }, { caller: aCaller('bob') })).rejects.toMatchObject({
        code: 'SCHEDULE_NOT_FOUND',
      });
    }
    for (const name of ['pause', 'resume', 'remove']) {
      await call(oatty, name, { schedule_id }, { caller: aCaller('ann') });
    }
    expect(await list('ann')).toBe(0);
  });

  it('is refused where it could not run', async () => {
    const oatty = await openTasks();
    for (const [code, input] of [
      ['ARGUMENT_INVALID', {}],
      ['ARGUMENT_INVALID', { cron: '@daily', at: '2999-01-01T00:00' }],
      ['ARGUMENT_INVALID', { at: '2999-01-01' }],
      ['ARGUMENT_INVALID', { at: '2020-01-01T09:00' }],
      ['ARGUMENT_INVALID', { rrule: 'FREQ=HOURLY' }],
      ['ARGUMENT_INVALID', { cron: '@daily', start: '2999-01-01' }],
      ['ARGUMENT_INVALID', { cron: '@daily', priority: ['high'] }],
      ['ARGUMENT_INVALID', { cron: '@daily', time_zone: 'Mars/Olympus' }],
      ['ARGUMENT_INVALID', { cron: '@daily', inputs: { from: '2026-01-01', colour: 'red' } }],
      ['COMMAND_NOT_FOUND', { cron: '@daily', run: 'tasks report' }],
      ['WORKFLOW_NOT_FOUND', { cron: '@daily', run: 'workflow nothing' }],
    ] as const) {
      const refused = plan(oatty, { run: 'tasks reports:generate', ...input });
      await expect(refused).rejects.toMatchObject({ code });
    }
    expect((await oatty.schedules.list()).items).toEqual([]);
  });

  it('destroys something only when a person agreed to that', async () => {
    const { oatty } = await openShop();
    await oatty.catalogs.setEnabled('tasks', true);
    const drop = { run: 'shop orders:delete', inputs: { order: 'ord_1' }, cron: '@yearly' };
    for (const options of [
      {},
      { confirmed: true, maxEffect: 'standard' },
      { maxEffect: 'destructive' },
    ] as const) {
      await expect(plan(oatty, drop, options)).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    }
    await plan(oatty, drop, { confirmed: true, maxEffect: 'destructive' });
    expect((await oatty.schedules.list()).items).toMatchObject([{ may_destroy: true }]);
  });

  it('is planned once by a step of a run, and destroys nothing', async () => {
    const { oatty } = await openShop();
    await oatty.catalogs.setEnabled('tasks', true);
    const start = async (planned: object) => {
      const step = { id: 'plan', run: 'tasks schedules:create', with: { cron: '@yearly', ...planned } };
      const manifest = { workflow: 'plan', steps: [step] };
      return (await oatty.runs.start({ workflow: { manifest } })).wait();
    };
    expect(await start({ run: 'shop orders:list' })).toMatchObject({ status: 'succeeded' });
    const drop = { run: 'shop orders:delete', inputs: { order: 'ord_1' } };
    expect(await start(drop)).toMatchObject({
      status: 'failed',
      error: { error_code: 'CONFIRMATION_REQUIRED' },
    });
    expect((await oatty.schedules.list()).items).toHaveLength(1);
  });

  it('is one of a thousand at most', async () => {
    const schedules = createMemoryScheduleStore();
    const { env } = await aHome();
    const world = { ...createWorld({ env }), schedules: once(async () => schedules) };
    const content = 'workflow: ask\nsteps: [{ id: ask, run: oatty approval, with: { message: Go on? } }]';
    await world.workflowStore.save({ content });
    const add = (scheduleId: string) => addSchedule(world, { workflowId: 'ask', scheduleId, cron: '@daily' });
    const first = await add('first');
    for (let index = 1; index < maxSchedules; index += 1) {
      await schedules.addSchedule({ ...first, schedule_id: `s${index}` });
    }
    expect(maxSchedules).toBe(1_000);
    await expect(add('one-more')).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });
});

// --- internal ---

interface Planned {
  readonly schedule_id: string;
  readonly next: readonly string[];
}

async function openTasks(): Promise<Oatty> {
  const oatty = await openOatty();
  await oatty.catalogs.setEnabled('tasks', true);
  return oatty;
}

function aCaller(principal: string) {
  return { principal, via: 'mcp' } as const;
}

async function plan(oatty: Oatty, input: object, options: CommandRunOptions = {}): Promise<Planned> {
  return (await call<{ schedule: Planned }>(oatty, 'create', input, options)).schedule;
}

async function call<Result>(
  { commands }: Oatty,
  name: string,
  input: object,
  options: CommandRunOptions = {},
): Promise<Result> {
  const { body } = await commands.run(`tasks schedules:${name}`, { ...options, with: { ...input } });
  return body as Result; // each test knows which command it called
}
