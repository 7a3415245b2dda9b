import type { CommandArguments, Instant, Question, RunEventBody, StepResult } from '@oatty/types';

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
