/**
 * Carries out one action of an integration, once under one key.
 *
 *   D1. A row says what is being done before anything leaves, and what became of it afterwards.
 *   D2. What was done is not done again: its answer is given again.
 *   D3. What was not done may be tried again. Here that is at most twice, and not after 20 s, because somebody waits;
 *       in a run the retry policy of the step decides.
 *   D4. What may have been done (nobody knows, or a process ended meanwhile) is done again only where the other side
 *       recognises the key.
 *   D5. An action that a task has one of is done once for each task, whatever the run or the day.
 */
import { OattyError } from '@oatty/types';
import type { HandlerContext } from '@oatty/types';
import { createHash, randomUUID } from 'node:crypto';
import { digest } from '../list/cursor.ts';
import type { TasksPorts } from '../ports.ts';
import { createId } from '../rows/create-id.ts';
import { endDelivery, findDelivery, insertDelivery, startDeliveryAgain } from '../rows/delivery-rows.ts';
import type { Delivery, DeliveryEnd } from '../rows/delivery-rows.ts';
import { lockUser } from '../rows/user-rows.ts';
import type { Action, Made } from './action.ts';

export interface DeliveryRequest {
  readonly context: HandlerContext;
  readonly integration: string;
  readonly actionName: string;
  readonly action: Action;
  /** Parsed. */
  readonly data: unknown;
  readonly taskId: string | null;
  /** The caller's own. */
  readonly idempotencyKey: string | undefined;
}

export interface Delivered extends Made {
  readonly delivery_id: string;
  /** It was done before; this is what was answered then. */
  readonly repeated: boolean;
  readonly attempts: number;
}

/** @throws {OattyError} what the action throws; `OUTCOME_UNKNOWN` (D4), `TASK_CONFLICT` for a key of something else */
export async function deliver(ports: TasksPorts, request: DeliveryRequest): Promise<Delivered> {
  const { userId, delivery } = await begin(ports, request);
  const { delivery_id, made } = delivery;
  if (made !== null) return { ...made, delivery_id, repeated: true, attempts: 0 };
  const end = (outcome: DeliveryEnd) => writeEnd(ports, userId, delivery, outcome);
  const call = {
    key: toOutsideKey(userId, delivery),
    askedAt: new Date(delivery.created_at),
    context: request.context,
  };
  const { outcome, attempts } = await attempt(ports, request, () =>
    request.action.carryOut(request.data, call),
  );
  if (outcome instanceof OattyError) {
    const error = withFacts(outcome, { delivery_id, attempts, integration: request.integration });
    await end({
      status: error.code === 'OUTCOME_UNKNOWN' ? 'unknown' : 'failed',
      error: error.toPayload(),
    });
    throw error;
  }
  await end({ status: 'sent', made: outcome });
  return { ...outcome, delivery_id, repeated: false, attempts };
}

// --- internal ---

const maxAttempts = 3;
const waitsMs = [1_000, 4_000];
const lastStartMs = 20_000;

interface Begun {
  readonly userId: string;
  /** With what was made where it was sent before. */
  readonly delivery: Delivery;
}

/** D1, D2, D4 */
async function begin(ports: TasksPorts, request: DeliveryRequest): Promise<Begun> {
  const { context, action } = request;
  const database = await ports.database();
  return database.transact(function* () {
    const now = ports.clock.now();
    const { user_id: userId } = yield* lockUser(context.caller, now);
    const planned = toDelivery(request, now);
    const found = yield* findDelivery(userId, planned.delivery_key);
    if (found === undefined) {
      yield* insertDelivery(userId, planned, toSender(context));
      return { userId, delivery: planned };
    }
    if (found.fingerprint !== planned.fingerprint) throw toKeyConflict(request);
    if (found.status === 'sent') return { userId, delivery: found };
    if (found.status !== 'failed' && !action.isRepeatable) throw toUnknown(found);
    yield* startDeliveryAgain(userId, found.delivery_key, planned.started_at);
    return { userId, delivery: found };
  });
}

