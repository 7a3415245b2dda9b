import { describe, expect, it } from 'vitest';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import { startServer } from './local-server.ts';

describe('parameters on the wire', () => {
  it('travel by location, each once', async () => {
    const server = await startServer();
    const command = aCommand({
      method: 'POST',
      path: '/orders/{order}/notes',
      parameters: [
        aParameter({ name: 'order', in: 'path' }),
        aParameter({ name: 'dry', in: 'query' }),
        aParameter({ name: 'X-Tenant', in: 'header' }),
        aParameter({ name: 'session', in: 'cookie' }),
        aParameter({ name: 'text', in: 'body' }),
      ],
      body: { media_type: 'application/json', schema: {}, required: true },
    });
    const given = { order: 'o/1', dry: true, 'X-Tenant': 'acme', session: 'a b', text: 'hi' };
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: given }));
    expect(server.requests).toMatchObject([
      {
        method: 'POST',
        url: '/orders/o%2F1/notes?dry=true',
        headers: { 'x-tenant': 'acme', cookie: 'session=a%20b', 'content-type': 'application/json' },
        body: '{"text":"hi"}',
      },
    ]);
  });

  it('that are an empty text are sent with their name, as allowEmptyValue asks', async () => {
    const server = await startServer();
    const command = aCommand({
      parameters: [aParameter({ name: 'q', in: 'query' }), aParameter({ name: 'sort', in: 'query' })],
    });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: { q: '', sort: null } }));
    expect(server.requests).toMatchObject([{ url: '/things?q=' }]);
  });

  it('have the default style of their location', async () => {
    const server = await startServer();
    const list = ['blue', 'black'];
    const command = aCommand({
      path: '/{p}',
      parameters: [
        aParameter({ name: 'p', in: 'path' }),
        aParameter({ name: 'q', in: 'query' }),
        aParameter({ name: 'h', in: 'header' }),
        aParameter({ name: 'c', in: 'cookie' }),
      ],
    });
    await executeHttpCommand(
      aCall({ baseUrl: server.origin, command, with: { p: list, q: list, h: list, c: list } }),
    );
    expect(server.requests).toMatchObject([
      { url: '/blue,black?q=blue&q=black', headers: { h: 'blue,black', cookie: 'c=blue; c=black' } },
    ]);
  });

  it('follow style, explode and allow_reserved of the description', async () => {
    const server = await startServer();
    const command = aCommand({
      path: '/colors{color}',
      parameters: [
        aParameter({ name: 'color', in: 'path', style: 'matrix', explode: true }),
        aParameter({ name: 'tags', in: 'query', style: 'pipeDelimited', explode: false }),
        aParameter({ name: 'created', in: 'query', style: 'deepObject', explode: true }),
        aParameter({ name: 'next', in: 'query', allow_reserved: true }),
      ],
    });
    const given = { color: ['a', 'b'], tags: ['x', 'y'], created: { gte: 1 }, next: 'https://x/?a=1&b' };
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: given }));
    expect(server.requests[0]?.url).toBe(
      '/colors;color=a;color=b?tags=x%7Cy&created%5Bgte%5D=1&next=https://x/?a=1%26b',
    );
  });

  it('with a media type are sent as JSON text', async () => {
    const server = await startServer();
    const command = aCommand({
      parameters: [
        aParameter({ name: 'filter', in: 'query', media_type: 'application/json' }),
        aParameter({ name: 'x-context', in: 'header', media_type: 'application/json' }),
      ],
    });
    const given = { filter: { a: [1] }, 'x-context': { b: true } };
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: given }));
    expect(server.requests).toMatchObject([
      { url: '/things?filter=%7B%22a%22%3A%5B1%5D%7D', headers: { 'x-context': '{"b":true}' } },
    ]);
  });

  it.each([
    ['application/x-www-form-urlencoded', { a: 'b c', list: [1, 2], none: null }, 'a=b%20c&list=1&list=2'],
    ['application/x-www-form-urlencoded', 'a=1&b=%20', 'a=1&b=%20'],
    ['application/json', { a: ['&'] }, '%7B%22a%22%3A%5B%22%26%22%5D%7D'],
    ['text/plain', '$.a[?(@.b==1)]', '%24.a%5B%3F%28%40.b%3D%3D1%29%5D'],
  ])('that are the whole query string are sent as %s without a name', async (media_type, value, query) => {
    const server = await startServer();
    const parameters = [aParameter({ name: 'filter', in: 'query', whole_query: true, media_type })];
    const command = aCommand({ parameters });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: { filter: value } }));
    expect(server.requests[0]?.url).toBe(`/things?${query}`);
  });

  it('use their wire names', async () => {
    const server = await startServer();
    const command = aCommand({
      parameters: [aParameter({ name: 'page_size', wire_name: 'page[size]', in: 'query' })],
    });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: { page_size: 5 } }));
    expect(server.requests[0]?.url).toBe('/things?page%5Bsize%5D=5');
  });

  it('cannot break a header apart', async () => {
    const server = await startServer();
    const command = aCommand({ parameters: [aParameter({ name: 'h', in: 'header' })] });
    const call = aCall({ baseUrl: server.origin, command, with: { h: 'a\r\nx-admin: 1' } });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(server.requests).toEqual([]);
  });

  it('never set what belongs to the transport', async () => {
    const server = await startServer();
    const names = ['Host', 'Content-Length', 'Transfer-Encoding', 'Connection'];
    const command = aCommand({ parameters: names.map((name) => aParameter({ name, in: 'header' })) });
    const given = {
      Host: 'evil',
      'Content-Length': '99',
      'Transfer-Encoding': 'chunked',
      Connection: 'close',
    };
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: given }));
    const { headers } = server.requests[0] ?? {};
    expect(headers).toMatchObject({ host: `127.0.0.1:${server.port}`, connection: 'keep-alive' });
    expect(headers).not.toHaveProperty('content-length');
    expect(headers).not.toHaveProperty('transfer-encoding');
  });
});

