import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OattyError } from '@oatty/types';

/**
 * Begins to take connections.
 *
 * @returns `127.0.0.1:62889`, or `[::1]:62889`; with port 0 the one that was free
 * @throws {OattyError} `ARGUMENT_INVALID` where the port is taken, or the address is not one of this machine
 */
export async function listen(server: Server, host: string, port: number): Promise<string> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new OattyError('ARGUMENT_INVALID', `Cannot listen on ${host}:${port} (${cause.code ?? 'unknown'}).`, {
          suggestedAction: 'Choose another port, or 0 for a free one.',
          context: { host, port },
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  const address = server.address() as AddressInfo; // it listens on a port
  return `${host.includes(':') ? `[${host}]` : host}:${address.port}`;
}
