import { describe, expect, it, onTestFinished } from 'vitest';
import { createMemoryRunStore } from '@oatty/engine';
import { createHandClock } from '@oatty/engine/testing';
import type { HandClock } from '@oatty/engine/testing';
import type { Schedule } from '@oatty/types';
import { createRuns } from '../src/runs/create-runs.ts';
import { fireSchedule } from '../src/schedules/fire-schedule.ts';
import { createWorld } from '../src/world.ts';
import { openOatty, openShop } from './open-oatty.ts';
import type { ScheduleOptions } from '../src/schedules/schedules.ts';
import type { ShopWorld } from './open-oatty.ts';

const list = 'workflow: look\nsteps: [{ id: list, run: shop orders:list }]';
const drop = 'workflow: look\nsteps: [{ id: drop, run: shop orders:delete, with: { order: ord_1 } }]';
const hourly = { workflowId: 'look', cron: '0 * * * *', timeZone: 'UTC' } as const;

describe('a schedule that is added', () => {
  it('is listed with its next time, and by the id of the workflow', async () => {
    const { oatty } = await openShopWith(list);
    const added = await oatty.schedules.add({ ...hourly, cron: '30 9 * * *', inputs: {} });
    expect(added).toEqual({
      schedule_id: 'look',
      workflow_id: 'look',
      timing: { cron: '30 9 * * *', time_zone: 'UTC' },
      missed: 'skip',
      inputs: {},
      may_destroy: false,
      created_at: expect.any(String),
      status: 'active',
      next_at: expect.stringMatching(/T09:30:00\.000Z$/),
    });
    const once = await oatty.schedules.add({
      workflowId: 'look',
      scheduleId: 'a-last-time',
      at: '2999-12-31T23:00:00+01:00',
    });
    expect(once).toMatchObject({
      timing: { at: '2999-12-31T22:00:00.000Z' },
      missed: 'latest',
      next_at: '2999-12-31T22:00:00.000Z',
    });
    expect(await oatty.schedules.list()).toEqual({ items: [once, added] });
  });

  it('goes by the time zone of the machine when none is named', async () => {
    const { oatty } = await openShopWith(list);
    const { timing } = await oatty.schedules.add({ workflowId: 'look', cron: '@daily' });
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    expect(timing).toEqual({ cron: '@daily', time_zone: timeZone });
  });

  it.each<[string, Partial<ScheduleOptions>]>([
    ['ARGUMENT_INVALID', {}],
    ['ARGUMENT_INVALID', { cron: '@daily', at: '2999-01-01T00:00:00Z' }],
    ['ARGUMENT_INVALID', { cron: '0 0 30 2 *' }],
    ['ARGUMENT_INVALID', { cron: '@daily', timeZone: 'Mars/Olympus' }],
    ['ARGUMENT_INVALID', { at: '2020-01-01T00:00:00Z' }],
    ['ARGUMENT_INVALID', { at: '2999-01-01T00:00:00' }],
    ['ARGUMENT_INVALID', { at: '2999-13-01T00:00:00Z' }],
    ['ARGUMENT_INVALID', { at: '2999-01-01T00:00:00Z', timeZone: 'UTC' }],
    ['ARGUMENT_INVALID', { cron: '@daily', scheduleId: 'no spaces' }],
    ['WORKFLOW_NOT_FOUND', { cron: '@daily', workflowId: 'nothing' }],
    ['WORKFLOW_INPUT_VALIDATION_FAILED', { cron: '@daily', inputs: { unknown: 1 } }],
  ])('is refused with %s: %j', async (code, options) => {
    const { oatty } = await openShopWith(list);
    await expect(oatty.schedules.add({ workflowId: 'look', ...options })).rejects.toMatchObject({ code });
    expect(await oatty.schedules.list()).toEqual({ items: [] });
  });

  it('has an id that no other has', async () => {
    const { oatty } = await openShopWith(list);
    await oatty.schedules.add(hourly);
    await expect(oatty.schedules.add(hourly)).rejects.toMatchObject({ code: 'SCHEDULE_ALREADY_EXISTS' });
  });

  it('gives every input that its runs will need', async () => {
    const { oatty } = await openShopWith(`${list}\ninputs: { order: { type: string } }`);
    await expect(oatty.schedules.add(hourly)).rejects.toMatchObject({ code: 'WORKFLOW_INPUTS_INCOMPLETE' });
  });

  it('keeps no secret', async () => {
    const { oatty } = await openShopWith(`${list}\ninputs: { pin: { type: string, secret: true } }`);
    const adding = oatty.schedules.add({ ...hourly, inputs: { pin: 'the-secret-pin' } });
    const error: unknown = await adding.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ code: 'ARGUMENT_INVALID', message: expect.stringContaining('"pin"') });
    expect(JSON.stringify(error)).not.toContain('the-secret-pin');
  });

  it('has destructive steps only when somebody has agreed', async () => {
    const { oatty } = await openShopWith(drop);
    await expect(oatty.schedules.add(hourly)).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    expect(await oatty.schedules.add({ ...hourly, mayDestroy: true })).toMatchObject({ may_destroy: true });
  });

  it('needs a place that keeps schedules', async () => {
    const oatty = await openOatty({ store: createMemoryRunStore() });
    await expect(oatty.schedules.list()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    const inMemory = await openOatty({ store: 'memory' });
    expect(await inMemory.schedules.list()).toEqual({ items: [] });
  });
});

