/** Serves one client of this revision over a connection of its own. */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { Changes } from '@oatty/runtime';
import type { Caller } from '@oatty/types';
import type { McpHost } from '../../create-server.ts';
import { logTransport } from '../../methods/answer-request.ts';
import type { Connection } from '../connection.ts';
import { toChangeEvents } from './change-events.ts';
import { ModernServer } from './modern-server.ts';

export async function connectClient(
  host: McpHost,
  transport: Transport,
  caller: Caller,
): Promise<Connection> {
  let server: ModernServer | undefined;
  const onChanges = (changes: Changes) => {
    for (const event of toChangeEvents(changes, host.surface.tools)) void server?.tell(event);
  };
  const open = () => {
    server = new ModernServer(host, { caller });
    host.board.join(onChanges);
    server.onclose = () => host.board.leave(onChanges);
    return server;
  };
  const connection = serveStdio(open, {
    transport,
    legacy: 'reject',
    onerror: (error) => logTransport(host.log, error),
  });
  return { onStreams: () => undefined, close: () => connection.close() };
}
