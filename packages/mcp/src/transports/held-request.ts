/** A request whose response has not begun: it becomes JSON or a stream. See `json-or-stream.ts`. */
import type { ServerResponse } from 'node:http';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';

/** Short beside what a person or a model notices, long beside what most tools take. */
const holdMs = 25;

export class HeldRequest {
  readonly #response: ServerResponse;
  readonly #openStream: () => Promise<void>;
  readonly #timer: NodeJS.Timeout;
  /** The answer, or `undefined` once it will not be JSON. */
  readonly #decision = Promise.withResolvers<JSONRPCMessage | undefined>();
  /** Whether the stream takes messages; never when the client has gone. */
  readonly #opened = Promise.withResolvers<boolean>();
  #isDecided = false;

  constructor(response: ServerResponse, openStream: () => Promise<void>) {
    this.#response = response;
    this.#openStream = openStream;
    this.#timer = setTimeout(() => void this.open(), holdMs);
    response.once('close', () => this.#decide(undefined));
  }

  /**
   * Resolves with what is to be the JSON of the response; else when the stream has ended.
   *
   * @throws what opening the stream throws
   */
  async answer(): Promise<JSONRPCMessage | undefined> {
    const answer = await this.#decision.promise;
    if (answer !== undefined) return answer;
    try {
      if (!this.#response.destroyed) await this.#openStream();
    } finally {
      this.#opened.resolve(false);
    }
    return undefined;
  }

  /** @returns whether the message becomes the JSON of the response */
  take(message: JSONRPCMessage): boolean {
    return this.#decide(message);
  }

  /** Resolves when messages can be sent on the stream. @returns `false` when there will be none */
  async open(): Promise<boolean> {
    this.#decide(undefined);
    return this.#opened.promise;
  }

  /** To be told when the stream takes messages. */
  opens(): void {
    this.#opened.resolve(true);
  }

  #decide(answer: JSONRPCMessage | undefined): boolean {
    if (this.#isDecided) return false;
    this.#isDecided = true;
    clearTimeout(this.#timer);
    this.#decision.resolve(answer);
    return true;
  }
}
