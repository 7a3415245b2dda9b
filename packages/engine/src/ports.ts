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
  Effect,
  ErrorPayload,
  Instant,
  Operation,
  PolicyDecision,
  PolicyQuestion,
  QueuePlace,
  QueueSummary,
  Question,
  RunEvent,
  RunEventBody,
  RunStatus,
  RunSummary,
  Schedule,
  SchemaTable,
  StepResult,
  Workflow,
} from '@oatty/types';

// --- commands ---

/** What planning and validation need to know of a catalog. */
export type CatalogSummary = Pick<
  CatalogEntry,
  'id' | 'title' | 'vendor' | 'enabled' | 'secrets' | 'idempotency' | 'document_version'
> & {
  /** Where its requests go. */
  readonly base_url?: string | null;
};

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
  /** What makes a command be there that is not, where that is known. */
  advise?(commandId: string): string | undefined;
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
  /** How long the call may take; the engine aborts it then, so an executor's own bound must not be shorter. Absent: the executor decides. */
  readonly timeoutMs?: number;
  /** Follows the pages of a list, up to this many. Absent: one request. */
  readonly maxPages?: number;
  /** What the call may do at most; a sub-workflow and its steps may do no more. Absent: anything. */
  readonly maxEffect?: Effect;
  /** A person has agreed to the call. */
  readonly confirmed: boolean;
  /** The step that makes the call; absent for a single command. */
  readonly step?: CallingStep;
}

