/** What is known when an API answers with a status of 400 or more. */
import { OattyError } from '@oatty/types';
import type { HttpMethod, OattyErrorOptions } from '@oatty/types';
import type { Redactor } from './redaction/redact.ts';
import { findApiMessage } from './response/api-message.ts';
import { decodeText, parseBody } from './response/parse-body.ts';
import { readFirstBytes } from './response/read-bytes.ts';
import { selectErrorHeaders } from './response/response-headers.ts';
import { parseRetryAfter } from './response/retry-after.ts';
import type { IncomingResponse } from './transport/send-request.ts';

/** `HTTP_ERROR`. Everything in it is redacted and bounded. */
export class UpstreamError extends OattyError {
  readonly status: number;
  /** Selected ones, lower-case names. */
  readonly headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or text. */
  readonly body: unknown;

  constructor(message: string, response: UpstreamResponse, options: OattyErrorOptions) {
    super('HTTP_ERROR', message, { ...options, responsePayload: response });
    this.status = response.status;
    this.headers = response.headers;
    this.body = response.body;
  }
}

export interface UpstreamResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
}

export interface UpstreamFacts {
  readonly method: HttpMethod;
  readonly redactor: Redactor;
  readonly now: number;
  readonly commandId?: string;
  /** Instead of the advice that fits the status. */
  readonly suggestedAction?: string | undefined;
}

/** Reads what the API says. A body that breaks off or is too large is shown as far as it came. */
export async function toUpstreamError(
  response: IncomingResponse,
  facts: UpstreamFacts,
): Promise<UpstreamError> {
  const { status, url } = response;
  const { method, redactor, commandId } = facts;
  const body = shorten(redactor.value(await readErrorBody(response)));
  const path = redactor.text(url.pathname);
  const apiMessage = findApiMessage(body);
  const retryAfterMs = parseRetryAfter(response.headers['retry-after'], facts.now);
  return new UpstreamError(
    `${method} ${path} answered ${status}${apiMessage === undefined ? '' : `: ${apiMessage}`}`,
    { status, headers: selectErrorHeaders(response.headers, redactor), body },
    {
      suggestedAction: facts.suggestedAction ?? toAdvice(status),
      retryable: isRetryable(status),
      context: {
        status,
        method,
        path,
        host: url.host,
        ...(retryAfterMs !== undefined && { retry_after_ms: retryAfterMs }),
      },
      ...(commandId !== undefined && { command: commandId }),
    },
  );
}

// --- internal ---

const maxErrorBytes = 16 * 1024;
const maxErrorDepth = 50;
const maxTextLength = 2_000;

async function readErrorBody(response: IncomingResponse): Promise<unknown> {
  const contentType = response.headers['content-type'];
  const bytes = await readFirstBytes(response, maxErrorBytes);
  const parsed = parseBody(bytes, { contentType, expectsJson: true, maxDepth: maxErrorDepth });
  if (parsed.kind === 'value') return parsed.value;
  if (parsed.kind === 'bytes') return `${bytes.byteLength} bytes of ${contentType ?? 'an unknown type'}`;
  return decodeText(bytes, contentType);
}

/** After redaction, so that no part of a secret is left at the end. */
function shorten(body: unknown): unknown {
  return typeof body === 'string' ? body.slice(0, maxTextLength) : body;
}

function isRetryable(status: number): boolean {
  return status === 408 || status === 425 || status === 429 || status >= 500;
}

function toAdvice(status: number): string {
  if (status === 401 || status === 403) return 'Check the credentials of the catalog and what they allow.';
  if (status === 404 || status === 410)
    return 'Check the ids in the arguments, and the base URL of the catalog.';
  if (status === 409 || status === 412) return 'Read the current state of the resource, then call again.';
  if (status === 429) return 'Wait as long as retry_after_ms says, then call again.';
  if (status >= 500) return 'Call again later: the API has failed.';
  return 'Read what the API says in response_payload, and correct the arguments.';
}
