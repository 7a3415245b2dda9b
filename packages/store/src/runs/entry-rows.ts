/**
 * What one journal entry adds, as rows: all of it is decided before anything is written.
 *
 *   E1. A whole step has the item -1.
 *   E2. An output stands in a column of its own: a long one is kept once (`values/kept-text.ts`).
 *   E3. Of two marks of one place the last counts; a mark of what the same entry commits is none.
 *   E4. An event that tells of a step which the same entry commits names that commit; the result stands there alone.
 */
import type { CallMark, JournalEntry, RecordedRequest, StepCommit } from '@oatty/engine';
import type { Question, RunEvent, RunEventBody, StepResult } from '@oatty/types';
import { damaged } from '../values/kept-text.ts';
import type { KeptText, TextKeeper, TextReader } from '../values/kept-text.ts';

export const wholeStep = -1;

export interface EntryRows {
  readonly at: string;
  readonly marks: readonly MarkRow[];
  readonly commits: readonly CommitRow[];
  readonly questions: readonly QuestionRow[];
  readonly events: readonly EventRow[];
}

interface Place {
  readonly step_id: string;
  readonly item: number;
}

interface MarkRow extends Place {
  readonly mark: KeptText<CallMark>;
}

export interface CommitRow extends Place {
  readonly result: KeptText<StepResult>;
  readonly output: KeptText<unknown> | null;
  readonly request: KeptText<RecordedRequest> | null;
}

interface QuestionRow {
  readonly question_id: string;
  readonly question: KeptText<Question>;
}

interface EventRow {
  readonly body: KeptText<RunEventBody | StepCommitted>;
  readonly output: KeptText<unknown> | null;
  /** E4. Which commit of the entry tells the rest, from 0. */
  readonly commit: number | null;
}

/** E4 */
interface StepCommitted {
  readonly type: 'step_committed';
}

export function toEntryRows(entry: JournalEntry, keeper: TextKeeper): EntryRows {
  const { at, marks = [], commits = [], questions = [], events = [] } = entry;
  const committed = new Map(commits.map(({ result }, index) => [result, index]));
  return {
    at,
    marks: lastMarks(marks, commits).map((mark) => ({ ...placeOf(mark), mark: keeper.keep(mark) })),
    commits: toCommitRows(commits, keeper),
    questions: questions.map((question) => toQuestion(question, keeper)),
    events: events.map((body) => toEvent(body, committed, keeper)),
  };
}

export function toCommitRows(commits: readonly StepCommit[], keeper: TextKeeper): readonly CommitRow[] {
  return commits.map((commit) => {
    const { output, ...result } = commit.result;
    return {
      ...placeOf(commit),
      result: keeper.keep(result),
      output: output === undefined ? null : keeper.keep(output),
      request: commit.request === undefined ? null : keeper.keep(commit.request),
    };
  });
}

export function fromCommitRow(row: CommitRow, reader: TextReader): StepCommit {
  const { step_id, item, request } = row;
  return {
    step_id,
    ...(item !== wholeStep && { item }),
    result: toResult(row, reader),
    ...(request !== null && { request: reader.read(request) }),
  };
}

export interface StoredEventRow extends Pick<EventRow, 'body' | 'output'> {
  readonly seq: number;
  readonly at: string;
  /** Both of the commit, and its output is the one of the row then. */
  readonly step_id: string | null;
  readonly result: CommitRow['result'] | null;
}

/** @throws {OattyError} `STORAGE_FAILED` when the commit is gone that tells the rest */
export function fromEventRow(run_id: string, row: StoredEventRow, reader: TextReader): RunEvent {
  const { seq, at, body, step_id, result, output } = row;
  const told = reader.read(body);
  if (told.type === 'step_committed') {
    if (step_id === null || result === null) {
      throw damaged(`event ${seq} of run ${run_id} tells of a step that is gone`, { run_id, seq });
    }
    return { run_id, seq, at, type: 'step_finished', step_id, result: toResult({ result, output }, reader) };
  }
  if (output === null) return { run_id, seq, at, ...told };
  const value = reader.read(output);
  if (told.type === 'step_finished') {
    return { run_id, seq, at, ...told, result: { ...told.result, output: value } };
  }
  return { run_id, seq, at, ...told, final_output: value } as RunEvent; // only the two have an output (`toEvent`)
}

// --- internal ---

function toResult({ result, output }: Pick<CommitRow, 'result' | 'output'>, reader: TextReader): StepResult {
  const kept = reader.read(result);
  return output === null ? kept : { ...kept, output: reader.read(output) };
}

/** E1 */
function placeOf({ step_id, item = wholeStep }: { readonly step_id: string; readonly item?: number }): Place {
  return { step_id, item };
}

/** E3 */
function lastMarks(marks: readonly CallMark[], commits: readonly StepCommit[]): readonly CallMark[] {
  const last = new Map(marks.map((mark) => [JSON.stringify(placeOf(mark)), mark]));
  return [...last.values()].filter(
    (mark) =>
      !commits.some(({ step_id, item }) => step_id === mark.step_id && (item ?? mark.item) === mark.item),
  );
}

function toQuestion(question: Question, keeper: TextKeeper): QuestionRow {
  return { question_id: question.question_id, question: keeper.keep(question) };
}

/** E2, E4 */
function toEvent(
  event: RunEventBody,
  committed: ReadonlyMap<StepResult, number>,
  keeper: TextKeeper,
): EventRow {
  const commit = event.type === 'step_finished' ? committed.get(event.result) : undefined;
  if (commit !== undefined) return { body: keeper.keep({ type: 'step_committed' }), output: null, commit };
  if (event.type === 'step_finished' && event.result.output !== undefined) {
    const { output, ...result } = event.result;
    return { body: keeper.keep({ ...event, result }), output: keeper.keep(output), commit: null };
  }
  if (event.type === 'run_finished' && event.final_output !== undefined) {
    const { final_output, ...body } = event;
    return { body: keeper.keep(body), output: keeper.keep(final_output), commit: null };
  }
  return { body: keeper.keep(event), output: null, commit: null };
}
