/** Schedules as callers see them. */
import type { Caller, MissedTimes, Schedule, TaskEventKind } from '@oatty/types';
import type { InputValues } from '../workflows/workflows.ts';

export interface Schedules {
  /**
   * What it starts is checked as if it ran now. At its times the saved workflow runs as it is then; one of a user other
   * than `local` is paused when that, or what it runs, is not what it was.
   *
   * @throws {OattyError} `SCHEDULE_ALREADY_EXISTS`, `ARGUMENT_INVALID` for times that never come, `LIMIT_EXCEEDED`, what
   *   `runs.start` throws: `CONFIRMATION_REQUIRED` for destructive steps, unless `mayDestroy` says that a person has agreed
   */
  add(options: ScheduleOptions): Promise<Schedule>;
  /** By id. */
  list(query?: { readonly principal?: string }): Promise<{ readonly items: readonly Schedule[] }>;
  /** Times that pass until it is resumed start nothing. @throws {OattyError} `SCHEDULE_NOT_FOUND`, `SCHEDULE_STATE_CONFLICT` when it has ended */
  pause(scheduleId: string): Promise<Schedule>;
  /**
   * With a `principal`, whose it is agrees to the workflow as it is now.
   *
   * @throws {OattyError} as `pause`; `WORKFLOW_VERSION_CONFLICT` when nobody agrees to a workflow that was changed; what
   *   `add` throws when somebody does
   */
  resume(scheduleId: string, options?: ScheduleResumeOptions): Promise<Schedule>;
  /** Runs that it has started go on. @throws {OattyError} `SCHEDULE_NOT_FOUND` */
  remove(scheduleId: string): Promise<{ readonly removed: true; readonly schedule_id: string }>;
  /**
   * From now on until oatty is closed, starts what is due. Of several processes that share the state, one starts each run.
   *
   * For processes that live long. It begins after two seconds, and keeps no process alive.
   */
  startDue(): void;
}

export interface ScheduleResumeOptions {
  /** Whose it is; those of others are not there. */
  readonly principal?: string;
  readonly mayDestroy?: boolean;
}

export interface ScheduleOptions {
  /** A saved one. One of `workflowId` and `commandId` is given. */
  readonly workflowId?: string;
  readonly commandId?: string;
  /** Inputs of the workflow, or arguments of the command. */
  readonly inputs?: InputValues;
  /** Default: the id of the workflow; of a command a new one. */
  readonly scheduleId?: string;
  /** What people call it. */
  readonly name?: string;
  /** One of `cron`, `rrule`, `at` and `event` is given. */
  readonly cron?: string;
  /** RFC 5545: `FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0`. */
  readonly rrule?: string;
  /** From when on a rule counts: `2026-12-07T09:00` in the time zone, or an instant. Default: now. */
  readonly start?: string;
  /** ISO 8601 with an offset: `2026-12-24T18:00:00+01:00`. */
  readonly at?: string;
  /** Of a task of the caller: `inputs` may read it, as `${{ inputs.event.task.title }}`. */
  readonly event?: TaskEventKind;
  /** Only events of such tasks. */
  readonly priority?: readonly string[];
  /** IANA name; default: that of the machine. With `cron` and `rrule`. */
  readonly timeZone?: string;
  /** Default: `skip` with `cron` and `rrule`, `latest` with `at`, `all` with `event`. */
  readonly missed?: MissedTimes;
  /** Where its runs wait for their turn; default: what the manifest says. */
  readonly queue?: string;
  readonly mayDestroy?: boolean;
  /** Whose it is, and who its runs are called by; default: `local`. */
  readonly caller?: Caller;
}
