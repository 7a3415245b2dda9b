/**
 * A redirect → the next request. Pure.
 *
 *   R1. Methods change as in the Fetch standard: 303 turns everything but GET and HEAD into GET; 301 and 302 turn POST
 *       into GET; 307 and 308 keep method and body.
 *   R2. To a host outside the catalog go neither credentials nor the catalog's headers, cookies or parameters, only
 *       what describes the answer that is wanted; and they do not come back on a later hop.
 *   R3. A request that changes something is never repeated outside the catalog.
 *   R4. A status without `Location` is an answer.
 */
import { OattyError } from '@oatty/types';
import { isOwnUrl } from '../request/base-url.ts';
import { isNeutralHeader } from './neutral-header.ts';
import type { OutgoingRequest } from './send-request.ts';

export interface RedirectResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
}

export function isRedirect({ status, headers }: RedirectResponse): boolean {
  return [301, 302, 303, 307, 308].includes(status) && headers['location'] !== undefined;
}

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` (R3), `RESPONSE_INVALID` for a location that is no http(s) address */
export function toRedirectedRequest(
  request: OutgoingRequest,
  { status, headers }: RedirectResponse,
  ownOrigins: ReadonlySet<string>,
): OutgoingRequest {
  const url = readLocation(headers['location'] ?? '', request.url);
  const isOwn = isOwnUrl(url, request.url, ownOrigins);
  const method = toMethod(request.method, status);
  if (!isOwn && !readingMethods.has(method)) throw toRefusal(request, url);
  const keepsBody = method === request.method && request.body !== undefined;
  if (!isOwn && keepsBody) throw toRefusal(request, url);
  const isKept = (name: string) => (isOwn ? keepsBody || !bodyHeaders.has(name) : isNeutralHeader(name));
  return {
    method,
    url,
    headers: Object.fromEntries(Object.entries(request.headers).filter(([name]) => isKept(name))),
    ...(keepsBody && { body: request.body }),
  };
}

// --- internal ---

const readingMethods = new Set(['GET', 'HEAD', 'OPTIONS']);
const bodyHeaders = new Set(['content-type', 'content-encoding', 'content-language', 'content-location']);

function readLocation(location: string, from: URL): URL {
  const url = URL.parse(location, from.href);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new OattyError(
      'RESPONSE_INVALID',
      `${from.host} redirects to something that is no http(s) address.`,
      {
        context: { host: from.host },
      },
    );
  }
  url.username = '';
  url.password = '';
  url.hash = '';
  return url;
}

function toMethod(method: OutgoingRequest['method'], status: number): OutgoingRequest['method'] {
  if (status === 303 && method !== 'HEAD') return 'GET';
  return (status === 301 || status === 302) && method === 'POST' ? 'GET' : method;
}

function toRefusal(request: OutgoingRequest, target: URL): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `${request.url.host} redirects a ${request.method} to ${target.host}, which is not one of the catalog's hosts.`,
    {
      suggestedAction: 'Set the base URL of the catalog to the host that it redirects to, if you trust it.',
      context: { host: request.url.host, redirect_host: target.host },
    },
  );
}
