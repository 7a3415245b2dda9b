/** What the journal says of a run, arranged for looking up. */
import { OattyError } from '@oatty/types';
import type { StepResult } from '@oatty/types';
import type { CallMark, QuestionRecord, StepCommit } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { RunStore } from '../ports/run-store.ts';
import { listBegunSteps } from './begun-steps.ts';
import type { BegunStep } from './begun-steps.ts';

export interface RunState {
  readonly record: RunRecord;
  /** Steps that have ended, by id. */
  readonly results: ReadonlyMap<string, StepResult>;
  /** Items that have ended, of steps that have not. */
  readonly itemResults: ReadonlyMap<string, ReadonlyMap<number, StepResult>>;
  /** By step and item; see `placeOf`. */
  readonly marks: ReadonlyMap<string, CallMark>;
  /** Steps that an earlier owner has begun and not ended, by id. */
  readonly begun: ReadonlyMap<string, BegunStep>;
  /** By question id. */
  readonly questions: ReadonlyMap<string, QuestionRecord>;
  readonly isCancelRequested: boolean;
}

export interface Place {
  readonly step_id: string;
  readonly item?: number;
}

/** `charge` or `charge[2]`; ids of steps have no brackets. */
export function placeOf({ step_id, item }: Place): string {
  return item === undefined ? step_id : `${step_id}[${item}]`;
}

/** @throws {OattyError} `RUN_NOT_FOUND` */
export async function readRunState(store: RunStore, runId: string): Promise<RunState> {
  const record = await store.getRun(runId);
  if (record === undefined) throw new OattyError('RUN_NOT_FOUND', `No run "${runId}".`);
  const [commits, marks, questions, isCancelRequested] = await Promise.all([
    store.readCommits(runId),
    store.readMarks(runId),
    store.readQuestions(runId),
    store.isCancelRequested(runId),
  ]);
  return {
    record,
    ...arrangeCommits(commits),
    marks: new Map(marks.map((mark) => [placeOf(mark), mark])),
    begun: listBegunSteps(commits, marks),
    questions: new Map(questions.map((record) => [record.question.question_id, record])),
    isCancelRequested,
  };
}

// --- internal ---

function arrangeCommits(commits: readonly StepCommit[]): Pick<RunState, 'results' | 'itemResults'> {
  const results = new Map<string, StepResult>();
  const itemResults = new Map<string, Map<number, StepResult>>();
  for (const { step_id, item, result } of commits) {
    if (item === undefined) {
      results.set(step_id, result);
      continue;
    }
    const known = itemResults.get(step_id);
    if (known === undefined) itemResults.set(step_id, new Map([[item, result]]));
    else known.set(item, result);
  }
  return { results, itemResults };
}
