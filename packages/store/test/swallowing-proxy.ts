/** A way to a TCP server on which packets get lost: connections that were made before stay open, and nothing comes through. */
import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

export interface SwallowingProxy {
  readonly port: number;
  /** From now on, of the connections that there are. */
  swallow(): void;
  close(): Promise<void>;
}

export async function startSwallowingProxy(host: string, port: number): Promise<SwallowingProxy> {
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect({ host, port });
    for (const socket of [client, upstream]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    }
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port, // it listens on a port
    swallow() {
      for (const socket of sockets) socket.unpipe().resume();
    },
    async close() {
      server.close();
      for (const socket of sockets) socket.destroy();
      await once(server, 'close');
    },
  };
}
