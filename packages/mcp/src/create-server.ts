/**
 * The MCP server over a runtime.
 *
 *   surface.ts   what is offered: the lists of the two folders below
 *   tools/       what a model can call; `tool-list.ts` has the order
 *   resources/   what it can read
 *   tasks/       runs as tasks: follow, ask, cancel
 *   methods/     methods of the protocol that are the same in every revision
 *   errors/      the one mapping from errors to the wire
 *   eras/        the protocol's revisions: thin adapters over the folders above
 *   transports/  stdio and Streamable HTTP
 */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { Oatty } from '@oatty/runtime';
import type { Caller } from '@oatty/types';
import type { Connection } from './eras/2025-11-25/connect-client.ts';
import type { Log } from './log.ts';
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
  /** Takes one line of JSON per failure. */
  readonly log: Log;
  /** A task that is working says so this often. Default 9 s: at least every 10, however busy the process is. */
  readonly heartbeatMs?: number;
  /** Default: everything of oatty. Conformance checks bring their own. */
  readonly surface?: McpSurface;
}

export interface McpServer {
  /** Serves one client. */
  connect(transport: Transport, client?: Partial<ConnectedClient>): Promise<Connection>;
}

export interface ConnectedClient {
  /** Default: the user of this machine. */
  readonly caller: Caller;
  /** Default: one, which carries everything. */
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
}

export function createMcpServer(options: McpServerOptions): McpServer {
  const { oatty, log } = options;
  const host: McpHost = {
    toolNames: 'underscore',
    heartbeatMs: 9_000,
    surface: productSurface,
    ...options,
    desk: new QuestionDesk(oatty, log),
  };
  return {
    async connect(transport, client) {
      const { connectClient } = await import('./eras/2025-11-25/connect-client.ts');
      return connectClient(host, transport, { caller: localCaller, streams: oneStream, ...client });
    },
  };
}

/** Without authentication everybody is the user of this machine. */
export const localCaller: Caller = { principal: 'local', via: 'mcp' };

// --- internal ---

const oneStream: ClientStreams = { hasOwn: () => true, has: () => true, end: () => undefined };
