import type {
  AgreedWorkflows,
  Caller,
  Effect,
  ErrorPayload,
  Instant,
  Operation,
  QueuePlace,
  RunStatus,
  Workflow,
} from '@oatty/types';
import type { CallingStep } from './command-executor.ts';

/** A run as the journal keeps it: enough to carry on in another process. */
export interface RunRecord {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
  /** The same for a run, its sub-workflows and its resumptions: idempotency keys are made from it. */
  readonly root_run_id: string;
  /** The step that started this run as a sub-workflow. */
  readonly parent?: CallingStep;
  /** The run that this one carries on from; its kept steps are commits of this one. */
  readonly resumed_from?: string;
  /** Schedules that led to it, each through what the runs of the one before changed; the last one started it. */
  readonly triggered_by?: readonly string[];
  /** The manifest at the time of the start; a later edit does not change the run. Without steps while `operation.draft` is there. */
  readonly workflow: Workflow;
  /** Digests of the commands of its steps at the time of the start, by id; see `run/command-digest.ts`. */
  readonly commands?: Readonly<Record<string, string>>;
  /** Resolved inputs; secret ones are kept as `[secret]`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  /** Inputs or a confirmation are still missing: they are asked for before the first step. */
  readonly incomplete?: boolean;
  readonly caller: Caller;
  /** What its steps may do at most without a confirmation; absent: anything. */
  readonly max_effect?: Effect;
  /** The saved workflows that its steps may run, as they were when somebody agreed to them; absent: any, as they are then. */
  readonly agreed?: AgreedWorkflows;
  /** What the person confirmed; `undefined` when nothing needed it. */
  readonly confirmed_plan?: string;
  /** For how long after `created_at` a client may ask for the result; `null`: for ever. Absent: nobody was promised anything. */
  readonly ttl_ms?: number | null;
  /** Absent for a plain run of a workflow. */
  readonly operation?: Operation;
  readonly final_output?: unknown;
  readonly error?: ErrorPayload;
  readonly created_at: Instant;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
  /** When a waiting run goes on by itself. Only a waiting run has it. */
  readonly due_at?: Instant;
  /** Its queue; see S7. */
  readonly queue?: QueuePlace;
  /** When it left the line to be carried, by the clock of the store. */
  readonly claimed_at?: Instant;
}

/** What is absent stays as it is, except for `due_at`. */
export interface RunChange {
  readonly status: RunStatus;
  /** With `waiting`: when the run goes on by itself. Any change without it removes it. */
  readonly due_at?: Instant;
  /** Set when what it runs became known after its start. */
  readonly commands?: Readonly<Record<string, string>>;
  /** Set when a waiting run got the inputs that it had asked for. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Set to `false` when a waiting run got all that it had asked for. */
  readonly incomplete?: boolean;
  /** Set when a waiting run got the confirmation that it had asked for. */
  readonly confirmed_plan?: string;
  /** These three are set together, when a run that was started without a workflow got one. */
  readonly workflow_id?: string;
  readonly workflow?: Workflow;
  readonly operation?: Operation;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
  readonly final_output?: unknown;
  readonly error?: ErrorPayload;
}
