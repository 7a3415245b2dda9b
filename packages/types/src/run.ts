/**
 * Runs, step results and events, as the journal keeps them and as the CLI, the library and MCP show them.
 */
import type { ErrorPayload } from './error.ts';

export type RunStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'canceled';
export type StepStatus = 'pending' | 'running' | 'waiting' | 'succeeded' | 'failed' | 'skipped' | 'canceled';

/** A run in one of these never changes again. */
export type TerminalRunStatus = 'succeeded' | 'failed' | 'canceled';

export function isTerminal(status: RunStatus): status is TerminalRunStatus {
  return status === 'succeeded' || status === 'failed' || status === 'canceled';
}

/** Instants are ISO 8601 in UTC with milliseconds. */
export type Instant = string;

export interface StepResult {
  readonly id: string;
  readonly status: StepStatus;
  /** A list in item order for a `for_each`; absent unless the step succeeded or a poll or item failed late. */
  readonly output?: unknown;
  readonly error?: ErrorPayload;
  /** Where an expression of the workflow reads it. A list in item order for a `for_each`; `null` where no answer came. */
  readonly response?: StepResponse | readonly (StepResponse | null)[];
  /** Why the step was skipped. */
  readonly reason?: string;
  /** Calls made, over all items, polls and retries. */
  readonly attempts: number;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
  readonly duration_ms?: number;
}

/** What came with the body of an HTTP answer. */
export interface StepResponse {
  readonly status: number;
  /** Lower-case names; without credentials. */
  readonly headers: Readonly<Record<string, string>>;
}

/** The run document: what `oatty run --json`, `run.status` and the library give. */
export interface RunDocument {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
  /** Secret values are replaced by `[secret]`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** In declaration order. */
  readonly steps: readonly StepResult[];
  readonly final_output: unknown;
  readonly error?: ErrorPayload;
  /** The run that this one carries on from. */
  readonly resumed_from?: string;
  /** Name of its queue. */
  readonly queue?: string;
  /** When it left the line of its queue to be carried; absent while it waits there. */
  readonly claimed_at?: Instant;
  readonly created_at: Instant;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
  readonly duration_ms?: number;
  /** When a waiting run goes on by itself. */
  readonly due_at?: Instant;
  /** What it asks, oldest first; there where questions were looked up, and some are open. */
  readonly open_questions?: readonly Question[];
}

export interface RunSummary {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
  readonly resumed_from?: string;
  /** Name of its queue; it waits there while it is `pending`. */
  readonly queue?: string;
  readonly created_at: Instant;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
  readonly duration_ms?: number;
  /** When a waiting run goes on by itself. */
  readonly due_at?: Instant;
}

/** What a run asks of a person, or (`sampling`) of the client's model. */
export interface Question {
  readonly question_id: string;
  readonly kind: 'input' | 'confirmation' | 'decision' | 'approval' | 'sampling';
  readonly message: string;
  /** JSON Schema (flat object of primitives) of the answer. */
  readonly schema: Readonly<Record<string, unknown>>;
  /** What the model is to write, for `sampling`; whoever asks it puts that into words. */
  readonly writing?: Readonly<Record<string, unknown>>;
  /** Principals whose answer counts; absent: anybody's. */
  readonly approvers?: readonly string[];
  /** When the run goes on without an answer. */
  readonly due_at?: Instant;
}

/** What a run was started as, where that is more than a run of a workflow. */
export interface Operation {
  /** Name of the tool: `workflow.execute`. */
  readonly name: string;
  /** There is no workflow yet: this is to be written first. */
  readonly draft?: Readonly<Record<string, unknown>>;
  /** The workflow that was written and is run. */
  readonly saved?: SavedWorkflow;
  /** Nobody can be asked: what is missing once there is a workflow ends the run. */
  readonly unattended?: boolean;
  /** The caller may not do more than the run was started for, whoever agrees. */
  readonly limited?: boolean;
}

export interface SavedWorkflow {
  readonly path: string;
  readonly version: string;
  readonly overwritten: boolean;
}

/** Everything that happens to a run, in order. `seq` starts at 1 and has no gaps. */
export type RunEvent = { readonly run_id: string; readonly seq: number; readonly at: Instant } & RunEventBody;

export type RunEventBody =
  | { readonly type: 'run_started'; readonly workflow_id: string }
  | { readonly type: 'step_started'; readonly step_id: string; readonly run: string; readonly items?: number }
  | {
      readonly type: 'step_attempt';
      readonly step_id: string;
      /** Counts from 1 over the retries of one call. */
      readonly attempt: number;
      readonly item?: number;
      readonly poll?: number;
      readonly outcome: 'succeeded' | 'failed' | 'retrying' | 'canceled';
      readonly status?: number;
      readonly error?: ErrorPayload;
      readonly delay_ms?: number;
      /** What a poll gave after which there was another one; the last one's is the output of the step. */
      readonly output?: unknown;
      /** The same, of the response that an expression reads. */
      readonly response?: StepResponse;
      readonly duration_ms: number;
    }
  | {
      readonly type: 'step_progress';
      readonly step_id: string;
      /** Items done of a `for_each`, or polls made. */
      readonly done: number;
      readonly total?: number;
      readonly message: string;
    }
  | { readonly type: 'step_finished'; readonly step_id: string; readonly result: StepResult }
  /** A run that was started without a workflow has one now. */
  | {
      readonly type: 'run_defined';
      readonly workflow_id: string;
      /** Number of its steps. */
      readonly steps: number;
      readonly message: string;
    }
  | {
      readonly type: 'run_waiting';
      readonly question?: Question;
      readonly until?: Instant;
      readonly message: string;
    }
  | {
      readonly type: 'run_finished';
      readonly status: TerminalRunStatus;
      readonly final_output?: unknown;
      readonly error?: ErrorPayload;
    };
