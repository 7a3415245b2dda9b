/**
 * One request from start to end: find the route, check the key, read the body, answer, write.
 *
 *   R1. Whatever goes wrong is answered as problem+json.
 *   R2. Every call of a documented operation is in the log, from its arrival on.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { CallLog, RecordedCall } from './call-log.ts';
import type { Answer } from './http/answer.ts';
import { Problem } from './http/problem.ts';
import { readBody } from './http/read-body.ts';
import { matchRoute, type Route, type RouteMatch } from './http/route.ts';
import type { Shop } from './state/shop.ts';

export interface Service {
  readonly routes: readonly Route[];
  readonly shop: Shop;
  readonly calls: CallLog;
  readonly apiKey: string;
  readonly latencyMs: number;
}

export async function serveRequest(
  service: Service,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const hangUp = new AbortController();
  outgoing.on('close', () => hangUp.abort());
  const url = new URL(`http://shop${incoming.url ?? '/'}`);
  const match = matchRoute(service.routes, incoming.method ?? '', url.pathname);
  const isListed = match.kind === 'found' && match.route.unlisted !== true;
  const id = isListed ? service.calls.add(toCall(incoming, url, match.route)) : undefined;
  const answer = await answerSafely(service, { incoming, url, match, id, signal: hangUp.signal });
  const outcome = hangUp.signal.aborted ? ({ outcome: 'aborted' } as const) : toOutcome(answer);
  if (id !== undefined) service.calls.change(id, outcome);
  if (outcome.outcome === 'answered') write(outgoing, answer);
}

// --- internal ---

interface Call {
  readonly incoming: IncomingMessage;
  readonly url: URL;
  readonly match: RouteMatch;
  /** Its id in the log. */
  readonly id: number | undefined;
  readonly signal: AbortSignal;
}

async function answerSafely(service: Service, call: Call): Promise<Answer> {
  try {
    return await answer(service, call);
  } catch (thrown) {
    const problem = thrown instanceof Problem ? thrown : new Problem(500, 'The shop made a mistake.');
    const headers = { ...problem.headers, 'content-type': 'application/problem+json' };
    return { status: problem.status, headers, body: JSON.stringify(problem.toBody()) };
  }
}

async function answer(service: Service, { incoming, url, match, id, signal }: Call): Promise<Answer> {
  const { shop, calls, apiKey, latencyMs } = service;
  if (match.kind === 'unknown') throw new Problem(404, `There is nothing at ${url.pathname}.`);
  if (match.kind === 'wrong_method')
    throw new Problem(405, `${url.pathname} does not take ${incoming.method ?? ''}.`, {
      headers: { allow: match.allowed.join(', ') },
    });
  const { route, params } = match;
  if (latencyMs > 0) await wait(latencyMs, undefined, { signal });
  if (route.anonymous !== true && incoming.headers['x-api-key'] !== apiKey)
    throw new Problem(401, 'Send a valid API key as X-Api-Key.');
  const body = route.body === undefined ? undefined : await readBody(incoming, route.body);
  if (id !== undefined && !(body instanceof FormData)) calls.change(id, { body: body ?? null });
  return route.answer(
    {
      operationId: route.operationId,
      url,
      param: (name) => params.get(name) ?? '',
      header: (name) => readHeader(incoming, name),
      body,
      signal,
    },
    shop,
  );
}

function readHeader(incoming: IncomingMessage, name: string): string | undefined {
  const value = incoming.headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(', ') : value;
}

function toCall(incoming: IncomingMessage, url: URL, route: Route): RecordedCall {
  const names = Object.keys(incoming.headers).filter((name) => name !== 'x-api-key');
  return {
    operation_id: route.operationId,
    method: route.method,
    path: url.pathname,
    query: url.search,
    headers: Object.fromEntries(names.map((name) => [name, readHeader(incoming, name) ?? ''])),
    idempotency_key: readHeader(incoming, 'idempotency-key') ?? null,
    body: null,
    outcome: 'in_flight',
    status: null,
  };
}

function toOutcome({ status }: Answer): { readonly outcome: 'answered'; readonly status: number } {
  return { outcome: 'answered', status };
}

function write(outgoing: ServerResponse, { status, headers = {}, body }: Answer): void {
  if (body === undefined) {
    outgoing.writeHead(status, headers).end();
    return;
  }
  const isReady = headers['content-type'] !== undefined;
  const bytes = isReady ? toBytes(body) : Buffer.from(JSON.stringify(body));
  outgoing
    .writeHead(status, { 'content-type': 'application/json', ...headers, 'content-length': bytes.length })
    .end(bytes);
}

function toBytes(body: unknown): Buffer {
  return Buffer.isBuffer(body) ? body : Buffer.from(String(body));
}
