/** Keeps count of the items of one `for_each`, and says how the step ended. Decides, and does nothing. */
import { OattyError } from '@oatty/types';
import type { Question, StepResponse, StepResult } from '@oatty/types';
import type { CompiledStep } from './compile-workflow.ts';
import type { Outcome } from './outcome.ts';
import type { RunLimits } from './run-limits.ts';
import { fromPayload } from './step-result.ts';

export class ItemTally {
  readonly total: number;
  /** Calls made for all items. */
  calls = 0;
  /** Items that have ended. */
  done = 0;
  /** When the first item began. */
  since: string;
  readonly #step: CompiledStep;
  readonly #limits: RunLimits;
  readonly #results: (StepResult | undefined)[];
  readonly #questions: Question[] = [];
  #failure: { readonly index: number; readonly error: OattyError } | undefined;
  #outputSize = 0;

  constructor(step: CompiledStep, total: number, limits: RunLimits, now: string) {
    this.#step = step;
    this.total = total;
    this.#limits = limits;
    this.since = now;
    this.#results = Array.from({ length: total }, () => undefined);
  }

  get hasFailed(): boolean {
    return this.#failure !== undefined;
  }

  hasEnded(index: number): boolean {
    return this.#results[index] !== undefined;
  }

  take(index: number, result: StepResult): void {
    this.#results[index] = result;
    this.done += 1;
    this.calls += result.attempts;
    if (result.started_at !== undefined && result.started_at < this.since) this.since = result.started_at;
    if (result.status === 'failed' && !this.#step.continues) this.#fail(index, toError(result));
    this.#outputSize += JSON.stringify([result.output, result.response]).length;
    const { maxOutputBytes } = this.#limits;
    if (this.#outputSize > maxOutputBytes) this.#fail(index, tooLarge(this.#step.step.id, maxOutputBytes));
  }

  /** An item that waits, or that was aborted because something else ended. */
  leaveOpen(outcome: Extract<Outcome, { status: 'waiting' | 'canceled' }>, calls: number): void {
    this.calls += calls;
    if (outcome.status === 'waiting') this.#questions.push(...outcome.questions);
  }

  /** @param run - the signal of the run: when it has aborted, open items are its doing */
  conclude(run: AbortSignal): Outcome {
    const output = this.#results.map((result) => (result?.status === 'succeeded' ? result.output : null));
    const kept = { output, ...(this.#step.keepsResponse && { response: this.#responses() }) };
    if (this.#failure) return { status: 'failed', error: this.#failure.error, ...kept };
    if (this.done === this.total) return { status: 'succeeded', ...kept };
    if (run.aborted) return { status: 'canceled', error: OattyError.from(run.reason) };
    return { status: 'waiting', questions: this.#questions };
  }

  #responses(): readonly (StepResponse | null)[] {
    return this.#results.map((result) => {
      const response = result?.response;
      return response === undefined || 'length' in response ? null : response; // one item has one
    });
  }

  /** The first item in order decides, so that the result does not depend on which one was faster. */
  #fail(index: number, error: OattyError): void {
    if (this.#failure === undefined || index < this.#failure.index) this.#failure = { index, error };
  }
}

// --- internal ---

function toError({ error }: StepResult): OattyError {
  return error === undefined ? new OattyError('STEP_FAILED', 'An item failed.') : fromPayload(error);
}

function tooLarge(stepId: string, maxOutputBytes: number): OattyError {
  return new OattyError(
    'LIMIT_EXCEEDED',
    `The output of step "${stepId}" is larger than ${maxOutputBytes} bytes.`,
    { stepId, context: { limit: 'maxOutputBytes', maximum: maxOutputBytes } },
  );
}
