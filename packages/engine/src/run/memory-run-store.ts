/**
 * The journal in memory: for tests, dry runs and programs that need nothing to outlive them.
 *
 * It is fenced, ordered and atomic like a durable one, and keeps JSON text (S5 of `ports.ts`).
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { RunEvent, RunStatus, RunSummary } from '@oatty/types';
import type {
  CallMark,
  JournalEntry,
  Lease,
  QuestionRecord,
  RunRecord,
  RunStore,
  StepCommit,
} from '../ports.ts';
import { pageOfRuns } from './page-of-runs.ts';
import { placeOf } from './run-state.ts';

export function createMemoryRunStore(): RunStore {
  const runs = new Map<string, StoredRun>();

  function read(runId: string): StoredRun {
    const run = runs.get(runId);
    if (run === undefined) throw new OattyError('RUN_NOT_FOUND', `No run "${runId}".`);
    return run;
  }

  function open(runId: string): StoredRun {
    const run = read(runId);
    if (isTerminal(run.summary.status)) throw conflict(runId, `has ended: ${run.summary.status}`);
    return run;
  }

  function ownedBy(runId: string, owner: string): StoredRun {
    const run = open(runId);
    if (run.lease?.owner !== owner) throw conflict(runId, 'is executed by somebody else');
    return run;
  }

  return {
    async createRun(record, lease) {
      if (runs.has(record.run_id)) throw conflict(record.run_id, 'is there already');
      runs.set(record.run_id, toStoredRun(record, lease));
    },
    async getRun(runId) {
      return runs.get(runId)?.record.read();
    },
    async listRuns(query) {
      return pageOfRuns([...runs.values()], query);
    },
    async changeRun(runId, owner, from, change, entry) {
      const run = read(runId);
      if (isTerminal(run.summary.status)) return false;
      ownedBy(runId, owner);
      if (!from.includes(run.summary.status)) return false;
      const changed = { ...run.record.read(), ...change };
      const record = new Kept(changed);
      write(run, entry);
      run.record = record;
      run.summary = toSummary(changed);
      if (isTerminal(change.status)) settle(run);
      return true;
    },

    async requestCancel(runId) {
      open(runId).isCancelRequested = true;
    },
    async isCancelRequested(runId) {
      return read(runId).isCancelRequested;
    },

    async acquireLease(runId, lease, now) {
      const run = open(runId);
      const isHeld = run.lease !== undefined && run.lease.until > now;
      if (isHeld && run.lease?.owner !== lease.owner) return false;
      run.lease = lease;
      return true;
    },
    async releaseLease(runId, owner) {
      const run = read(runId);
      if (run.lease?.owner === owner) run.lease = undefined;
    },
    async listAbandonedRuns(now, limit) {
      const abandoned = [...runs.values()].filter(
        (run) => canGoOn(run) && !(run.lease && run.lease.until > now),
      );
      const inOrder = abandoned.map((run) => run.summary).sort(byAge);
      return inOrder.slice(0, limit).map((summary) => summary.run_id);
    },

    async append(runId, owner, entry) {
      write(ownedBy(runId, owner), entry);
    },
    async readCommits(runId) {
      return [...read(runId).commits.values()].map((commit) => commit.read());
    },
    async readMarks(runId) {
      return [...read(runId).marks.values()].map((mark) => mark.read());
    },
    async readEvents(runId, afterSeq, limit) {
      const events = read(runId).events.slice(afterSeq, afterSeq + limit);
      return events.map((event) => event.read());
    },

    async answerQuestion(runId, questionId, answer, at) {
      const run = open(runId);
      const record = run.questions.get(questionId)?.read();
      if (record === undefined) {
        throw new OattyError('ARGUMENT_INVALID', `Run "${runId}" asks no question "${questionId}".`);
      }
      if (record.answered_at !== undefined)
        throw conflict(runId, `has its answer to "${questionId}" already`);
      run.questions.set(questionId, new Kept({ ...record, answer, answered_at: at }));
      if (run.summary.status === 'waiting') goOn(run);
    },
    async readQuestions(runId) {
      return [...read(runId).questions.values()].map((record) => record.read());
    },
  };
}

// --- internal ---

/** A value as JSON text: what was written stays as it was, and every reader gets a copy. */
class Kept<Value> {
  readonly #text: string;

