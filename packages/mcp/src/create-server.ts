/**
 * The MCP server over a runtime.
 *
 *   surface.ts   what is offered: the lists of the three folders below
 *   tools/       what a model can call; `tool-list.ts` has the order
 *   catalog-tools/  tools that a catalog brings while it is enabled
 *   views/       what shows their results
 *   resources/   what it can read, and what of it has changed
 *   prompts/     what a person can start from
 *   outputs/     the results of the tools, in full
 *   tasks/       runs as tasks: follow, ask, cancel
 *   methods/     methods of the protocol that are the same in every revision
 *   errors/      the one mapping from errors to the wire
 *   eras/        the protocol's revisions: thin adapters over the folders above
 *   transports/  stdio and Streamable HTTP
 */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Oatty, Telemetry } from '@oatty/runtime';
import type { Caller } from '@oatty/types';
import type { RequestHandler } from './eras/2026-07-28/open-requests.ts';
import type { Connection } from './eras/connection.ts';
import { connectEither } from './eras/either-client.ts';
import type { ConnectEra, EitherConnection } from './eras/either-client.ts';
import type { Log } from './log.ts';
import { ChangeBoard } from './resources/change-board.ts';
import { productSurface } from './surface.ts';
import type { McpSurface } from './surface.ts';
import { QuestionDesk } from './tasks/question-desk.ts';
import type { ToolNameStyle } from './tools/tool-name.ts';

export interface McpServerOptions {
  readonly oatty: Oatty;
  /** Of the program that serves. */
  readonly version: string;
  /** How tools are listed; both ways are accepted. Default `underscore`. */
  readonly toolNames?: ToolNameStyle;
  /** Hears of each failure. */
  readonly log: Log;
  /** A task that is working says so this often. Default 9 s: at least every 10, however busy the process is. */
  readonly heartbeatMs?: number;
  /** Hears of every request. Default: nobody does. */
  readonly telemetry?: Telemetry | undefined;
  /** Default: everything of oatty. Conformance checks bring their own. */
  readonly surface?: McpSurface;
}

export interface McpServer {
  /** Serves one client over a connection of its own. Its first message tells which revision it speaks. */
  connect(transport: Transport): Promise<EitherConnection>;
  /** Serves one session of a client of revision 2025-11-25 or before. */
  openSession(transport: Transport, client: ConnectedClient): Promise<Connection>;
  /** Answers requests of revision 2026-07-28, each on its own. */
  openRequests(): Promise<RequestHandler>;
}

export interface ConnectedClient {
  readonly caller: Caller;
  readonly streams: ClientStreams;
}

/** The streams to one client, where the transport has several. */
export interface ClientStreams {
  /** Whether a message that answers no request would reach the client now. */
  hasOwn(): boolean;
  /** Whether a message about this request, which is not answered yet, would. */
  has(requestId: string | number): boolean;
  /** The request was taken back: nothing more is said on its stream. */
  end(requestId: string | number): void;
}

/** What all clients of one process have in common. */
export interface McpHost extends Required<McpServerOptions> {
  readonly desk: QuestionDesk;
  readonly board: ChangeBoard;
}

export function createMcpServer(options: McpServerOptions): McpServer {
  const { oatty, log } = options;
  const host: McpHost = {
    toolNames: 'underscore',
    heartbeatMs: 9_000,
    surface: productSurface,
    telemetry: undefined,
    ...options,
    desk: new QuestionDesk(oatty, log),
    board: new ChangeBoard(oatty),
  };
  const openSession = async (transport: Transport, client: ConnectedClient) => {
    const { connectClient } = await import('./eras/2025-11-25/connect-client.ts');
    return connectClient(host, transport, client);
  };
  const connectEra: ConnectEra = async (era, channel) => {
    if (era === '2025-11-25') return openSession(channel, { caller: localCaller, streams: oneStream });
    const { connectClient } = await import('./eras/2026-07-28/connect-client.ts');
    return connectClient(host, channel, localCaller);
  };
  return {
    connect: (transport) => connectEither(transport, connectEra, log),
    openSession,
    async openRequests() {
      const { openRequests } = await import('./eras/2026-07-28/open-requests.ts');
      return openRequests(host);
    },
  };
}

/** Without authentication everybody is the user of this machine. */
export const localCaller: Caller = { principal: 'local', via: 'mcp' };

// --- internal ---

const oneStream: ClientStreams = { hasOwn: () => true, has: () => true, end: () => undefined };
