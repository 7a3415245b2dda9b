/** Runs as callers see them: the operations, and the documents that they give. */
import type { QueueRequest, ReplayReport, ResumeStep } from '@oatty/engine';
import type {
  AgreedWorkflows,
  Caller,
  Effect,
  Instant,
  Operation,
  Question,
  QueueSummary,
  RunDocument,
  RunEvent,
  RunStatus,
  RunSummary,
} from '@oatty/types';
import type { Worker, WorkOptions } from '../queues/worker.ts';
import type { InputValues, WorkflowSelector } from '../workflows/workflows.ts';

export interface Runs {
  /**
   * Validates, resolves the inputs, writes the row, and starts.
   *
   * @throws {OattyError} `WORKFLOW_VALIDATION_FAILED`, `WORKFLOW_INPUTS_INCOMPLETE`,
   *   `WORKFLOW_INPUT_VALIDATION_FAILED`, `CONFIRMATION_REQUIRED`, `WORKFLOW_VERSION_CONFLICT` with `agreed`: before
   *   anything is written
   */
  start(options: RunStartOptions): Promise<RunHandle>;
  /** @throws {OattyError} `RUN_NOT_FOUND` */
  get(runId: string): Promise<RunDocument>;
  list(
    query?: RunListQuery,
  ): Promise<{ readonly items: readonly RunSummary[]; readonly next_cursor?: string }>;
  /** From the first event, until the run ends or `signal` aborts. */
  events(runId: string, afterSeq?: number, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /**
   * Its owner ends it within a second; when that one has died, this process does, as soon as it can.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` when it has ended, or is a part of another run
   */
  cancel(runId: string): Promise<{ readonly run_id: string; readonly status: RunStatus }>;
  /**
   * Answers a question of a waiting run, the oldest one when none is named. The run then goes on here.
   *
   * @param principal - who answers; default `local`
   * @throws {OattyError} `RUN_STATE_CONFLICT` when it asks nothing (any more), `ARGUMENT_INVALID` for an answer that
   *   does not fit, `POLICY_DENIED` when somebody else has to answer
   */
  respond(runId: string, answer: unknown, questionId?: string, principal?: string): Promise<void>;
  /**
   * A run with what a long-lived handle on it needs to know.
   *
   * @throws {OattyError} `RUN_NOT_FOUND`, also when `principal` is given and the run is somebody else's
   */
  inspect(runId: string, principal?: string): Promise<RunInspection>;
  /**
   * Resolves when the run has ended. A run of another process is only waited for: `takeOver` carries on what others have
   * left behind.
   *
   * @throws {OattyError} `CANCELED` when `signal` aborts before: the waiting, not the run; `RUN_STATE_CONFLICT` when
   *   oatty is closed before
   */
  wait(runId: string, signal?: AbortSignal): Promise<RunDocument>;
  /**
   * From now on until oatty is closed, carries on runs that another process has left behind, those that are due, and
   * those in line in queues that no worker serves.
   *
   * For processes that live long. It begins after two seconds, and keeps no process alive.
   */
  takeOver(): void;
  /**
   * From now on until oatty is closed, carries runs that wait in queues, and those that another process has left behind.
   *
   * For workers: while one serves a queue, other processes leave its runs to workers.
   *
   * @throws {OattyError} `ARGUMENT_INVALID` for what is no name of a queue
   */
  work(options?: WorkOptions): Worker;
  /** The queue in which a run of the workflow would wait. @throws {OattyError} what is wrong with the manifest or the options */
  queueOf(workflow: WorkflowSelector, options?: RunQueueOptions): Promise<string | undefined>;
  /** Queues that have runs, in line or begun. */
  queues(): Promise<{ readonly items: readonly QueueSummary[] }>;
  /** Carries the run on here, and resolves when it has ended or waits for an answer alone. */
  rest(runId: string, signal?: AbortSignal): Promise<RunDocument>;
  /**
   * What `resume` would keep and run again, and what makes it impossible. Changes nothing.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` for a run that goes on, or has nothing left; what is wrong with the manifest
   */
  planResume(runId: string, options?: ResumeOptions): Promise<ResumePlanDocument>;
  /**
   * Carries a failed, canceled or waiting run on in a new one, which starts here.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` when that is impossible or happens already, `CONFIRMATION_REQUIRED`
   */
  resume(runId: string, options?: ResumeOptions): Promise<RunHandle>;
  /** Runs the interpreter against what is recorded of a run, and says what would differ. Calls nothing. */
  replay(runId: string, options?: ReplayOptions): Promise<RunReplay>;
  /** Removes runs that have ended from the journal. Without options: all of them. */
  prune(options?: PruneOptions): Promise<PruneDocument>;
}

export interface ResumeOptions {
  /** An edited manifest; default: the one of the run. */
  readonly workflow?: WorkflowSelector;
  /** This step runs again, and what comes after it. */
  readonly from?: string;
  readonly caller?: Caller;
  /** Only a run of this principal. */
  readonly principal?: string;
  /** What the steps that run again may do at most; more needs `confirmedPlan`. Absent: anything. */
  readonly maxEffect?: Effect;
  /** The `plan_hash` that a person agreed to. */
  readonly confirmedPlan?: string;
  readonly ttlMs?: number | null;
  /** Cancels the new run. */
  readonly signal?: AbortSignal;
}

export interface ResumePlanDocument {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly can_resume: boolean;
  /** What makes it impossible. */
  readonly problems: readonly string[];
  readonly steps: readonly (ResumeStep & { readonly run: string; readonly effect: Effect })[];
  /** The greatest effect of the steps that run. */
  readonly effect: Effect;
  /** Commands of steps that run, and that are not what they were. */
  readonly changed_commands: readonly string[];
  /** Steps that run again though a call of theirs may have been carried out already. */
  readonly doubtful_steps: readonly string[];
  readonly plan_hash: string;
}

export interface ReplayOptions {
  /** Default: the manifest that the run was started with. */
  readonly workflow?: WorkflowSelector;
  /** Only a run of this principal. */
  readonly principal?: string;
}

export interface RunReplay extends ReplayReport {
  /** Of its sub-workflows. */
  readonly children: readonly RunReplay[];
}

export interface PruneOptions {
  /** Only runs that ended so long ago. */
  readonly olderThanMs?: number;
  /** The newest runs of each workflow stay, so many of them. */
  readonly keep?: number;
  readonly workflowId?: string;
  /** Only runs that got a value for one of these inputs. */
  readonly inputKeys?: readonly string[];
  readonly principal?: string;
  /** Remove nothing; only say what would go. */
  readonly preview?: boolean;
}

export interface PruneDocument {
  readonly removed: number;
  /** Runs of the same workflow and principal, where these are named, that stay. */
  readonly kept: number;
  readonly run_ids: readonly string[];
}

export interface RunStartOptions {
  readonly workflow: WorkflowSelector;
  readonly inputs?: InputValues;
  readonly caller?: Caller;
  /** What the steps may do at most; more needs `confirmedPlan`, or an answer to a question. Absent: anything. */
  readonly maxEffect?: Effect;
  /** The `plan_hash` that a person agreed to. */
  readonly confirmedPlan?: string;
  /**
   * Missing inputs and confirmations become questions of a waiting run instead of errors.
   * What is wrong with the manifest or with the values given is an error all the same.
   */
  readonly ask?: boolean;
  /** For how long after its creation the caller may ask for the result; `null`: for ever. */
  readonly ttlMs?: number | null;
  /** What the run is started as, where that is more than a run. */
  readonly operation?: Operation;
  /** Where the run waits for its turn. Default: what the manifest says. */
  readonly queue?: RunQueueOptions;
  /** Of the run, so that a start that is tried again is no second run: `RUN_STATE_CONFLICT` then. Default: a new one. */
  readonly runId?: string;
  /** Schedules that led to it; the last one starts it. */
  readonly triggeredBy?: readonly string[];
  /** The saved workflows that it may run; anything else is refused. Default: those of now; any at any time for `local`. */
  readonly agreed?: AgreedWorkflows;
  /** Cancels the run, also while it waits for an answer. */
  readonly signal?: AbortSignal;
}

/** What of a queue is asked for at the start; it wins over the manifest, whose limits hold only in the queue that it names. */
export interface RunQueueOptions extends QueueRequest {
  /** Other processes carry the run, however long that takes; without it this one does when no worker serves the queue. */
  readonly leave?: boolean;
}

export interface RunHandle {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
  /** The queue that it was put in line in. */
  readonly queue?: string;
  /** The queue had a run with the same key, which has not ended: it is this one, and none was started. */
  readonly deduplicated?: true;
  /** From the first event, until the run ends. */
  events(): AsyncIterable<RunEvent>;
  /** Resolves when the run has ended, failed or not. */
  wait(): Promise<RunDocument>;
  cancel(): Promise<void>;
}

export interface RunListQuery {
  readonly status?: RunStatus;
  readonly workflowId?: string;
  readonly principal?: string;
  readonly queue?: string;
  /** Only runs that were started with a `ttlMs`. */
  readonly withTtl?: boolean;
  readonly cursor?: string;
  readonly limit?: number;
}

export interface RunInspection {
  readonly run: RunDocument;
  readonly caller: Caller;
  /** Not answered yet, oldest first. */
  readonly open_questions: readonly Question[];
  /** When the last event was written. */
  readonly updated_at: Instant;
  /** Absent when the run was started without one. */
  readonly ttl_ms?: number | null;
  /** Absent for a plain run. */
  readonly operation?: Operation;
}
