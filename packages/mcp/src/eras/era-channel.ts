/** The connection as the server of one revision sees it, while another part reads what comes and decides who gets it. */
import type { Transport, TransportSendOptions } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';

export class EraChannel implements Transport {
  onmessage: Transport['onmessage'];
  onerror: Transport['onerror'];
  onclose: Transport['onclose'];
  readonly #transport: Transport;
  readonly #unanswered = new Set<RequestId>();
  #answered = Promise.withResolvers<void>();
  #isOpen = true;
  #isDetached = false;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async start(): Promise<void> {}

  deliver(message: JSONRPCMessage): void {
    if (!this.#isOpen) return;
    this.#note(message);
    this.onmessage?.(message);
  }

  async send(message: JSONRPCMessage, options?: TransportSendOptions): Promise<void> {
    if (!this.#isOpen) return;
    await this.#transport.send(message, options);
    if (!('method' in message) && message.id !== undefined) this.#forget(message.id);
  }

  /** Resolves when every request that was delivered has its answer, but for those that wait for something else. */
  async settled(): Promise<void> {
    if (this.#isOpen && this.#unanswered.size > 0) await this.#answered.promise;
  }

  /** Whoever closes the channel closes the connection, unless it was detached. */
  async close(): Promise<void> {
    if (!this.#isOpen) return;
    if (!this.#isDetached) await this.#transport.close();
    this.end();
  }

  /** The connection goes on with another channel. */
  detach(): void {
    this.#isDetached = true;
  }

  /** The connection has closed. */
  end(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#answered.resolve();
    this.onclose?.();
  }

  #note(message: JSONRPCMessage): void {
    if (!('method' in message)) return;
    if ('id' in message && !waiting.includes(message.method)) this.#unanswered.add(message.id);
    // What was taken back is not answered.
    if (message.method === 'notifications/cancelled') this.#forget(message.params?.['requestId']);
  }

  #forget(id: unknown): void {
    if (!this.#unanswered.delete(id as RequestId) || this.#unanswered.size > 0) return; // other ids are not in the set
    this.#answered.resolve();
    this.#answered = Promise.withResolvers();
  }
}

// --- internal ---

/** Answered when a run ends, or when nobody listens any more. */
const waiting: readonly string[] = ['tasks/result', 'subscriptions/listen'];
