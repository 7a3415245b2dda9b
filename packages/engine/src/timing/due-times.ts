/**
 * Which times of a schedule are to start runs now. Pure.
 *
 *   D1. A time that passed less than a minute ago is not missed: processes look now and then, and may be busy.
 *   D2. Of those that were missed, `skip` takes none, `latest` the last one, `all` each, but the last hundred at most.
 */
import type { ClockTiming, Instant, Schedule } from '@oatty/types';
import { compileTiming } from './next-time.ts';
import type { NextTime } from './next-time.ts';

export interface DueTimes {
  /** The oldest first. */
  readonly due: readonly Instant[];
  /** The first time that is still to come. */
  readonly next?: Instant;
}

/** D1 */
export const graceMs = 60_000;

/** D2 */
export const maxMissedTimes = 100;
export const missedCount = { skip: 0, latest: 1, all: maxMissedTimes } as const;

export type ClockSchedule = Pick<Schedule, 'missed' | 'next_at'> & { readonly timing: ClockTiming };

/** @param now - the schedule is due at it */
export function dueTimes(schedule: ClockSchedule, now: Date): DueTimes {
  const { timing, missed, next_at } = schedule;
  const nextTime = compileTiming(timing);
  const end = now.getTime();
  const first = Date.parse(next_at ?? now.toISOString());
  const onTime = end - graceMs;
  const next = nextTime(end);
  const late = first > onTime ? [] : lastTimes(nextTime, first, onTime, missedCount[missed]);
  const punctual = timesBetween(nextTime, Math.max(first, onTime + 1), end);
  const due = missed === 'latest' && punctual.length > 0 ? punctual : [...late, ...punctual];
  return {
    due: due.map((time) => new Date(time).toISOString()),
    ...(next !== undefined && { next: new Date(next).toISOString() }),
  };
}

// --- internal ---

/** Both ends included. */
function timesBetween(nextTime: NextTime, from: number, to: number): readonly number[] {
  const times: number[] = [];
  for (let time = nextTime(from - 1); time !== undefined && time <= to; time = nextTime(time))
    times.push(time);
  return times;
}

/** The last ones until `to`, found from behind: there may be millions since `from`. */
function lastTimes(nextTime: NextTime, from: number, to: number, count: number): readonly number[] {
  const times: number[] = [];
  for (let end = to; times.length < count;) {
    const time = lastTime(nextTime, from, end);
    if (time === undefined) break;
    times.unshift(time);
    end = time - 1;
  }
  return times;
}

function lastTime(nextTime: NextTime, from: number, to: number): number | undefined {
  const isBefore = (instant: number): boolean => (nextTime(instant) ?? Infinity) <= to;
  let [before, behind] = [from - 1, to];
  if (!isBefore(before)) return undefined;
  while (behind - before > 1) {
    const middle = Math.floor((before + behind) / 2);
    if (isBefore(middle)) before = middle;
    else behind = middle;
  }
  return behind;
}
