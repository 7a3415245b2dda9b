/** Schedules and runs of users whose saved workflow somebody changes, with a hand-set clock. */
import { describe, expect, it, onTestFinished } from 'vitest';
import { createHandClock } from '@oatty/engine/testing';
import type { Caller, Schedule } from '@oatty/types';
import { createCatalogs } from '../src/catalogs/create-catalogs.ts';
import type { CommandRunOptions } from '../src/commands/commands.ts';
import { createCommands } from '../src/commands/create-commands.ts';
import { createRuns } from '../src/runs/create-runs.ts';
import { createSchedules } from '../src/schedules/create-schedules.ts';
import { fireSchedule } from '../src/schedules/fire-schedule.ts';
import { wakeListening } from '../src/schedules/wake-listening.ts';
import { saveWorkflow } from '../src/workflows/save-workflow.ts';
import { createWorld } from '../src/world.ts';
import { aHome } from './open-oatty.ts';

const ann: Caller = { principal: 'ann', via: 'library' };

const outer = 'workflow: outer\nsteps: [{ id: sub, run: workflow middle }]';
const middle = 'workflow: middle\nsteps: [{ id: sub, run: workflow inner }]';
const inner = 'workflow: inner\nsteps: [{ id: list, run: tasks list }]';
const hourly = { workflowId: 'outer', cron: '0 * * * *', timeZone: 'UTC', caller: ann } as const;
const start = '2026-03-20T09:00:00.000Z';

