/** An answer that says what went wrong, as RFC 9457 writes it. */
import { STATUS_CODES } from 'node:http';

export interface FieldError {
  /** `items[0].quantity`, or the name of a parameter. */
  readonly field: string;
  readonly message: string;
}

interface ProblemOptions {
  readonly errors?: readonly FieldError[];
  readonly headers?: Readonly<Record<string, string>>;
}

/** Thrown by a handler; the server writes it as `application/problem+json`. */
export class Problem extends Error {
  readonly status: number;
  readonly errors: readonly FieldError[] | undefined;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, detail: string, options: ProblemOptions = {}) {
    super(detail);
    this.status = status;
    this.errors = options.errors;
    this.headers = options.headers ?? {};
  }

  toBody(): Readonly<Record<string, unknown>> {
    const title = STATUS_CODES[this.status] ?? 'Problem';
    const errors = this.errors === undefined ? {} : { errors: this.errors };
    return { type: 'about:blank', title, status: this.status, detail: this.message, ...errors };
  }
}

/** The record that the path names, or 404. */
export function mustFind<T>(records: ReadonlyMap<string, T>, kind: string, id: string): T {
  const record = records.get(id);
  if (record === undefined) throw new Problem(404, `There is no ${kind} "${id}".`);
  return record;
}

/** The record that a field of the body names, or 400. */
export function mustRefer<T>(records: ReadonlyMap<string, T>, field: string, id: string): T {
  const record = records.get(id);
  if (record !== undefined) return record;
  const errors = [{ field, message: 'does not exist' }];
  throw new Problem(400, `There is no ${field} "${id}".`, { errors });
}
