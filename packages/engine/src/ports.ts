/**
 * What the engine needs of the world. Adapters fit by shape; the runtime puts them in.
 *
 * The engine itself reads no clock, no file, no network and no environment.
 */
import type {
  AuditEvent,
  Caller,
  CatalogEntry,
  Command,
  CommandArguments,
  CommandResult,
  ErrorPayload,
  Instant,
  PolicyDecision,
  PolicyQuestion,
  Question,
  RunEvent,
  RunEventBody,
  RunStatus,
  RunSummary,
  SchemaTable,
  StepResult,
  Workflow,
} from '@oatty/types';

// --- commands ---

/** What planning and validation need to know of a catalog. */
export type CatalogSummary = Pick<
  CatalogEntry,
  'id' | 'title' | 'vendor' | 'enabled' | 'secrets' | 'idempotency' | 'document_version'
>;

/** A command with the catalog it belongs to. */
export interface FoundCommand {
  readonly command: Command;
  readonly catalog: CatalogSummary;
  /** At least every schema that the command reaches. */
  readonly schemas: SchemaTable;
}

/** Finds commands. Synchronous, so that validation and planning are pure functions over it. */
export interface CommandSource {
  /** Commands of disabled catalogs are found too; `catalog.enabled` tells. */
  find(commandId: string): FoundCommand | undefined;
  /** Ids that are most like this one, best first, for did-you-mean. */
  nearest(commandId: string, limit: number): readonly string[];
  catalogs(): readonly CatalogSummary[];
}

/** Saved workflows, for steps that run one and for defaults that read one's last output. */
export interface WorkflowSource {
  /** @throws {OattyError} `WORKFLOW_NOT_FOUND`, or `WORKFLOW_PARSE_FAILED` and `WORKFLOW_VALIDATION_FAILED` for a broken file. */
  load(workflowId: string): Promise<Workflow>;
}

/** One call of one command. */
export interface CommandCall {
  readonly found: FoundCommand;
  readonly arguments: CommandArguments;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Sent with mutating requests; the same on every attempt of one call. */
  readonly idempotencyKey?: string;
  /** Values that went into the arguments and must not come out anywhere. */
  readonly secrets: ReadonlySet<string>;
  /** The step that makes the call; absent for a single command. */
  readonly step?: CallingStep;
}

export interface CallingStep {
  readonly runId: string;
  readonly rootRunId: string;
  readonly stepId: string;
  readonly item?: number;
  readonly poll?: number;
}

/** Carries out commands of one kind. One call is one attempt: only the engine retries. */
export interface CommandExecutor {
  /** @throws {OattyError} whatever went wrong, with secrets already taken out. */
  execute(call: CommandCall): Promise<CommandResult>;
}

export type CommandExecutors = Readonly<Record<Command['execution']['kind'], CommandExecutor>>;

/** Answers allow, ask or deny for one call. */
export interface PolicyDecider {
  decide(question: PolicyQuestion): Promise<PolicyDecision>;
}

/** Takes audit events; losing one must not fail the call. */
export interface AuditSink {
  record(event: AuditEvent): Promise<void>;
}

// --- values ---

/** Secrets by name. A name that is not bound to the catalog is refused by the engine before this is asked. */
export interface SecretSource {
  get(name: string): Promise<string | undefined>;
}

/** Only the variables that configuration allows, or that an input's `default.from: env` names. */
export interface EnvironmentSource {
  get(name: string): string | undefined;
}

// --- time and chance ---

export interface Clock {
  now(): Date;
  /** Resolves after `ms`, or rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
}

export interface Entropy {
  /** A new unguessable id. */
  id(): string;
  /** In [0, 1). */
  fraction(): number;
}

// --- the journal ---

/** A run as the journal keeps it: enough to carry on in another process. */
export interface RunRecord {
  readonly run_id: string;
  readonly workflow_id: string;
  readonly status: RunStatus;
  /** The same for a run, its sub-workflows and its resumptions: idempotency keys are made from it. */
  readonly root_run_id: string;
  /** The step that started this run as a sub-workflow. */
  readonly parent?: CallingStep;
  /** The manifest at the time of the start; a later edit does not change the run. */
  readonly workflow: Workflow;
  /** Resolved inputs; secret ones are kept as `[secret]`. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** What the person confirmed; `undefined` when nothing needed it. */
  readonly confirmed_plan?: string;
  /** For how long after `created_at` a client may ask for the result; `null`: for ever. Absent: nobody was promised anything. */
  readonly ttl_ms?: number | null;
  readonly final_output?: unknown;
  readonly error?: ErrorPayload;
  readonly created_at: Instant;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
}

