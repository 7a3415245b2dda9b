/**
 * Which queue a run waits in, and how. Pure.
 *
 *   P1. What is asked for at the start wins over the manifest, each by itself.
 *   P2. The limits of a manifest are those of the queue that it names; in another queue they do not hold.
 *   P3. A key is a text; one that renders to nothing is no key.
 */
import { OattyError, parseDuration, queueNamePattern } from '@oatty/types';
import type { QueuePlace, Workflow, WorkflowQueue } from '@oatty/types';
import { renderValue } from '../expression/render-value.ts';

/** What is asked for at the start of a run. */
export interface QueueRequest {
  readonly name?: string;
  /** The greater goes first. */
  readonly priority?: number;
  readonly dedupKey?: string;
  /** The limits by which the run is judged when it is the first in line. */
  readonly concurrency?: number;
  readonly workerConcurrency?: number;
  /** `per`: `5m`, say, or milliseconds. */
  readonly rate?: { readonly limit: number; readonly per: string | number };
}

/**
 * @returns `undefined` for a run that waits in no queue
 * @throws {OattyError} `ARGUMENT_INVALID` for what is no name, priority, key or limit, and without a queue
 */
export function toQueuePlace(workflow: Workflow, request: QueueRequest = {}): QueuePlace | undefined {
  const declared = workflow.queue ?? undefined;
  const name = request.name ?? declared?.name;
  if (name === undefined) return refuseWithoutQueue(workflow, request);
  if (!queueNamePattern.test(name)) throw wrong(`"${name}" is no name of a queue.`, spelling);
  const priority = request.priority ?? declared?.priority ?? 0;
  if (!Number.isInteger(priority) || Math.abs(priority) > maxPriority) {
    throw wrong(`${priority} is no priority.`, `Use a whole number from -${maxPriority} to ${maxPriority}.`);
  }
  if (request.dedupKey !== undefined) refuseLongKey(request.dedupKey);
  return {
    name,
    priority,
    ...(declared?.name === name && toLimits(declared)),
    ...toLimits(checkLimits(request)),
    ...(request.dedupKey !== undefined && { dedup_key: request.dedupKey }),
  };
}

/**
 * The key of a run whose inputs are known.
 *
 * @throws {OattyError} `EXPRESSION_FAILED` when the manifest's key cannot be made of them, `ARGUMENT_INVALID` for a long one
 */
export function toDedupKey(
  { queue }: Workflow,
  inputs: Readonly<Record<string, unknown>>,
): string | undefined {
  const declared = queue?.dedup_key ?? undefined;
  if (declared === undefined) return undefined;
  const value = renderValue(declared, { inputs }) ?? '';
  const key = typeof value === 'string' ? value : JSON.stringify(value);
  if (key === '') return undefined;
  refuseLongKey(key);
  return key;
}

// --- internal ---

const maxPriority = 1000;
const maxKeyLength = 500;
const spelling = 'Use 1 to 64 characters of A-Z a-z 0-9 _ -.';

type DeclaredLimits = Pick<WorkflowQueue, 'concurrency' | 'worker_concurrency' | 'rate'>;

/** As strict as a manifest. */
function checkLimits({ concurrency, workerConcurrency, rate }: QueueRequest): DeclaredLimits {
  for (const count of [concurrency, workerConcurrency, rate?.limit]) {
    if (count === undefined || (Number.isSafeInteger(count) && count >= 1)) continue;
    throw wrong(`${count} is no limit of a queue.`, 'Use a whole number from 1.');
  }
  if (rate !== undefined && (parseDuration(rate.per) ?? 0) <= 0) {
    throw wrong(`"${rate.per}" is no time for a rate.`, 'Write 30s, 5m or 1h, for example.');
  }
  return { concurrency, worker_concurrency: workerConcurrency, rate };
}

function toLimits({ concurrency, worker_concurrency, rate }: DeclaredLimits) {
  const perMs = rate ? parseDuration(rate.per) : undefined;
  return {
    ...(typeof concurrency === 'number' && { concurrency }),
    ...(typeof worker_concurrency === 'number' && { worker_concurrency }),
    ...(rate && perMs !== undefined && { rate: { limit: rate.limit, per_ms: perMs } }),
  };
}

function refuseWithoutQueue({ workflow }: Workflow, request: QueueRequest): undefined {
  const { priority, dedupKey, concurrency, workerConcurrency, rate } = request;
  const asked = [priority, dedupKey, concurrency, workerConcurrency, rate];
  if (asked.every((part) => part === undefined)) return undefined;
  throw wrong(
    `Priority, key and limits are for runs that wait in a queue; workflow "${workflow}" names none.`,
    'Name a queue at the start, or add "queue: { name: … }" to the manifest.',
  );
}

function refuseLongKey(key: string): void {
  if (key === '') throw wrong('An empty text is no key.', 'Leave the key out, or give one.');
  if (key.length <= maxKeyLength) return;
  throw wrong(
    `The key of the queue has ${key.length} characters; ${maxKeyLength} are allowed.`,
    'Use an id.',
  );
}

function wrong(message: string, suggestedAction: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, { suggestedAction });
}
