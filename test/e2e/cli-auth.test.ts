/** `oatty auth dev` and `oatty mcp` behind it: from the first 401 of a client to what users see of each other. */
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import {
  Client as ModernClient,
  StreamableHTTPClientTransport as ModernTransport,
} from '@modelcontextprotocol/client';
import type { OAuthClientProvider, OAuthDiscoveryState } from '@modelcontextprotocol/sdk/client/auth.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OAuthClientInformationMixed, OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { followPages } from './follow-pages.ts';
import { openCommandLine } from './command-line.ts';
import type { CommandLine } from './command-line.ts';

const callback = 'http://127.0.0.1:9/callback';
let line: CommandLine;
let issuer: string;
let resource: string;
const tokens = new Map<string, string>();
const stops: (() => Promise<void>)[] = [];

beforeAll(async () => {
  line = await openCommandLine();
  await line.run('catalog', 'enable', 'tasks');
  const port = await freePort();
  resource = `http://127.0.0.1:${port}/mcp`;
  const args = ['auth', 'dev', '--port', '0', '--resource', resource, '--tokens', '--json'];
  const started = await start('stdout', /^\}$/m, args);
  const document = JSON.parse(started) as AuthDocument;
  issuer = document.issuer;
  for (const { name, token } of document.users) tokens.set(name, token);
  await start('stderr', /Serving MCP/, document.next.split(' ').slice(1));
}, 60_000);

afterAll(async () => {
  for (const stop of stops.toReversed()) await stop();
  await line[Symbol.asyncDispose]();
});

describe('a client that has nothing but the address', () => {
  it.each(['2025-11-25', '2026-07-28'])(
    'registers, logs in, calls and steps up, in revision %s',
    async (revision) => {
      const wallet = new Wallet();
      const first = connect(revision, wallet);
      await expect(first.connected).rejects.toThrow('Unauthorized');
      await first.finish(await authorizeAt(wallet.visited, 'alice'));
      expect(wallet.claims()).toMatchObject({ iss: issuer, aud: resource, sub: 'alice', name: 'alice' });
      expect(wallet.claims()['scope']).toBe('oatty:read');

      const second = connect(revision, wallet);
      await second.connected;
      const create = { command_id: 'tasks create', with: { title: `From ${revision}` } };
      await expect(second.call('command_run', create)).rejects.toThrow('Unauthorized');
      await second.finish(await authorizeAt(wallet.visited, 'alice'));
      expect(wallet.claims()['scope']).toBe('oatty:read oatty:write');
      expect(await second.call('command_run', create)).toMatchObject({
        body: { task: { title: `From ${revision}` } },
      });
      await second.close();
    },
  );
});

describe('the page that asks', () => {
  it('names the client, what it asks for, and what each user gives of it', async () => {
    const { client_id: clientId } = await register({ client_name: '<b>Desk</b>' });
    let seen = '';
    const url = authorizationUrl(clientId, { scope: 'oatty:read oatty:admin' });
    await followPages(url, callback, (html) => {
      seen = html;
      return new URLSearchParams({ decision: 'deny' });
    });
    expect(seen).toContain('&#60;b&#62;Desk');
    expect(seen).toContain(resource);
    expect(seen).toMatch(/vera<\/b> \(viewer\) gives oatty:read</);
    expect(seen).toMatch(/root<\/b> \(admin\) gives oatty:read oatty:admin</);
    expect(seen).not.toMatch(/ checked|<script|src=/);
  });

  it('gives what the role allows, and refuses where that is nothing', async () => {
    const { client_id: clientId } = await register();
    const some = await authorize(clientId, { scope: 'oatty:read oatty:write' }, 'vera');
    expect(claimsOf((await exchange(clientId, some)).access_token)['scope']).toBe('oatty:read');
    const none = await authorize(clientId, { scope: 'oatty:write' }, 'vera');
    expect(none.get('error')).toBe('access_denied');
  });

  it('takes no for an answer, and no name of somebody else', async () => {
    const { client_id: clientId } = await register();
    const denied = await followPages(authorizationUrl(clientId), callback, () => new URLSearchParams());
    expect([denied.get('error'), denied.get('code')]).toEqual(['access_denied', null]);
    await expect(authorize(clientId, {}, 'mallory')).rejects.toThrow('no end');
  });

  it('asks again, also when the same person has just agreed', async () => {
    const { client_id: clientId } = await register();
    let asked = 0;
    for (const user of ['alice', 'bob']) {
      const answer = await followPages(authorizationUrl(clientId), callback, () => {
        asked += 1;
        return new URLSearchParams({ decision: 'allow', user });
      });
      expect(claimsOf((await exchange(clientId, answer)).access_token)['sub']).toBe(user);
    }
    expect(asked).toBe(2);
  });

  it('is open to no other browser', async () => {
    const { client_id: clientId } = await register();
    const response = await fetch(authorizationUrl(clientId), { redirect: 'manual' });
    const page = new URL(response.headers.get('location') ?? '', issuer);
    const body = new URLSearchParams({ decision: 'allow', user: 'root' });
    expect((await fetch(page, { method: 'POST', body })).status).toBe(400);
  });
});