  constructor(value: Value) {
    this.#text = JSON.stringify(value);
  }

  read(): Value {
    return JSON.parse(this.#text) as Value; // made from one
  }
}

interface StoredRun {
  record: Kept<RunRecord>;
  /** What queries read without parsing the record. */
  summary: RunSummary;
  readonly principal: string;
  readonly isChild: boolean;
  readonly hasTtl: boolean;
  lease: Lease | undefined;
  isCancelRequested: boolean;
  /** By step and item. */
  readonly commits: Map<string, Kept<StepCommit>>;
  readonly marks: Map<string, Kept<CallMark>>;
  /** By id. */
  readonly questions: Map<string, Kept<QuestionRecord>>;
  readonly events: Kept<RunEvent>[];
}

function toStoredRun(record: RunRecord, lease: Lease | undefined): StoredRun {
  return {
    record: new Kept(record),
    summary: toSummary(record),
    principal: record.caller.principal,
    isChild: record.parent !== undefined,
    hasTtl: record.ttl_ms !== undefined,
    lease,
    isCancelRequested: false,
    commits: new Map(),
    marks: new Map(),
    questions: new Map(),
    events: [],
  };
}

function toSummary(record: RunRecord): RunSummary {
  const { run_id, workflow_id, status, created_at, started_at, finished_at } = record;
  return {
    run_id,
    workflow_id,
    status,
    created_at,
    ...(started_at !== undefined && { started_at }),
    ...(finished_at !== undefined && { finished_at }),
    ...(started_at !== undefined &&
      finished_at !== undefined && { duration_ms: Date.parse(finished_at) - Date.parse(started_at) }),
  };
}

/** Everything is turned into text first: an entry that cannot be written changes nothing (S1). */
function write(run: StoredRun, entry: JournalEntry): void {
  const { at, marks = [], commits = [], questions = [], events = [] } = entry;
  const newMarks = marks.map((mark) => [placeOf(mark), new Kept(mark)] as const);
  const newCommits = commits.map((commit) => [commit, new Kept(commit)] as const);
  const newQuestions = questions.map((question) => {
    return [question.question_id, new Kept<QuestionRecord>({ question, asked_at: at })] as const;
  });
  const { run_id } = run.summary;
  const seq = run.events.length + 1;
  const newEvents = events.map(
    (body, index) => new Kept<RunEvent>({ run_id, seq: seq + index, at, ...body }),
  );

  for (const [place, mark] of newMarks) run.marks.set(place, mark);
  for (const [commit, kept] of newCommits) {
    run.commits.set(placeOf(commit), kept);
    removeMarks(run.marks, commit);
  }
  for (const [id, record] of newQuestions) if (!run.questions.has(id)) run.questions.set(id, record);
  run.events.push(...newEvents);
}

function removeMarks(marks: StoredRun['marks'], commit: StepCommit): void {
  if (commit.item !== undefined) {
    marks.delete(placeOf(commit));
    return;
  }
  const places = `${placeOf(commit)}[`;
  for (const place of marks.keys()) if (`${place}[`.startsWith(places)) marks.delete(place);
}

function settle(run: StoredRun): void {
  run.lease = undefined;
  run.marks.clear();
}

function goOn(run: StoredRun): void {
  const status: RunStatus = run.summary.started_at === undefined ? 'pending' : 'running';
  run.record = new Kept({ ...run.record.read(), status });
  run.summary = { ...run.summary, status };
}

function canGoOn({ summary, isChild, isCancelRequested }: StoredRun): boolean {
  if (isChild || isTerminal(summary.status)) return false;
  return summary.status !== 'waiting' || isCancelRequested;
}

function byAge(first: RunSummary, second: RunSummary): number {
  return first.created_at < second.created_at ? -1 : Number(first.created_at > second.created_at);
}

function conflict(runId: string, what: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" ${what}.`, { context: { run_id: runId } });
}
