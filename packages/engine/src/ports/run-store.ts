import type { Instant, QueueSummary, RunEvent, RunStatus, RunSummary } from '@oatty/types';
import type { Answer, CallMark, JournalEntry, QuestionRecord, StepCommit } from './journal-entry.ts';
import type { RunChange, RunRecord } from './run-record.ts';

/** Who executes a run, and until when that holds without a sign of life. */
export interface Lease {
  readonly owner: string;
  readonly until: Instant;
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
 *       let it begin, those behind it wait too. However many claim at once, no limit is passed. `worker_concurrency` bounds
 *       what an owner holds of a queue, however it came to it: runs that have begun and that nobody holds are taken before
 *       the next in line (a claim of one run by its id does not wait for them), and only as far as there is room. One that
 *       was asked to cancel is taken in any case, to be ended.
 *   S9. A run that is made to wait with a question that has its answer already goes on at once, as if it had been answered
 *       then.
 *   S10. An instant of a queue that lies further ahead than it can, since the clock was set back, counts as none: a claim
 *       beyond the window of the rate, a serving beyond `maxServingMs`, a turn.
 *
 * Implementations run the contract suite of `@oatty/engine/testing`.
 */
export interface RunStore {
  /**
   * With a lease, nobody else takes the run before its creator does. With commits, the run starts with them.
   *
   * @throws {OattyError} `RUN_STATE_CONFLICT` when the id is taken, and, with the `reason` `duplicate` and the `run_id` of
   *   the other, when a run of the same queue with the same `dedup_key` has not ended; `RUN_NOT_FOUND` when the run that
   *   it carries on from is gone: one that is there stays from then on (see `deleteRuns`)
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

  /** Takes or keeps the lease; `false` while somebody else holds a live one at `now`, or the owner has no room for it (S8). */
  acquireLease(runId: string, lease: Lease, now: Instant): Promise<boolean>;
  /**
   * Keeps the lease; `false` when somebody else has taken it since, also when that one holds it no more: what the owner
   * knows of the run may be old then.
   */
  renewLease(runId: string, lease: Lease): Promise<boolean>;
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
   * @returns `false` for a run that was asked to cancel meanwhile: it stays with its owner, to be ended
   */
  enterQueue(runId: string, owner: string, dedupKey?: string): Promise<boolean>;
  /** Takes a run out of the line, for the owner of the lease; see S8. @returns its id */
  claimQueuedRun(claim: QueueClaim): Promise<string | undefined>;
  /** A worker serves these queues (absent: all) until then, which is no later than in `maxServingMs`. */
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
   * Removes runs with all that belongs to them, their sub-workflow runs included. Runs that have not ended stay, and so
   * does what a run carries on from that has not succeeded and is not removed with it (`removableRuns`).
   *
   * @returns the ids of those that were removed, sub-workflow runs left out
   */
  deleteRuns(runIds: readonly string[]): Promise<readonly string[]>;
  /** Of runs that have ended: those that `deleteRuns` would remove, once those of `gone` are. */
  listRemovable(runIds: readonly string[], gone?: ReadonlySet<string>): Promise<readonly string[]>;
}
