/**
 * Why a run stops before its last step, and the signal that tells everything in flight.
 *
 * The first reason counts. A suspended run stays as it is: nothing more is written, and another owner carries on.
 */
import { OattyError } from '@oatty/types';
import type { ErrorPayload } from '@oatty/types';

export type Halt =
  | { readonly kind: 'failed'; readonly stepId: string; readonly error: ErrorPayload }
  | { readonly kind: 'timed_out'; readonly error: OattyError }
  | { readonly kind: 'canceled'; readonly error: OattyError }
  | { readonly kind: 'suspended'; readonly error: OattyError };

/** The reason of a signal that lets a run go without ending it. */
export class Suspension extends OattyError {}

export class StopSwitch {
  readonly #controller = new AbortController();
  readonly #leaving = new AbortController();
  readonly #letGo = new AbortController();
  #halt: Halt | undefined;

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Aborts when the run is handed back: calls in flight end as they would, and none is begun. */
  get leaving(): AbortSignal {
    return this.#leaving.signal;
  }

  /** Aborts when the run is suspended, also when it stops already for another reason. */
  get letGo(): AbortSignal {
    return this.#letGo.signal;
  }

  get halt(): Halt | undefined {
    return this.#halt;
  }

  stop(halt: Halt): void {
    if (this.#halt !== undefined) return;
    this.#halt = halt;
    this.#controller.abort(reasonOf(halt));
  }

  cancel(): void {
    this.stop({ kind: 'canceled', error: new OattyError('CANCELED', 'The run was canceled.') });
  }

  /** Lets go of the run. `error` says why to whoever executes it. */
  suspend(error: OattyError): void {
    const suspension = new Suspension(error.code, error.message, error.options);
    this.stop({ kind: 'suspended', error: suspension });
    this.#letGo.abort(suspension);
  }

  /** Lets go of the run once nothing of it is in flight any more. */
  handBack(error: OattyError): void {
    this.#leaving.abort(new Suspension(error.code, error.message, error.options));
  }

  /** Stops when the signal aborts, and follows its reason. @returns a function that stops listening */
  follow(signal: AbortSignal | undefined): () => void {
    if (signal === undefined) return () => {};
    const listen = (): void => {
      if (signal.reason instanceof Suspension) this.suspend(signal.reason);
      else this.cancel();
    };
    if (signal.aborted) listen();
    signal.addEventListener('abort', listen, { once: true });
    return () => signal.removeEventListener('abort', listen);
  }
}

// --- internal ---

/** What a step in flight is told. */
function reasonOf(halt: Halt): OattyError {
  if (halt.kind !== 'failed') return halt.error;
  return new OattyError('CANCELED', `Stopped because step "${halt.stepId}" failed.`, {
    context: { failed_step: halt.stepId },
  });
}