describe('a schedule whose workflow was changed', () => {
  it.each([
    ['itself', 'outer', outer.replace('sub,', 'other,')],
    ['in what it runs', 'middle', `${middle}\nfinal_output: 1`],
    ['in what that runs', 'inner', `${inner}\ntitle: Other`],
  ])('%s starts nothing, says so, and is paused', async (_, changed, content) => {
    const oatty = await openTasks();
    const planned = await oatty.schedules.add(hourly);
    expect(Object.keys(planned.agreed ?? {}).toSorted()).toEqual(['inner', 'middle', 'outer']);
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({ status: 'active' });
    await oatty.save(content);
    const paused = await oatty.fire('2026-03-20T11:00:00.000Z');
    expect(paused).toMatchObject({
      status: 'paused',
      last: {
        due_at: '2026-03-20T11:00:00.000Z',
        error: { error_code: 'WORKFLOW_VERSION_CONFLICT', context: { workflow_id: changed } },
      },
    });
    expect(paused).not.toHaveProperty('next_at');
    expect(await oatty.runIds()).toHaveLength(1);
  });

  it('runs as it is now when its owner has resumed it', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.save(`${inner}\ntitle: Other`);
    await oatty.fire('2026-03-20T10:00:00.000Z');
    const resumed = await oatty.resume();
    expect(resumed).toMatchObject({ status: 'active', next_at: '2026-03-20T11:00:00.000Z' });
    expect(await oatty.fire('2026-03-20T11:00:00.000Z')).toMatchObject({
      status: 'active',
      last: { run_id: expect.any(String) },
    });
    expect(await oatty.runIds()).toHaveLength(1);
  });

  it('is agreed to while it is active as well, and misses nothing', async () => {
    const oatty = await openTasks();
    const { next_at } = await oatty.schedules.add(hourly);
    await oatty.save(`${outer}\ntitle: Other`);
    expect(await oatty.resume()).toMatchObject({ status: 'active', next_at });
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({
      last: { run_id: expect.any(String) },
    });
  });

  it('tells its user what to do when schedules are listed', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.save(`${outer}\ntitle: Other`);
    await oatty.fire('2026-03-20T10:00:00.000Z');
    const { body } = await oatty.run('tasks schedules:list', { caller: ann });
    expect(body).toMatchObject({
      schedules: [{ status: 'paused', last: { error: expect.stringContaining('resuming the schedule') } }],
    });
  });

  it('is resumed by nobody but its owner, and by no step', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.schedules.pause('outer');
    expect(await oatty.schedules.resume('outer')).toMatchObject({ status: 'active' }); // nothing was changed
    await oatty.save(`${outer}\ntitle: Other`);
    await oatty.fire('2026-03-20T10:00:00.000Z');
    const unagreed = { code: 'WORKFLOW_VERSION_CONFLICT' };
    await expect(oatty.schedules.resume('outer')).rejects.toMatchObject(unagreed);
    await expect(oatty.schedules.resume('outer', { principal: 'eve' })).rejects.toMatchObject({
      code: 'SCHEDULE_NOT_FOUND',
    });
    const step = { id: 'resume', run: 'tasks schedules:resume', with: { schedule_id: 'outer' } };
    const manifest = { workflow: 'sly', steps: [step] };
    const sly = await oatty.runs.start({ workflow: { manifest }, caller: ann });
    expect(await sly.wait()).toMatchObject({ error: { error_code: unagreed.code } });
    expect(await oatty.schedules.resume('outer', { principal: 'ann' })).toMatchObject({ status: 'active' });
  });

  it('destroys something only when its owner agrees to that anew', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add({ ...hourly, mayDestroy: true });
    await oatty.save('workflow: inner\nsteps: [{ id: drop, run: tasks delete, with: { task_id: a } }]');
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({ status: 'paused' });
    await expect(oatty.resume()).rejects.toMatchObject({ code: 'CONFIRMATION_REQUIRED' });
    const confirmed = { confirmed: true, maxEffect: 'destructive' } as const;
    expect(await oatty.resume(confirmed)).toMatchObject({ status: 'active', may_destroy: true });
    await oatty.save(inner);
    expect(await oatty.resume()).toMatchObject({ status: 'active', may_destroy: false });
  });

  it('is named to its owner by the change, and to nobody else', async () => {
    const oatty = await openTasks();
    const { schedule_id } = await oatty.schedules.add(hourly);
    const change = async (title: string, principal: string) => {
      const content = `${inner}\ntitle: ${title}`;
      const caller = { principal, via: 'mcp' } as const;
      const { warnings } = await saveWorkflow(oatty.world, { content, overwrite: true, caller });
      return warnings.filter(({ rule }) => rule === 'schedule_to_resume').map(({ actual }) => actual);
    };
    expect(await change('One', 'eve')).toEqual([]);
    expect(await change('Two', 'ann')).toEqual([schedule_id]);
    await oatty.resume();
    expect(await change('Two', 'ann')).toEqual([]);
  });

  it('is not resumed while it could not start', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.save(
      'workflow: outer\ninputs: { who: { type: string } }\nsteps: [{ id: list, run: tasks list }]',
    );
    await oatty.fire('2026-03-20T10:00:00.000Z');
    await expect(oatty.resume()).rejects.toMatchObject({ code: 'WORKFLOW_INPUTS_INCOMPLETE' });
    await oatty.world.workflowStore.delete('outer');
    await expect(oatty.resume()).rejects.toMatchObject({ code: 'WORKFLOW_NOT_FOUND' });
  });

  it('starts none of the times that it has missed', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add({ ...hourly, missed: 'all' });
    await oatty.save(`${inner}\ntitle: Other`);
    expect(await oatty.fire('2026-03-20T14:00:00.000Z')).toMatchObject({
      status: 'paused',
      last: { due_at: '2026-03-20T10:00:00.000Z' },
    });
    expect(await oatty.runIds()).toEqual([]);
  });

  it('that was to run once runs late when its owner agrees', async () => {
    const oatty = await openTasks();
    const { cron, timeZone, ...once } = hourly;
    await oatty.schedules.add({ ...once, at: '2026-03-20T10:00:00Z' });
    await oatty.save(`${inner}\ntitle: Other`);
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({ status: 'paused' });
    await oatty.pass('2026-03-20T17:00:00.000Z');
    await oatty.resume();
    expect(await oatty.fire('2026-03-20T17:00:01.000Z')).toMatchObject({
      status: 'ended',
      last: { run_id: expect.any(String) },
    });
  });

  it('hears no event until its owner agrees', async () => {
    const oatty = await openTasks();
    const { cron, timeZone, ...heard } = hourly;
    await oatty.schedules.add({ ...heard, event: 'created' });
    const create = async (title: string) => {
      await oatty.run('tasks create', { caller: ann, with: { title } });
      await wakeListening(oatty.world);
      return oatty.fire('2026-03-20T10:00:00.000Z');
    };
    expect(await create('Milk')).toMatchObject({ status: 'active', last: { run_id: expect.any(String) } });
    await oatty.save(`${inner}\ntitle: Other`);
    expect(await create('Tea')).toMatchObject({
      status: 'paused',
      last: { error: { error_code: 'WORKFLOW_VERSION_CONFLICT' } },
    });
    await create('Salt');
    await oatty.resume();
    await create('Oats');
    expect(await oatty.runIds()).toHaveLength(2);
  });
});