describe('the authorization server', () => {
  it('gives nothing without a proof of the code, nor for another resource', async () => {
    const { client_id: clientId } = await register();
    const bare = await authorize(clientId, { code_challenge: undefined }, 'alice');
    expect(bare.get('error')).toBe('invalid_request');
    const plain = await authorize(clientId, { code_challenge_method: 'plain' }, 'alice');
    expect(plain.get('error')).toBe('invalid_request');
    const other = await authorize(clientId, { resource: 'https://other.example.com/mcp' }, 'alice');
    expect(other.get('error')).toBe('invalid_target');
    const answer = await authorize(clientId, {}, 'alice');
    await expect(exchange(clientId, answer, 'x'.repeat(43))).rejects.toThrow('invalid_grant');
  });

  it('gives a token for the endpoint to a client that names none', async () => {
    const { client_id: clientId } = await register();
    const answer = await authorize(clientId, { resource: undefined }, 'bob');
    expect(claimsOf((await exchange(clientId, answer)).access_token)['aud']).toBe(resource);
  });

  it('is not spoken to by another name', async () => {
    const response = await fetchAs('evil.example.com', '/.well-known/oauth-authorization-server');
    expect(response).toBe(403);
  });
});

describe('users with tokens from the terminal', () => {
  it('see their own tasks, and an admin those of others', async () => {
    await callAs('bob', 'command_run', { command_id: 'tasks create', with: { title: 'Of Bob' } });
    expect(await titles('bob')).toEqual(['Of Bob']);
    expect(await titles('root')).toEqual([]);
    const { body } = await callAs('root', 'command_run_safe', { command_id: 'tasks users' });
    const bob = body.users.find(({ name }: { name: string }) => name === 'bob');
    expect(bob).toMatchObject({ principal: `${issuer}#bob`, email: 'bob@example.com' });
    expect(await titles('root', bob.user_id)).toEqual(['Of Bob']);
    await expect(titles('alice', bob.user_id)).rejects.toThrow('POLICY_DENIED');
  });
});

// --- internal ---

interface AuthDocument {
  readonly issuer: string;
  readonly next: string;
  readonly users: readonly { readonly name: string; readonly token: string }[];
}

