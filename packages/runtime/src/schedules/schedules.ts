/** Schedules as callers see them. */
import type { MissedTimes, Schedule } from '@oatty/types';
import type { InputValues } from '../workflows/workflows.ts';

export interface Schedules {
  /**
   * The workflow and its inputs are checked as if it ran now; at its times the saved workflow runs as it is then.
   *
   * @throws {OattyError} `SCHEDULE_ALREADY_EXISTS`, `ARGUMENT_INVALID` for times that never come, what `runs.start` throws:
   *   `CONFIRMATION_REQUIRED` for destructive steps, unless `mayDestroy` says that a person has agreed
   */
  add(options: ScheduleOptions): Promise<Schedule>;
  /** By id. */
  list(): Promise<{ readonly items: readonly Schedule[] }>;
  /** Times that pass until it is resumed start nothing. @throws {OattyError} `SCHEDULE_NOT_FOUND`, `SCHEDULE_STATE_CONFLICT` when it has ended */
  pause(scheduleId: string): Promise<Schedule>;
  /** @throws {OattyError} as `pause` */
  resume(scheduleId: string): Promise<Schedule>;
  /** Runs that it has started go on. @throws {OattyError} `SCHEDULE_NOT_FOUND` */
  remove(scheduleId: string): Promise<{ readonly removed: true; readonly schedule_id: string }>;
  /**
   * From now on until oatty is closed, starts what is due. Of several processes that share the state, one starts each run.
   *
   * For processes that live long. It begins after two seconds, and keeps no process alive.
   */
  startDue(): void;
}

export interface ScheduleOptions {
  /** A saved one. */
  readonly workflowId: string;
  /** Default: the id of the workflow. */
  readonly scheduleId?: string;
  /** One of `cron` and `at` is given. */
  readonly cron?: string;
  /** IANA name; default: that of the machine. Only with `cron`. */
  readonly timeZone?: string;
  /** ISO 8601 with an offset: `2026-12-24T18:00:00+01:00`. */
  readonly at?: string;
  /** Default: `skip` with `cron`, `latest` with `at`. */
  readonly missed?: MissedTimes;
  readonly inputs?: InputValues;
  /** Where its runs wait for their turn; default: what the manifest says. */
  readonly queue?: string;
  readonly mayDestroy?: boolean;
}
