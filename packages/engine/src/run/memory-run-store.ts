/**
 * The journal in memory: for tests, dry runs and programs that need nothing to outlive them.
 *
 * Everything is kept as JSON text, so nobody can change by accident what was written (S5 of `ports.ts`).
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { RunEvent, RunStatus, RunSummary } from '@oatty/types';
import type { CallMark, JournalEntry, QuestionRecord, RunRecord, RunStore, StepCommit } from '../ports.ts';
import { pageOfRuns } from './page-of-runs.ts';

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
      const text = runs.get(runId)?.record;
      return text === undefined ? undefined : parseAs<RunRecord>(text);
    },
    async listRuns(query) {
      return pageOfRuns([...runs.values()], query);
    },
    async changeRun(runId, owner, from, change, entry) {
      const run = read(runId);
      if (isTerminal(run.summary.status)) return false;
      ownedBy(runId, owner);
      if (!from.includes(run.summary.status)) return false;
      const changed = { ...parseAs<RunRecord>(run.record), ...change };
      const text = JSON.stringify(changed);
      write(run, entry);
      run.record = text;
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
      const abandoned = [...runs.values()].filter((run) => canGoOn(run) && !(run.lease && run.lease.until > now));
      const inOrder = abandoned.map((run) => run.summary).sort(byAge);
      return inOrder.slice(0, limit).map((summary) => summary.run_id);
    },

    async append(runId, owner, entry) {
      write(ownedBy(runId, owner), entry);
    },
    async readCommits(runId) {
      return [...read(runId).commits.values()].map((text) => parseAs<StepCommit>(text));
    },
    async readMarks(runId) {
      return [...read(runId).marks.values()].map((text) => parseAs<CallMark>(text));
    },
    async readEvents(runId, afterSeq, limit) {
      const texts = read(runId).events.slice(afterSeq, afterSeq + limit);
      return texts.map((text) => parseAs<RunEvent>(text));
    },

    async answerQuestion(runId, questionId, answer, at) {
      const run = open(runId);
      const text = run.questions.get(questionId);
      if (text === undefined) {
        throw new OattyError('ARGUMENT_INVALID', `Run "${runId}" asks no question "${questionId}".`);
      }
      const record = parseAs<QuestionRecord>(text);
      if (record.answered_at !== undefined) throw conflict(runId, `has its answer to "${questionId}" already`);
      run.questions.set(questionId, JSON.stringify({ ...record, answer, answered_at: at }));
      if (run.summary.status === 'waiting') goOn(run);
    },
    async readQuestions(runId) {
      return [...read(runId).questions.values()].map((text) => parseAs<QuestionRecord>(text));
    },
  };
}

// --- internal ---

interface StoredRun {
  /** JSON of the `RunRecord`. */
  record: string;
  /** What queries read without parsing the record. */
  summary: RunSummary;
  readonly principal: string;
  readonly isChild: boolean;
  readonly hasTtl: boolean;
  lease: { readonly owner: string; readonly until: string } | undefined;
  isCancelRequested: boolean;
  /** JSON texts; by step and item where that names them. */
  readonly commits: Map<string, string>;
  readonly marks: Map<string, string>;
  readonly questions: Map<string, string>;
  readonly events: string[];
}

function toStoredRun(record: RunRecord, lease: StoredRun['lease']): StoredRun {
  return {
    record: JSON.stringify(record),
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
  const marks = (entry.marks ?? []).map((mark) => [placeOf(mark), JSON.stringify(mark)] as const);
  const commits = (entry.commits ?? []).map((commit) => [commit, JSON.stringify(commit)] as const);
  const questions = (entry.questions ?? []).map((question) => {
    return [question.question_id, JSON.stringify({ question, asked_at: entry.at })] as const;
  });
  const first = run.events.length + 1;
  const events = (entry.events ?? []).map((body, index) => {
    return JSON.stringify({ run_id: run.summary.run_id, seq: first + index, at: entry.at, ...body });
  });

  for (const [place, text] of marks) run.marks.set(place, text);
  for (const [commit, text] of commits) {
    run.commits.set(placeOf(commit), text);
    removeMarks(run.marks, commit);
  }
  for (const [id, text] of questions) if (!run.questions.has(id)) run.questions.set(id, text);
  for (const text of events) run.events.push(text);
}

function removeMarks(marks: Map<string, string>, commit: StepCommit): void {
  if (commit.item !== undefined) {
    marks.delete(placeOf(commit));
    return;
  }
  const places = `${placeOf(commit)}[`;
  for (const place of marks.keys()) if (`${place}[`.startsWith(places)) marks.delete(place);
}

/** `charge` or `charge[2]`; step ids have no brackets. */
function placeOf(work: { readonly step_id: string; readonly item?: number }): string {
  return work.item === undefined ? work.step_id : `${work.step_id}[${work.item}]`;
}

function settle(run: StoredRun): void {
  run.lease = undefined;
  run.marks.clear();
}

function goOn(run: StoredRun): void {
  const status: RunStatus = run.summary.started_at === undefined ? 'pending' : 'running';
  run.record = JSON.stringify({ ...parseAs<RunRecord>(run.record), status });
  run.summary = { ...run.summary, status };
}

function canGoOn({ summary, isChild, isCancelRequested }: StoredRun): boolean {
  if (isChild || isTerminal(summary.status)) return false;
  return summary.status !== 'waiting' || isCancelRequested;
}

function byAge(first: RunSummary, second: RunSummary): number {
  return first.created_at < second.created_at ? -1 : Number(first.created_at > second.created_at);
}

function parseAs<Value>(text: string): Value {
  return JSON.parse(text) as Value; // only this file writes the texts
}

function conflict(runId: string, what: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" ${what}.`, { context: { run_id: runId } });
}
