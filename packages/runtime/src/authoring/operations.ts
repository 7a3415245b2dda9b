/** Operations that write a workflow before they run it. */
import type { Caller, Effect } from '@oatty/types';
import type { RunHandle } from '../runs/runs.ts';
import type { InputValues } from '../workflows/workflows.ts';

export interface Operations {
  /**
   * Takes a manifest, or has one written by the client's model; saves it and runs it.
   *
   * The run asks the model (questions of kind `sampling`) and, with `ask`, the person; whoever shows its questions
   * brings back the answers.
   *
   * @throws {OattyError} before anything is written: `ARGUMENT_INVALID` when there is neither a manifest nor a model,
   *   `WORKFLOW_VALIDATION_FAILED` for a manifest with violations and no model, `WORKFLOW_ALREADY_EXISTS`, and what
   *   `Runs.start` throws
   */
  authorAndRun(options: AuthorOptions): Promise<RunHandle>;
  /**
   * Corrects a workflow, or takes the corrected one; saves it in place of the old one and runs it again, from the
   * beginning, as a new run.
   *
   * @throws {OattyError} as `authorAndRun`; `RUN_NOT_FOUND`, also for a run of somebody else
   */
  repairAndRerun(options: RepairOptions): Promise<RunHandle>;
}

interface OperationOptions {
  readonly inputs?: InputValues;
  readonly caller?: Caller;
  /** What the steps may do at most; more needs `confirmedPlan`, or an answer to a question. Absent: anything. */
  readonly maxEffect?: Effect;
  /** `maxEffect` holds also when a person agrees to more. */
  readonly isLimited?: boolean;
  /** The `plan_hash` of the manifest given that a person agreed to. */
  readonly confirmedPlan?: string;
  /** Missing inputs and confirmations become questions; otherwise they end the operation. */
  readonly ask?: boolean;
  /** A model may be asked to write. */
  readonly hasModel?: boolean;
  readonly ttlMs?: number | null;
}

export interface AuthorOptions extends OperationOptions {
  /** What the workflow is to do. */
  readonly goal?: string;
  /** Vendor or title of the catalog to use. */
  readonly targetSystem?: string;
  readonly constraints?: string;
  /** Text of YAML or JSON, or the manifest as an object. */
  readonly manifest?: string | Readonly<Record<string, unknown>>;
  readonly overwrite?: boolean;
}

export interface RepairOptions extends OperationOptions {
  /** What is to be repaired: a failed run, a saved workflow (and its last failed run), or neither with a manifest. */
  readonly runId?: string;
  readonly workflowId?: string;
  /** The corrected manifest; without one a model corrects. */
  readonly manifest?: string | Readonly<Record<string, unknown>>;
  /** What to change. */
  readonly changes?: string;
}
