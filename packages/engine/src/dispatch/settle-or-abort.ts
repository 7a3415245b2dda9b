/**
 * The outcome of some work, or the reason of the signal as soon as it aborts.
 *
 * Work that does not listen goes on by itself; nobody hears of its outcome any more.
 */
export async function settleOrAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise, resolve, reject } = Promise.withResolvers<Value>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  work.then(resolve, reject);
  try {
    return await promise;
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
