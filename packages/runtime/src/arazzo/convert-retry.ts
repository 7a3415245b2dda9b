/**
 * The failure actions of a step → `retry`, and `repeat` where the criteria look into the body.
 *
 *   R1. Without an action a failure ends the run; so does `end`.
 *   R2. A condition on the body is polled: once without a retry action, else as often as that allows.
 *   R3. A step of which both the call and the body may fail tries a failed call again only where it changes nothing.
 */
import type { Effect, Repeat, Retry } from '@oatty/types';
import type { Findings } from './findings.ts';
import type { Shape } from './read-shape.ts';
import { listOf, shapeOf, textOf } from './read-shape.ts';
import { acceptedByAll, acceptedStatuses, toRetryStatuses } from './status-criterion.ts';

export interface RetryPlace {
  readonly path: string;
  readonly effect: Effect;
  /** What the body must be. */
  readonly until: string | undefined;
  readonly findings: Findings;
}

export interface ConvertedRetry {
  readonly retry?: Retry;
  readonly repeat?: Repeat;
}

export function convertFailureActions(actions: readonly Shape[], place: RetryPlace): ConvertedRetry {
  const { until, findings, effect } = place;
  const retries = actions.flatMap((action, index) => {
    const path = `${place.path}.onFailure[${index}]`;
    const retry = toRetry(action, path, findings);
    return retry === undefined ? [] : [retry];
  });
  const [first, second] = retries;
  if (second !== undefined) findings.refuse(second.path, 'arazzo_retry', 'A step has one way to try again.');
  const isPoll = first?.on?.length === 0; // an answer that came is asked for again, a failed call is not
  if (until !== undefined && first !== undefined && isPoll) {
    return { repeat: { until, every: first.delay, max_attempts: first.attempts } };
  }
  if (first !== undefined && isPoll) {
    findings.warn(first.path, 'arazzo_retry', 'No failure is tried again by these criteria.');
    return {};
  }
  if (until === undefined) return first === undefined ? {} : { retry: toManifest(first) };
  if (first === undefined) return { repeat: { until, max_attempts: 1 } };
  if (first.on !== undefined) return { repeat: { until, max_attempts: 1 }, retry: toManifest(first) };
  const repeat = { until, every: first.delay, max_attempts: first.attempts };
  if (effect === 'safe') return { repeat, retry: toManifest(first) };
  const message =
    'Only an answer that is not as it must be is asked for again; a failed call is not repeated.';
  findings.warn(first.path, 'arazzo_retry', message);
  return { repeat };
}

// --- internal ---

interface RetryAction {
  readonly path: string;
  readonly attempts: number;
  readonly delay: string;
  readonly delayMs: number;
  /** Absent: after any failure. */
  readonly on?: readonly (number | string)[];
}

const maxAttempts = 100;

function toRetry(action: Shape, path: string, findings: Findings): RetryAction | undefined {
  const type = textOf(action['type']);
  if (type === 'end') return undefined;
  if (type !== 'retry') {
    findings.refuse(
      path,
      'arazzo_goto',
      `A failure that leads to an action of type "${type ?? ''}" ends a run.`,
    );
    return undefined;
  }
  if (action['stepId'] !== undefined || action['workflowId'] !== undefined) {
    findings.refuse(path, 'arazzo_retry', 'Nothing else runs before a step is tried again.');
  }
  const wanted = 1 + Number(action['retryLimit'] ?? 1);
  if (wanted > maxAttempts)
    findings.warn(path, 'arazzo_retry', `A step is tried ${maxAttempts} times at most.`);
  const delayMs = Math.round(1_000 * Number(action['retryAfter'] ?? 0));
  const isNumber = Number.isInteger(wanted) && wanted >= 1 && Number.isSafeInteger(delayMs) && delayMs >= 0;
  if (!isNumber) findings.refuse(path, 'arazzo_retry', 'retryLimit and retryAfter must be numbers from 0.');
  const on = toStatuses(action, path, findings);
  return {
    path,
    attempts: Math.min(isNumber ? wanted : 1, maxAttempts),
    delay: `${isNumber ? delayMs : 0}ms`,
    delayMs,
    ...(on && { on }),
  };
}

function toStatuses(
  action: Shape,
  path: string,
  findings: Findings,
): readonly (number | string)[] | undefined {
  const criteria = listOf(action['criteria']);
  if (criteria.length === 0) return undefined;
  const sets = criteria.flatMap((entry, index) => {
    const accepted = acceptedStatuses(shapeOf(entry));
    if (accepted !== undefined) return [accepted];
    findings.refuse(
      `${path}.criteria[${index}]`,
      'arazzo_criterion',
      'Only a status decides what is tried again.',
    );
    return [];
  });
  return toRetryStatuses(acceptedByAll(sets) ?? new Set());
}

function toManifest({ attempts, delay, delayMs, on }: RetryAction): Retry {
  return {
    max_attempts: attempts,
    backoff: 'constant',
    delay,
    ...(delayMs > 60_000 && { max_delay: delay }),
    on: [...(on ?? ['4xx', '5xx', 'network', 'timeout'])],
  };
}
