/**
 * What one client was sent lately, so that it gets the rest after a stream broke (2025-11-25, `Last-Event-ID`).
 *
 *   R1. An id is good for its own stream only, and for this client only.
 *   R2. The oldest messages make room for new ones. Who asks for more than is kept gets nothing, and not a part.
 *   R3. A stream whose request was taken back says nothing more, also later.
 */
import { AsyncLocalStorage } from 'node:async_hooks';
import type { EventStore } from '@modelcontextprotocol/sdk/server/streamableHttp.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';

export interface ReplayLimits {
  readonly maxReplayEvents: number;
  readonly maxReplayBytes: number;
}

/** What can be done for a client that names the last event it got. */
export type Resumption =
  | { readonly kind: 'unknown' }
  /** The client's own stream, which answers no request. */
  | { readonly kind: 'own' }
  /** The stream of requests that are not answered yet. */
  | { readonly kind: 'open'; readonly requests: readonly RequestId[] }
  /** Everything has been said. */
  | { readonly kind: 'answered'; readonly rest: readonly SentMessage[] };

export interface SentMessage {
  readonly eventId: string;
  readonly message: JSONRPCMessage;
}

export class ReplayStore implements EventStore {
  readonly #limits: ReplayLimits;
  /** The requests whose stream is being opened. */
  readonly #opening = new AsyncLocalStorage<readonly RequestId[]>();
  /** Those of which an event is kept. */
  readonly #streams = new Map<string, StoredStream>();
  /** Oldest first. */
  readonly #events: StoredEvent[] = [];
  #bytes = 0;
  #count = 0;

  constructor(limits: ReplayLimits) {
    this.#limits = limits;
  }

  /** A stream that opens during `work` is about these requests. */
  open<Result>(requests: readonly RequestId[], work: () => Result): Result {
    return this.#opening.run(requests, work);
  }

  /** The request was taken back. */
  end(requestId: RequestId): void {
    for (const [streamId, { requests }] of this.#streams) {
      if (requests.includes(requestId)) this.#forget((event) => event.streamId === streamId);
    }
  }

  find(eventId: string): Resumption {
    const event = this.#find(eventId);
    if (!event) return { kind: 'unknown' };
    if (event.streamId === ownStreamId) return { kind: 'own' };
    const sent = this.#events.filter(({ streamId }) => streamId === event.streamId);
    if (!sent.some(({ message }) => message !== undefined && isResponse(message))) {
      return { kind: 'open', requests: this.#streams.get(event.streamId)?.requests ?? [] };
    }
    return { kind: 'answered', rest: this.#after(event) };
  }

  async storeEvent(streamId: string, sent: JSONRPCMessage): Promise<string> {
    const message = 'jsonrpc' in sent ? sent : undefined;
    this.#count += 1;
    const eventId = `${this.#count}_${streamId}`;
    const bytes = message === undefined ? 0 : JSON.stringify(message).length;
    this.#keep({ eventId, streamId, message, bytes });
    this.#makeRoom();
    return eventId;
  }

  async getStreamIdForEventId(eventId: string): Promise<string | undefined> {
    return this.#find(eventId)?.streamId;
  }

  async replayEventsAfter(
    lastEventId: string,
    { send }: { send: (eventId: string, message: JSONRPCMessage) => Promise<void> },
  ): Promise<string> {
    const last = this.#find(lastEventId);
    if (!last)
      throw new OattyError('RESOURCE_NOT_FOUND', `There is no event "${lastEventId.slice(0, 100)}".`);
    for (const { eventId, message } of this.#after(last)) await send(eventId, message);
    return last.streamId;
  }

  #find(eventId: string): StoredEvent | undefined {
    return this.#events.find((event) => event.eventId === eventId);
  }

  #after(last: StoredEvent): SentMessage[] {
    const later = this.#events.slice(this.#events.indexOf(last) + 1);
    return later.flatMap(({ streamId, eventId, message }) =>
      streamId === last.streamId && message !== undefined ? [{ eventId, message }] : [],
    );
  }

  #keep(event: StoredEvent): void {
    const { streamId, message, bytes } = event;
    const stream = this.#streams.get(streamId) ?? { requests: [], events: 0 };
    stream.events += 1;
    if (message === undefined) stream.requests = this.#opening.getStore() ?? stream.requests;
    this.#streams.set(streamId, stream);
    this.#events.push(event);
    this.#bytes += bytes;
  }

  #makeRoom(): void {
    const { maxReplayEvents, maxReplayBytes } = this.#limits;
    let excess = 0;
    let bytes = this.#bytes;
    for (const event of this.#events) {
      if (this.#events.length - excess <= maxReplayEvents && bytes <= maxReplayBytes) break;
      bytes -= event.bytes;
      excess += 1;
    }
    if (excess > 0) this.#drop(this.#events.splice(0, excess));
  }

  #forget(isForgotten: (event: StoredEvent) => boolean): void {
    const kept = this.#events.filter((event) => !isForgotten(event));
    const forgotten = this.#events.filter(isForgotten);
    this.#events.splice(0, this.#events.length, ...kept);
    this.#drop(forgotten);
  }

  #drop(events: readonly StoredEvent[]): void {
    for (const { streamId, bytes } of events) {
      this.#bytes -= bytes;
      const stream = this.#streams.get(streamId);
      if (stream === undefined) continue;
      stream.events -= 1;
      if (stream.events === 0) this.#streams.delete(streamId);
    }
  }
}

// --- internal ---

/** The SDK's own name for the stream that answers no request. */
const ownStreamId = '_GET_stream';

interface StoredStream {
  /** Which it answers; none for the client's own. */
  requests: readonly RequestId[];
  /** How many of its events are kept. */
  events: number;
}

interface StoredEvent {
  readonly eventId: string;
  readonly streamId: string;
  /** Absent for the first event of a stream, which only gives the client an id. */
  readonly message: JSONRPCMessage | undefined;
  readonly bytes: number;
}

function isResponse(message: JSONRPCMessage): boolean {
  return 'result' in message || 'error' in message;
}
