/** The schedules of the people who have tasks. They are kept and acted on elsewhere; this is what is asked of that place. */
import type { HandlerContext, MissedTimes, Schedule, TaskEventKind } from '@oatty/types';

/** Of a principal other than the owner no schedule is there: `SCHEDULE_NOT_FOUND`. */
export interface UserSchedules {
  /**
   * The schedule belongs to the caller of the context, and its runs may do no more than that call.
   *
   * @throws {OattyError} what would keep its runs from starting; `CONFIRMATION_REQUIRED` where they would destroy something
   */
  add(plan: SchedulePlan, context: HandlerContext): Promise<UserSchedule>;
  list(principal: string): Promise<readonly UserSchedule[]>;
  pause(scheduleId: string, principal: string): Promise<UserSchedule>;
  /**
   * The caller agrees to the saved workflow as it is now; a step of a run cannot do that.
   *
   * @throws {OattyError} where that was changed: what `add` throws
   */
  resume(scheduleId: string, context: HandlerContext): Promise<UserSchedule>;
  remove(scheduleId: string, principal: string): Promise<UserSchedule>;
}

export interface SchedulePlan {
  readonly name?: string | undefined;
  /** A command, or `workflow` and the id of a saved one. */
  readonly run: string;
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly timing: PlannedTiming;
  readonly missed?: MissedTimes | undefined;
}

export type PlannedTiming =
  | { readonly cron: string; readonly timeZone: string }
  | { readonly rrule: string; readonly start?: string; readonly timeZone: string }
  | { readonly at: string }
  | { readonly event: TaskEventKind; readonly priority?: readonly string[] };

export interface UserSchedule {
  readonly schedule: Schedule;
  /** The next ones, in UTC; none of a schedule for events, or of one that is paused or has ended. */
  readonly times: readonly string[];
}
