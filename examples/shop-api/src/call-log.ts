/** What arrived, in order: tests read it to see what was called, how often and with which key. */

export interface RecordedCall {
  readonly operation_id: string;
  readonly method: string;
  readonly path: string;
  /** With the question mark; empty without a query. */
  readonly query: string;
  /** Lower-case names; the API key is left out. */
  readonly headers: Readonly<Record<string, string>>;
  readonly idempotency_key: string | null;
  /** JSON or text; `null` for forms and for calls without a body. */
  readonly body: unknown;
  readonly outcome: 'in_flight' | 'answered' | 'aborted';
  /** `null` until the call is answered. */
  readonly status: number | null;
}

export class CallLog {
  readonly #maxCalls: number;
  readonly #calls = new Map<number, RecordedCall>();
  #lastId = 0;

  /** @param maxCalls - the oldest calls are dropped beyond this number */
  constructor(maxCalls = 10_000) {
    this.#maxCalls = maxCalls;
  }

  /** @returns the id for `change` */
  add(call: RecordedCall): number {
    this.#lastId += 1;
    this.#calls.set(this.#lastId, call);
    const oldest = this.#lastId - this.#maxCalls;
    this.#calls.delete(oldest);
    return this.#lastId;
  }

  change(id: number, change: Partial<RecordedCall>): void {
    const call = this.#calls.get(id);
    if (call !== undefined) this.#calls.set(id, { ...call, ...change });
  }

  list(): RecordedCall[] {
    return [...this.#calls.values()];
  }

  clear(): void {
    this.#calls.clear();
  }
}