/** @returns what it has said, once it said that it serves */
async function start(stream: 'stdout' | 'stderr', ready: RegExp, args: readonly string[]): Promise<string> {
  const child = line.start({}, ...args);
  stops.push(async () => {
    child.kill('SIGTERM');
    await once(child, 'close');
  });
  let text = '';
  child[stream].setEncoding('utf8').on('data', (part: string) => (text += part));
  await vi.waitUntil(() => ready.test(text), { timeout: 30_000 });
  return text;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** What a desktop client keeps, in memory. */
class Wallet implements OAuthClientProvider {
  readonly redirectUrl = callback;
  readonly clientMetadata = {
    client_name: 'Desk',
    redirect_uris: [callback],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
  };
  visited = new URL('about:blank');
  #client: OAuthClientInformationMixed | undefined;
  #tokens: OAuthTokens | undefined;
  #discovered: OAuthDiscoveryState | undefined;
  #verifier = '';

  clientInformation() {
    return this.#client;
  }

  saveClientInformation(client: OAuthClientInformationMixed) {
    this.#client = client;
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(given: OAuthTokens) {
    this.#tokens = given;
  }

  redirectToAuthorization(url: URL) {
    this.visited = url;
  }

  discoveryState() {
    return this.#discovered;
  }

  saveDiscoveryState(state: OAuthDiscoveryState) {
    this.#discovered = state;
  }

  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  claims() {
    return claimsOf(this.#tokens?.access_token ?? '');
  }
}

function connect(revision: string, wallet: Wallet) {
  return revision === '2025-11-25' ? connectOlder(wallet) : connectNewer(wallet);
}

function connectOlder(wallet: Wallet) {
  const transport = new StreamableHTTPClientTransport(new URL(resource), { authProvider: wallet });
  const client = new Client({ name: 'desk', version: '1' });
  return {
    connected: client.connect(transport),
    finish: (answer: URLSearchParams) => transport.finishAuth(answer.get('code') ?? ''),
    call: async (name: string, args: Record<string, unknown>) =>
      (await client.callTool({ name, arguments: args })).structuredContent,
    close: () => client.close(),
  };
}

function connectNewer(wallet: Wallet) {
  const transport = new ModernTransport(new URL(resource), { authProvider: wallet });
  const versionNegotiation = { mode: { pin: '2026-07-28' as const } };
  const client = new ModernClient({ name: 'desk', version: '1' }, { versionNegotiation });
  return {
    connected: client.connect(transport),
    finish: (answer: URLSearchParams) => transport.finishAuth(answer),
    call: async (name: string, args: Record<string, unknown>) =>
      (await client.callTool({ name, arguments: args })).structuredContent,
    close: () => client.close(),
  };
}

function authorizeAt(url: URL, user: string): Promise<URLSearchParams> {
  return followPages(url, callback, () => new URLSearchParams({ decision: 'allow', user }));
}

async function post(path: string, body: Readonly<Record<string, string>>): Promise<Record<string, string>> {
  const response = await fetch(new URL(path, issuer), { method: 'POST', body: new URLSearchParams(body) });
  const answer = (await response.json()) as Record<string, string>;
  if (!response.ok) throw new Error(answer['error']);
  return answer;
}

async function register(more: object = {}): Promise<{ readonly client_id: string }> {
  const metadata = {
    redirect_uris: [callback],
    grant_types: ['authorization_code', 'refresh_token'],
    token_endpoint_auth_method: 'none',
    scope: 'oatty:read',
    ...more,
  };
  const response = await fetch(new URL('/reg', issuer), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(metadata),
  });
  return (await response.json()) as { client_id: string };
}

/** The proof and its challenge are those of RFC 7636, appendix B. */
const verifier = 'dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';

function authorizationUrl(clientId: string, more: Readonly<Record<string, string | undefined>> = {}): URL {
  const parameters: Readonly<Record<string, string | undefined>> = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: callback,
    scope: 'oatty:read',
    resource,
    code_challenge: 'E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM',
    code_challenge_method: 'S256',
    ...more,
  };
  const url = new URL('/auth', issuer);
  for (const [name, value] of Object.entries(parameters))
    if (value !== undefined) url.searchParams.set(name, value);
  return url;
}

function authorize(clientId: string, more: Readonly<Record<string, string | undefined>>, user: string) {
  return authorizeAt(authorizationUrl(clientId, more), user);
}

function exchange(clientId: string, answer: URLSearchParams, proof = verifier) {
  return post('/token', {
    grant_type: 'authorization_code',
    code: answer.get('code') ?? '',
    redirect_uri: callback,
    client_id: clientId,
    code_verifier: proof,
  });
}

function claimsOf(token = ''): Record<string, unknown> {
  return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<
    string,
    unknown
  >;
}

/** `fetch` lets nobody set the name of the host. */
async function fetchAs(host: string, path: string): Promise<number | undefined> {
  const { request } = await import('node:http');
  const [response] = await once(request(new URL(path, issuer), { headers: { host } }).end(), 'response');
  response.resume();
  return response.statusCode;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read into it
async function callAs(user: string, name: string, args: Record<string, unknown>): Promise<any> {
  const headers = { authorization: `Bearer ${tokens.get(user) ?? ''}` };
  const transport = new StreamableHTTPClientTransport(new URL(resource), { requestInit: { headers } });
  const client = new Client({ name: 'terminal', version: '1' });
  await client.connect(transport);
  const result = await client.callTool({ name, arguments: args });
  await client.close();
  if (result.isError === true) throw new Error(JSON.stringify(result.structuredContent));
  return result.structuredContent;
}

async function titles(as: string, user?: string): Promise<string[]> {
  const args = { command_id: 'tasks list', ...(user !== undefined && { with: { user } }) };
  const { body } = await callAs(as, 'command_run_safe', args);
  return body.tasks.map(({ title }: { title: string }) => title);
}
