/** A small authorization server on this machine: metadata, keys, and whatever token a test asks for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWTHeaderParameters, JWTPayload } from 'jose';

/** Claims that replace the good ones. */
type TestClaims = { readonly [Name in keyof JWTPayload]?: JWTPayload[Name] | undefined };

export interface TokenIssuer {
  readonly issuer: string;
  /** Paths that were fetched. */
  readonly fetched: string[];
  /** Answers by path; a test may replace them. */
  readonly answers: Map<string, unknown>;
  /** A good token for `audience`, but for what is said otherwise; `undefined` leaves a claim out. */
  token(audience: string, claims?: TestClaims, header?: Partial<JWTHeaderParameters>): Promise<string>;
  close(): Promise<void>;
}

const metadataPath = '/.well-known/oauth-authorization-server';
const keysPath = '/keys';

export async function startTokenIssuer(): Promise<TokenIssuer> {
  const answers = new Map<string, unknown>();
  const fetched: string[] = [];
  const server = createServer(({ url = '' }, response) => {
    fetched.push(url);
    const answer = answers.get(url);
    if (typeof answer === 'function') return void answer(response);
    response.writeHead(answer === undefined ? 404 : 200, { 'content-type': 'application/json' });
    response.end(typeof answer === 'string' ? answer : JSON.stringify(answer ?? {}));
  });
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  answers.set(metadataPath, { issuer, jwks_uri: issuer + keysPath });
  const keys = await publishKeys(answers, 'k1');
  return {
    issuer,
    fetched,
    answers,
    token: (audience, claims = {}, header = {}) => {
      const now = Math.floor(Date.now() / 1_000);
      const payload = {
        iss: issuer,
        sub: 'ann',
        aud: audience,
        iat: now,
        exp: now + 600,
        scope: 'oatty:read',
        ...claims,
      };
      return new SignJWT(JSON.parse(JSON.stringify(payload)))
        .setProtectedHeader({ alg: 'ES256', kid: keys.kid, typ: 'at+jwt', ...header })
        .sign(keys.privateKey);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// --- internal ---

async function publishKeys(
  answers: Map<string, unknown>,
  kid: string,
): Promise<{ readonly kid: string; readonly privateKey: CryptoKey }> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  answers.set(keysPath, { keys: [{ ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' }] });
  return { kid, privateKey };
}
