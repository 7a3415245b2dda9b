/** Serves one client of this revision over a connection of its own. */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Caller } from '@oatty/types';
import type { McpHost } from '../../create-server.ts';
import { logTransport } from '../../methods/answer-request.ts';
import type { Connection } from '../connection.ts';
import { ModernServer } from './modern-server.ts';

export async function connectClient(
  host: McpHost,
  transport: Transport,
  caller: Caller,
): Promise<Connection> {
  const connection = serveStdio(() => new ModernServer(host, { caller }), {
    transport,
    legacy: 'reject',
    onerror: (error) => logTransport(host.log, error),
  });
  return { onStreams: () => undefined, close: () => connection.close() };
}
