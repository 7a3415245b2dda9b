/** Schedules in a storm: added by people, and acted on by the code of the runtime. */
import { compileTiming } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { MissedTimes, Schedule } from '@oatty/types';
import { once } from '../../packages/runtime/src/once.ts';
import { fireSchedule } from '../../packages/runtime/src/schedules/fire-schedule.ts';
import type { RunStarter } from '../../packages/runtime/src/schedules/start-firing.ts';
import { createWorld as createRuntime } from '../../packages/runtime/src/world.ts';
import { carryOn } from './carry-on.ts';
import { placeIn } from './queues.ts';
import { savedWorkflows } from './random-workflow.ts';
import { isAway } from './weather.ts';
import { pick, tell } from './world.ts';
import type { Process, World } from './world.ts';

export async function addSchedule(world: World): Promise<void> {
  const { schedules, random, clock } = world;
  const { length } = await schedules.listSchedules();
  if (length >= maxSchedules) return;
  const now = clock.now().getTime();
  const timing = pick(world, [
    { cron: '*/20 * * * * *', time_zone: 'UTC' },
    { cron: '7 * * * * *', time_zone: 'UTC' },
    { at: new Date(now + random(90_000)).toISOString() },
  ]) ?? { cron: '7 * * * * *', time_zone: 'UTC' };
  const next = compileTiming(timing)(now);
  const schedule: Schedule = {
    schedule_id: `schedule-${length}`,
    workflow_id: 'ticks',
    timing,
    missed: pick<MissedTimes>(world, ['skip', 'latest', 'all']) ?? 'skip',
    inputs: {},
    ...(random(2) === 0 && { queue: pick(world, ['one', 'paced']) ?? 'one' }),
    may_destroy: false,
    created_at: clock.now().toISOString(),
    status: 'active',
    ...(next !== undefined && { next_at: new Date(next).toISOString() }),
  };
  tell(world, `a schedule is added: ${JSON.stringify(schedule)}`);
  await schedules.addSchedule(schedule);
}

/** @returns acts on what is due, as a process that lives long does with each look */
export function createFirer(world: World, process: Process): () => Promise<void> {
  const { clock } = world;
  const { runs, schedules } = process.life.journal;
  const runtime = {
    ...createRuntime({ env: { REGISTRY_CONFIG_PATH: '/nowhere/registry.json' } }),
    clock,
    store: once(async () => runs),
    schedules: once(async () => schedules),
  };
  const starter = createStarter(world, process);
  const held = new Set<string>();
  const fire = async (schedule: Schedule): Promise<void> => {
    const { schedule_id } = schedule;
    held.add(schedule_id);
    try {
      await fireSchedule(runtime, starter, schedule);
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (!isAway(error)) world.offences.push(`${schedule_id} cannot fire: ${error.code} ${error.message}`);
    } finally {
      held.delete(schedule_id);
    }
  };
  return async () => {
    for (const schedule of await schedules.listDueSchedules(clock.now().toISOString(), 20))
      if (!held.has(schedule.schedule_id)) void fire(schedule);
  };
}

// --- internal ---

const maxSchedules = 3;

function createStarter(world: World, process: Process): RunStarter {
  const workflow = savedWorkflows.find(({ workflow: id }) => id === 'ticks');
  return {
    async start({ caller, runId, triggeredBy, queue }) {
      if (workflow === undefined) throw new Error('There is no workflow "ticks".');
      const run_id = await process.engine.start(
        workflow,
        {},
        {
          ...(caller && { caller }),
          ...(runId !== undefined && { runId }),
          ...(triggeredBy && { triggeredBy }),
          ...(queue?.name !== undefined && { queue: placeIn(queue.name) }),
        },
      );
      tell(world, `${process.name} starts ${run_id} for ${triggeredBy?.join() ?? ''}`);
      if (queue === undefined) void carryOn(world, process, run_id);
      return { run_id };
    },
  };
}
