import { describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import type { Retry } from '@oatty/types';
import { httpError, networkError } from '../testing/fake-api.ts';
import { nextDelayMs, toRetryPolicy } from './retry-policy.ts';

describe('whether a failure is tried again', () => {
  it.each<[string, Retry['on'], OattyError, boolean]>([
    ['408 by default', null, httpError(408), true],
    ['429 by default', null, httpError(429), true],
    ['500 by default', null, httpError(500), true],
    ['599 by default', null, httpError(599), true],
    ['the network by default', null, networkError(), true],
    ['a timeout of the step by default', null, new OattyError('STEP_TIMEOUT', ''), true],
    ['a timeout of the HTTP client by default', null, networkError('timeout'), true],
    ['no 404 by default', null, httpError(404), false],
    ['no wrong arguments', null, new OattyError('ARGUMENT_INVALID', ''), false],
    ['no broken answer', null, new OattyError('RESPONSE_INVALID', ''), false],
    ['a status as a number', [409], httpError(409), true],
    ['a status as text', ['409'], httpError(409), true],
    ['a class', ['4xx'], httpError(418), true],
    ['a class in capitals', ['4XX'], httpError(418), true],
    ['not what is left out', ['5xx'], httpError(429), false],
    ['not the network when it is left out', ['5xx'], networkError(), false],
    ['not a timeout when only the network is named', ['network'], networkError('timeout'), false],
    ['not the network when only a timeout is named', ['timeout'], networkError(), false],
  ])('%s', (_, on, error, isTried) => {
    const policy = toRetryPolicy({ max_attempts: 3, on });
    expect(nextDelayMs(policy, 1, error, 0.5) !== undefined).toBe(isTried);
  });

  it('never for an error of the network that stays, such as a certificate', () => {
    const error = new OattyError('NETWORK_ERROR', '', { retryable: false });
    expect(nextDelayMs(toRetryPolicy({ max_attempts: 3 }), 1, error, 0.5)).toBeUndefined();
  });

  it('only until max_attempts, which counts the first', () => {
    const policy = toRetryPolicy({ max_attempts: 3 });
    const tried = [1, 2, 3, 4].map(
      (attempt) => nextDelayMs(policy, attempt, httpError(503), 0.5) !== undefined,
    );
    expect(tried).toEqual([true, true, false, false]);
  });

  it('never without "retry"', () => {
    expect(nextDelayMs(toRetryPolicy(undefined), 1, httpError(503), 0.5)).toBeUndefined();
    expect(nextDelayMs(toRetryPolicy(null), 1, httpError(503), 0.5)).toBeUndefined();
  });
});

describe('the delay before the next attempt', () => {
  it.each<[Retry['backoff'], number[]]>([
    ['constant', [100, 100, 100, 100]],
    ['linear', [100, 200, 300, 350]],
    ['exponential', [100, 200, 350, 350]],
    [null, [100, 200, 350, 350]],
  ])('grows as backoff says: %s', (backoff, delays) => {
    const policy = toRetryPolicy({ max_attempts: 9, backoff, delay: '100ms', max_delay: '350ms' });
    expect([1, 2, 3, 4].map((attempt) => nextDelayMs(policy, attempt, httpError(503), 0.5))).toEqual(delays);
  });

  it('is one second at first, and one minute at most, when nothing is said', () => {
    const policy = toRetryPolicy({ max_attempts: 99 });
    expect(nextDelayMs(policy, 1, httpError(503), 0.5)).toBe(1_000);
    expect(nextDelayMs(policy, 50, httpError(503), 0.5)).toBe(60_000);
  });

  it('is spread by a fifth either way, within max_delay', () => {
    const policy = toRetryPolicy({ max_attempts: 9, backoff: 'constant', delay: '1s', max_delay: '1s' });
    const wider = toRetryPolicy({ max_attempts: 9, backoff: 'constant', delay: '1s', max_delay: '5s' });
    expect(nextDelayMs(policy, 1, httpError(503), 0)).toBe(800);
    expect(nextDelayMs(policy, 1, httpError(503), 0.999)).toBe(1_000);
    expect(nextDelayMs(wider, 1, httpError(503), 0.999)).toBe(1_200);
  });

  it('is what the server advises, shorter or longer, but at most max_delay', () => {
    const policy = toRetryPolicy({ max_attempts: 9, delay: '10s', max_delay: '30s' });
    const delays = [0, 2_000, 90_000].map((retry_after_ms) => {
      return nextDelayMs(policy, 1, httpError(429, { retry_after_ms }), 0.9);
    });
    expect(delays).toEqual([0, 2_000, 30_000]);
  });

  it('refuses a duration that is none', () => {
    expect(() => toRetryPolicy({ max_attempts: 2, delay: 'soon' })).toThrow(
      expect.objectContaining({ code: 'WORKFLOW_VALIDATION_FAILED' }),
    );
  });
});
