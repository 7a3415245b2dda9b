/** A small authorization server on this machine: metadata, keys, and whatever token a test asks for. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, JWK, JWTHeaderParameters, JWTPayload } from 'jose';

/** Claims that replace the good ones. */
type TestClaims = { readonly [Name in keyof JWTPayload]?: JWTPayload[Name] | undefined };

/** Parameters that replace the good ones. */
type TestHeader = { readonly [Name in keyof JWTHeaderParameters]?: JWTHeaderParameters[Name] | undefined };

export interface TokenIssuer {
  readonly issuer: string;
  /** Paths that were fetched. */
  readonly fetched: string[];
  /** Answers by path; a test may replace them. */
  readonly answers: Map<string, unknown>;
  /** Publishes a new key beside those that there are, and signs with it from now on. */
  addKey(kid: string): Promise<void>;
  /** Takes a key out of those that are published. */
  removeKey(kid: string): void;
  /** A good token for `audience`, but for what is said otherwise; `undefined` leaves a claim out. */
  token(audience: string, claims?: TestClaims, header?: TestHeader): Promise<string>;
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
  let key = await createKey('k1');
  const publish = (change: (keys: readonly JWK[]) => readonly JWK[]) => {
    const { keys } = (answers.get(keysPath) ?? { keys: [] }) as { readonly keys: readonly JWK[] };
    answers.set(keysPath, { keys: change(keys) });
  };
  publish(() => [key.published]);
  return {
    issuer,
    fetched,
    answers,
    async addKey(kid) {
      key = await createKey(kid);
      publish((keys) => [...keys, key.published]);
    },
    removeKey: (kid) => publish((keys) => keys.filter((other) => other.kid !== kid)),
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
        .setProtectedHeader(
          JSON.parse(JSON.stringify({ alg: 'ES256', kid: key.kid, typ: 'at+jwt', ...header })),
        )
        .sign(key.privateKey);
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// --- internal ---

interface SigningKey {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly published: JWK;
}

async function createKey(kid: string): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair('ES256');
  return { kid, privateKey, published: { ...(await exportJWK(publicKey)), kid, alg: 'ES256', use: 'sig' } };
}
