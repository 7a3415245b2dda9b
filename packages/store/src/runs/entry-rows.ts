/**
 * What one journal entry adds, as rows: all of it is decided before anything is written.
 *
 *   E1. A whole step has the item -1.
 *   E2. An output stands in a column of its own, so that a step and the events that tell of it share a long one.
 *   E3. Of two marks of one place the last counts; a mark of what the same entry commits is none.
 */
import type { CallMark, JournalEntry, RecordedRequest, StepCommit } from '@oatty/engine';
import type { Question, RunEvent, RunEventBody, StepResult } from '@oatty/types';
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
  readonly body: KeptText<RunEventBody>;
  readonly output: KeptText<unknown> | null;
}

export function toEntryRows(entry: JournalEntry, keeper: TextKeeper): EntryRows {
  const { at, marks = [], commits = [], questions = [], events = [] } = entry;
  return {
    at,
    marks: lastMarks(marks, commits).map((mark) => ({ ...placeOf(mark), mark: keeper.keep(mark) })),
    commits: toCommitRows(commits, keeper),
    questions: questions.map((question) => toQuestion(question, keeper)),
    events: events.map((body) => toEvent(body, keeper)),
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
  const { step_id, item, output, request } = row;
  const result = reader.read(row.result);
  return {
    step_id,
    ...(item !== wholeStep && { item }),
    result: output === null ? result : { ...result, output: reader.read(output) },
    ...(request !== null && { request: reader.read(request) }),
  };
}

export interface StoredEventRow extends EventRow {
  readonly run_id: string;
  readonly seq: number;
  readonly at: string;
}

export function fromEventRow(
  { run_id, seq, at, body, output }: StoredEventRow,
  reader: TextReader,
): RunEvent {
  const told = reader.read(body);
  if (output === null) return { run_id, seq, at, ...told };
  const value = reader.read(output);
  if (told.type === 'step_finished') {
    return { run_id, seq, at, ...told, result: { ...told.result, output: value } };
  }
  return { run_id, seq, at, ...told, final_output: value } as RunEvent; // only the two have an output (`toEvent`)
}

// --- internal ---

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

/** E2 */
function toEvent(event: RunEventBody, keeper: TextKeeper): EventRow {
  if (event.type === 'step_finished' && event.result.output !== undefined) {
    const { output, ...result } = event.result;
    return { body: keeper.keep({ ...event, result }), output: keeper.keep(output) };
  }
  if (event.type === 'run_finished' && event.final_output !== undefined) {
    const { final_output, ...body } = event;
    return { body: keeper.keep(body), output: keeper.keep(final_output) };
  }
  return { body: keeper.keep(event), output: null };
}
