/**
 * Fetches a text over http or https.
 *
 *   U1. Every hop is checked against the address rules, redirects included, and only http and https are followed.
 *   U2. One limit of time covers all hops and the body; one limit of bytes covers the body, announced or not, before
 *       and after decompression.
 *   U3. User name and password of the address go to its own host only and are never shown.
 */
import { request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { OattyError } from '@oatty/types';
import { checkHost, createLookup, isLinkLocalAddress, isPublicAddress } from './check-address.ts';
import { decodeText } from './decode-text.ts';
import { acceptedEncodings, compressionFailed, decompress, isBrokenCompression } from './decompress.ts';
import { limitExceeded } from './limits.ts';
import { displayLocation, sourceNotFound } from './source-location.ts';

export interface ReadUrlOptions {
  readonly allowPrivate: boolean;
  readonly maxBytes: number;
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
}

export interface FetchedText {
  readonly text: string;
  /** After redirects: what relative references are resolved against. */
  readonly url: URL;
}

const maxRedirects = 5;

/**
 * @throws {OattyError} `SOURCE_NOT_FOUND`, `HTTP_ERROR`, `NETWORK_ERROR`, `ADDRESS_NOT_ALLOWED`, `LIMIT_EXCEEDED`,
 *   `CANCELED`, `OPENAPI_SOURCE_PARSE_FAILED` for a body in a compression that cannot be read
 */
export async function readUrl(start: URL, options: ReadUrlOptions): Promise<FetchedText> {
  const timeout = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([options.signal, timeout]) : timeout;
  let url = start;
  try {
    for (let hop = 0; hop <= maxRedirects; hop++) {
      const response = await open(url, options.allowPrivate, signal);
      try {
        const next = redirectTarget(response, url);
        if (next === undefined) return await receive(response, url, options.maxBytes);
        url = next;
      } finally {
        response.destroy(); // nobody waits for the rest
      }
    }
  } catch (failure) {
    throw translate(failure, url, options);
  }
  throw networkError(start, `was redirected more than ${maxRedirects} times`);
}

// --- internal ---

function open(url: URL, allowPrivate: boolean, signal: AbortSignal): Promise<IncomingMessage> {
  const isAllowed = allowPrivate ? isNotLinkLocal : isPublicAddress;
  checkHost(url, isAllowed);
  const options: RequestOptions = {
    agent: false, // a pooled socket could have been opened to an address that was never checked
    headers: { accept: acceptHeader, 'accept-encoding': acceptedEncodings, 'user-agent': 'oatty' },
    signal,
    lookup: createLookup(isAllowed),
  };
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on('error', reject).end();
  });
}

function isNotLinkLocal(address: string): boolean {
  return !isLinkLocalAddress(address);
}

const acceptHeader =
  'application/vnd.oai.openapi+json, application/json, application/yaml, text/yaml, text/plain;q=0.8, */*;q=0.5';

function redirectTarget(response: IncomingMessage, from: URL): URL | undefined {
  const { statusCode = 0, headers } = response;
  if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return undefined;
  if (!URL.canParse(headers.location, from.href)) throw networkError(from, 'redirects to what is no address');
  const next = new URL(headers.location, from);
  if (next.protocol !== 'http:' && next.protocol !== 'https:') {
    throw new OattyError(
      'ADDRESS_NOT_ALLOWED',
      `"${displayLocation(from)}" redirects to a ${next.protocol} address.`,
    );
  }
  next.hash = '';
  return next;
}

async function receive(response: IncomingMessage, url: URL, maxBytes: number): Promise<FetchedText> {
  refuseStatus(response.statusCode ?? 0, url);
  const name = displayLocation(url);
  const announced = Number(response.headers['content-length'] ?? 0);
  if (announced > maxBytes) throw limitExceeded(name, 'maxBytes', maxBytes, announced);
  const chunks: Buffer[] = [];
  let size = 0;
  const body = await decompress(response, name);
  for await (const chunk of body as AsyncIterable<Buffer>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) throw limitExceeded(name, 'maxBytes', maxBytes);
  }
  if (!response.complete) throw networkError(url, 'ended in the middle');
  return { text: decodeText(Buffer.concat(chunks, size)), url };
}

function refuseStatus(status: number, url: URL): void {
  if (status >= 200 && status < 300) return;
  const name = displayLocation(url);
  if (status === 404 || status === 410) throw sourceNotFound(name);
  throw new OattyError('HTTP_ERROR', `"${name}" answered with status ${status}.`, {
    context: { source: name, status },
    retryable: status === 429 || status >= 500,
  });
}

function translate(failure: unknown, url: URL, options: ReadUrlOptions): unknown {
  if (failure instanceof OattyError) return failure;
  if (options.signal?.aborted === true) {
    return new OattyError('CANCELED', 'Fetching the description was canceled.', { cause: failure });
  }
  const isTimeout =
    failure instanceof Error && (failure.name === 'AbortError' || failure.name === 'TimeoutError');
  if (isTimeout) return networkError(url, `did not answer within ${options.timeoutMs} ms`, failure);
  if (isBrokenCompression(failure)) return compressionFailed(displayLocation(url), 'and broken');
  const code = failure instanceof Error && 'code' in failure ? ` (${String(failure.code)})` : '';
  return networkError(url, `could not be fetched${code}`, failure);
}

function networkError(url: URL, what: string, cause?: unknown): OattyError {
  const name = displayLocation(url);
  return new OattyError('NETWORK_ERROR', `"${name}" ${what}.`, { cause, context: { source: name } });
}
