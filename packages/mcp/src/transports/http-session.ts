/** One client over Streamable HTTP, with the responses that are open to it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { RequestId } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import type { Caller } from '@oatty/types';
import type { McpServer } from '../create-server.ts';
import { JsonOrStream } from './json-or-stream.ts';
import { ReplayStore } from './replay-store.ts';
import type { HttpCall } from './http-call.ts';
import type { ReplayLimits, SentMessage } from './replay-store.ts';

export interface HttpSessionEvents {
  /** The client has introduced itself: from now on it comes with this id. */
  onOpen(id: string, session: HttpSession): void;
  onClose(id: string): void;
}

export class HttpSession {
  /** Whose it is: nobody else may use it. */
  readonly principal: string;
  readonly #streams: StreamableHTTPServerTransport;
  readonly #transport: JsonOrStream;
  readonly #replay: ReplayStore;
  readonly #open = new Set<ServerResponse>();
  /** Requests whose answers can still be sent. */
  readonly #requests = new Set<RequestId>();
  /** Accepted answers to GET: the client's own stream. */
  readonly #ownStreams = new Set<ServerResponse>();
  #onStreams: () => void = () => undefined;
  #lastUsedAt = Date.now();

  constructor(principal: string, limits: ReplayLimits, events: HttpSessionEvents) {
    this.principal = principal;
    this.#replay = new ReplayStore(limits);
    this.#streams = new StreamableHTTPServerTransport({
      sessionIdGenerator: randomUUID,
      onsessioninitialized: (id) => events.onOpen(id, this),
      eventStore: this.#replay,
    });
    this.#transport = new JsonOrStream(this.#streams);
    this.#transport.onclose = () => {
      if (this.#transport.sessionId !== undefined) events.onClose(this.#transport.sessionId);
    };
  }

  async connect(server: McpServer, caller: Caller): Promise<void> {
    const streams = {
      hasOwn: () => this.#ownStreams.size > 0,
      has: (requestId: RequestId) => this.#requests.has(requestId),
      end: (requestId: RequestId) => {
        void this.#transport.end(requestId).then(() => this.#replay.end(requestId));
      },
    };
    const connection = await server.openSession(this.#transport, { caller, streams });
    this.#onStreams = () => connection.onStreams();
  }

  /** Idle since this time in milliseconds; `undefined` while a response is open. */
  get idleSince(): number | undefined {
    return this.#open.size === 0 ? this.#lastUsedAt : undefined;
  }

  async answer({ request, response, messages, scopes }: HttpCall): Promise<void> {
    const ids = messages.flatMap((message) => ('method' in message && 'id' in message ? [message.id] : []));
    this.#track(response, ids);
    if (request.method === 'GET' && !this.#openStream(request, response)) return;
    const authInfo = scopes && { token: '', clientId: this.principal, scopes: [...scopes] };
    const authenticated = Object.assign(request, authInfo && { auth: authInfo });
    const openStream = () =>
      this.#replay.open(ids, () => this.#streams.handleRequest(authenticated, response, messages));
    await this.#transport.answer({ request, response, messages, authInfo, openStream });
  }

  async close(): Promise<void> {
    await this.#transport.close();
  }

  /** The response can carry answers to these requests until it closes. */
  #track(response: ServerResponse, requests: readonly RequestId[]): void {
    for (const id of requests) this.#requests.add(id);
    this.#open.add(response);
    response.once('close', () => {
      for (const id of requests) this.#requests.delete(id);
      this.#open.delete(response);
      this.#ownStreams.delete(response);
      this.#lastUsedAt = Date.now();
      if (!response.writableFinished) this.#onStreams();
    });
  }

  /**
   * @returns whether there is more to come; else it has been said
   * @throws {OattyError} `ARGUMENT_INVALID` for a stream that cannot be continued
   */
  #openStream({ headers }: IncomingMessage, response: ServerResponse): boolean {
    const lastEventId = headers['last-event-id'];
    const resumption = typeof lastEventId === 'string' ? this.#replay.find(lastEventId) : ownStream;
    switch (resumption.kind) {
      case 'unknown':
        throw cannotResume();
      case 'answered':
        writeRest(response, resumption.rest);
        return false;
      case 'own':
        onAccepted(response, () => {
          this.#ownStreams.add(response);
          this.#onStreams();
        });
        return true;
      case 'open':
        onAccepted(response, () => {
          this.#track(response, resumption.requests);
          this.#onStreams();
        });
        return true;
    }
  }
}

// --- internal ---

const ownStream = { kind: 'own' } as const;

/** Calls back when the head of the response goes out: Node has no event for it, and the SDK tells nobody. */
function onAccepted(response: ServerResponse, callback: () => void): void {
  const writeHead = response.writeHead.bind(response);
  response.writeHead = ((...head: unknown[]) => {
    const result: unknown = Reflect.apply(writeHead, undefined, head);
    if (response.statusCode === 200) callback();
    return result;
  }) as ServerResponse['writeHead']; // same arguments, same result
}

function writeRest(response: ServerResponse, rest: readonly SentMessage[]): void {
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache, no-transform' });
  for (const { eventId, message } of rest) {
    response.write(`event: message\nid: ${eventId}\ndata: ${JSON.stringify(message)}\n\n`);
  }
  response.end();
}

function cannotResume(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'The stream cannot be continued after this event.', {
    suggestedAction:
      'Open a stream without Last-Event-ID; read tasks with tasks/get, and runs with run.status.',
  });
}
