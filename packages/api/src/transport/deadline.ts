/**
 * One signal for "the caller gave up" and "it takes too long".
 *
 * Its reason is the error to throw, so that nobody has to guess from an `AbortError` what has happened.
 */
import { OattyError } from '@oatty/types';

export interface Deadline {
  /** Aborts with an `OattyError`: `CANCELED`, or `NETWORK_ERROR` with `context.kind` `timeout`. */
  readonly signal: AbortSignal;
  /** Starts the time anew: something has moved. */
  extend(): void;
}

/** Lets `run` take `timeoutMs`, or until the caller's signal. Whoever runs looks at the deadline's signal. */
export async function withDeadline<Result>(
  timeoutMs: number,
  signal: AbortSignal | undefined,
  run: (deadline: Deadline) => Promise<Result>,
): Promise<Result> {
  const controller = new AbortController();
  const cancel = () => controller.abort(toCanceled(signal));
  if (signal?.aborted) cancel();
  signal?.addEventListener('abort', cancel, { once: true });
  const timer = setTimeout(() => controller.abort(toTimeout(timeoutMs)), Math.min(timeoutMs, longestTimerMs));
  try {
    return await run({ signal: controller.signal, extend: () => void timer.refresh() });
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', cancel);
  }
}

/** Settles with the promise, or throws the signal's reason as soon as it aborts. */
export async function orAborted<Value>(promise: Promise<Value>, { signal }: Deadline): Promise<Value> {
  const { promise: settled, resolve, reject } = Promise.withResolvers<Value>();
  const abort = () => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  promise.then(resolve, reject);
  try {
    return await settled;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

// --- internal ---

/** Node fires a longer timer at once. */
const longestTimerMs = 2 ** 31 - 1;

function toCanceled(signal: AbortSignal | undefined): OattyError {
  return new OattyError('CANCELED', 'The request was canceled.', { cause: signal?.reason });
}

function toTimeout(timeoutMs: number): OattyError {
  return new OattyError('NETWORK_ERROR', `The API gave no complete answer within ${timeoutMs / 1_000} s.`, {
    suggestedAction: 'Raise the timeout, or check the API.',
    context: { kind: 'timeout', timeout_ms: timeoutMs },
  });
}