export interface RunChange {
  readonly status: RunStatus;
  /** Set when a waiting run got the inputs that it had asked for. */
  readonly inputs?: Readonly<Record<string, unknown>>;
  /** Set when a waiting run got the confirmation that it had asked for. */
  readonly confirmed_plan?: string;
  readonly started_at?: Instant;
  readonly finished_at?: Instant;
  readonly final_output?: unknown;
  readonly error?: ErrorPayload;
}

/** One committed piece of work: a step, or one item of a `for_each`. It never runs again. */
export interface StepCommit {
  readonly step_id: string;
  /** Item of a `for_each`; absent for the step as a whole. */
  readonly item?: number;
  readonly result: StepResult;
}

/** What was about to be called when the process died: how many attempts and polls have begun. */
export interface CallMark {
  readonly step_id: string;
  readonly item?: number;
  readonly poll: number;
  readonly attempt: number;
  readonly at: Instant;
}

export interface QuestionRecord {
  readonly run_id: string;
  readonly question: Question;
  readonly asked_at: Instant;
  readonly answer?: unknown;
  readonly answered_at?: Instant;
}

export interface RunQuery {
  readonly status?: RunStatus;
  readonly workflow_id?: string;
  /** Only runs of this principal. */
  readonly principal?: string;
  /** Only runs that have a `ttl_ms` (`null` included). */
  readonly with_ttl?: boolean;
  /** Sub-workflow runs are left out unless this is true. */
  readonly include_children?: boolean;
  /** From a previous page. */
  readonly cursor?: string;
  readonly limit: number;
}

export interface Page<Item> {
  readonly items: readonly Item[];
  readonly next_cursor?: string;
}

/**
 * The journal. The state of a run is what it says.
 *
 *   S1. A method that resolves has made its change durable.
 *   S2. A terminal run never changes: `change` answers `false`, the others throw `RUN_STATE_CONFLICT`.
 *   S3. Only the holder of the lease writes steps, marks and events; another one gets `RUN_STATE_CONFLICT`.
 *   S4. Events of a run have the numbers 1, 2, 3, … in the order of appending.
 *   S5. Values come back as they went in (JSON); what is returned is the caller's own copy.
 *
 * Implementations run the contract suite of `@oatty/engine/testing`.
 */
export interface RunStore {
  /** @throws {OattyError} `RUN_STATE_CONFLICT` when the id is taken. */
  createRun(run: RunRecord): Promise<void>;
  getRun(runId: string): Promise<RunRecord | undefined>;
  /** Newest first. @throws {OattyError} `ARGUMENT_INVALID` for a cursor that is not one. */
  listRuns(query: RunQuery): Promise<Page<RunSummary>>;
  /** Compare-and-set: changes the run when its status is one of `from`; tells whether it did. */
  changeRun(runId: string, from: readonly RunStatus[], change: RunChange): Promise<boolean>;

  /** Asks whoever runs it to stop. Kept until the run ends. */
  requestCancel(runId: string): Promise<void>;
  isCancelRequested(runId: string): Promise<boolean>;

  /** Takes or keeps the lease; `false` while somebody else holds a live one. */
  acquireLease(runId: string, owner: string, until: Instant, now: Instant): Promise<boolean>;
  releaseLease(runId: string, owner: string): Promise<void>;
  /** Runs that are not terminal and that nobody holds at `now`. */
  listAbandonedRuns(now: Instant, limit: number): Promise<readonly string[]>;

  commitStep(runId: string, owner: string, commit: StepCommit): Promise<void>;
  readCommits(runId: string): Promise<readonly StepCommit[]>;
  /** Notes that a call is about to go out; the last mark per step and item counts. */
  markCall(runId: string, owner: string, mark: CallMark): Promise<void>;
  readMarks(runId: string): Promise<readonly CallMark[]>;

  appendEvent(runId: string, owner: string, at: Instant, body: RunEventBody): Promise<RunEvent>;
  /** In order, from the one after `afterSeq` (0: from the start). */
  readEvents(runId: string, afterSeq: number, limit: number): Promise<readonly RunEvent[]>;

  /** Asking a question again that is there changes nothing. */
  askQuestion(record: QuestionRecord): Promise<void>;
  /** @throws {OattyError} `RUN_STATE_CONFLICT` when it was answered already. */
  answerQuestion(runId: string, questionId: string, answer: unknown, at: Instant): Promise<void>;
  readQuestions(runId: string): Promise<readonly QuestionRecord[]>;
}
