/**
 * An access token → who calls.
 *
 *   V1. Signed with a key of the issuer, by an algorithm of the list: never `none`, never a shared secret.
 *   V2. Made by the issuer, for this server (RFC 8707), with an end, for a subject.
 *   V3. An access token: an ID token is none, and a token that is bound to a key of its holder is no bearer token.
 *   V4. What is wrong with a token is told without any part of it.
 *   V5. What people are called decides nothing; a name that is none is as good as absent.
 *   V6. A subject is a text that every store keeps as it is, so that no two of them ever become one.
 */
import { errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { OattyError } from '@oatty/types';
import { signatureAlgorithms } from './authentication.ts';
import type { Authentication, Identity, TokenType } from './authentication.ts';

export type VerifyToken = (token: string) => Promise<Identity>;

/**
 * @param now - milliseconds since 1970
 * @returns a check that throws `AUTHENTICATION_REQUIRED` for a bad token, and `NETWORK_ERROR` without the keys
 */
export function createTokenVerifier(
  authentication: Authentication & { readonly audience: string },
  keys: JWTVerifyGetKey,
  now: () => number,
): VerifyToken {
  const { issuer, audience, algorithms, tokenType = 'at+jwt', clockSkewSeconds = 30 } = authentication;
  return async (token) => {
    try {
      const { payload, protectedHeader } = await jwtVerify(token, keys, {
        issuer,
        audience,
        algorithms: [...(algorithms ?? signatureAlgorithms)],
        clockTolerance: clockSkewSeconds,
        requiredClaims: ['exp', 'sub'],
        currentDate: new Date(now()),
      });
      requireAccessToken(protectedHeader.typ, tokenType);
      requireBearer(payload);
      return toIdentity(payload, issuer);
    } catch (thrown) {
      throw toRefusal(thrown);
    }
  };
}

export function badToken(reason: string, cause?: unknown): OattyError {
  return new OattyError('AUTHENTICATION_REQUIRED', `The access token ${reason}.`, { cause });
}

// --- internal ---

function requireAccessToken(type: string | undefined, expected: TokenType): void {
  const given = (type ?? '').toLowerCase().replace(/^application\//, '');
  if (given === 'at+jwt' || (expected === 'jwt' && (given === '' || given === 'jwt'))) return;
  throw badToken('is not of the type at+jwt');
}

function requireBearer({ cnf }: JWTPayload): void {
  if (cnf !== undefined) throw badToken('is bound to a key, and cannot be used as a bearer token');
}

function toIdentity(payload: JWTPayload, issuer: string): Identity {
  const { sub } = payload;
  if (typeof sub !== 'string' || sub === '') throw badToken('has no subject');
  if (!isKeptAsItIs(sub)) throw badToken('has a subject that is too long, or no plain text');
  const { name = payload['preferred_username'], email } = payload;
  return {
    principal: `${issuer}#${sub}`,
    scopes: readScopes(payload),
    ...(isShortText(name) && { name }),
    ...(isShortText(email) && { email }),
  };
}

/** V6 */
function isKeptAsItIs(subject: string): boolean {
  return subject.length <= maxSubjectLength && subject.isWellFormed() && !/\p{Cc}/u.test(subject);
}

/** OpenID Connect allows 255; some servers write whole addresses. */
const maxSubjectLength = 1_000;

/** V5 */
function isShortText(claim: unknown): claim is string {
  return typeof claim === 'string' && /^[^\p{Cc}]{1,255}$/u.test(claim);
}

/** `scope` is a text (RFC 9068); some servers write `scp`, as a text or a list. */
function readScopes({ scope, scp }: JWTPayload): string[] {
  const given = [scope, scp].flat();
  return given
    .flatMap((part) => (typeof part === 'string' ? part.split(' ') : []))
    .filter((part) => part !== '');
}

function toRefusal(thrown: unknown): OattyError {
  if (thrown instanceof OattyError) return thrown;
  if (thrown instanceof errors.JWTExpired) return badToken('has expired', thrown);
  if (thrown instanceof errors.JWTClaimValidationFailed) {
    const what = thrown.claim === 'nbf' ? 'is not valid yet' : `does not fit in "${thrown.claim}"`;
    return badToken(what, thrown);
  }
  if (thrown instanceof errors.JOSEAlgNotAllowed)
    return badToken('is signed by an algorithm that does not count', thrown);
  if (thrown instanceof errors.JWKSNoMatchingKey) return badToken('is signed with an unknown key', thrown);
  return badToken('is no valid JWT of the issuer', thrown);
}
