/** Runs as callers see them: the operations, and the documents that they give. */
import type {
  Caller,
  Effect,
  Instant,
  Operation,
  Question,
  RunDocument,
  RunEvent,
  RunStatus,
  RunSummary,
} from '@oatty/types';
import type { InputValues, WorkflowSelector } from '../workflows/workflows.ts';

export interface Runs {
  /**
   * Validates, resolves the inputs, writes the row, and starts.
   *
   * @throws {OattyError} `WORKFLOW_VALIDATION_FAILED`, `WORKFLOW_INPUTS_INCOMPLETE`,
   *   `WORKFLOW_INPUT_VALIDATION_FAILED`, `CONFIRMATION_REQUIRED`: before anything is written
   */
  start(options: RunStartOptions): Promise<RunHandle>;
  /** @throws {OattyError} `RUN_NOT_FOUND` */
  get(runId: string): Promise<RunDocument>;
  list(
    query?: RunListQuery,
  ): Promise<{ readonly items: readonly RunSummary[]; readonly next_cursor?: string }>;
  /** From the first event, until the run ends or `signal` aborts. */
  events(runId: string, afterSeq?: number, signal?: AbortSignal): AsyncIterable<RunEvent>;
  /** @throws {OattyError} `RUN_STATE_CONFLICT` when it has ended */
  cancel(runId: string): Promise<{ readonly run_id: string; readonly status: RunStatus }>;
  /**
   * Answers a question of a waiting run, the oldest one when none is named. The run then goes on here.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` when it asks nothing, `ARGUMENT_INVALID` for an answer that does not fit
   */
  respond(runId: string, answer: unknown, questionId?: string): Promise<void>;
  /**
   * A run with what a long-lived handle on it needs to know.
   *
   * @throws {OattyError} `RUN_NOT_FOUND`, also when `principal` is given and the run is somebody else's
   */
  inspect(runId: string, principal?: string): Promise<RunInspection>;
  /**
   * Resolves when the run has ended.
   *
   * @throws {OattyError} `CANCELED` when `signal` aborts before: the waiting, not the run; `RUN_STATE_CONFLICT` when
   *   oatty is closed before
   */
  wait(runId: string, signal?: AbortSignal): Promise<RunDocument>;
  /**
   * From now on until oatty is closed, carries on runs that another process has left behind, and those that are due.
   *
   * For processes that live long. It begins after two seconds, and keeps no process alive.
   */
  takeOver(): void;
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
  /** Cancels the run, also while it waits for an answer. */
  readonly signal?: AbortSignal;
}

export interface RunHandle {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
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
