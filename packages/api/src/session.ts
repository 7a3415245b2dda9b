/** What is the same for every page of one call. */
import type { HttpExecution } from '@oatty/types';
import { createLiveCredentials } from './auth/live-credentials.ts';
import type { LiveCredentials } from './auth/live-credentials.ts';
import { requestToken } from './auth/request-token.ts';
import { createTokenCache } from './auth/token-cache.ts';
import { withDefaultLimits } from './http-call.ts';
import type { HttpCall, HttpLimits } from './http-call.ts';
import { listOwnOrigins } from './request/base-url.ts';
import { toHttpExecution } from './request/build-request.ts';
import { createAddressPolicy } from './transport/address-policy.ts';
import type { AddressPolicy } from './transport/address-policy.ts';
import { withDeadline } from './transport/deadline.ts';

export interface Session {
  readonly call: HttpCall;
  readonly execution: HttpExecution;
  readonly limits: HttpLimits;
  readonly timeoutMs: number;
  readonly addressPolicy: AddressPolicy;
  /** Origins that may get credentials. */
  readonly ownOrigins: ReadonlySet<string>;
  readonly credentials: LiveCredentials;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

export function openSession(call: HttpCall): Session {
  const { entry, timeoutMs = defaultTimeoutMs, now = Date.now } = call;
  const execution = toHttpExecution(call.command);
  const limits = withDefaultLimits(call.limits);
  const addressPolicy = createAddressPolicy(entry);
  const credentials = createLiveCredentials({
    entry,
    secrets: call.secrets ?? new Set(),
    resolveReference: call.resolveReference,
    tokenCache: call.tokenCache ?? createTokenCache(),
    now,
    // Other calls may wait for the same token, so this call's signal does not end the request for it.
    requestToken: (grant, secrets) =>
      withDeadline(timeoutMs, undefined, (deadline) =>
        requestToken(grant, { addressPolicy, ownOrigins: new Set(), limits, deadline }, secrets, now),
      ),
  });
  const ownOrigins = listOwnOrigins(entry, execution);
  return { call, execution, limits, timeoutMs, addressPolicy, ownOrigins, credentials, now };
}

// --- internal ---

const defaultTimeoutMs = 30_000;
