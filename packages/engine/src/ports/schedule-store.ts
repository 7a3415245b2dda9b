import type { Agreement, Instant, Schedule } from '@oatty/types';

/** What may change of a schedule. Without a `next_at` it has none then; of the others what is absent stays. */
export type ScheduleChange = Pick<Schedule, 'status' | 'next_at' | 'last' | 'seen'> & Partial<Agreement>;

/** What tells whether something has happened for a schedule. */
export interface Listener extends Pick<Schedule, 'schedule_id' | 'next_at'> {
  readonly principal: string;
  /** Empty where it has seen nothing yet. */
  readonly seen: string;
}

/**
 * Schedules, in the same place as the runs.
 *
 *   H1. A method that resolves has made its change durable; one that throws has changed nothing.
 *   H2. `next_at` is compared and set: of several processes that act on one time, one does.
 *
 * Implementations run the contract suite of `@oatty/engine/testing`.
 */
export interface ScheduleStore {
  /** @returns `false` when the id is taken */
  addSchedule(schedule: Schedule): Promise<boolean>;
  getSchedule(scheduleId: string): Promise<Schedule | undefined>;
  /** By id; of one principal when it is given. */
  listSchedules(principal?: string): Promise<readonly Schedule[]>;
  /** Whether any active one is for events. */
  hasListening(): Promise<boolean>;
  /** Active ones that are for events and not due, by id; of these principals when they are given. */
  listListening(now: Instant, principals?: readonly string[]): Promise<readonly Listener[]>;
  /** @returns `false` when there is none */
  removeSchedule(scheduleId: string): Promise<boolean>;

  /** Those whose `next_at` has come and that nobody has claimed, the one that is due longest first. */
  listDueSchedules(now: Instant, limit: number): Promise<readonly Schedule[]>;
  /** Makes one due now. @returns `false` when it is not active, or `next_at` is not this one (any more) */
  wakeSchedule(scheduleId: string, nextAt: Instant | undefined, now: Instant): Promise<boolean>;
  /** Keeps others from acting on this time until then. @returns `false` when somebody else does, or has done */
  claimSchedule(scheduleId: string, nextAt: Instant, until: Instant, now: Instant): Promise<boolean>;
  /** Ends a claim too. @returns `false`, with nothing changed, when `next_at` is not this one (any more) */
  changeSchedule(scheduleId: string, nextAt: Instant | undefined, change: ScheduleChange): Promise<boolean>;
}