function toDelivery(request: DeliveryRequest, now: Date): Delivery {
  const { integration, actionName, taskId, data } = request;
  const key = toKey(request);
  return {
    delivery_key: key,
    delivery_id: createId(now),
    integration,
    action: actionName,
    task_id: taskId,
    fingerprint: key.startsWith('task:') ? '' : digest(integration, actionName, taskId, data),
    status: 'sending',
    made: null,
    created_at: now.toISOString(),
    started_at: now.toISOString(),
  };
}

/** What the caller says stands above what a task has one of (D5), and that above the step of a run. */
function toKey({
  idempotencyKey,
  action,
  integration,
  actionName,
  taskId,
  context,
}: DeliveryRequest): string {
  if (idempotencyKey !== undefined) return `given:${idempotencyKey}`;
  if (taskId !== null && action.isOncePerTask) return `task:${integration}:${actionName}:${taskId}`;
  if (context.idempotencyKey !== undefined) return `run:${context.idempotencyKey}`;
  return `call:${randomUUID()}`;
}

function toSender({ caller, runId }: HandlerContext) {
  return { actor: caller.principal, via: caller.via, run_id: runId ?? null };
}

function toOutsideKey(userId: string, { delivery_key }: Delivery): string {
  return createHash('sha256')
    .update(JSON.stringify([userId, delivery_key]))
    .digest('hex')
    .slice(0, 32);
}

/** D3 */
async function attempt(ports: TasksPorts, { context, action }: DeliveryRequest, once: () => Promise<Made>) {
  const startedAt = ports.clock.now().getTime();
  const mayRetry = context.runId === undefined;
  for (let attempts = 1; ; attempts++) {
    const outcome = await once().catch((thrown: unknown) => OattyError.from(thrown));
    if (!(outcome instanceof OattyError)) return { outcome, attempts };
    const isWorthIt = outcome.retryable || (outcome.code === 'OUTCOME_UNKNOWN' && action.isRepeatable);
    const waitMs = toWait(outcome, attempts);
    const startsInTime = ports.clock.now().getTime() + waitMs - startedAt <= lastStartMs;
    const goesOn = mayRetry && isWorthIt && attempts < maxAttempts && startsInTime;
    if (!goesOn || context.signal.aborted) return { outcome, attempts };
    try {
      await ports.clock.sleep(waitMs, context.signal);
    } catch {
      return { outcome, attempts };
    }
  }
}

/** What the other side advises wins. */
function toWait(error: OattyError, attempts: number): number {
  const advised = error.options.context?.['retry_after_ms'];
  return typeof advised === 'number' && advised >= 0 ? advised : (waitsMs[attempts - 1] ?? lastStartMs);
}

async function writeEnd(
  ports: TasksPorts,
  userId: string,
  { delivery_key }: Delivery,
  outcome: DeliveryEnd,
): Promise<void> {
  const database = await ports.database();
  await database.transact(() => endDelivery(userId, delivery_key, outcome, ports.clock.now().toISOString()));
}

function withFacts(error: OattyError, facts: Readonly<Record<string, unknown>>): OattyError {
  return new OattyError(error.code, error.message, {
    ...error.options,
    retryable: error.retryable,
    suggestedAction: error.suggestedAction,
    context: { ...error.options.context, ...facts },
    correlationId: error.correlationId,
  });
}

function toUnknown({ integration, action, delivery_id, status, started_at }: Delivery): OattyError {
  const what =
    status === 'sending'
      ? 'is being carried out, or was when its process ended'
      : 'was tried, and nobody knows whether it was carried out';
  return new OattyError(
    'OUTCOME_UNKNOWN',
    `"${action}" of ${integration} ${what}; it is not done again by itself.`,
    {
      suggestedAction:
        'Look there whether it was done, and say so with "tasks integrations:settle"; then call again.',
      context: { delivery_id, integration, started_at },
    },
  );
}

function toKeyConflict({ idempotencyKey }: DeliveryRequest): OattyError {
  return new OattyError('TASK_CONFLICT', 'Something else was asked for under this idempotency key.', {
    suggestedAction: 'Use a new key for a new request, and the same request with the same key.',
    ...(idempotencyKey !== undefined && { context: { idempotency_key: idempotencyKey } }),
  });
}
