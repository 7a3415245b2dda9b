/** What was sent through integrations, and what became of it. */
import type { ErrorPayload } from '@oatty/types';
import { all, sql } from '@oatty/types/sql';
import type { Row, Sql, Work } from '@oatty/types/sql';
import type { Made } from '../integrations/action.ts';
import { deleteOwn, fromOwn, insertOwn, updateOwn } from './own-rows.ts';

export interface Delivery {
  readonly delivery_key: string;
  readonly delivery_id: string;
  readonly integration: string;
  readonly action: string;
  readonly task_id: string | null;
  /** Of what was asked for; empty where the key alone says what it is. */
  readonly fingerprint: string;
  /** `sending` also when the process that sent is gone. */
  readonly status: 'sending' | 'sent' | 'failed' | 'unknown';
  /** Of one that was sent. */
  readonly made: Made | null;
  readonly created_at: string;
  /** Of the last attempts. */
  readonly started_at: string;
}

export interface Sender {
  readonly actor: string;
  readonly via: string;
  readonly run_id: string | null;
}

export interface KeptDelivery extends Delivery, Sender {
  readonly error: { readonly error_code: string; readonly message: string } | null;
  readonly finished_at: string | null;
}

export function* findDelivery(userId: string, key: string): Work<KeptDelivery | undefined> {
  const [found] = yield* selectDeliveries(userId, sql`AND delivery_key = ${key}`);
  return found;
}

/** @param rest - conditions, order and limit */
export function* selectDeliveries(userId: string, rest: Sql): Work<readonly KeptDelivery[]> {
  const rows = yield* all<DeliveryRow>(
    sql`SELECT delivery_key, delivery_id, integration, action, task_id, fingerprint, status, links, details, error,
      actor, via, run_id, created_at, started_at, finished_at ${fromOwn(userId, 'task_deliveries')} ${rest}`,
  );
  return rows.map(toDelivery);
}

/** Forgets the user's deliveries that are too old, but for those of a task: they keep it from being made again. */
export function* insertDelivery(userId: string, delivery: Delivery, sender: Sender): Work<void> {
  const { made, ...columns } = delivery;
  const oldest = new Date(Date.parse(delivery.created_at) - maxAgeDays * 86_400_000).toISOString();
  yield deleteOwn(userId, 'task_deliveries', sql`task_id IS NULL AND created_at < ${oldest}`);
  yield insertOwn(userId, 'task_deliveries', { ...columns, ...sender });
}

export function* startDeliveryAgain(userId: string, key: string, now: string): Work<void> {
  const again = { status: 'sending', error: null, started_at: now, finished_at: null };
  yield updateOwn(userId, 'task_deliveries', again, sql`delivery_key = ${key}`);
}

export type DeliveryEnd =
  | { readonly status: 'sent'; readonly made: Made }
  | { readonly status: 'failed' | 'unknown'; readonly error: Pick<ErrorPayload, 'error_code' | 'message'> };

export function* endDelivery(userId: string, key: string, end: DeliveryEnd, now: string): Work<void> {
  const outcome =
    end.status === 'sent'
      ? { links: JSON.stringify(end.made.links), details: JSON.stringify(end.made.details), error: null }
      : { error: JSON.stringify({ error_code: end.error.error_code, message: end.error.message }) };
  yield updateOwn(
    userId,
    'task_deliveries',
    { status: end.status, ...outcome, finished_at: now },
    sql`delivery_key = ${key}`,
  );
}

// --- internal ---

const maxAgeDays = 30;

interface DeliveryRow extends Row, Omit<KeptDelivery, 'made' | 'error'> {
  readonly links: string | null;
  readonly details: string | null;
  readonly error: string | null;
}

/** JSON was written by `endDelivery`. */
function toDelivery({ links, details, error, ...row }: DeliveryRow): KeptDelivery {
  return {
    ...row,
    made:
      links === null || details === null
        ? null
        : { links: JSON.parse(links) as Made['links'], details: JSON.parse(details) as Made['details'] },
    error: error === null ? null : (JSON.parse(error) as KeptDelivery['error']),
  };
}
