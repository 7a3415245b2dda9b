/** Real servers on 127.0.0.1 that remember what arrived and end with the test. */
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, ServerResponse } from 'node:http';
import { createServer as createRawServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { onTestFinished } from 'vitest';

export interface ReceivedRequest {
  readonly method: string;
  /** Path and query, byte for byte. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface LocalServer {
  readonly origin: string;
  readonly port: number;
  readonly requests: ReceivedRequest[];
}

export interface RawServer {
  readonly origin: string;
  breakConnections(): void;
}

/** Answers 200 with `{}` unless told otherwise. */
export async function startServer(
  answer: (request: ReceivedRequest, response: ServerResponse) => void = (_, response) =>
    sendJson(response, {}),
): Promise<LocalServer> {
  const requests: ReceivedRequest[] = [];
  const server = createServer((incoming, response) => {
    const chunks: Buffer[] = [];
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
    incoming.on('end', () => {
      const { method = '', url = '', headers } = incoming;
      const request = { method, url, headers, body: Buffer.concat(chunks).toString('latin1') };
      requests.push(request);
      answer(request, response);
    });
  });
  onTestFinished(() => server.closeAllConnections());
  const port = await listen(server);
  return { origin: `http://127.0.0.1:${port}`, port, requests };
}

/** Writes bytes as they are: for answers that no HTTP server would give. */
export async function startRawServer(answer: (socket: Socket) => void): Promise<RawServer> {
  const sockets = new Set<Socket>();
  const server = createRawServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.once('data', () => answer(socket));
  });
  onTestFinished(() => sockets.forEach((socket) => socket.destroy()));
  return {
    origin: `http://127.0.0.1:${await listen(server)}`,
    breakConnections: () => sockets.forEach((socket) => socket.resetAndDestroy()),
  };
}

/** A port on which nothing listens. */
export async function findClosedPort(): Promise<number> {
  const server = createRawServer();
  const port = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

async function listen(server: Server): Promise<number> {
  onTestFinished(() => void server.close());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
