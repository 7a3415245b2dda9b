/**
 * Serves one client over stdio. Nothing but the protocol is written to the output.
 *
 * Ends when the client closes its end and has its answers, when it stops reading, or when `signal` aborts.
 */
import type { Readable, Writable } from 'node:stream';
import { setImmediate as turn, setTimeout as pause } from 'node:timers/promises';
import { createMcpServer } from '../create-server.ts';
import type { McpServerOptions } from '../create-server.ts';
import type { EitherConnection } from '../eras/either-client.ts';

export interface StdioOptions extends McpServerOptions {
  /** Default: the process's own. */
  readonly input?: Readable;
  readonly output?: Writable;
  /** Ends serving. */
  readonly signal?: AbortSignal;
}

const maxLineBytes = 16 * 1024 * 1024;

/** A client that has closed its end still gets the answers of this time. */
const graceMs = 5_000;

/** Resolves when serving has ended. The runtime stays open: it belongs to the caller. */
export async function serveStdio(options: StdioOptions): Promise<void> {
  const { input = process.stdin, output = process.stdout, signal, ...serverOptions } = options;
  const { StdioTransport } = await import('./stdio-transport.ts');
  const transport = new StdioTransport(input, output, maxLineBytes);
  const ended = Promise.withResolvers<void>();
  transport.onclose = () => ended.resolve();
  const connection = await createMcpServer(serverOptions).connect(transport);
  const end = () => void connection.close();
  input.once('end', () => void drain(connection).then(end));
  input.once('close', () => !input.readableEnded && end());
  output.on('error', end); // the client has gone: there is nobody to tell, also later
  signal?.addEventListener('abort', end, { once: true });
  if (signal?.aborted) end();
  await ended.promise;
  signal?.removeEventListener('abort', end);
}

// --- internal ---

/** Requests that have come are begun, answered, and their answers written. */
async function drain(connection: EitherConnection): Promise<void> {
  await turn();
  await Promise.race([connection.settled(), pause(graceMs, undefined, { ref: false })]);
  await turn();
}
