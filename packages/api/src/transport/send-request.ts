/**
 * Sends one request and follows its redirects. The body of the answer is still to be read.
 *
 * Nothing is ever sent twice: a request that fails has failed.
 */
import type { IncomingMessage } from 'node:http';
import type { Readable } from 'node:stream';
import { OattyError } from '@oatty/types';
import type { HttpMethod } from '@oatty/types';
import type { HttpLimits } from '../http-call.ts';
import type { AddressPolicy } from './address-policy.ts';
import { openConnection } from './connection-pool.ts';
import type { Deadline } from './deadline.ts';
import { toNetworkError } from './network-error.ts';
import { toBareHost } from './private-address.ts';
import { isRedirect, toRedirectedRequest } from './redirect.ts';

export interface OutgoingRequest {
  readonly method: HttpMethod;
  readonly url: URL;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: Uint8Array | undefined;
}

export interface IncomingResponse {
  readonly status: number;
  /** Lower-case names; a repeated header is joined with `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** Where the answer came from, after redirects. */
  readonly url: URL;
  /** As it came: still compressed. */
  readonly stream: Readable;
  readonly hasBody: boolean;
  readonly deadline: Deadline;
}

export interface Transport {
  readonly addressPolicy: AddressPolicy;
  readonly ownOrigins: ReadonlySet<string>;
  readonly limits: Pick<HttpLimits, 'maxHeaderBytes' | 'maxRedirects' | 'maxResponseBytes'>;
  readonly deadline: Deadline;
}

/** @throws {OattyError} `NETWORK_ERROR`, `ADDRESS_NOT_ALLOWED`, `RESPONSE_INVALID`, `LIMIT_EXCEEDED`, `CANCELED` */
export async function sendRequest(
  request: OutgoingRequest,
  transport: Transport,
  { refuseRedirect }: { readonly refuseRedirect?: (from: URL) => OattyError } = {},
): Promise<IncomingResponse> {
  const { maxRedirects } = transport.limits;
  let current = request;
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const response = await exchange(current, transport);
    if (!isRedirect(response)) return response;
    response.stream.destroy();
    if (refuseRedirect !== undefined) throw refuseRedirect(response.url);
    current = toRedirectedRequest(current, response, transport.ownOrigins);
  }
  throw new OattyError('LIMIT_EXCEEDED', `${request.url.host} redirects more than ${maxRedirects} times.`, {
    suggestedAction: 'Check the base URL of the catalog: it seems to redirect in a circle.',
    context: { limit: 'max_redirects', maximum: maxRedirects, host: request.url.host },
  });
}

// --- internal ---

async function exchange(request: OutgoingRequest, transport: Transport): Promise<IncomingResponse> {
  const { addressPolicy, deadline } = transport;
  const { url } = request;
  try {
    const isGuarded = await addressPolicy.isGuarded(url.hostname);
    const message = await transmit(request, transport, isGuarded);
    const status = message.statusCode ?? 0;
    const headers = toHeaders(message);
    const hasBody = request.method !== 'HEAD' && status !== 204 && status !== 304;
    return {
      status,
      headers,
      url,
      stream: message,
      hasBody: hasBody && headers['content-length'] !== '0',
      deadline,
    };
  } catch (thrown) {
    throw toNetworkError(thrown, url, deadline);
  }
}

async function transmit(
  request: OutgoingRequest,
  { limits, deadline }: Transport,
  isGuarded: boolean,
): Promise<IncomingMessage> {
  const { method, url, body } = request;
  deadline.signal.throwIfAborted();
  const connection = await openConnection(url, isGuarded);
  const { promise, resolve, reject } = Promise.withResolvers<IncomingMessage>();
  // The URL in parts and the signal by hand: what Node does with them is a third of the cost of a request.
  const outgoing = connection.request({
    protocol: url.protocol,
    hostname: toBareHost(url.hostname),
    port: url.port,
    path: url.pathname + url.search,
    agent: connection.agent,
    method,
    headers: toHeaderList(request),
    maxHeaderSize: limits.maxHeaderBytes,
  });
  const abort = () => outgoing.destroy(deadline.signal.reason as OattyError); // see `Deadline`
  // Nobody stops listening: the signal is this exchange's own, and what has ended cannot be destroyed.
  deadline.signal.addEventListener('abort', abort, { once: true });
  outgoing.once('response', resolve);
  outgoing.on('error', reject);
  outgoing.end(body);
  return promise;
}

/** As a list, which Node writes as it is: with an object it checks and keeps every header on its own first. */
function toHeaderList({ method, url, headers, body }: OutgoingRequest): readonly string[] {
  const list = ['host', url.host];
  for (const [name, value] of Object.entries(headers)) list.push(name, value);
  const length = body?.byteLength ?? (bodilessMethods.has(method) ? undefined : 0);
  if (length !== undefined) list.push('content-length', String(length));
  return list;
}

/** Requests that say nothing of a body when they have none. */
const bodilessMethods: ReadonlySet<HttpMethod> = new Set(['GET', 'HEAD', 'DELETE', 'OPTIONS', 'TRACE']);

function toHeaders({ rawHeaders }: IncomingMessage): Record<string, string> {
  const headers = Object.create(null) as Record<string, string>; // a header may be called `__proto__`
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    const name = rawHeaders[index]?.toLowerCase() ?? '';
    const value = rawHeaders[index + 1] ?? '';
    const before = headers[name];
    headers[name] = before === undefined ? value : `${before}, ${value}`;
  }
  return headers;
}