describe('a schedule that is paused', () => {
  it('has no next time until it is resumed', async () => {
    const { oatty } = await openShopWith(list);
    const { next_at } = await oatty.schedules.add({ ...hourly, cron: '0 0 1 1 *' });
    const paused = await oatty.schedules.pause('look');
    expect(paused).toMatchObject({ status: 'paused' });
    expect(paused).not.toHaveProperty('next_at');
    expect(await oatty.schedules.pause('look')).toEqual(paused);
    expect(await oatty.schedules.resume('look')).toMatchObject({ status: 'active', next_at });
    expect((await oatty.schedules.list()).items[0]).toMatchObject({ status: 'active', next_at });
  });

  it('that ended or is not there cannot be resumed', async () => {
    const { oatty, fire } = await openShopWith(list);
    await oatty.schedules.add({ workflowId: 'look', at: '2999-01-01T00:00:00Z' });
    await fire('look', '2999-01-01T00:00:00Z');
    expect((await oatty.schedules.list()).items).toMatchObject([{ status: 'ended' }]);
    await expect(oatty.schedules.resume('look')).rejects.toMatchObject({ code: 'SCHEDULE_STATE_CONFLICT' });
    await oatty.schedules.remove('look');
    for (const act of ['pause', 'resume', 'remove'] as const) {
      await expect(oatty.schedules[act]('look')).rejects.toMatchObject({ code: 'SCHEDULE_NOT_FOUND' });
    }
  });
});

