/** One client over Streamable HTTP, with the responses that are open to it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import type { McpServer } from '../create-server.ts';

export interface HttpSessionEvents {
  /** The client has introduced itself: from now on it comes with this id. */
  onOpen(id: string, session: HttpSession): void;
  onClose(id: string): void;
}

export class HttpSession {
  readonly #transport: StreamableHTTPServerTransport;
  readonly #open = new Set<ServerResponse>();
  /** Requests whose answers can still be sent. */
  readonly #requests = new Set<RequestId>();
  /** Accepted answers to GET: the client's own stream. */
  readonly #ownStreams = new Set<ServerResponse>();
  #onStreams: () => void = () => undefined;
  #lastUsedAt = Date.now();

  constructor(events: HttpSessionEvents) {
    this.#transport = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => events.onOpen(id, this),
    });
    this.#transport.onclose = () => {
      if (this.#transport.sessionId !== undefined) events.onClose(this.#transport.sessionId);
    };
  }

  async connect(server: McpServer): Promise<void> {
    const connection = await server.connect(this.#transport, {
      hasOwn: () => this.#ownStreams.size > 0,
      has: (requestId) => this.#requests.has(requestId),
      end: (requestId) => this.#transport.closeSSEStream(requestId),
    });
    this.#onStreams = () => connection.onStreams();
  }

  /** Idle since this time in milliseconds; `undefined` while a response is open. */
  get idleSince(): number | undefined {
    return this.#open.size === 0 ? this.#lastUsedAt : undefined;
  }

  /** @param messages - what the body holds; it is read */
  async answer(
    request: IncomingMessage,
    response: ServerResponse,
    messages: readonly JSONRPCMessage[],
  ): Promise<void> {
    const requests = messages.filter((message) => 'method' in message && 'id' in message);
    for (const { id } of requests) this.#requests.add(id);
    this.#open.add(response);
    response.once('close', () => {
      for (const { id } of requests) this.#requests.delete(id);
      this.#open.delete(response);
      this.#ownStreams.delete(response);
      this.#lastUsedAt = Date.now();
      if (!response.writableFinished) this.#onStreams();
    });
    if (request.method === 'GET') onHead(response, () => this.#noteOwnStream(response));
    await this.#transport.handleRequest(request, response, messages);
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  #noteOwnStream(response: ServerResponse): void {
    if (response.statusCode !== 200) return;
    this.#ownStreams.add(response);
    this.#onStreams();
  }
}

// --- internal ---

/** Calls back when the head of the response goes out: Node has no event for it, and the SDK tells nobody. */
function onHead(response: ServerResponse, callback: () => void): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((...head: unknown[]) => {
    const result: unknown = Reflect.apply(writeHead, undefined, head);
    callback();
    return result;
  }) as ServerResponse['writeHead']; // same arguments, same result
}
