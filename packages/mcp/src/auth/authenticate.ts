/**
 * The bearer token of a request → who calls, and whether the caller may do this.
 *
 *   B1. Every request is checked, whatever its session. Only the Authorization header counts, and there is one: a token
 *       in the address would stand in logs, and of two a proxy may have looked at the other.
 *   B2. The token is for this server. It is never handed on, and never written down.
 */
import type { IncomingMessage } from 'node:http';
import { OattyError } from '@oatty/types';
import type { Toolbox } from '../tools/toolbox.ts';
import { HttpRefusal } from '../transports/http-refusal.ts';
import type { Authentication, Identity } from './authentication.ts';
import { scopeInsufficient, tokenRefused } from './challenge.ts';
import { neededScopes } from './message-effect.ts';
import { toMetadataUrl } from './resource-metadata.ts';
import { areGranted } from './scopes.ts';
import { createSigningKeys } from './signing-keys.ts';
import { badToken, createTokenVerifier } from './verify-token.ts';

export interface Authenticator {
  /** @throws {HttpRefusal} 401 without a good token, 503 while the keys of the issuer cannot be read */
  identify(request: IncomingMessage): Promise<Identity>;
  /** @throws {HttpRefusal} 403 when the caller may not do what the messages ask for */
  authorize(identity: Identity, messages: readonly object[]): void;
}

export interface ProtectedResource {
  /** The address of the endpoint, as clients use it. */
  readonly resource: string;
  readonly tools: Pick<Toolbox, 'find'>;
}

/** @param now - milliseconds since 1970 */
export function createAuthenticator(
  authentication: Authentication,
  { resource, tools }: ProtectedResource,
  now: () => number,
): Authenticator {
  const keys = createSigningKeys(authentication, now);
  const verify = createTokenVerifier({ audience: resource, ...authentication }, keys, now);
  const metadataUrl = toMetadataUrl(resource);
  return {
    async identify(request) {
      try {
        return await verify(readToken(request));
      } catch (thrown) {
        throw toRefusal(thrown, metadataUrl);
      }
    },
    authorize({ scopes }, messages) {
      const needed = neededScopes(messages, tools);
      if (!areGranted(needed, scopes)) throw scopeInsufficient(needed, metadataUrl);
    },
  };
}

// --- internal ---

const maxTokenLength = 16_384;
const noToken = 'The request has no bearer token.';

function readToken({ url = '', headersDistinct }: IncomingMessage): string {
  if (/[?&]access_token=/i.test(url)) throw tokenInAddress();
  const [header = '', ...others] = headersDistinct['authorization'] ?? [];
  if (others.length > 0) throw severalTokens();
  const [, token] = /^bearer +(\S+) *$/i.exec(header) ?? [];
  if (token === undefined) throw new OattyError('AUTHENTICATION_REQUIRED', noToken);
  if (token.length > maxTokenLength) throw badToken('is too long');
  return token;
}

function toRefusal(thrown: unknown, metadataUrl: string): HttpRefusal {
  if (thrown instanceof HttpRefusal) return thrown;
  const error = OattyError.from(thrown);
  return error.code === 'AUTHENTICATION_REQUIRED'
    ? tokenRefused(error, error.message !== noToken, metadataUrl)
    : keysMissing(error);
}

function tokenInAddress(): HttpRefusal {
  const error = new OattyError('ARGUMENT_INVALID', 'An access token does not belong into the address.', {
    suggestedAction: 'Send it in the Authorization header, as "Bearer <token>". Have this one revoked.',
  });
  return new HttpRefusal(error, 400);
}

/** RFC 6750 §3.1 */
function severalTokens(): HttpRefusal {
  const error = new OattyError('ARGUMENT_INVALID', 'The request has more than one Authorization header.', {
    suggestedAction: 'Send one, as "Bearer <token>".',
  });
  return new HttpRefusal(error, 400);
}

/** Whose fault it is stands in the log: a caller can do nothing about it. */
function keysMissing(cause: OattyError): HttpRefusal {
  const error = new OattyError('NETWORK_ERROR', 'The authorization server cannot be reached.', {
    suggestedAction: 'Call again in a few seconds.',
    retryable: true,
    correlationId: cause.correlationId,
    cause,
  });
  return new HttpRefusal(error, 503, { 'retry-after': '5' });
}
