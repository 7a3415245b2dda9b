/**
 * What a client keeps between two calls of one request, signed so that it comes back as it went.
 *
 *   S1. A state holds for one principal and one request, arguments included, and for an hour.
 *   S2. It has the answers so far and says what was asked, so that any process can go on.
 *   S3. Whatever does not verify is refused, with the same words for each reason.
 */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { OattyError } from '@oatty/types';
import * as z from 'zod';

export interface RequestState {
  /** Fingerprint of principal, method and parameters. */
  readonly request: string;
  /** Key → fingerprint of what was asked. */
  readonly asked: Readonly<Record<string, string>>;
  readonly answers: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const lifeMs = 3_600_000;

export function signState(state: RequestState, key: Buffer, nowMs: number): string {
  const body = Buffer.from(JSON.stringify({ ...state, until: nowMs + lifeMs })).toString('base64url');
  return `${body}.${sign(body, key).toString('base64url')}`;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function verifyState(text: string, request: string, key: Buffer, nowMs: number): RequestState {
  const [body = '', signature = '', ...rest] = text.split('.');
  const given = Buffer.from(signature, 'base64url');
  const expected = sign(body, key);
  const isOurs = rest.length === 0 && given.length === expected.length && timingSafeEqual(given, expected);
  if (!isOurs || given.toString('base64url') !== signature) throw notOurs();
  const state = signedState.parse(JSON.parse(Buffer.from(body, 'base64url').toString()));
  if (state.request !== request || state.until <= nowMs) throw notOurs();
  return state;
}

/** Of JSON, whatever the order of its keys. */
export function fingerprint(value: unknown): string {
  return createHash('sha256').update(toCanonicalJson(value)).digest('base64url');
}

// --- internal ---

const signedState = z.object({
  request: z.string(),
  asked: z.record(z.string(), z.string()),
  answers: z.record(z.string(), z.record(z.string(), z.unknown())),
  until: z.number(),
});

function sign(body: string, key: Buffer): Buffer {
  return createHmac('sha256', key).update(body).digest();
}

function toCanonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) => {
    if (typeof part !== 'object' || part === null || Array.isArray(part)) return part;
    return Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

function notOurs(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'The requestState is not valid for this request, or too old.', {
    suggestedAction: 'Call again without requestState and inputResponses.',
  });
}
