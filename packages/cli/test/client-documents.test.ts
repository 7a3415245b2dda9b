/** Clients whose id is the address of a document about them, at the authorization server for development. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { followPages } from '../../../test/e2e/follow-pages.ts';
import { readClientDocument } from '../src/auth-server/read-client-document.ts';
import { startAuthServer } from '../src/auth-server/start-auth-server.ts';
import type { AuthServer } from '../src/auth-server/start-auth-server.ts';

const resource = 'http://127.0.0.1:9/mcp';
const callback = 'http://127.0.0.1:9/callback';
const clientId = 'https://desk.example/oauth/client.json';
/** By address. */
const documents = new Map<string, object>();
let server: AuthServer;

beforeAll(async () => {
  server = await startAuthServer({
    host: '127.0.0.1',
    port: 0,
    resource,
    users: [{ name: 'alice', role: 'member' }],
    async readDocument({ href }) {
      const document = documents.get(href);
      if (document === undefined) throw new TypeError('It is not there.');
      return JSON.stringify(document);
    },
  });
});

afterAll(() => server.close());

describe('a client that names a document as its id', () => {
  it('is told that this is possible', async () => {
    const response = await fetch(`${server.issuer}/.well-known/oauth-authorization-server`);
    expect(await response.json()).toMatchObject({
      client_id_metadata_document_supported: true,
      registration_endpoint: `${server.issuer}/reg`,
      code_challenge_methods_supported: ['S256'],
    });
  });

  it('logs in as what its document says, and the page shows the address', async () => {
    documents.set(clientId, aDocument());
    let seen = '';
    const answer = await followPages(authorizationUrl(clientId), callback, (html) => {
      seen = html;
      return new URLSearchParams({ decision: 'allow', user: 'alice' });
    });
    expect(seen).toContain(`<b>Desk</b> (<code>${clientId}</code>)`);
    const response = await fetch(`${server.issuer}/token`, {
      method: 'POST',
      body: new URLSearchParams({
        grant_type: 'authorization_code',
        code: answer.get('code') ?? '',
        redirect_uri: callback,
        client_id: clientId,
        code_verifier: verifier,
      }),
    });
    const { access_token: token } = (await response.json()) as { readonly access_token: string };
    const claims: unknown = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
    expect(claims).toMatchObject({ aud: resource, sub: 'alice', client_id: clientId, scope: 'oatty:read' });
  });

  it.each([
    ['is of another client', { client_id: 'https://other.example/client.json' }, {}],
    ['brings a secret', { client_secret: 'x' }, {}],
    ['has another place to answer at', {}, { redirect_uri: 'http://127.0.0.1:9/elsewhere' }],
  ])('is refused when the document %s', async (what, more, asked) => {
    const id = `https://desk.example/${encodeURIComponent(what)}.json`;
    documents.set(id, { ...aDocument(), client_id: id, ...more });
    expect((await fetch(authorizationUrl(id, asked), { redirect: 'manual' })).status).toBe(400);
  });

  it('is refused when there is no document', async () => {
    const response = await fetch(authorizationUrl('https://gone.example/'), { redirect: 'manual' });
    expect(response.status).toBe(400);
    expect(await response.text()).not.toContain('It is not there.');
  });
});

describe('a document at', () => {
  it.each([
    ['this machine', (port: number) => `https://127.0.0.1:${port}/client.json`],
    ['this machine by its name', (port: number) => `https://localhost:${port}/client.json`],
    ['a metadata service', () => 'https://169.254.169.254/client.json'],
    ['an address without TLS', () => 'http://desk.example/client.json'],
  ])('%s is not asked for', async (_, toAddress) => {
    const listening = createServer().listen(0, '127.0.0.1');
    await once(listening, 'listening');
    onTestFinished(() => void listening.close());
    let connections = 0;
    listening.on('connection', (socket) => {
      connections += 1;
      socket.destroy();
    });
    const { port } = listening.address() as AddressInfo;
    await expect(readClientDocument(new URL(toAddress(port)))).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
    expect(connections).toBe(0);
  });
});

// --- internal ---

/** The proof and its challenge are those of RFC 7636, appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

function aDocument(): object {
  return {
    client_id: clientId,
    client_name: 'Desk',
    redirect_uris: [callback],
    grant_types: ['authorization_code'],
    token_endpoint_auth_method: 'none',
  };
}

function authorizationUrl(id: string, more: Readonly<Record<string, string>> = {}): URL {
  const url = new URL('/auth', server.issuer);
  url.search = new URLSearchParams({
    response_type: 'code',
    client_id: id,
    redirect_uri: callback,
    scope: 'oatty:read',
    resource,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  }).toString();
  return url;
}
