/**
 * The outcome of some work, or the reason of the signal as soon as it aborts.
 *
 * Work that does not listen goes on by itself; nobody hears of its outcome any more.
 */
export async function settleOrAbort<Value>(work: Promise<Value>, signal: AbortSignal): Promise<Value> {
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = (): void => reject(signal.reason);
  if (signal.aborted) abort();
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([aborted, work]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}
