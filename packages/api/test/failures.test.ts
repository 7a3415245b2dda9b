import { describe, expect, it } from 'vitest';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand } from './a-call.ts';
import { findClosedPort, startRawServer, startServer } from './local-server.ts';

/** What a raw server writes before it closes the connection. */
async function receiveRaw(text: string, ending: 'end' | 'destroy' = 'end') {
  const server = await startRawServer((socket) => {
    socket.write(text, () => (ending === 'end' ? socket.end() : socket.resetAndDestroy()));
  });
  return executeHttpCommand(aCall({ baseUrl: server.origin }));
}

const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

describe('a host that cannot be reached', () => {
  it('refuses the connection', async () => {
    const port = await findClosedPort();
    await expect(executeHttpCommand(aCall({ baseUrl: `http://127.0.0.1:${port}` }))).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      message: `127.0.0.1:${port} refuses the connection.`,
      retryable: true,
      options: { context: { kind: 'refused', code: 'ECONNREFUSED', host: `127.0.0.1:${port}` } },
    });
  });

  it('has a name that does not resolve', async () => {
    await expect(executeHttpCommand(aCall({ baseUrl: 'http://shop.invalid' }))).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      options: { context: { kind: 'dns', host: 'shop.invalid' } },
    });
  });

  it('does not speak TLS', async () => {
    const server = await startServer();
    const baseUrl = server.origin.replace('http:', 'https:');
    await expect(executeHttpCommand(aCall({ baseUrl }))).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      retryable: false,
      options: { context: { kind: 'tls' } },
    });
  });

  it('does not speak HTTP', async () => {
    await expect(receiveRaw('SSH-2.0-OpenSSH_9.6\r\n')).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
  });
});

describe('an answer that is cut off', () => {
  it.each([
    ['before it begins', ''],
    ['within its headers', head],
    ['before its length is reached', `${head}Content-Length: 100\r\n\r\n{"a":`],
    ['between its chunks', `${head}Transfer-Encoding: chunked\r\n\r\n5\r\n{"a":\r\n`],
  ])('%s is an error', async (_, text) => {
    for (const ending of ['end', 'destroy'] as const) {
      await expect(receiveRaw(text, ending)).rejects.toMatchObject({
        code: 'NETWORK_ERROR',
        retryable: true,
        options: { context: { kind: 'cut_off' } },
      });
    }
  });

  it('where only the end of the connection would tell is invalid JSON', async () => {
    await expect(receiveRaw(`${head}Connection: close\r\n\r\n{"a":`)).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
    });
  });

  it('keeps the status of an error', async () => {
    const text = 'HTTP/1.1 503 No\r\nContent-Type: text/plain\r\nContent-Length: 100\r\n\r\nbusy';
    await expect(receiveRaw(text)).rejects.toMatchObject({ code: 'HTTP_ERROR', status: 503, body: 'busy' });
  });

  it('is an error for a file too', async () => {
    const server = await startRawServer((socket) =>
      socket.end('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nabc'),
    );
    const saving = executeHttpCommand(
      aCall({
        baseUrl: server.origin,
        saveFile: async (file) => {
          for await (const _ of file.bytes);
          return file.name;
        },
      }),
    );
    await expect(saving).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
  });
});

describe('an answer that breaks before anybody reads it', () => {
  it('is an error for whoever reads it then', async () => {
    const broken = Promise.withResolvers<void>();
    const server = await startRawServer((socket) => {
      socket.once('close', () => broken.resolve());
      socket.write('HTTP/1.1 200 OK\r\nContent-Type: image/png\r\nContent-Length: 9\r\n\r\nabc');
    });
    const saving = executeHttpCommand(
      aCall({
        baseUrl: server.origin,
        saveFile: async (file) => {
          server.breakConnections();
          await broken.promise;
          await new Promise((resolve) => setTimeout(resolve, 20));
          for await (const _ of file.bytes);
          return file.name;
        },
      }),
    );
    await expect(saving).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
  });
});

describe('time', () => {
  it.each([
    ['a host that never answers', ''],
    ['an answer that never ends', `${head}Content-Length: 100\r\n\r\n{`],
  ])('runs out for %s', async (_, text) => {
    const server = await startRawServer((socket) => void socket.write(text));
    await expect(executeHttpCommand(aCall({ baseUrl: server.origin, timeoutMs: 30 }))).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
      retryable: true,
      options: { context: { kind: 'timeout', timeout_ms: 30 } },
    });
  });

  it('starts anew with every piece of a file', async () => {
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'image/png' });
      let pieces = 0;
      const timer = setInterval(() => {
        response.write('x');
        if (++pieces < 9) return;
        clearInterval(timer);
        response.end();
      }, 200);
    });
    const { body } = await executeHttpCommand(
      aCall({
        baseUrl: server.origin,
        timeoutMs: 1_500,
        saveFile: async (file) => {
          for await (const _ of file.bytes);
          return file.name;
        },
      }),
    );
    expect(body).toMatchObject({ file: 'things', bytes: 9 });
  });
});

describe('a signal', () => {
  it('that has aborted sends nothing', async () => {
    const server = await startServer();
    const call = aCall({ baseUrl: server.origin, signal: AbortSignal.abort() });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'CANCELED', retryable: false });
    expect(server.requests).toEqual([]);
  });

  it('ends a request that waits for its answer', async () => {
    const controller = new AbortController();
    const server = await startServer(() => controller.abort());
    const call = aCall({ baseUrl: server.origin, signal: controller.signal });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'CANCELED' });
  });

  it('ends a request in the middle of its answer', async () => {
    const controller = new AbortController();
    const server = await startServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' }).write('{', () => controller.abort());
    });
    const call = aCall({ baseUrl: server.origin, signal: controller.signal });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'CANCELED' });
  });

  it('ends a request in the middle of an error', async () => {
    const controller = new AbortController();
    const server = await startServer((_, response) => {
      response.writeHead(500, { 'content-type': 'application/json' }).write('{', () => controller.abort());
    });
    const call = aCall({ baseUrl: server.origin, signal: controller.signal });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'CANCELED' });
  });
});

describe('one command', () => {
  it.each(['GET', 'POST'] as const)('is one request, whatever happens (%s)', async (method) => {
    const server = await startServer((_, response) => response.writeHead(503, { 'retry-after': '0' }).end());
    const command = aCommand({ method });
    await expect(executeHttpCommand(aCall({ baseUrl: server.origin, command }))).rejects.toMatchObject({
      status: 503,
    });
    expect(server.requests).toHaveLength(1);
  });

  it('of another kind has another executor', async () => {
    const command = { ...aCommand(), execution: { kind: 'workflow' as const, workflow_id: 'w' } };
    await expect(executeHttpCommand(aCall({ command }))).rejects.toMatchObject({ code: 'INTERNAL' });
  });
});
