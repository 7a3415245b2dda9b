import { describe, expect, it } from 'vitest';
import { createTokenCache } from '../src/auth/token-cache.ts';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand } from './a-call.ts';
import type { CallChanges } from './a-call.ts';
import { sendJson, startServer } from './local-server.ts';
import type { LocalServer } from './local-server.ts';

/** A token endpoint that numbers its tokens, and an API that wants one. */
async function startApi(details: object = { expires_in: 3600 }) {
  const tokens = await startServer((_, response) =>
    sendJson(response, { access_token: `token-${tokens.requests.length}`, ...details }),
  );
  const api = await startServer();
  return { tokens, api };
}

function aTokenCall({ tokens, api }: { tokens: LocalServer; api: LocalServer }, changes: CallChanges = {}) {
  return aCall({
    command: aCommand({ security: [{ oauth: ['orders:read', 'stock'] }] }),
    securitySchemes: {
      oauth: { kind: 'oauth2_client_credentials', token_url: `${tokens.origin}/token`, scopes: ['all'] },
    },
    values: { 'secret:CLIENT': 's/cret' },
    ...changes,
    entry: {
      base_url: api.origin,
      auth: { oauth: { client_id: 'me', client_secret: '${secret:CLIENT}' } },
      ...changes.entry,
    },
  });
}

function tokensUsed({ api }: { api: LocalServer }) {
  return api.requests.map(({ headers }) => headers.authorization);
}

describe('client credentials', () => {
  it('are exchanged for a token at the token URL', async () => {
    const world = await startApi();
    await executeHttpCommand(aTokenCall(world));
    expect(world.tokens.requests).toMatchObject([
      {
        method: 'POST',
        url: '/token',
        headers: {
          authorization: `Basic ${btoa('me:s%2Fcret')}`,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: 'grant_type=client_credentials&scope=orders%3Aread%20stock',
      },
    ]);
    expect(tokensUsed(world)).toEqual(['Bearer token-1']);
  });

  it('ask for the scopes of the scheme where the command names none', async () => {
    const world = await startApi();
    await executeHttpCommand(aTokenCall(world, { command: aCommand({ security: [{ oauth: [] }] }) }));
    expect(world.tokens.requests[0]?.body).toBe('grant_type=client_credentials&scope=all');
  });

  it('give way to a ready token', async () => {
    const world = await startApi();
    await executeHttpCommand(
      aTokenCall(world, { entry: { base_url: world.api.origin, auth: { oauth: { value: 'ready' } } } }),
    );
    expect([world.tokens.requests.length, tokensUsed(world)]).toEqual([0, ['Bearer ready']]);
  });

  it('are exchanged once for calls that share a cache, also side by side', async () => {
    const world = await startApi();
    const tokenCache = createTokenCache();
    await Promise.all([1, 2, 3].map(() => executeHttpCommand(aTokenCall(world, { tokenCache }))));
    await executeHttpCommand(aTokenCall(world, { tokenCache }));
    expect(world.tokens.requests).toHaveLength(1);
    expect(new Set(tokensUsed(world))).toEqual(new Set(['Bearer token-1']));
  });

  it('are exchanged again shortly before the token expires', async () => {
    const world = await startApi({ expires_in: 100 });
    const tokenCache = createTokenCache();
    for (const now of [0, 69_999, 70_000]) {
      await executeHttpCommand(aTokenCall(world, { tokenCache, now: () => now }));
    }
    expect(tokensUsed(world)).toEqual(['Bearer token-1', 'Bearer token-1', 'Bearer token-2']);
  });

  it('last five minutes when the server does not say how long', async () => {
    const world = await startApi({});
    const tokenCache = createTokenCache();
    for (const now of [0, 269_999, 270_000]) {
      await executeHttpCommand(aTokenCall(world, { tokenCache, now: () => now }));
    }
    expect(world.tokens.requests).toHaveLength(2);
  });

  it.each([
    ['catalogs', { entry: { id: 'other' } }],
    ['secrets', { values: { 'secret:CLIENT': 'another' } }],
    ['scopes', { command: aCommand({ security: [{ oauth: ['admin'] }] }) }],
  ])('are not shared between %s', async (_, changes: CallChanges) => {
    const world = await startApi();
    const tokenCache = createTokenCache();
    await executeHttpCommand(aTokenCall(world, { tokenCache }));
    await executeHttpCommand(aTokenCall(world, { tokenCache, ...changes }));
    expect(world.tokens.requests).toHaveLength(2);
  });

  it('are exchanged again after the API refused the token, by the next call', async () => {
    const world = await startApi();
    const api = await startServer((request, response) =>
      sendJson(response, {}, request.headers.authorization === 'Bearer token-1' ? 401 : 200),
    );
    const tokenCache = createTokenCache();
    const call = aTokenCall({ tokens: world.tokens, api }, { tokenCache });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'HTTP_ERROR', status: 401 });
    expect(api.requests).toHaveLength(1);
    await executeHttpCommand(call);
    expect(tokensUsed({ api })).toEqual(['Bearer token-1', 'Bearer token-2']);
  });

  it('that are refused give the error of the token URL, without the secret', async () => {
    const tokens = await startServer((request, response) =>
      sendJson(response, { error: 'invalid_client', echo: ['s/cret', request.headers.authorization] }, 401),
    );
    const api = await startServer();
    const failure = executeHttpCommand(aTokenCall({ tokens, api }));
    await expect(failure).rejects.toMatchObject({
      code: 'HTTP_ERROR',
      status: 401,
      message: 'POST /token answered 401: invalid_client',
      body: { echo: ['[secret]', 'Basic [secret]'] },
    });
    expect(api.requests).toEqual([]);
  });

  it('never follow a redirect of the token URL', async () => {
    const elsewhere = await startServer();
    const tokens = await startServer((_, response) =>
      response.writeHead(307, { location: elsewhere.origin }).end(),
    );
    const failure = executeHttpCommand(aTokenCall({ tokens, api: await startServer() }));
    await expect(failure).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    expect(elsewhere.requests).toEqual([]);
  });

  it.each([
    ['a web page', '<html>'],
    ['JSON without a token', '{"token":1}'],
    ['no object', 'null'],
  ])('that are answered with %s give an error', async (_, text) => {
    const tokens = await startServer((__, response) => response.end(text));
    const failure = executeHttpCommand(aTokenCall({ tokens, api: await startServer() }));
    await expect(failure).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
  });

  it('do not keep a failed exchange', async () => {
    const tokens = await startServer((_, response) =>
      sendJson(response, { access_token: 'good' }, tokens.requests.length === 1 ? 500 : 200),
    );
    const api = await startServer();
    const call = aTokenCall({ tokens, api }, { tokenCache: createTokenCache() });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'HTTP_ERROR', status: 500 });
    await executeHttpCommand(call);
    expect(tokensUsed({ api })).toEqual(['Bearer good']);
  });

  it('stop waiting for a token when the call is canceled', async () => {
    const controller = new AbortController();
    const tokens = await startServer(() => controller.abort());
    const call = aTokenCall({ tokens, api: await startServer() }, { signal: controller.signal });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'CANCELED' });
  });
});