describe('a schedule whose time has come', () => {
  it('starts one run, and waits for its next time', async () => {
    const { oatty, fire } = await openShopWith(list);
    const { next_at = '' } = await oatty.schedules.add(hourly);
    await fire('look', next_at);
    const [run] = (await oatty.runs.list()).items;
    expect((await oatty.schedules.list()).items).toMatchObject([
      { status: 'active', next_at: hoursAfter(next_at, 1), last: { due_at: next_at, run_id: run?.run_id } },
    ]);
    expect(await oatty.runs.wait(run?.run_id ?? '')).toMatchObject({
      workflow_id: 'look',
      status: 'succeeded',
    });
  });

  it('starts one run, whoever else acts on the same time', async () => {
    const { oatty, fire, fireElsewhere } = await openShopWith(list);
    const { next_at = '' } = await oatty.schedules.add(hourly);
    await Promise.all([fire('look', next_at), fireElsewhere('look', next_at), fire('look', next_at)]);
    expect((await oatty.runs.list()).items).toHaveLength(1);
  });

  it('starts no second run when its process died before it was done', async () => {
    const { oatty, fire, keep } = await openShopWith(list);
    const { next_at = '', ...schedule } = await oatty.schedules.add(hourly);
    await fire('look', next_at);
    await oatty.schedules.remove('look');
    await keep({ ...schedule, next_at });
    await fire('look', next_at);
    const { items } = await oatty.runs.list();
    expect(items).toHaveLength(1);
    expect((await oatty.schedules.list()).items).toMatchObject([{ last: { run_id: items[0]?.run_id } }]);
  });

  it('starts a run for each time that was missed, if it says so', async () => {
    const { oatty, fire } = await openShopWith(list);
    const { next_at = '' } = await oatty.schedules.add({ ...hourly, missed: 'all' });
    await fire('look', hoursAfter(next_at, 2));
    expect((await oatty.runs.list()).items).toHaveLength(3);
    expect((await oatty.schedules.list()).items).toMatchObject([{ next_at: hoursAfter(next_at, 3) }]);
  });

  it('tells what kept a run from starting, and goes on', async () => {
    const { oatty, fire } = await openShopWith(list);
    const { next_at = '' } = await oatty.schedules.add(hourly);
    await oatty.workflows.delete('look');
    await fire('look', next_at);
    expect((await oatty.schedules.list()).items).toMatchObject([
      {
        status: 'active',
        next_at: hoursAfter(next_at, 1),
        last: { due_at: next_at, error: { error_code: 'WORKFLOW_NOT_FOUND' } },
      },
    ]);
  });

  it('starts nothing that has become destructive meanwhile', async () => {
    const { oatty, shop, fire } = await openShopWith(list);
    const { next_at = '' } = await oatty.schedules.add(hourly);
    await oatty.workflows.save({ content: drop, overwrite: true });
    await fire('look', next_at);
    expect((await oatty.schedules.list()).items).toMatchObject([
      { last: { error: { error_code: 'CONFIRMATION_REQUIRED' } } },
    ]);
    expect(shop.calls()).toEqual([]);
  });
});

// --- internal ---

interface SchedulesWorld extends ShopWorld {
  /** Acts on the schedule as a process does whose clock shows this. */
  readonly fire: (scheduleId: string, now: string) => Promise<void>;
  readonly fireElsewhere: SchedulesWorld['fire'];
  readonly keep: (schedule: Schedule) => Promise<unknown>;
}

async function openShopWith(content: string): Promise<SchedulesWorld> {
  const shopWorld = await openShop();
  await shopWorld.oatty.workflows.save({ content });
  const here = openProcess(shopWorld);
  return {
    ...shopWorld,
    fire: here.fire,
    fireElsewhere: openProcess(shopWorld).fire,
    keep: async (schedule) => (await here.world.schedules()).addSchedule(schedule),
  };
}

function openProcess({ home }: ShopWorld) {
  const clock = createHandClock();
  const world = { ...createWorld({ env: home.env, cwd: home.dir }), clock };
  const runs = createRuns(world);
  onTestFinished(async () => {
    world.closing.abort();
    await (await world.runner.opened())?.suspend();
    await (await world.journal.opened())?.close();
  });
  return {
    world,
    fire: async (scheduleId: string, now: string): Promise<void> => {
      await setClock(clock, now);
      const schedule = await (await world.schedules()).getSchedule(scheduleId);
      if (schedule !== undefined) await fireSchedule(world, runs, schedule);
    },
  };
}

async function setClock(clock: HandClock, now: string): Promise<void> {
  await clock.advance(Math.max(0, Date.parse(now) - clock.now().getTime()));
}

function hoursAfter(instant: string, hours: number): string {
  return new Date(Date.parse(instant) + hours * 3_600_000).toISOString();
}
