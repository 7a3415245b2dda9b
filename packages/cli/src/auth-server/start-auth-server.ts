/**
 * An authorization server for trying things out with several users. Loaded only when it is started.
 *
 *   S1. It listens on this machine only, and is spoken to by the name that it was given only: a page that was rebound to
 *       our address still sends its own.
 *   S2. Keys, clients and tokens are new with each start.
 *   S3. Every authorization begins without a session: whoever logged in before is asked again who it is.
 */
import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey } from 'jose';
import { Provider } from 'oidc-provider';
import { listen, roleScopes } from '@oatty/mcp';
import { askPerson } from './ask-person.ts';
import type { DevUser } from './dev-users.ts';
import { pageHeaders, toErrorPage } from './pages.ts';
import type { ReadDocument } from './read-client-document.ts';
import {
  consentPath,
  signatureAlgorithm,
  toClaims,
  tokenSeconds,
  toProviderOptions,
} from './provider-options.ts';

export interface AuthServerOptions {
  readonly host: string;
  readonly port: number;
  /** The MCP endpoint that tokens are for. */
  readonly resource: string;
  readonly users: readonly DevUser[];
  readonly readDocument: ReadDocument;
}

export interface AuthServer {
  readonly issuer: string;
  /** A token with everything that the user may be given, as a client would have got it. */
  issueToken(user: DevUser): Promise<string>;
  close(): Promise<void>;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a port that is taken */
export async function startAuthServer(options: AuthServerOptions): Promise<AuthServer> {
  const { host, port, resource, users, readDocument } = options;
  const server = createServer();
  const name = await listen(server, host, port);
  const issuer = `http://${name}`;
  const { privateKey } = await generateKeyPair(signatureAlgorithm, { extractable: true });
  const kid = crypto.randomUUID();
  const provider = new Provider(
    issuer,
    toProviderOptions({
      resource,
      users,
      scopes: roleScopes.admin,
      signingKey: { ...(await exportJWK(privateKey)), kid, alg: signatureAlgorithm, use: 'sig' },
      readDocument,
    }),
  );
  const answer = provider.callback();
  const person = { provider, resource, users, scopesOf: ({ role }: DevUser) => roleScopes[role] };
  server.on('request', (request, response) => {
    if (!isForUs(request, response, name)) return;
    const path = request.url ?? '/';
    if (path.startsWith(consentPath)) {
      askPerson(request, response, person).catch(() => response.destroy()); // the browser has gone
      return;
    }
    if (/^\/auth(?:\?|$)/.test(path)) delete request.headers.cookie; // S3
    void answer(request, response);
  });
  return {
    issuer,
    issueToken: (user) => signToken(user, { issuer, resource, kid, privateKey }),
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

// --- internal ---

/** S1 */
function isForUs({ headers }: IncomingMessage, response: ServerResponse, name: string): boolean {
  if (headers.host === name) return true;
  response.writeHead(403, pageHeaders);
  response.end(toErrorPage(`This server is http://${name}.`));
  return false;
}

interface Signer {
  readonly issuer: string;
  readonly resource: string;
  readonly kid: string;
  readonly privateKey: CryptoKey;
}

function signToken(user: DevUser, { issuer, resource, kid, privateKey }: Signer): Promise<string> {
  return new SignJWT({ ...toClaims(user), scope: roleScopes[user.role].join(' '), client_id: 'terminal' })
    .setProtectedHeader({ alg: signatureAlgorithm, typ: 'at+jwt', kid })
    .setIssuer(issuer)
    .setAudience(resource)
    .setSubject(user.name)
    .setJti(crypto.randomUUID())
    .setIssuedAt()
    .setExpirationTime(`${tokenSeconds} s`)
    .sign(privateKey);
}
