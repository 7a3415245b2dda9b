/** Answers requests of this revision over HTTP, each on its own: nothing is remembered between two of them. */
import { createMcpHandler } from '@modelcontextprotocol/server';
import type { ServerEventBus } from '@modelcontextprotocol/server';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Changes } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { McpHost } from '../../create-server.ts';
import { logTransport } from '../../methods/answer-request.ts';
import { toChangeEvents } from './change-events.ts';
import { ModernServer } from './modern-server.ts';
import type { Requester } from './modern-session.ts';

export interface RequestHandler {
  /** @param request - without its body: that has been read */
  answer(request: Request, call: RequestCall): Promise<Response>;
  /** Ends every stream. */
  close(): Promise<void>;
}

interface RequestCall extends Requester {
  /** What the body holds. */
  readonly messages: readonly JSONRPCMessage[];
}

export function openRequests(host: McpHost): RequestHandler {
  const requesters = new WeakMap<Request, Requester>();
  const handler = createMcpHandler(
    ({ requestInfo }) => new ModernServer(host, requesterOf(requestInfo, requesters)),
    { legacy: 'reject', bus: toBus(host), onerror: (error) => logTransport(host.log, error) },
  );
  return {
    answer(request, { messages, ...requester }) {
      requesters.set(request, requester);
      return handler.fetch(request, { parsedBody: messages.length === 1 ? messages[0] : messages });
    },
    close: () => handler.close(),
  };
}

// --- internal ---

/** Nothing is published: what is told comes from the files, in whatever process they change. */
function toBus({ board, surface }: McpHost): ServerEventBus {
  return {
    publish: () => undefined,
    subscribe(listener) {
      const onChanges = (changes: Changes) =>
        toChangeEvents(changes, surface.tools).forEach((event) => listener(event));
      board.join(onChanges);
      return () => board.leave(onChanges);
    },
  };
}

/** The SDK hands over the request that it was given. */
function requesterOf(request: Request | undefined, requesters: WeakMap<Request, Requester>): Requester {
  const requester = request && requesters.get(request);
  if (requester) return requester;
  throw new OattyError('INTERNAL', 'A request came without its caller.');
}
