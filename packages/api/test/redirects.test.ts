import { describe, expect, it } from 'vitest';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import type { CommandChanges } from './a-call.ts';
import { sendJson, startServer } from './local-server.ts';
import type { LocalServer } from './local-server.ts';

/** Redirects `/things` and answers everything else. */
function startRedirecting(status: number, location: string): Promise<LocalServer> {
  return startServer((request, response) => {
    if (!request.url.startsWith('/things')) return sendJson(response, { path: request.url });
    response.writeHead(status, { location }).end();
  });
}

const withBody: CommandChanges = { body: { media_type: 'application/json', schema: {}, required: true } };

describe('a redirect on the same host', () => {
  it.each([
    [301, 'POST', 'GET', ''],
    [302, 'POST', 'GET', ''],
    [303, 'POST', 'GET', ''],
    [307, 'POST', 'POST', '{"a":1}'],
    [308, 'POST', 'POST', '{"a":1}'],
    [301, 'PUT', 'PUT', '{"a":1}'],
    [303, 'PUT', 'GET', ''],
    [307, 'DELETE', 'DELETE', '{"a":1}'],
  ] as const)('%i turns %s into %s', async (status, method, expected, body) => {
    const server = await startRedirecting(status, '/new');
    const command = aCommand({ method, ...withBody });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, body: { a: 1 } }));
    expect(server.requests[1]).toMatchObject({ method: expected, url: '/new', body });
    expect(server.requests[1]?.headers['content-type']).toBe(body === '' ? undefined : 'application/json');
  });

  it('leaves HEAD as it is', async () => {
    const server = await startRedirecting(303, '/new');
    await executeHttpCommand(aCall({ baseUrl: server.origin, command: aCommand({ method: 'HEAD' }) }));
    expect(server.requests.map(({ method }) => method)).toEqual(['HEAD', 'HEAD']);
  });

  it('keeps headers and credentials', async () => {
    const server = await startRedirecting(302, '/new');
    const entry = { headers: { Authorization: 'Bearer abc', 'X-Own': '1' } };
    const result = await executeHttpCommand(aCall({ baseUrl: server.origin, entry }));
    expect(server.requests[1]?.headers).toMatchObject({ authorization: 'Bearer abc', 'x-own': '1' });
    expect(result.body).toEqual({ path: '/new' });
  });

  it('is followed ten times and no more', async () => {
    const server = await startServer((request, response) => {
      response.writeHead(302, { location: `/${request.url.slice(1)}x` }).end();
    });
    await expect(executeHttpCommand(aCall({ baseUrl: server.origin }))).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_redirects', maximum: 10 } },
    });
    expect(server.requests).toHaveLength(11);
  });

  it('without a location is an answer', async () => {
    const server = await startServer((_, response) => response.writeHead(304).end());
    expect(await executeHttpCommand(aCall({ baseUrl: server.origin }))).toMatchObject({
      status: 304,
      body: null,
    });
  });

  it.each(['file:///etc/passwd', 'http://'])('to %s is refused', async (location) => {
    const server = await startRedirecting(302, location);
    await expect(executeHttpCommand(aCall({ baseUrl: server.origin }))).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
    });
  });
});

describe('a redirect to another host', () => {
  it('carries no credentials, no headers of the catalog and no parameters', async () => {
    const other = await startServer();
    const server = await startRedirecting(302, `${other.origin}/new`);
    const command = aCommand({
      parameters: [aParameter({ name: 'X-Token', in: 'header' }), aParameter({ name: 'sid', in: 'cookie' })],
      security: [{ key: [] }],
    });
    await executeHttpCommand(
      aCall({
        baseUrl: server.origin,
        command,
        securitySchemes: { key: { kind: 'api_key', in: 'query', name: 'api_key' } },
        entry: { headers: { Authorization: 'Bearer abc', 'X-Own': '1' }, auth: { key: { value: 'k' } } },
        with: { 'X-Token': 't', sid: 's' },
      }),
    );
    expect(other.requests).toMatchObject([{ method: 'GET', url: '/new' }]);
    expect(Object.keys(other.requests[0]?.headers ?? {}).sort()).toEqual([
      'accept',
      'accept-encoding',
      'connection',
      'host',
      'user-agent',
    ]);
  });

  it('does not give them back on the way home', async () => {
    const server = await startServer((request, response) => {
      if (request.url === '/home') return sendJson(response, {});
      response.writeHead(302, { location: `${other.origin}/away` }).end();
    });
    const other = await startServer((_, response) => {
      response.writeHead(302, { location: `${server.origin}/home` }).end();
    });
    await executeHttpCommand(aCall({ baseUrl: server.origin, entry: { headers: { 'X-Own': '1' } } }));
    expect(server.requests.map(({ headers }) => headers['x-own'])).toEqual(['1', undefined]);
  });

  it('keeps them where that host is one of the catalog', async () => {
    const other = await startServer();
    const server = await startRedirecting(307, `${other.origin}/new`);
    const entry = { headers: { 'X-Own': '1' }, base_urls: [other.origin] };
    const command = aCommand({ method: 'POST', ...withBody });
    await executeHttpCommand(aCall({ baseUrl: server.origin, entry, command, body: { a: 1 } }));
    expect(other.requests).toMatchObject([{ method: 'POST', headers: { 'x-own': '1' }, body: '{"a":1}' }]);
  });

  it.each([
    ['POST', 307],
    ['PUT', 301],
    ['DELETE', 308],
  ] as const)('never repeats a %s there (%i)', async (method, status) => {
    const other = await startServer();
    const server = await startRedirecting(status, `${other.origin}/new`);
    const command = aCommand({ method, ...withBody });
    await expect(
      executeHttpCommand(aCall({ baseUrl: server.origin, command, body: { a: 1 } })),
    ).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(other.requests).toEqual([]);
  });

  it('reads the answer of a POST there when it becomes a GET', async () => {
    const other = await startServer();
    const server = await startRedirecting(303, `${other.origin}/new`);
    const command = aCommand({ method: 'POST', ...withBody });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, body: { a: 1 } }));
    expect(other.requests).toMatchObject([{ method: 'GET', url: '/new', body: '' }]);
  });
});
