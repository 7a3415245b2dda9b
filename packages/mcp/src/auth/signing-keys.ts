/**
 * The keys of the authorization server: found by its metadata, fetched when needed, kept for a while.
 *
 *   K1. What the operator wrote may be on any network; another host that only the metadata names must be public.
 *   K2. Everything is fetched over https, but from this machine itself.
 *   K3. Each answer is bounded in time and size. A server that cannot be reached is asked again after some seconds, not
 *       at every request; keys are read again for a key that is not known, at most every 30 seconds.
 */
import { createRemoteJWKSet, customFetch, errors } from 'jose';
import type { JWTVerifyGetKey } from 'jose';
import { readUrl } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Authentication } from './authentication.ts';
import { isLoopbackUrl } from '../transports/refuse-foreign.ts';

const timeoutMs = 5_000;
const maxBytes = 512 * 1024;
/** After a failure, that long nobody asks again. */
const pauseMs = 5_000;

/** @param now - milliseconds since 1970 */
export function createSigningKeys(
  { issuer, jwksUrl }: Pick<Authentication, 'issuer' | 'jwksUrl'>,
  now: () => number,
): JWTVerifyGetKey {
  const trustedHosts = [issuer, ...(jwksUrl === undefined ? [] : [jwksUrl])].map(
    (url) => new URL(url).hostname,
  );
  const read = (url: URL) => readTrusted(url, trustedHosts);
  const findKeys = retryLater(async () => {
    const url = jwksUrl ?? (await discoverJwksUrl(issuer, read));
    const keys = createRemoteJWKSet(requireSecure(url), {
      timeoutDuration: timeoutMs,
      [customFetch]: async (address) => new Response(await read(new URL(address))),
    });
    await keys.reload().catch((thrown: unknown) => Promise.reject(toKeysError(thrown)));
    return keys;
  }, now);
  return async (header, token) => {
    const keys = await findKeys();
    try {
      return await keys(header, token);
    } catch (thrown) {
      throw isAboutToken(thrown) ? thrown : toKeysError(thrown);
    }
  };
}

// --- internal ---

async function readTrusted(url: URL, trustedHosts: readonly string[]): Promise<string> {
  const allowPrivate = trustedHosts.includes(url.hostname);
  const { text } = await readUrl(requireSecure(url.href), { allowPrivate, maxBytes, timeoutMs });
  return text;
}

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` for what anybody on the way could change */
function requireSecure(text: string): URL {
  const url = URL.parse(text);
  if (url?.protocol === 'https:' || (url !== null && isLoopbackUrl(url))) return url;
  throw new OattyError('ADDRESS_NOT_ALLOWED', `"${text}" is no https address.`, {
    suggestedAction: 'Use https; http is for this machine only.',
    context: { url: text },
  });
}

/** By RFC 8414, then by OpenID Connect, which puts the path of the issuer elsewhere. */
async function discoverJwksUrl(issuer: string, read: (url: URL) => Promise<string>): Promise<string> {
  const failures: OattyError[] = [];
  for (const url of metadataUrls(issuer)) {
    try {
      return readJwksUrl(await read(url), issuer, url);
    } catch (thrown) {
      failures.push(OattyError.from(thrown));
    }
  }
  const [first] = failures;
  throw new OattyError('NETWORK_ERROR', `The metadata of the issuer "${issuer}" could not be read.`, {
    suggestedAction: 'Check the issuer, or name the address of its keys.',
    context: { issuer, ...(first && { reason: first.message }) },
    cause: first,
  });
}

function metadataUrls(issuer: string): URL[] {
  const { origin, pathname } = new URL(issuer);
  const path = pathname.replace(/\/$/, '');
  const places = [
    `/.well-known/oauth-authorization-server${path}`,
    `/.well-known/openid-configuration${path}`,
    `${path}/.well-known/openid-configuration`,
  ];
  return [...new Set(places)].map((place) => new URL(place, origin));
}

/** RFC 8414 §3.3: metadata of another issuer must not be used. */
function readJwksUrl(text: string, issuer: string, url: URL): string {
  const metadata = parseObject(text);
  if (metadata.issuer !== issuer) throw badMetadata(url, `is not of the issuer "${issuer}"`);
  if (typeof metadata.jwks_uri !== 'string') throw badMetadata(url, 'names no jwks_uri');
  return metadata.jwks_uri;
}

function parseObject(text: string): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : {};
  } catch {
    return {};
  }
}

function badMetadata(url: URL, what: string): OattyError {
  return new OattyError('RESPONSE_INVALID', `The metadata at "${url.href}" ${what}.`);
}

/** The keys are there, and none of them is meant. */
function isAboutToken(thrown: unknown): boolean {
  return (
    thrown instanceof errors.JWKSNoMatchingKey ||
    thrown instanceof errors.JWKSMultipleMatchingKeys ||
    thrown instanceof errors.JOSENotSupported
  );
}

function toKeysError(thrown: unknown): OattyError {
  if (thrown instanceof OattyError) return thrown;
  return new OattyError('RESPONSE_INVALID', 'The authorization server gave no set of keys.', {
    suggestedAction: 'Check the issuer, or the address of its keys.',
    cause: thrown,
  });
}

/** What has failed is not tried again for some seconds, and what has worked never. */
function retryLater<Value>(find: () => Promise<Value>, now: () => number): () => Promise<Value> {
  let found: Promise<Value> | undefined;
  let failedAt: number | undefined;
  return () => {
    if (found !== undefined && (failedAt === undefined || now() - failedAt < pauseMs)) return found;
    failedAt = undefined;
    found = find();
    found.catch(() => (failedAt = now()));
    return found;
  };
}