describe('a schedule whose workflow is what it was', () => {
  it('goes on when only the text of the workflow was changed', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.save('# The same.\nsteps:\n  - run: workflow middle\n    id: sub\nworkflow: outer');
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({
      last: { run_id: expect.any(String) },
    });
  });

  it('goes on when the change was taken back', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.save(`${inner}\ntitle: Other`);
    await oatty.save(inner);
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({
      last: { run_id: expect.any(String) },
    });
  });

  it('says what is wrong when a workflow is gone, and goes on', async () => {
    const oatty = await openTasks();
    await oatty.schedules.add(hourly);
    await oatty.world.workflowStore.delete('inner');
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({
      status: 'active',
      last: { error: { error_code: 'WORKFLOW_VALIDATION_FAILED' } },
    });
  });

  it('lets its run refuse what is changed until that is resumed', async () => {
    const oatty = await openTasks();
    await oatty.save(
      'workflow: middle\nsteps: [{ id: ask, run: oatty approval, with: { message: Go on? } }, { id: sub, run: workflow inner, depends_on: [ask] }]',
    );
    await oatty.schedules.add(hourly);
    const { last } = await oatty.fire('2026-03-20T10:00:00.000Z');
    const runId = last?.run_id ?? '';
    expect(await oatty.runs.rest(runId)).toMatchObject({ status: 'waiting' });
    await oatty.save(`${inner}\ntitle: Other`);
    await oatty.runs.respond(runId, { choice: 'approve' }, undefined, 'ann');
    expect(await oatty.runs.rest(runId)).toMatchObject({
      status: 'failed',
      error: { error_code: 'WORKFLOW_VERSION_CONFLICT' },
    });
    const resumed = await oatty.runs.resume(runId, { caller: ann, principal: 'ann' });
    expect(await resumed.wait()).toMatchObject({ status: 'succeeded' });
  });

  it('is paused all the same when nobody kept what was agreed to', async () => {
    const oatty = await openTasks();
    const { agreed, ...older } = await oatty.schedules.add(hourly);
    await oatty.schedules.remove('outer');
    await (await oatty.world.schedules()).addSchedule(older);
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({ status: 'paused' });
    await oatty.resume();
    expect(await oatty.fire('2026-03-20T11:00:00.000Z')).toMatchObject({
      last: { run_id: expect.any(String) },
    });
  });
});

describe('a schedule that runs', () => {
  it('a workflow as a command is held to it as well', async () => {
    const oatty = await openTasks();
    const { workflowId, ...planned } = hourly;
    await oatty.schedules.add({ ...planned, scheduleId: 'outer', commandId: 'workflow outer' });
    await oatty.fire('2026-03-20T10:00:00.000Z');
    expect(await oatty.runIds()).toHaveLength(1);
    await oatty.save(`${inner}\ntitle: Other`);
    expect(await oatty.fire('2026-03-20T11:00:00.000Z')).toMatchObject({ status: 'paused' });
  });

  it('a command of a catalog keeps nothing', async () => {
    const oatty = await openTasks();
    const { workflowId, ...planned } = hourly;
    const added = await oatty.schedules.add({ ...planned, scheduleId: 'outer', commandId: 'tasks list' });
    expect(added).not.toHaveProperty('agreed');
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({
      last: { run_id: expect.any(String) },
    });
  });

  it('for the user of this machine follows the workflow', async () => {
    const oatty = await openTasks();
    const { caller, ...own } = hourly;
    expect(await oatty.schedules.add({ ...own, mayDestroy: true })).not.toHaveProperty('agreed');
    await oatty.save(`${outer}\ntitle: Other`);
    expect(await oatty.fire('2026-03-20T10:00:00.000Z')).toMatchObject({
      status: 'active',
      last: { run_id: expect.any(String) },
    });
    await oatty.schedules.pause('outer');
    expect(await oatty.schedules.resume('outer')).toMatchObject({ status: 'active', may_destroy: true });
  });
});

