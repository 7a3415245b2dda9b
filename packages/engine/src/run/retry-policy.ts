/**
 * Whether a failed attempt is tried again, and after which delay. Pure.
 *
 *   P1. `max_attempts` counts the first attempt; without `retry` there is one.
 *   P2. A delay grows as `backoff` says, is spread by ±20 % and never passes `max_delay`.
 *   P3. What the server advises (`Retry-After`) wins over the delay, and never passes `max_delay` either.
 */
import type { OattyError, Retry } from '@oatty/types';
import { durationMs } from './duration-ms.ts';

export interface RetryPolicy {
  readonly maxAttempts: number;
  readonly backoff: 'constant' | 'linear' | 'exponential';
  readonly delayMs: number;
  readonly maxDelayMs: number;
  /** `429`, `5xx`, `network`, `timeout`. */
  readonly on: ReadonlySet<string>;
}

const once: RetryPolicy = {
  maxAttempts: 1,
  backoff: 'exponential',
  delayMs: 1_000,
  maxDelayMs: 60_000,
  on: new Set(['408', '429', '5xx', 'network', 'timeout']),
};

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` for something that is no duration */
export function toRetryPolicy(retry: Retry | null | undefined): RetryPolicy {
  if (retry === null || retry === undefined) return once;
  return {
    maxAttempts: retry.max_attempts,
    backoff: retry.backoff ?? once.backoff,
    delayMs: durationMs(retry.delay, 'retry.delay') ?? once.delayMs,
    maxDelayMs: durationMs(retry.max_delay, 'retry.max_delay') ?? once.maxDelayMs,
    on: retry.on ? new Set(retry.on.map((entry) => String(entry).toLowerCase())) : once.on,
  };
}

/**
 * @param attempt - the one that failed, counting from 1
 * @param fraction - chance, in [0, 1)
 * @returns milliseconds until the next attempt, or `undefined` when there is none
 */
export function nextDelayMs(
  policy: RetryPolicy,
  attempt: number,
  error: OattyError,
  fraction: number,
): number | undefined {
  if (attempt >= policy.maxAttempts || !isTriedAgain(policy, error)) return undefined;
  const advised = error.options.context?.['retry_after_ms'];
  if (typeof advised === 'number' && advised >= 0) return Math.min(advised, policy.maxDelayMs);
  const planned = Math.min(policy.delayMs * growth(policy, attempt), policy.maxDelayMs);
  return Math.min(Math.round(planned * (0.8 + 0.4 * fraction)), policy.maxDelayMs);
}

/** The HTTP status that an error tells of. */
export function statusOf(error: OattyError): number | undefined {
  const status = error.options.context?.['status'];
  return error.code === 'HTTP_ERROR' && typeof status === 'number' ? status : undefined;
}

// --- internal ---

function isTriedAgain({ on }: RetryPolicy, error: OattyError): boolean {
  const status = statusOf(error);
  if (status !== undefined) return on.has(String(status)) || on.has(`${Math.floor(status / 100)}xx`);
  const isTimeout = error.options.context?.['kind'] === 'timeout';
  if (error.code === 'STEP_TIMEOUT' || (error.code === 'NETWORK_ERROR' && isTimeout))
    return on.has('timeout');
  // A certificate that is not trusted now is not trusted in a second either.
  return error.code === 'NETWORK_ERROR' && error.retryable && on.has('network');
}

function growth({ backoff }: RetryPolicy, attempt: number): number {
  switch (backoff) {
    case 'constant':
      return 1;
    case 'linear':
      return attempt;
    case 'exponential':
      return 2 ** (attempt - 1);
  }
}
