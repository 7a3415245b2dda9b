/**
 * Serves one client over a connection of its own, whichever revision it speaks.
 *
 *   E1. The first message tells the revision, and only the SDK of that one is loaded.
 *   E2. A client may ask `server/discover` first and then introduce itself as an older one does. After any other request
 *       the revision stays.
 *   E3. Messages keep their order, also while an SDK is being loaded.
 */
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage } from '@modelcontextprotocol/sdk/types.js';
import type { Log } from '../log.ts';
import { logTransport } from '../methods/answer-request.ts';
import { eraOf } from './choose-era.ts';
import type { Era } from './choose-era.ts';
import type { Connection } from './connection.ts';
import { EraChannel } from './era-channel.ts';

/** Connects the server of one revision to a channel. */
export type ConnectEra = (era: Era, channel: Transport) => Promise<Connection>;

export interface EitherConnection extends Connection {
  /** Resolves when every request that came has its answer, but for those that wait until something else happens. */
  settled(): Promise<void>;
}

export async function connectEither(
  transport: Transport,
  connect: ConnectEra,
  log: Log,
): Promise<EitherConnection> {
  const client = new EitherClient(transport, connect, log);
  await client.start();
  return client;
}

// --- internal ---

interface OpenEra {
  readonly era: Era;
  readonly channel: EraChannel;
  readonly connection: Connection;
}

class EitherClient implements EitherConnection {
  readonly #transport: Transport;
  readonly #connect: ConnectEra;
  readonly #log: Log;
  #open: OpenEra | undefined;
  /** Nothing but `server/discover` has come. */
  #isProbing = true;
  #isClosed = false;
  /** The messages before are delivered. */
  #delivered: Promise<void> = Promise.resolve();

  constructor(transport: Transport, connect: ConnectEra, log: Log) {
    this.#transport = transport;
    this.#connect = connect;
    this.#log = log;
  }

  async start(): Promise<void> {
    const { onclose } = this.#transport;
    this.#transport.onmessage = (message) => {
      this.#delivered = this.#delivered.then(() => this.#deliver(message)).catch(() => this.close());
    };
    this.#transport.onerror = (error) => logTransport(this.#log, error);
    this.#transport.onclose = () => {
      this.#isClosed = true;
      onclose?.();
      this.#open?.channel.end();
    };
    await this.#transport.start();
  }

  onStreams(): void {
    this.#open?.connection.onStreams();
  }

  async settled(): Promise<void> {
    await this.#delivered;
    await this.#open?.channel.settled();
  }

  async close(): Promise<void> {
    await this.#open?.connection.close();
    if (!this.#isClosed) await this.#transport.close();
  }

  async #deliver(message: JSONRPCMessage): Promise<void> {
    const era = this.#isProbing ? eraOf(message) : this.#open?.era;
    if (era === undefined || this.#isClosed) return;
    if (this.#open?.era !== era) await this.#change(era);
    if (!isProbe(message)) this.#isProbing = false;
    this.#open?.channel.deliver(message);
  }

  async #change(era: Era): Promise<void> {
    await this.#open?.channel.settled();
    this.#open?.channel.detach();
    await this.#open?.connection.close();
    const channel = new EraChannel(this.#transport);
    const connection = await this.#connect(era, channel);
    this.#open = { era, channel, connection };
    if (this.#isClosed) channel.end();
  }
}

/** Notifications decide nothing either. */
function isProbe(message: JSONRPCMessage): boolean {
  return !('method' in message && 'id' in message) || message.method === 'server/discover';
}
