/** What a handler gets, what it gives, and the table that leads to it. */
import type { Shop } from '../state/shop.ts';
import type { Answer } from './answer.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/** The media types that request bodies come in. */
export type BodyKind = 'json' | 'form' | 'multipart' | 'text';

export interface Route {
  /** The `operationId` of the description. */
  readonly operationId: string;
  readonly method: Method;
  /** `/orders/{order}` */
  readonly path: string;
  /** Absent: the body is not read. */
  readonly body?: BodyKind;
  /** Answers without an API key. */
  readonly anonymous?: boolean;
  /** Neither in the description nor in the log of calls. */
  readonly unlisted?: boolean;
  readonly answer: (request: ShopRequest, shop: Shop) => Answer | Promise<Answer>;
}

export interface ShopRequest {
  readonly operationId: string;
  /** Path and query, as they came. */
  readonly url: URL;
  /** The value of the one path parameter with this name. */
  readonly param: (name: string) => string;
  /** A header; `undefined` when it is absent. */
  readonly header: (name: string) => string | undefined;
  /** JSON value, `FormData`, text, or `undefined`; as the route's `body` says. */
  readonly body: unknown;
  /** Aborted when the caller hangs up. */
  readonly signal: AbortSignal;
}

export type RouteMatch =
  | { readonly kind: 'found'; readonly route: Route; readonly params: ReadonlyMap<string, string> }
  | { readonly kind: 'wrong_method'; readonly allowed: readonly Method[] }
  | { readonly kind: 'unknown' };

export function matchRoute(routes: readonly Route[], method: string, pathname: string): RouteMatch {
  const allowed: Method[] = [];
  for (const route of routes) {
    const params = matchPath(route.path, pathname);
    if (params === undefined) continue;
    if (route.method === method) return { kind: 'found', route, params };
    allowed.push(route.method);
  }
  return allowed.length > 0 ? { kind: 'wrong_method', allowed } : { kind: 'unknown' };
}

// --- internal ---

function matchPath(template: string, pathname: string): ReadonlyMap<string, string> | undefined {
  const names = template.split('/');
  const values = pathname.split('/');
  if (names.length !== values.length) return undefined;
  const params = new Map<string, string>();
  for (const [index, name] of names.entries()) {
    const value = values[index] ?? '';
    if (!name.startsWith('{')) {
      if (name !== value) return undefined;
      continue;
    }
    const decoded = decode(value);
    if (decoded === undefined || decoded === '') return undefined;
    params.set(name.slice(1, -1), decoded);
  }
  return params;
}

/** @returns `undefined` for a broken percent escape */
function decode(value: string): string | undefined {
  try {
    return decodeURIComponent(value);
  } catch {
    return undefined;
  }
}
