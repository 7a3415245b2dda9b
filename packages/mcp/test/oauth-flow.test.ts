/** The whole way of a client that has nothing but the address: from the first 401 to a step-up. */
import type { OAuthClientProvider } from '@modelcontextprotocol/sdk/client/auth.js';
import { UnauthorizedError } from '@modelcontextprotocol/sdk/client/auth.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { OAuthTokens } from '@modelcontextprotocol/sdk/shared/auth.js';
import { decodeJwt } from 'jose';
import { afterEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import { publicClient, startOAuthServer } from './oauth-server.ts';
import { ScriptedRuns } from './scripted-runs.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('a client of the SDK', () => {
  it('finds the authorization server, logs in, calls, and steps up', async () => {
    const login = await startOAuthServer();
    cleanups.push(() => login.close());
    const runs = new ScriptedRuns();
    const server = await serveHttp({
      oatty: runs.toOatty(),
      version: '1',
      log: () => undefined,
      host: '127.0.0.1',
      port: 0,
      authentication: { issuer: login.issuer },
    });
    cleanups.push(() => server.close());
    const wallet = new Wallet();
    const aTransport = () => new StreamableHTTPClientTransport(new URL(server.url), { authProvider: wallet });

    const first = aTransport();
    await expect(connectClient(first)).rejects.toBeInstanceOf(UnauthorizedError);
    await first.finishAuth(await login.logIn(wallet.visited()));
    expect(wallet.claims()).toMatchObject({
      iss: login.issuer,
      aud: server.url,
      sub: 'ann',
      scope: 'oatty:read',
    });

    const transport = aTransport();
    const client = await connectClient(transport);
    cleanups.push(() => client.close());
    expect((await client.client.listTools()).tools[0]?.name).toBe('workflow_list');

    await expect(client.startTask({ workflow_id: 'pay' })).rejects.toBeInstanceOf(UnauthorizedError);
    expect(runs.started).toEqual([]);
    await transport.finishAuth(await login.logIn(wallet.visited()));
    expect(wallet.claims().scope).toBe('oatty:read oatty:write');

    const { task } = await client.startTask({ workflow_id: 'pay' });
    expect(task).toMatchObject({ taskId: 'run-1', status: 'working' });
    expect(runs.started[0]?.caller).toEqual({ principal: `${login.issuer}#ann`, via: 'mcp' });
  });
});

// --- internal ---

/** What a desktop client keeps, in memory. */
class Wallet implements OAuthClientProvider {
  readonly redirectUrl = publicClient.redirect_uri;
  readonly clientMetadata = { redirect_uris: [publicClient.redirect_uri] };
  #tokens: OAuthTokens | undefined;
  #verifier = '';
  #visited: URL | undefined;

  clientInformation() {
    return { client_id: publicClient.client_id };
  }

  tokens() {
    return this.#tokens;
  }

  saveTokens(tokens: OAuthTokens) {
    this.#tokens = tokens;
  }

  redirectToAuthorization(url: URL) {
    this.#visited = url;
  }

  saveCodeVerifier(verifier: string) {
    this.#verifier = verifier;
  }

  codeVerifier() {
    return this.#verifier;
  }

  /** The page that the client wants the person to see. */
  visited(): URL {
    if (!this.#visited) throw new Error('nobody was sent anywhere');
    return this.#visited;
  }

  claims() {
    return decodeJwt(this.#tokens?.access_token ?? '');
  }
}
