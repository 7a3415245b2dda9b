import { describe, expect, it } from 'vitest';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { UpstreamError } from '../src/upstream-error.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import type { CallChanges } from './a-call.ts';
import { startServer } from './local-server.ts';

/** Answers with an error and gives it. */
async function receiveError(
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = { 'content-type': 'application/json' },
  changes: CallChanges = {},
): Promise<UpstreamError> {
  const server = await startServer((_, response) => response.writeHead(status, headers).end(body));
  try {
    await executeHttpCommand(aCall({ baseUrl: server.origin, ...changes }));
  } catch (thrown) {
    if (thrown instanceof UpstreamError) return thrown;
    throw thrown;
  }
  throw new Error('no error came');
}

describe('an error of the API', () => {
  it('names method, path, status and what the API says, never the query', async () => {
    const command = aCommand({
      path: '/orders/{id}',
      parameters: [aParameter({ name: 'id', in: 'path' }), aParameter({ name: 'q', in: 'query' })],
    });
    const error = await receiveError(404, '{"message":"No such order."}', undefined, {
      command,
      with: { id: 'o1', q: 'private' },
    });
    expect(error.message).toBe('GET /orders/o1 answered 404: No such order.');
    expect(error.toPayload()).toMatchObject({
      error_code: 'HTTP_ERROR',
      category: 'execution',
      command: 'shop things:list',
      context: { status: 404, method: 'GET', path: '/orders/o1' },
      response_payload: { status: 404, body: { message: 'No such order.' } },
    });
    expect(JSON.stringify(error.toPayload())).not.toContain('private');
  });

  it('is retryable when the same call may succeed later', async () => {
    const statuses = [400, 401, 403, 404, 408, 409, 422, 425, 429, 500, 502, 503, 504];
    const errors = await Promise.all(statuses.map((status) => receiveError(status, '{}')));
    expect(errors.filter(({ retryable }) => retryable).map(({ status }) => status)).toEqual([
      408, 425, 429, 500, 502, 503, 504,
    ]);
  });

  it('says when to try again', async () => {
    const date = 'Thu, 01 Jan 2026 00:00:07 GMT';
    const errors = [
      await receiveError(429, '{}', { 'retry-after': '2' }),
      await receiveError(
        503,
        '{}',
        { 'retry-after': date },
        {
          now: () => Date.parse('2026-01-01T00:00:00Z'),
        },
      ),
      await receiveError(503, '{}', { 'retry-after': 'soon' }),
    ];
    expect(errors.map(({ options }) => options.context?.['retry_after_ms'])).toEqual([
      2_000,
      7_000,
      undefined,
    ]);
  });

  it('keeps the headers that help', async () => {
    const error = await receiveError(401, '{}', {
      'content-type': 'application/json',
      'retry-after': '2',
      'x-request-id': 'r'.repeat(300),
      'x-ratelimit-remaining': '0',
      'www-authenticate': 'Bearer realm="secret realm", error="invalid_token", Basic realm="x"',
      'set-cookie': 'session=1',
      server: 'nginx',
    });
    expect(error.headers).toEqual({
      'content-type': 'application/json',
      'retry-after': '2',
      'x-request-id': 'r'.repeat(256),
      'x-ratelimit-remaining': '0',
      'www-authenticate': 'Bearer, Basic',
    });
  });

  it.each([
    [
      'application/problem+json',
      '{"title":"Bad","detail":"Amount is negative"}',
      { title: 'Bad', detail: 'Amount is negative' },
    ],
    ['text/plain', 'no', 'no'],
    ['text/html', '<h1>Bad gateway</h1>', '<h1>Bad gateway</h1>'],
    ['application/json', '{"broken', '{"broken'],
    ['application/json', '', null],
    ['image/png', 'abc', '3 bytes of image/png'],
  ])('keeps the body of type %s: %j', async (type, body, expected) => {
    expect((await receiveError(502, body, { 'content-type': type })).body).toEqual(expected);
  });

  it('keeps no more of the body than a person would read', async () => {
    const text = await receiveError(500, 'x'.repeat(100_000), { 'content-type': 'text/plain' });
    const json = await receiveError(500, JSON.stringify({ a: 'x'.repeat(100_000) }));
    expect([text.body, json.body]).toEqual(['x'.repeat(2_000), `{"a":"${'x'.repeat(1_994)}`]);
  });

  it('holds no secret, however the API writes it back', async () => {
    const key = 'k+/"1 é';
    const echo = [
      key,
      encodeURIComponent(key),
      JSON.stringify(key),
      Buffer.from(`me:${key}`).toString('base64'),
      Buffer.from(key).toString('base64'),
    ];
    const command = aCommand({
      path: '/{key}',
      parameters: [aParameter({ name: 'key', in: 'path' })],
      security: [{ login: [] }],
    });
    const error = await receiveError(
      400,
      JSON.stringify({ message: `bad ${key}`, echo, [key]: 1 }),
      undefined,
      {
        command,
        with: { key },
        securitySchemes: { login: { kind: 'basic' } },
        entry: { auth: { login: { username: 'me', password: '${secret:KEY}' } } },
        values: { 'secret:KEY': key },
      },
    );
    expect(error.message).toBe('GET /[secret] answered 400: bad [secret]');
    expect(error.body).toEqual({
      message: 'bad [secret]',
      echo: ['[secret]', '[secret]', '"[secret]"', '[secret]', '[secret]'],
      '[secret]': 1,
    });
  });
});

describe('a secret in a successful answer', () => {
  it('is taken out of body and headers', async () => {
    const server = await startServer((_, response) =>
      response
        .writeHead(200, { 'content-type': 'application/json', 'x-echo': 'v=hunter2' })
        .end('{"a":["hunter2"],"n":1}'),
    );
    const entry = { headers: { 'x-token': '${env:T}' } };
    const result = await executeHttpCommand(
      aCall({ baseUrl: server.origin, entry, values: { 'env:T': 'hunter2' } }),
    );
    expect(result).toMatchObject({ headers: { 'x-echo': 'v=[secret]' }, body: { a: ['[secret]'], n: 1 } });
  });

  it('is taken out when it came with the arguments', async () => {
    const server = await startServer((_, response) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"pin":12345678}'),
    );
    const result = await executeHttpCommand(
      aCall({ baseUrl: server.origin, secrets: new Set(['12345678']) }),
    );
    expect(result.body).toEqual({ pin: '[secret]' });
  });

  it('is taken out when it stands in the catalog as it is', async () => {
    const server = await startServer((_, response) =>
      response.writeHead(200, { 'content-type': 'text/plain' }).end('abc-def'),
    );
    const entry = { headers: { Authorization: 'Bearer abc-def' } };
    expect((await executeHttpCommand(aCall({ baseUrl: server.origin, entry }))).body).toBe('[secret]');
  });
});
