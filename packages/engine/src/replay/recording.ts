/** What the journal says of the calls of a run, arranged for looking up. */
import type { RunEvent, StepResult } from '@oatty/types';
import type { QuestionRecord, RecordedRequest, StepCommit } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import { placeOf } from '../run/run-state.ts';

export interface RecordedRun {
  readonly record: RunRecord;
  readonly commits: readonly StepCommit[];
  readonly events: readonly RunEvent[];
  readonly questions: readonly QuestionRecord[];
}

type Attempt = Extract<RunEvent, { readonly type: 'step_attempt' }>;

export class Recording {
  readonly run: RecordedRun;
  readonly #commits: ReadonlyMap<string, StepCommit>;
  readonly #attempts = new Map<string, Attempt[]>();

  constructor(run: RecordedRun) {
    this.run = run;
    this.#commits = new Map(run.commits.map((commit) => [placeOf(commit), commit]));
    for (const event of run.events) {
      if (event.type !== 'step_attempt') continue;
      const key = callKey(placeOf(event), event.poll ?? 1);
      this.#attempts.set(key, [...(this.#attempts.get(key) ?? []), event]);
    }
  }

  result(place: string): StepResult | undefined {
    return this.#commits.get(place)?.result;
  }

  request(place: string): RecordedRequest | undefined {
    return this.#commits.get(place)?.request;
  }

  /** An attempt that a crash swallowed has no event; the next one stands for it. */
  attempt(place: string, poll: number, attempt: number): Attempt | undefined {
    const made = this.#attempts.get(callKey(place, poll)) ?? [];
    return made.find((event) => event.attempt >= attempt);
  }

  /** What was not called in this run: kept from the one that it resumed, or decided by a person. */
  get givenCommits(): readonly StepCommit[] {
    const called = new Set(
      this.run.events.flatMap((event) => (event.type === 'step_attempt' ? [event.step_id] : [])),
    );
    return this.run.commits.filter(({ step_id, result }) => result.attempts > 0 && !called.has(step_id));
  }

  get startedSteps(): readonly string[] {
    return this.run.events.flatMap((event) => (event.type === 'step_started' ? [event.step_id] : []));
  }
}

// --- internal ---

function callKey(place: string, poll: number): string {
  return `${place}#${poll}`;
}
