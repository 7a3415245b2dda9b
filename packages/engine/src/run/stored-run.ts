/**
 * One run as the journal in memory keeps it, and the changes that it can take.
 *
 * Everything is turned into text before anything changes: what cannot be written leaves the run as it was (S1 of
 * `ports/run-store.ts`).
 */
import { elapsedMs, isTerminal } from '@oatty/types';
import type { Instant, QueuePlace, Question, RunEvent, RunStatus, RunSummary } from '@oatty/types';
import type { CallMark, JournalEntry, QuestionRecord, StepCommit } from '../ports/journal-entry.ts';
import type { RunChange, RunRecord } from '../ports/run-record.ts';
import type { Lease } from '../ports/run-store.ts';
import { placeOf } from './run-state.ts';

/** A value as JSON text: what was written stays as it was, and every reader gets a copy. */
export class Kept<Value> {
  readonly #text: string;

  constructor(value: Value) {
    this.#text = JSON.stringify(value);
  }

  read(): Value {
    return JSON.parse(this.#text) as Value; // made from one
  }
}

export interface StoredRun {
  record: Kept<RunRecord>;
  /** What queries read without parsing the record. */
  summary: RunSummary;
  readonly principal: string;
  /** The run that this one is a sub-workflow of. */
  readonly parentId: string | undefined;
  readonly hasTtl: boolean;
  lease: Lease | undefined;
  isCancelRequested: boolean;
  queue: QueuePlace | undefined;
  /** Absent for a run that has never been in line. */
  standing?: QueueStay;
  /** By step and item. */
  readonly commits: Map<string, Kept<StepCommit>>;
  readonly marks: Map<string, Kept<CallMark>>;
  /** By id. */
  readonly questions: Map<string, Kept<QuestionRecord>>;
  readonly events: Kept<RunEvent>[];
}

interface QueueStay {
  /** The later the greater. */
  readonly arrival: number;
  claimedAt?: Instant;
}

export function toStoredRun(
  record: RunRecord,
  lease: Lease | undefined,
  commits: readonly StepCommit[],
): StoredRun {
  return {
    record: new Kept(record),
    summary: toSummary(record),
    principal: record.caller.principal,
    parentId: record.parent?.runId,
    hasTtl: record.ttl_ms !== undefined,
    lease,
    isCancelRequested: false,
    queue: record.queue,
    commits: new Map(commits.map((commit) => [placeOf(commit), new Kept(commit)])),
    marks: new Map(),
    questions: new Map(),
    events: [],
  };
}

export function changeRun(run: StoredRun, change: RunChange, entry: JournalEntry): void {
  const changed = { ...withoutDueAt(run.record.read()), ...change };
  const record = new Kept(changed);
  writeEntry(run, entry);
  run.record = record;
  run.summary = toSummary(changed);
  if (change.status === 'waiting' && entry.questions?.some(hasAnswer(run)) === true) wake(run);
  if (!isTerminal(change.status)) return;
  run.lease = undefined;
  run.marks.clear();
}

export function writeEntry(run: StoredRun, entry: JournalEntry): void {
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

/** A waiting run got an answer. */
export function wake(run: StoredRun): void {
  if (run.summary.status !== 'waiting') return;
  const status: RunStatus = run.summary.started_at === undefined ? 'pending' : 'running';
  const record = { ...withoutDueAt(run.record.read()), status };
  run.record = new Kept(record);
  run.summary = toSummary(record);
}

/** Whether somebody should carry the run on at `now`. */
export function canGoOn({ summary, parentId, isCancelRequested }: StoredRun, now: Instant): boolean {
  if (parentId !== undefined || isTerminal(summary.status)) return false;
  if (summary.status !== 'waiting' || isCancelRequested) return true;
  return summary.due_at !== undefined && summary.due_at <= now;
}

// --- internal ---

function hasAnswer({ questions }: StoredRun): (question: Question) => boolean {
  return ({ question_id }) => questions.get(question_id)?.read().answered_at !== undefined;
}

function toSummary(record: RunRecord): RunSummary {
  const { run_id, workflow_id, status, resumed_from, created_at, started_at, finished_at, due_at } = record;
  const { queue } = record;
  return {
    run_id,
    workflow_id,
    status,
    ...(resumed_from !== undefined && { resumed_from }),
    ...(queue && { queue: queue.name }),
    created_at,
    ...(started_at !== undefined && { started_at }),
    ...(finished_at !== undefined && { finished_at }),
    ...(started_at !== undefined &&
      finished_at !== undefined && { duration_ms: elapsedMs(started_at, finished_at) }),
    ...(due_at !== undefined && { due_at }),
  };
}

function withoutDueAt(record: RunRecord): RunRecord {
  const { due_at, ...rest } = record;
  return rest;
}

function removeMarks(marks: StoredRun['marks'], commit: StepCommit): void {
  if (commit.item !== undefined) {
    marks.delete(placeOf(commit));
    return;
  }
  const places = `${placeOf(commit)}[`;
  for (const place of marks.keys()) if (`${place}[`.startsWith(places)) marks.delete(place);
}