export interface CallingStep {
  readonly runId: string;
  readonly rootRunId: string;
  /** The calls from the root run down to this one, `<step>[<item>]#<poll>` each: `["pay[2]#1", "charge#1"]`. */
  readonly path: readonly string[];
  readonly stepId: string;
  readonly item?: number;
  readonly poll: number;
  readonly attempt: number;
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

/** The environment variables of the process. What a manifest may read of them is decided in `input/read-environment.ts`. */
export interface EnvironmentSource {
  get(name: string): string | undefined;
  /** Whether configuration lets every manifest read it; others only where an input names it. */
  isAllowed(name: string): boolean;
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

/** Who wants to carry a run that is in line, and which. */
export interface QueueClaim {
  readonly lease: Lease;
  readonly now: Instant;
  /** Absent: those of all queues. */
  readonly queues?: readonly string[];
  /** Only of queues that no worker has served of late. */
  readonly unserved?: boolean;
  /** Only this run, whoever is in line before it. */
  readonly runId?: string;
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

/** Who executes a run, and until when that holds without a sign of life. */
export interface Lease {
  readonly owner: string;
  readonly until: Instant;
}

/** One committed piece of work: a step, or one item of a `for_each`. It never runs again. */
export interface StepCommit {
  readonly step_id: string;
  /** Item of a `for_each`; absent for the step as a whole. */
  readonly item?: number;
  readonly result: StepResult;
  /** What was sent; absent when nothing was, and for a `for_each` as a whole. */
  readonly request?: RecordedRequest;
}

/**
 * The arguments of a step's calls, with secrets taken out. All attempts and polls of a step or item send the same.
 *
 * What came back is elsewhere: the last answer in the commit, those of earlier polls and errors in `step_attempt` events.
 */
export type RecordedRequest =
  | CommandArguments
  /** SHA-256 of the JSON text of larger ones. */
  | { readonly sha256: string };

/** How far the calls of a step (or of one item) have come. */
export interface CallMark {
  readonly step_id: string;
  readonly item?: number;
  /** Both count from 1. */
  readonly poll: number;
  readonly attempt: number;
  /** `calling`: this call may have gone out and its answer is not known. `due`: this call comes next, at `at`. */
  readonly phase: 'calling' | 'due';
  readonly at: Instant;
  /** When the first call went out. */
  readonly since: Instant;
  /** Calls made so far, this one included once it is `calling`. */
  readonly calls: number;
}

export interface QuestionRecord {
  readonly question: Question;
  readonly asked_at: Instant;
  readonly answer?: unknown;
  readonly answered_at?: Instant;
  /** The principal; absent when nobody said who answers. */
  readonly answered_by?: string;
}

export interface Answer {
  readonly value: unknown;
  readonly at: Instant;
  readonly by?: string;
}

/** What the executor of a run writes at once: all of it or nothing. */
export interface JournalEntry {
  readonly at: Instant;
  /** Replaces the mark of the same step and item. */
  readonly marks?: readonly CallMark[];
  /** Removes the mark of the same step and item; a whole step removes those of its items. */
  readonly commits?: readonly StepCommit[];
  /** A question that is there already stays as it is. */
  readonly questions?: readonly Question[];
  readonly events?: readonly RunEventBody[];
}

export interface RunQuery {
  readonly status?: RunStatus;
  readonly workflow_id?: string;
  /** Only runs of this principal. */
  readonly principal?: string;
  /** Only runs of this queue. */
  readonly queue?: string;
  /** `true`: only runs that have a `ttl_ms` (`null` included). `false`: only those that have none. */
  readonly with_ttl?: boolean;
  /** Only runs that have ended before this. */
  readonly ended_before?: Instant;
  /** Leaves out the newest runs of each workflow, so many of them, whoever started them. */
  readonly beyond_newest?: number;
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
 *   S1. A method that resolves has made its change durable; one that throws has changed nothing.
 *   S2. A terminal run never changes: `changeRun` answers `false`, the others throw `RUN_STATE_CONFLICT`.
 *   S3. Only who took the lease last writes; another one gets `RUN_STATE_CONFLICT`. Asking to cancel and
 *       answering a question need no lease.
 *   S4. Events of a run have the numbers 1, 2, 3, … in the order of appending.
 *   S5. Values come back as they went in (JSON); what is returned is the caller's own copy.
 *   S6. A run that is not there is `RUN_NOT_FOUND`, except for `getRun`.
 *   S7. A run with a queue is in line from its creation, or from `enterQueue` when it was `incomplete`. Nobody can take its
 *       lease there, and nobody sees it as abandoned, unless it was asked to cancel. A claim takes it out of the line;
 *       from then on it is a run like others, and has its place in the queue until it has ended, also while it waits.
 *   S8. A claim takes the run that is first: of the greatest priority, then of the longest stay. When its own limits do not
 *       let it begin, those behind it wait too. However many claim at once, no limit is passed.
 *   S9. A run that is made to wait with a question that has its answer already goes on at once, as if it had been answered
 *       then.
 *
 * Implementations run the contract suite of `@oatty/engine/testing`.
 */
export interface RunStore {
  /**
   * With a lease, nobody else takes the run before its creator does. With commits, the run starts with them.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` when the id is taken, and, with the `reason` `duplicate` and the `run_id` of
   *   the other, when a run of the same queue with the same `dedup_key` has not ended
   */
  createRun(run: RunRecord, lease?: Lease, commits?: readonly StepCommit[]): Promise<void>;
  getRun(runId: string): Promise<RunRecord | undefined>;
  /** Newest first. @throws {OattyError} `ARGUMENT_INVALID` for a cursor that is not one. */
  listRuns(query: RunQuery): Promise<Page<RunSummary>>;
  /** How many a listing of all pages would have. */
  countRuns(query: Omit<RunQuery, 'cursor' | 'limit'>): Promise<number>;
  /**
   * Compare-and-set: changes the run, and appends what tells of it, when its status is one of `from`; tells whether it did.
   * A run that becomes terminal has no lease and no marks any more.
   */
  changeRun(
    runId: string,
    owner: string,
    from: readonly RunStatus[],
    change: RunChange,
    entry: JournalEntry,
  ): Promise<boolean>;

  /** Asks whoever runs it to stop. Kept until the run ends. */
  requestCancel(runId: string): Promise<void>;
  isCancelRequested(runId: string): Promise<boolean>;

  /** Takes or keeps the lease; `false` while somebody else holds a live one at `now`. */
  acquireLease(runId: string, lease: Lease, now: Instant): Promise<boolean>;
  /** Does nothing when the owner has lost it. */
  releaseLease(runId: string, owner: string): Promise<void>;
  /**
   * Runs that can go on and that nobody holds at `now`, oldest first: pending and running ones, and waiting ones
   * that were asked to cancel or whose `due_at` has come. A sub-workflow goes on with its parent and is not listed.
   * Of very many, those that nobody has held for longest may come first.
   */
  listAbandonedRuns(now: Instant, limit: number): Promise<readonly string[]>;

