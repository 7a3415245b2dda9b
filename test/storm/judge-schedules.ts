/**
 * Whether schedules have fired as they should.
 *
 * Their runs are never removed, so their number tells how often one has fired: each has an id made from its time.
 */
import { compileTiming } from '@oatty/engine';
import type { Schedule } from '@oatty/types';
import type { World } from './world.ts';

/** Every time of a schedule has at most one run; one that makes up for all has one for each. */
export async function judgeSchedules({ store, schedules, jumps }: World): Promise<readonly string[]> {
  const problems: string[] = [];
  const { items } = await store.listRuns({ workflow_id: 'ticks', limit: 10_000 });
  const records = await Promise.all(items.map(({ run_id }) => store.getRun(run_id)));
  for (const schedule of await schedules.listSchedules()) {
    const { schedule_id, missed, last } = schedule;
    const runs = records.filter((run) => run?.triggered_by?.includes(schedule_id)).length;
    const times = timesUntilNext(schedule);
    const what = `${schedule_id} (${JSON.stringify(schedule.timing)}, ${missed}) has ${runs} runs of ${times} times`;
    if (last?.error !== undefined) problems.push(`${schedule_id} could not start: ${last.error.message}`);
    if (times > maxMissed) continue; // too many to be counted
    if (runs > times) problems.push(what);
    const makesUp = missed === 'all' || (missed === 'latest' && 'at' in schedule.timing);
    if (makesUp && runs < times) problems.push(what);
    if (!makesUp && jumps.length === 0 && times > 0 && runs === 0) problems.push(what);
  }
  return problems;
}

// --- internal ---

/** So many are made up for at most. */
const maxMissed = 100;

/** How many times are behind it. */
function timesUntilNext({ timing, created_at, next_at }: Schedule): number {
  if ('event' in timing) return 0;
  const nextTime = compileTiming(timing);
  const end = next_at === undefined ? Infinity : Date.parse(next_at);
  let count = 0;
  for (
    let time = nextTime(Date.parse(created_at));
    time !== undefined && time < end && count <= maxMissed;
    time = nextTime(time)
  )
    count += 1;
  return count;
}
