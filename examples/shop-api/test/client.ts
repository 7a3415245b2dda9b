/** A small client of the shop for tests: one call, JSON in and out, with the key that the server expects by default. */
import type { ShopApi } from '../src/index.ts';

export interface Reply<T> {
  readonly status: number;
  readonly headers: Headers;
  /** Parsed JSON; `null` for an empty body. */
  readonly body: T;
}

export interface Page<T> {
  readonly items: readonly T[];
  readonly next_cursor: string | null;
  readonly has_more: boolean;
}

export interface Invalid {
  readonly errors: readonly { readonly field: string; readonly message: string }[];
}

/**
 * `T` is what the test expects in the body; nothing checks it.
 *
 * @example `call<Payment>(shop, 'POST /payments', { order: 'ord_1' })`
 */
export async function call<T>(
  shop: ShopApi,
  line: string,
  body?: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Reply<T>> {
  const [method = 'GET', path = '/'] = line.split(' ');
  const type: Record<string, string> = body === undefined ? {} : { 'content-type': 'application/json' };
  const content = body === undefined ? {} : { body: JSON.stringify(body) };
  const response = await fetch(`${shop.url}${path}`, {
    method,
    ...content,
    headers: { 'x-api-key': 'shop-test-key', ...type, ...headers },
  });
  const text = await response.text();
  return {
    status: response.status,
    headers: response.headers,
    body: (text === '' ? null : JSON.parse(text)) as T,
  };
}
