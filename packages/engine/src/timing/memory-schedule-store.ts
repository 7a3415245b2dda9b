/** Schedules in memory, for tests and for programs that want no file; gone with the process. */
import type { Instant, Schedule } from '@oatty/types';
import type { ScheduleStore } from '../ports/schedule-store.ts';

export function createMemoryScheduleStore(): ScheduleStore {
  const schedules = new Map<string, Schedule>();
  const claims = new Map<string, Instant>();

  const isClaimed = (scheduleId: string, now: Instant): boolean => (claims.get(scheduleId) ?? '') > now;

  return {
    async addSchedule(schedule) {
      if (schedules.has(schedule.schedule_id)) return false;
      schedules.set(schedule.schedule_id, structuredClone(schedule));
      return true;
    },
    async getSchedule(scheduleId) {
      return structuredClone(schedules.get(scheduleId));
    },
    async listSchedules(principal) {
      const all = byId(schedules.values());
      return structuredClone(
        principal === undefined ? all : all.filter((schedule) => ownerOf(schedule) === principal),
      );
    },
    async hasListening() {
      return [...schedules.values()].some(({ timing, status }) => 'event' in timing && status === 'active');
    },
    async listListening(now, principals) {
      return byId(schedules.values())
        .filter(({ timing, status }) => 'event' in timing && status === 'active')
        .filter((schedule) => principals?.includes(ownerOf(schedule)) ?? true)
        .filter(({ next_at: nextAt }) => nextAt === undefined || nextAt > now)
        .map((schedule) => ({
          schedule_id: schedule.schedule_id,
          principal: ownerOf(schedule),
          seen: schedule.seen ?? '',
          ...(schedule.next_at !== undefined && { next_at: schedule.next_at }),
        }));
    },
    async removeSchedule(scheduleId) {
      claims.delete(scheduleId);
      return schedules.delete(scheduleId);
    },
    async listDueSchedules(now, limit) {
      const due = [...schedules.values()]
        .flatMap((schedule) => (schedule.next_at === undefined ? [] : { schedule, next: schedule.next_at }))
        .filter(({ schedule, next }) => next <= now && !isClaimed(schedule.schedule_id, now))
        .sort((a, b) => (a.next < b.next ? -1 : 1))
        .map(({ schedule }) => schedule);
      return structuredClone(due.slice(0, limit));
    },
    async wakeSchedule(scheduleId, nextAt, now) {
      const schedule = schedules.get(scheduleId);
      if (schedule?.status !== 'active' || schedule.next_at !== nextAt) return false;
      schedules.set(scheduleId, { ...schedule, next_at: now });
      return true;
    },
    async claimSchedule(scheduleId, nextAt, until, now) {
      if (schedules.get(scheduleId)?.next_at !== nextAt || isClaimed(scheduleId, now)) return false;
      claims.set(scheduleId, until);
      return true;
    },
    async changeSchedule(scheduleId, nextAt, change) {
      const schedule = schedules.get(scheduleId);
      if (schedule === undefined || schedule.next_at !== nextAt) return false;
      const { next_at, ...kept } = schedule;
      schedules.set(scheduleId, structuredClone({ ...kept, ...change }));
      claims.delete(scheduleId);
      return true;
    },
  };
}

// --- internal ---

function byId(schedules: Iterable<Schedule>): readonly Schedule[] {
  return [...schedules].sort((a, b) => (a.schedule_id < b.schedule_id ? -1 : 1));
}

function ownerOf({ caller }: Schedule): string {
  return caller?.principal ?? 'local';
}
