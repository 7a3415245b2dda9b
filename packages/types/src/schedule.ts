/** Schedules, as the journal keeps them and as the CLI and the library show them. */
import type { ErrorPayload } from './error.ts';
import type { Instant } from './run.ts';

/** When a schedule starts runs: again and again by the clock on a wall, or once. */
export type Timing =
  | {
      /** Five fields (minute, hour, day, month, weekday), or six with seconds first. */
      readonly cron: string;
      /** IANA name: `Europe/Berlin`. */
      readonly time_zone: string;
    }
  | { readonly at: Instant };

/** What becomes of times that pass while no process is there: nothing, one run for the last of them, or one for each. */
export type MissedTimes = 'skip' | 'latest' | 'all';

/** `ended`: there is no further time. */
export type ScheduleStatus = 'active' | 'paused' | 'ended';

export interface Schedule {
  readonly schedule_id: string;
  readonly workflow_id: string;
  readonly timing: Timing;
  readonly missed: MissedTimes;
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Where its runs wait for their turn; absent: what the manifest says. */
  readonly queue?: string;
  /** A person has agreed to destructive steps. */
  readonly may_destroy: boolean;
  readonly created_at: Instant;
  readonly status: ScheduleStatus;
  /** Only an active schedule has it. */
  readonly next_at?: Instant;
  /** What came of the last time; absent before the first. */
  readonly last?: Firing;
}

export interface Firing {
  /** When it was due. */
  readonly due_at: Instant;
  readonly run_id?: string;
  /** Why no run was started. */
  readonly error?: ErrorPayload;
}
