/**
 * The keys of the authorization server: found by its metadata, fetched when needed, kept for a while.
 *
 *   K1. What the operator wrote may be on any network; another host that only the metadata names must be public.
 *   K2. Everything is fetched over https, but from this machine itself.
 *   K3. Each answer is bounded in time and size. How often there is one: `kept-keys.ts`.
 */
import { createLocalJWKSet, errors } from 'jose';
import type { JSONWebKeySet, JWTVerifyGetKey } from 'jose';
import { readUrl } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Authentication } from './authentication.ts';
import { isLoopbackUrl } from '../transports/refuse-foreign.ts';
import { keepKeys } from './kept-keys.ts';

const timeoutMs = 5_000;
const maxBytes = 512 * 1024;

/** @param now - milliseconds since 1970 */
export function createSigningKeys(
  { issuer, jwksUrl }: Pick<Authentication, 'issuer' | 'jwksUrl'>,
  now: () => number,
): JWTVerifyGetKey {
  const trustedHosts = [issuer, ...(jwksUrl === undefined ? [] : [jwksUrl])].map(
    (url) => new URL(url).hostname,
  );
  const read = (url: URL) => readTrusted(url, trustedHosts);
  const kept = keepKeys(async () => {
    const url = jwksUrl ?? (await discoverJwksUrl(issuer, read));
    return parseKeys(await read(requireSecure(url)));
  }, now);
  return async (header, token) => {
    const keys = await kept.get();
    try {
      return await keys(header, token);
    } catch (thrown) {
      if (!(thrown instanceof errors.JWKSNoMatchingKey)) throw isAboutToken(thrown) ? thrown : noKeys(thrown);
      const newer = await kept.getNewer(keys);
      return newer(header, token);
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

function parseKeys(text: string): JWTVerifyGetKey {
  try {
    return createLocalJWKSet(JSON.parse(text) as JSONWebKeySet); // which it checks
  } catch (thrown) {
    throw noKeys(thrown);
  }
}

/** The keys are there, and more than one of them or none that can be used is meant. */
function isAboutToken(thrown: unknown): boolean {
  return thrown instanceof errors.JWKSMultipleMatchingKeys || thrown instanceof errors.JOSENotSupported;
}

function noKeys(cause: unknown): OattyError {
  return new OattyError('RESPONSE_INVALID', 'The authorization server gave no set of keys.', {
    suggestedAction: 'Check the issuer, or the address of its keys.',
    cause,
  });
}
