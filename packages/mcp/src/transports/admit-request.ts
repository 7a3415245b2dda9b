/**
 * What a request passes on its way to a session, in this order. Whoever is refused is told why, and nothing is done.
 *
 *   A1. Supervisors ask for the health of the process without any of this.
 *   A2. The page that it comes from, and the name that it was sent to.
 *   A3. Who calls: a good token, when there is authentication. Bad ones count against the address that they come from,
 *       good ones never do: many callers may come through one proxy.
 *   A4. How much the caller does: requests per second, answers at the same time.
 *   A5. Size and form of the body, which is not read for anybody before.
 *   A6. Whether the caller may do what is asked for.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import type { Authenticator } from '../auth/authenticate.ts';
import type { Identity } from '../auth/authentication.ts';
import { localCaller } from '../create-server.ts';
import { allowOrigin, answerPreflight, isPreflight } from './cross-origin.ts';
import type { Health } from './health.ts';
import type { HttpLimits } from './http-limits.ts';
import { HttpRefusal } from './http-refusal.ts';
import type { HttpCall } from './http-call.ts';
import type { OpenCalls } from './open-calls.ts';
import type { RateLimiter } from './rate-limiter.ts';
import { readMessages } from './read-messages.ts';
import { refuseForeign } from './refuse-foreign.ts';
import type { AllowedNames } from './refuse-foreign.ts';

export const endpoint = '/mcp';

export interface Gate extends AllowedNames {
  readonly limits: HttpLimits;
  readonly health: Health;
  readonly rate: RateLimiter;
  readonly calls: OpenCalls;
  /** Absent where everybody is the user of this machine. */
  readonly protection: Protection | undefined;
  answer(call: HttpCall): Promise<void>;
}

export interface Protection extends Authenticator {
  /** Tells clients where tokens come from; gives whether this was asked for. */
  answerMetadata(request: IncomingMessage, response: ServerResponse): boolean;
}

/** @throws {HttpRefusal} or an `OattyError` whose code says which status it has */
export async function admitRequest(
  request: IncomingMessage,
  response: ServerResponse,
  gate: Gate,
): Promise<void> {
  if (await gate.health.answer(request, response)) return;
  refuseForeign(request.headers, gate);
  allowOrigin(request, response, gate.origins);
  if (isPreflight(request)) return answerPreflight(response);
  if (gate.protection?.answerMetadata(request, response)) return;
  if (pathOf(request) !== endpoint) throw notHere(request);
  if (gate.health.isDraining) throw closing();
  const identity = await identify(request, gate);
  admit(identity?.principal ?? addressOf(request), response, gate);
  const messages = await readBody(request, gate.limits);
  if (identity) gate.protection?.authorize(identity, messages);
  if (messages.length > 0 && !messages.some(isWaiting)) gate.calls.await(response);
  await gate.answer({ request, response, messages, ...toRequester(identity) });
}

// --- internal ---

async function identify(request: IncomingMessage, { protection, rate }: Gate): Promise<Identity | undefined> {
  try {
    return await protection?.identify(request);
  } catch (thrown) {
    const waitMs = rate.take(addressOf(request));
    throw waitMs === 0 ? thrown : tooFast(waitMs);
  }
}

function admit(caller: string, response: ServerResponse, { rate, calls, limits }: Gate): void {
  const waitMs = rate.take(caller);
  if (waitMs > 0) throw tooFast(waitMs);
  if (!calls.admit(caller, response)) throw tooMany(limits.maxConcurrentCalls);
}

async function readBody(request: IncomingMessage, { maxBodyBytes }: HttpLimits): Promise<JSONRPCMessage[]> {
  const hasJson =
    request.method === 'POST' && /^application\/json\b/i.test(request.headers['content-type'] ?? '');
  return hasJson ? readMessages(request, maxBodyBytes) : [];
}

/** Answered when something else happens: a run ends, a list changes. */
function isWaiting(message: JSONRPCMessage): boolean {
  return 'method' in message && ['tasks/result', 'subscriptions/listen'].includes(message.method);
}

function toRequester(identity: Identity | undefined): Pick<HttpCall, 'caller' | 'scopes'> {
  if (!identity) return { caller: localCaller };
  const { scopes, ...person } = identity;
  return { caller: { ...localCaller, ...person }, scopes };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  return url.split('?', 1)[0] ?? '';
}

function addressOf({ socket }: IncomingMessage): string {
  return `address ${socket.remoteAddress ?? ''}`;
}

function notHere({ url = '/' }: IncomingMessage): OattyError {
  return new OattyError('RESOURCE_NOT_FOUND', `There is nothing at "${url.slice(0, 200)}".`, {
    suggestedAction: `Connect to ${endpoint}.`,
  });
}

function closing(): HttpRefusal {
  const error = new OattyError('STATE_LOCKED', 'The server is closing.', {
    suggestedAction: 'Connect again in a few seconds; tasks and runs are kept.',
  });
  return new HttpRefusal(error, 503, { 'retry-after': '5', connection: 'close' });
}

function tooFast(waitMs: number): HttpRefusal {
  const error = new OattyError('LIMIT_EXCEEDED', 'There are more requests than one caller may send.', {
    suggestedAction: `Call again in ${waitMs} ms.`,
    retryable: true,
    context: { limit: 'requestsPerSecond', wait_ms: waitMs },
  });
  return new HttpRefusal(error, 429, { 'retry-after': String(Math.ceil(waitMs / 1_000)) });
}

function tooMany(maximum: number): HttpRefusal {
  const error = new OattyError('LIMIT_EXCEEDED', `One caller has at most ${maximum} open answers.`, {
    suggestedAction: 'Wait for an answer, or close a stream, then call again.',
    retryable: true,
    context: { limit: 'maxConcurrentCalls', maximum },
  });
  return new HttpRefusal(error, 429, { 'retry-after': '1' });
}
