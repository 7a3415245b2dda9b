/**
 * Streamable HTTP for one client: an answer that comes at once and alone is JSON, everything else is the SDK's stream.
 *
 * A stream that can be continued begins with an event that gives the client an id. For a call that is over at once it
 * is good for nothing, and takes as long as the call.
 *
 *   J1. A request reaches the server before the client hears anything. An answer within `holdMs`, when nothing was sent
 *       about the request before, is the body of the response.
 *   J2. Whatever comes first instead opens the stream and goes out there: another message about the request, the end of
 *       `holdMs`, the end of the request or of the session.
 *   J3. Batches, `initialize` and what the SDK would refuse are the SDK's from the start.
 *   J4. Who leaves before anything was said has no id to come back with: nobody gets the answer.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { StreamableHTTPServerTransport } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { AuthInfo } from '@modelcontextprotocol/sdk/server/auth/types.js';
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import { SUPPORTED_PROTOCOL_VERSIONS } from '@modelcontextprotocol/sdk/types.js';
import type { JSONRPCMessage, JSONRPCRequest, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { HeldRequest } from './held-request.ts';
import { isInitialize } from './parse-message.ts';

export interface OpenCall {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly messages: readonly JSONRPCMessage[];
  readonly authInfo: AuthInfo | undefined;
  /** Lets the SDK answer with a stream. */
  readonly openStream: () => Promise<void>;
}

export class JsonOrStream implements Transport {
  onmessage: Transport['onmessage'];
  readonly #streams: StreamableHTTPServerTransport;
  /** Requests that are not answered yet, and were not the SDK's from the start. */
  readonly #held = new Map<RequestId, HeldRequest>();
  /** The one whose stream the SDK opens. */
  readonly #opening = new AsyncLocalStorage<HeldRequest>();

  constructor(streams: StreamableHTTPServerTransport) {
    this.#streams = streams;
    streams.onmessage = (message, extra) => {
      const held = this.#opening.getStore();
      if (held === undefined) this.onmessage?.(message, extra);
      else held.opens(); // the server has the message already
    };
  }

  get sessionId(): string | undefined {
    return this.#streams.sessionId;
  }

  get onclose(): Transport['onclose'] {
    return this.#streams.onclose;
  }

  set onclose(onclose: Transport['onclose']) {
    this.#streams.onclose = onclose;
  }

  get onerror(): Transport['onerror'] {
    return this.#streams.onerror;
  }

  set onerror(onerror: Transport['onerror']) {
    this.#streams.onerror = onerror;
  }

  async start(): Promise<void> {
    await this.#streams.start();
  }

  async answer(call: OpenCall): Promise<void> {
    const asked = soleRequest(call);
    if (asked === undefined) return call.openStream();
    const held: HeldRequest = new HeldRequest(call.response, () => this.#opening.run(held, call.openStream));
    this.#held.set(asked.id, held);
    this.onmessage?.(asked, call.authInfo && { authInfo: call.authInfo });
    const answer = await held.answer();
    if (answer !== undefined) writeJson(call.response, answer, this.sessionId);
  }

  async send(message: JSONRPCMessage, { relatedRequestId }: TransportSendOptions = {}): Promise<void> {
    const isAnswer = !('method' in message);
    const requestId = isAnswer ? message.id : relatedRequestId;
    const about = relatedRequestId === undefined ? {} : { relatedRequestId };
    const held = requestId === undefined ? undefined : this.#held.get(requestId);
    if (requestId === undefined || held === undefined) return this.#streams.send(message, about);
    const takesMessages = isAnswer && held.take(message) ? false : await held.open();
    if (isAnswer) this.#forget(requestId, held);
    if (takesMessages) await this.#streams.send(message, about);
  }

  /** The request was taken back: its response ends without an answer. */
  async end(requestId: RequestId): Promise<void> {
    const held = this.#held.get(requestId);
    if (held !== undefined) {
      await held.open();
      this.#forget(requestId, held);
    }
    this.#streams.closeSSEStream(requestId);
  }

  async close(): Promise<void> {
    await this.#streams.close();
    // The SDK says that the session is gone.
    await Promise.all([...this.#held.values()].map((held) => held.open()));
    this.#held.clear();
  }

  /** Unless a client that sends its request again has taken the place. */
  #forget(requestId: RequestId, held: HeldRequest): void {
    if (this.#held.get(requestId) === held) this.#held.delete(requestId);
  }
}

// --- internal ---

/** J3 */
function soleRequest({ messages, request: { headers } }: OpenCall): JSONRPCRequest | undefined {
  const [message, ...others] = messages;
  if (message === undefined || others.length > 0) return undefined;
  if (!('method' in message && 'id' in message) || isInitialize(message)) return undefined;
  const { accept = '', 'mcp-protocol-version': revision = '' } = headers;
  const isRefused =
    !accept.includes('application/json') ||
    !accept.includes('text/event-stream') ||
    (revision !== '' && !SUPPORTED_PROTOCOL_VERSIONS.includes(String(revision)));
  return isRefused ? undefined : message;
}

function writeJson(response: ServerResponse, answer: JSONRPCMessage, sessionId: string | undefined): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    ...(sessionId !== undefined && { 'mcp-session-id': sessionId }),
  });
  response.end(JSON.stringify(answer));
}