describe('the address of a request', () => {
  it('is the base URL with the path below it', async () => {
    const server = await startServer();
    await executeHttpCommand(aCall({ baseUrl: `${server.origin}/api/v2/` }));
    expect(server.requests[0]?.url).toBe('/api/v2/things');
  });

  it('keeps the query of the base URL and of the path, without a fragment', async () => {
    const server = await startServer();
    const command = aCommand({
      path: '/?Action=List#form',
      parameters: [aParameter({ name: 'n', in: 'query' })],
    });
    await executeHttpCommand(aCall({ baseUrl: `${server.origin}/api?version=3`, command, with: { n: 1 } }));
    expect(server.requests[0]?.url).toBe('/api/?version=3&Action=List&n=1');
  });

  it('is the server of the operation where it has its own', async () => {
    const [main, upload] = [await startServer(), await startServer()];
    const command = aCommand({ servers: [`${upload.origin}/up`] });
    await executeHttpCommand(aCall({ baseUrl: main.origin, command }));
    expect(main.requests).toEqual([]);
    expect(upload.requests).toMatchObject([{ url: '/up/things' }]);
  });

  it('takes a relative server below the base URL', async () => {
    const server = await startServer();
    await executeHttpCommand(
      aCall({ baseUrl: `${server.origin}/v1`, command: aCommand({ servers: ['/v2'] }) }),
    );
    expect(server.requests[0]?.url).toBe('/v2/things');
  });

  it.each([
    ['none', null],
    ['a server variable that is not filled', 'https://{region}.example.com'],
    ['another protocol', 'ftp://example.com'],
    ['no address', 'example'],
    ['a password', 'https://user:hunter2@example.com'],
  ])('is refused when the base URL is %s', async (_, baseUrl) => {
    const failure = executeHttpCommand(aCall({ entry: { base_url: baseUrl } }));
    await expect(failure).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(failure).rejects.toMatchObject({ message: expect.not.stringContaining('hunter2') });
  });
});

describe('the headers of a request', () => {
  it.each([
    [['text/csv', 'application/vnd.shop+json'], 'application/vnd.shop+json, text/csv;q=0.5'],
    [['*/*'], 'application/json, */*;q=0.5'],
    [['text/csv', 'image/*'], 'text/csv, image/*'],
    [[], 'application/json, */*;q=0.5'],
  ])('prefer JSON among %j, which the command may answer', async (accept, expected) => {
    const server = await startServer();
    const command = aCommand({ accept });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command }));
    expect(server.requests[0]?.headers.accept).toBe(expected);
  });

  it('come from the catalog above ours, and from parameters above the catalog', async () => {
    const server = await startServer();
    const command = aCommand({ parameters: [aParameter({ name: 'x-version', in: 'header' })] });
    const headers = { Accept: 'application/vnd.github+json', 'X-Version': '1', 'X-Other': '${env:OTHER}' };
    const values = { 'env:OTHER': 'from the environment' };
    await executeHttpCommand(
      aCall({ baseUrl: server.origin, entry: { headers }, values, command, with: { 'x-version': '2' } }),
    );
    expect(server.requests[0]?.headers).toMatchObject({
      accept: 'application/vnd.github+json',
      'x-version': '2',
      'x-other': 'from the environment',
    });
  });

  it('take extra ones of the caller below those of the catalog', async () => {
    const server = await startServer();
    const extraHeaders = { 'User-Agent': 'oatty/1.2.3', 'X-Trace': 'caller' };
    const entry = { headers: { 'x-trace': 'catalog' } };
    await executeHttpCommand(aCall({ baseUrl: server.origin, entry, extraHeaders }));
    expect(server.requests[0]?.headers).toMatchObject({ 'user-agent': 'oatty/1.2.3', 'x-trace': 'catalog' });
  });
});

describe('the idempotency key', () => {
  const creation = aCommand({
    method: 'POST',
    body: { media_type: 'application/json', schema: {}, required: true },
  });

  it('goes with requests that change something', async () => {
    const server = await startServer();
    await executeHttpCommand(
      aCall({ baseUrl: server.origin, command: creation, body: {}, idempotencyKey: 'k1' }),
    );
    await executeHttpCommand(aCall({ baseUrl: server.origin, idempotencyKey: 'k1' }));
    expect(server.requests.map(({ headers }) => headers['idempotency-key'])).toEqual(['k1', undefined]);
  });

  it('is renamed by the command', async () => {
    const server = await startServer();
    const command = aCommand({ method: 'DELETE', idempotency: { header: 'X-Request-Key', honoured: true } });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, idempotencyKey: 'k1' }));
    expect(server.requests[0]?.headers['x-request-key']).toBe('k1');
  });

  it('is turned off by the catalog', async () => {
    const server = await startServer();
    const entry = { idempotency: { header: null, honoured: false } };
    await executeHttpCommand(
      aCall({ baseUrl: server.origin, entry, command: aCommand({ method: 'DELETE' }), idempotencyKey: 'k1' }),
    );
    expect(server.requests[0]?.headers).not.toHaveProperty('idempotency-key');
  });

  it('gives way to one in the arguments', async () => {
    const server = await startServer();
    const command = aCommand({
      method: 'DELETE',
      parameters: [aParameter({ name: 'Idempotency-Key', in: 'header' })],
    });
    const given = { 'Idempotency-Key': 'mine' };
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, with: given, idempotencyKey: 'k1' }));
    expect(server.requests[0]?.headers['idempotency-key']).toBe('mine');
  });
});
