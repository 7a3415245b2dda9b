/** Keys that come and go at the authorization server, with a hand-set clock. */
import { afterEach, describe, expect, it } from 'vitest';
import { createSigningKeys } from '../src/auth/signing-keys.ts';
import { createTokenVerifier } from '../src/auth/verify-token.ts';
import { startTokenIssuer } from './token-issuer.ts';

const audience = 'https://oatty.example.com/mcp';
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
});

describe('a signing key', () => {
  it('that was taken out is good for ten minutes at most', async () => {
    const { issuer, check, pass } = await anIssuer();
    const token = await issuer.token(audience);
    expect(await check(token)).toBe('good');
    issuer.removeKey('k1');
    pass(600_000 - 1);
    expect(await check(token)).toBe('good');
    pass(1);
    expect(await check(token)).toBe('AUTHENTICATION_REQUIRED');
  });

  it('that was taken out is gone as soon as a new one is seen', async () => {
    const { issuer, check, pass } = await anIssuer();
    const old = await issuer.token(audience);
    expect(await check(old)).toBe('good');
    await issuer.addKey('k2');
    issuer.removeKey('k1');
    pass(30_000);
    expect(await check(await issuer.token(audience))).toBe('good');
    expect(await check(old)).toBe('AUTHENTICATION_REQUIRED');
  });

  it('that is new is found without a restart, after half a minute at most', async () => {
    const { issuer, check, pass } = await anIssuer();
    expect(await check(await issuer.token(audience))).toBe('good');
    await issuer.addKey('k2');
    const token = await issuer.token(audience);
    pass(29_999);
    expect(await check(token)).toBe('AUTHENTICATION_REQUIRED');
    pass(1);
    expect(await check(token)).toBe('good');
  });

  it('is found where the metadata has moved it', async () => {
    const { issuer, check, pass } = await anIssuer();
    expect(await check(await issuer.token(audience))).toBe('good');
    await issuer.addKey('k2');
    issuer.answers.set('/new/keys', issuer.answers.get('/keys'));
    issuer.answers.delete('/keys');
    const metadata = { issuer: issuer.issuer, jwks_uri: `${issuer.issuer}/new/keys` };
    issuer.answers.set('/.well-known/oauth-authorization-server', metadata);
    pass(30_000);
    expect(await check(await issuer.token(audience))).toBe('good');
  });

  it('is good no more when the server is away for longer than it is kept', async () => {
    const { issuer, check, pass } = await anIssuer();
    const token = await issuer.token(audience);
    expect(await check(token)).toBe('good');
    issuer.answers.clear();
    pass(600_000);
    expect(await check(token)).toBe('NETWORK_ERROR');
  });
});

describe('a server that has failed', () => {
  it('is asked again after five seconds, and by one of all who wait', async () => {
    const { issuer, check, pass } = await anIssuer({ jwksUrl: '/keys' });
    const token = await issuer.token(audience);
    const keys = issuer.answers.get('/keys');
    issuer.answers.delete('/keys');
    expect(await check(token)).not.toBe('good');
    issuer.answers.set('/keys', keys);
    pass(4_999);
    expect(await check(token)).not.toBe('good');
    expect(issuer.fetched).toEqual(['/keys']);
    pass(1);
    expect(await Promise.all([check(token), check(token)])).toEqual(['good', 'good']);
    expect(issuer.fetched).toEqual(['/keys', '/keys']);
  });

  it('does no harm to keys that are known', async () => {
    const { issuer, check, pass } = await anIssuer();
    const token = await issuer.token(audience);
    expect(await check(token)).toBe('good');
    issuer.answers.clear();
    pass(30_000);
    expect(await check(await issuer.token(audience, {}, { kid: 'k9' }))).toBe('NETWORK_ERROR');
    expect(await check(token)).toBe('good');
  });
});

// --- internal ---

/** @param jwksUrl - a path of the issuer; else its metadata are asked */
async function anIssuer({ jwksUrl }: { readonly jwksUrl?: string } = {}) {
  const issuer = await startTokenIssuer();
  cleanups.push(() => issuer.close());
  let now = Date.now();
  const authentication = {
    issuer: issuer.issuer,
    ...(jwksUrl !== undefined && { jwksUrl: issuer.issuer + jwksUrl }),
  };
  const keys = createSigningKeys(authentication, () => now);
  const verify = createTokenVerifier({ ...authentication, audience }, keys, Date.now);
  return {
    issuer,
    /** Makes the keys older, and no token. */
    pass: (ms: number) => void (now += ms),
    check: (token: string) =>
      verify(token).then(
        () => 'good',
        (thrown: { readonly code: string }) => thrown.code,
      ),
  };
}