describe('a run that waits while its sub-workflow is changed', () => {
  const asking = `workflow: asking
steps:
  - { id: ask, run: oatty approval, with: { message: Go on? } }
  - { id: sub, run: workflow inner, depends_on: [ask] }`;

  async function changedWhileWaiting(caller: Caller) {
    const oatty = await openTasks();
    await oatty.save(asking);
    const { run_id } = await oatty.runs.start({ workflow: { workflowId: 'asking' }, caller });
    expect(await oatty.runs.rest(run_id)).toMatchObject({ status: 'waiting' });
    await oatty.save(`${inner}\ntitle: Other`);
    await oatty.runs.respond(run_id, { choice: 'approve' }, undefined, caller.principal);
    return { oatty, run_id, ended: await oatty.runs.rest(run_id) };
  }

  it('ends, and its user agrees by resuming it', async () => {
    const { oatty, run_id, ended } = await changedWhileWaiting(ann);
    expect(ended).toMatchObject({ status: 'failed', error: { error_code: 'WORKFLOW_VERSION_CONFLICT' } });
    const resumed = await oatty.runs.resume(run_id, { caller: ann, principal: 'ann' });
    expect(await resumed.wait()).toMatchObject({ status: 'succeeded' });
  });

  it('runs it as it is then for the user of this machine', async () => {
    const { ended } = await changedWhileWaiting({ principal: 'local', via: 'library' });
    expect(ended).toMatchObject({ status: 'succeeded' });
  });
});

// --- internal ---

/** With the three workflows, and the catalog of tasks. */
async function openTasks() {
  const { dir, env } = await aHome();
  const clock = createHandClock();
  const pass = (instant: string) => clock.advance(Math.max(0, Date.parse(instant) - clock.now().getTime()));
  await pass(start);
  const world = Object.assign(createWorld({ env, cwd: dir, store: 'memory' }), { clock });
  onTestFinished(async () => {
    world.closing.abort();
    await (await world.runner.opened())?.suspend();
    await (await world.journal.opened())?.close();
  });
  await createCatalogs(world).setEnabled('tasks', true);
  const save = (content: string) => world.workflowStore.save({ content, overwrite: true });
  for (const content of [inner, middle, outer]) await save(content);
  const runs = createRuns(world);
  const schedules = createSchedules(world, runs);
  const commands = createCommands(world);
  const theOne = async (): Promise<Schedule> => {
    const schedule = await (await world.schedules()).getSchedule('outer');
    if (schedule === undefined) throw new Error('The schedule is gone.');
    return schedule;
  };
  return {
    world,
    runs,
    schedules,
    run: (commandId: string, options: CommandRunOptions) => commands.run(commandId, options),
    save,
    pass,
    /** Acts on the schedule at this time; gives what has become of it. */
    async fire(now: string): Promise<Schedule> {
      await pass(now);
      await fireSchedule(world, runs, await theOne());
      return theOne();
    },
    async resume(options: CommandRunOptions = {}): Promise<Schedule> {
      await commands.run('tasks schedules:resume', {
        ...options,
        caller: ann,
        with: { schedule_id: 'outer' },
      });
      return theOne();
    },
    runIds: async () => (await runs.list({ limit: 100 })).items.map(({ run_id }) => run_id),
  };
}
