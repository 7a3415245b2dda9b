/** Schedules, as the journal keeps them and as the CLI and the library show them. */
import type { ErrorPayload } from './error.ts';
import type { Caller } from './policy.ts';
import type { Instant } from './run.ts';

/** When a schedule starts runs: again and again by the clock on a wall, or once. */
export type ClockTiming =
  | {
      /** Five fields (minute, hour, day, month, weekday), or six with seconds first. */
      readonly cron: string;
      /** IANA name: `Europe/Berlin`. */
      readonly time_zone: string;
    }
  | {
      /** RRULE of RFC 5545. */
      readonly rrule: string;
      /** The first time, as the clocks of the zone show it: `2026-12-07T09:00:00`. */
      readonly start: string;
      readonly time_zone: string;
    }
  | { readonly at: Instant };

export const taskEventKinds = ['created', 'completed', 'overdue'] as const;
export type TaskEventKind = (typeof taskEventKinds)[number];

/** A run for each thing that happens to a task of the person whose schedule it is. */
export interface EventTiming {
  readonly event: TaskEventKind;
  /** Only tasks of these; absent: all. */
  readonly priority?: readonly string[];
}

export type Timing = ClockTiming | EventTiming;

/** What becomes of times that pass while no process is there: nothing, one run for the last of them, or one for each. */
export type MissedTimes = 'skip' | 'latest' | 'all';

/** `ended`: there is no further time. */
export type ScheduleStatus = 'active' | 'paused' | 'ended';

/** What its runs do: a saved workflow, or one command. */
export type ScheduleTarget = { readonly workflow_id: string } | { readonly command_id: string };

/** Saved workflows by id: SHA-256 of what each was when somebody agreed to it. */
export type AgreedWorkflows = Readonly<Record<string, string>>;

/** What its runs may do, though nobody is there then. */
export interface Agreement {
  /** A person has agreed to destructive steps. */
  readonly may_destroy: boolean;
  /** The saved workflows that its runs run; absent: as they are then. Those of the user `local` have none. */
  readonly agreed?: AgreedWorkflows;
}

export type Schedule = ScheduleTarget &
  Agreement & {
    readonly schedule_id: string;
    /** What people call it. */
    readonly name?: string;
    /** Whose it is, and who its runs say that they are called by; absent: `local`. */
    readonly caller?: Caller;
    readonly timing: Timing;
    readonly missed: MissedTimes;
    /** Inputs of the workflow, or arguments of the command. */
    readonly inputs: Readonly<Record<string, unknown>>;
    /** Where its runs wait for their turn; absent: what the manifest says. */
    readonly queue?: string;
    readonly created_at: Instant;
    readonly status: ScheduleStatus;
    /** Only an active schedule has it; one for events has it while there is something to look at. */
    readonly next_at?: Instant;
    /** Of one for events: up to where they were seen. */
    readonly seen?: string;
    /** What came of the last time; absent before the first. */
    readonly last?: Firing;
  };

export interface Firing {
  /** When it was due, or when it happened. */
  readonly due_at: Instant;
  readonly run_id?: string;
  /** Why no run was started. */
  readonly error?: ErrorPayload;
}
