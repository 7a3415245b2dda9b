/**
 * Everything that the shop knows, in memory.
 *
 *   S1. Ids are counters (`ord_1`, `ord_2`, …), so the same calls give the same ids.
 *   S2. Records are replaced, never changed in place.
 */
import type { Answer } from '../http/answer.ts';
import type * as model from './model.ts';

/** How the shop behaves; see `ShopApiOptions` for the defaults. */
export interface ShopSettings {
  readonly paymentPolls: number;
  readonly flakyAttempts: number;
  readonly refusedNotifications: number;
  readonly retryAfterSeconds: number;
  readonly slowMs: number;
  readonly now: () => Date;
}

export class Shop {
  readonly settings: ShopSettings;
  readonly customers = new Map<string, model.Customer>();
  readonly orders = new Map<string, model.Order>();
  readonly payments = new Map<string, model.Payment>();
  readonly refunds = new Map<string, model.Refund>();
  readonly categories = new Map<string, model.Category>();
  readonly products = new Map<string, model.Product>();
  readonly images = new Map<string, model.ProductImage>();
  readonly stock = new Map<string, model.StockRow>();
  readonly reservations = new Map<string, model.Reservation>();
  readonly shipments = new Map<string, model.Shipment>();
  readonly notifications = new Map<string, model.Notification>();
  readonly subscriptions = new Map<string, model.Subscription>();

  /** Polls that a payment still answers with `processing`. */
  readonly pollsLeft = new Map<string, number>();
  /** Calls per key of `/flaky/{key}`. */
  readonly flakyCalls = new Map<string, number>();
  /** Answers already given, by operation and idempotency key. */
  readonly answers = new Map<string, { readonly fingerprint: string; readonly answer: Answer }>();
  notificationCalls = 0;

  readonly #counters = new Map<string, number>();

  constructor(settings: ShopSettings) {
    this.settings = settings;
  }

  /** @example `nextId('ord')` → `ord_8` */
  nextId(prefix: string): string {
    const count = (this.#counters.get(prefix) ?? 0) + 1;
    this.#counters.set(prefix, count);
    return `${prefix}_${count}`;
  }

  now(): string {
    return this.settings.now().toISOString();
  }
}
