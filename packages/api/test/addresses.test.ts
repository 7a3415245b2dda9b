import { describe, expect, it } from 'vitest';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { sendRequest } from '../src/transport/send-request.ts';
import { withDeadline } from '../src/transport/deadline.ts';
import { aCall, aCommand } from './a-call.ts';
import { startServer } from './local-server.ts';

/** Never connected to: the operation has its own server. */
const publicBase = 'https://93.184.216.34';

describe('an address that only the description names', () => {
  it.each([
    ['an address', (port: number) => `http://127.0.0.1:${port}`],
    ['an address in another notation', (port: number) => `http://2130706433:${port}`],
    ['a mapped address', (port: number) => `http://[::ffff:127.0.0.1]:${port}`],
    ['a name', (port: number) => `http://localhost:${port}`],
  ])('is refused when it is %s on a private network', async (_, toServer) => {
    const server = await startServer();
    const command = aCommand({ servers: [toServer(server.port)] });
    await expect(executeHttpCommand(aCall({ baseUrl: publicBase, command }))).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
    expect(server.requests).toEqual([]);
  });

  it('is allowed when the base URL is on a private network too', async () => {
    const server = await startServer();
    const command = aCommand({ servers: [`http://localhost:${server.port}`] });
    await executeHttpCommand(aCall({ baseUrl: 'http://10.0.0.1', command }));
    expect(server.requests).toHaveLength(1);
  });

  it.each(['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '168.63.129.16'])(
    'is refused when it is link-local, even then (%s)',
    async (host) => {
      const server = await startServer((_, response) =>
        response.writeHead(302, { location: `http://${host}/latest/meta-data` }).end(),
      );
      await expect(executeHttpCommand(aCall({ baseUrl: server.origin }))).rejects.toMatchObject({
        code: 'ADDRESS_NOT_ALLOWED',
      });
    },
  );

  it('is refused for a token URL', async () => {
    const server = await startServer();
    const call = aCall({
      baseUrl: publicBase,
      command: aCommand({ security: [{ oauth: [] }] }),
      securitySchemes: { oauth: { kind: 'oauth2_client_credentials', token_url: server.origin, scopes: [] } },
      entry: { auth: { oauth: { client_id: 'a', client_secret: 'b' } } },
    });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(server.requests).toEqual([]);
  });
});

describe('a base URL that the user chose', () => {
  it.each(['169.254.169.254', '[fe80::1]', '[::ffff:169.254.169.254]', '168.63.129.16'])(
    'is refused all the same when it is link-local (%s)',
    async (host) => {
      await expect(executeHttpCommand(aCall({ baseUrl: `http://${host}` }))).rejects.toMatchObject({
        code: 'ADDRESS_NOT_ALLOWED',
      });
    },
  );
});

describe('a base URL that a description from the network chose', () => {
  it('is refused when it is on a private network', async () => {
    const server = await startServer();
    const call = aCall({ baseUrl: `http://localhost:${server.port}`, entry: { public_only: true } });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
      options: { context: { host: 'localhost' } },
    });
    expect(server.requests).toEqual([]);
  });

  it('opens no private address to other hosts either', async () => {
    const server = await startServer();
    const command = aCommand({ servers: [server.origin] });
    const call = aCall({ baseUrl: 'http://10.0.0.1', command, entry: { public_only: true } });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
  });
});

describe('a redirect from a public to a private address', () => {
  it.each(['127.0.0.1', 'localhost'])('is refused (%s)', async (host) => {
    const inside = await startServer();
    const outside = await startServer((_, response) =>
      response.writeHead(302, { location: `http://${host}:${inside.port}/admin` }).end(),
    );
    // The first hop stands for the public host that the user chose.
    let hops = 0;
    const sending = withDeadline(5_000, undefined, (deadline) =>
      sendRequest(
        { method: 'GET', url: new URL(outside.origin), headers: {} },
        {
          addressPolicy: { isGuarded: () => Promise.resolve(hops++ > 0) },
          ownOrigins: new Set(),
          limits: { maxHeaderBytes: 16_384, maxRedirects: 10, maxResponseBytes: 1_000 },
          deadline,
        },
      ),
    );
    await expect(sending).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect([outside.requests.length, inside.requests.length]).toEqual([1, 0]);
  });

  it('does not travel on a connection that another call has opened', async () => {
    const server = await startServer();
    await executeHttpCommand(aCall({ baseUrl: `http://localhost:${server.port}` }));
    const command = aCommand({ servers: [`http://localhost:${server.port}`] });
    await expect(executeHttpCommand(aCall({ baseUrl: publicBase, command }))).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
    expect(server.requests).toHaveLength(1);
  });
});