  /**
   * Puts a run of the owner's in line, which has all that was missing now. @throws {OattyError} as `createRun` for a duplicate
   *
   * @param dedupKey - absent: the one that it has stays
   */
  enterQueue(runId: string, owner: string, dedupKey?: string): Promise<void>;
  /** Takes a run out of the line, for the owner of the lease; see S8. @returns its id */
  claimQueuedRun(claim: QueueClaim): Promise<string | undefined>;
  /** A worker serves these queues (absent: all) until then. */
  serveQueues(queues: readonly string[] | undefined, until: Instant): Promise<void>;
  /** Queues that have runs in line or begun, by name. */
  listQueues(now: Instant): Promise<readonly QueueSummary[]>;

  append(runId: string, owner: string, entry: JournalEntry): Promise<void>;
  /** In the order of commitment. */
  readCommits(runId: string): Promise<readonly StepCommit[]>;
  /** Only of what is not committed. */
  readMarks(runId: string): Promise<readonly CallMark[]>;
  /** In order, from the one after `afterSeq` (0: from the start). */
  readEvents(runId: string, afterSeq: number, limit: number): Promise<readonly RunEvent[]>;

  /**
   * A waiting run can go on then: it becomes `running`, or `pending` when it has not started, and is not due any more.
   *
   * @throws {OattyError} `ARGUMENT_INVALID` when there is no such question, `RUN_STATE_CONFLICT` when it was answered already
   */
  answerQuestion(runId: string, questionId: string, answer: Answer): Promise<void>;
  /** In the order of asking. */
  readQuestions(runId: string): Promise<readonly QuestionRecord[]>;

  /**
   * Removes runs with all that belongs to them, their sub-workflow runs included. Runs that have not ended stay, and
   * so do those that are not there.
   *
   * @returns the ids of those that were removed, sub-workflow runs left out
   */
  deleteRuns(runIds: readonly string[]): Promise<readonly string[]>;
}

// --- schedules ---

/** What may change of a schedule. What is absent is absent then, except for `last` and `seen`, which stay. */
export type ScheduleChange = Pick<Schedule, 'status' | 'next_at' | 'last' | 'seen'>;

/**
 * Schedules, in the same place as the runs.
 *
 *   H1. A method that resolves has made its change durable; one that throws has changed nothing.
 *   H2. `next_at` is compared and set: of several processes that act on one time, one does.
 *
 * Implementations run the contract suite of `@oatty/engine/testing`.
 */
export interface ScheduleStore {
  /** @returns `false` when the id is taken */
  addSchedule(schedule: Schedule): Promise<boolean>;
  getSchedule(scheduleId: string): Promise<Schedule | undefined>;
  /** By id; of one principal when it is given. */
  listSchedules(principal?: string): Promise<readonly Schedule[]>;
  /** Active ones that are for events, by id. */
  listListening(): Promise<readonly Schedule[]>;
  /** @returns `false` when there is none */
  removeSchedule(scheduleId: string): Promise<boolean>;

  /** Those whose `next_at` has come and that nobody has claimed, the one that is due longest first. */
  listDueSchedules(now: Instant, limit: number): Promise<readonly Schedule[]>;
  /** Makes one due now. @returns `false` when it is not active, or `next_at` is not this one (any more) */
  wakeSchedule(scheduleId: string, nextAt: Instant | undefined, now: Instant): Promise<boolean>;
  /** Keeps others from acting on this time until then. @returns `false` when somebody else does, or has done */
  claimSchedule(scheduleId: string, nextAt: Instant, until: Instant, now: Instant): Promise<boolean>;
  /** Ends a claim too. @returns `false`, with nothing changed, when `next_at` is not this one (any more) */
  changeSchedule(scheduleId: string, nextAt: Instant | undefined, change: ScheduleChange): Promise<boolean>;
}
