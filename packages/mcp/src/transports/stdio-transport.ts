/**
 * One message of JSON-RPC in each line, both ways.
 *
 *   L1. A line that is no message is answered with an error, and the next one is read: the transport of the SDK says
 *       nothing, so that whoever sent it waits for ever.
 *   L2. A line that is too long is skipped to its end: the transport of the SDK closes, and with it go the runs.
 *   L3. A malformed answer is not answered: two sides that do so would never stop.
 */
import type { Readable, Writable } from 'node:stream';
import type { Transport } from '@modelcontextprotocol/sdk/shared/transport.js';
import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js';
import { OattyError } from '@oatty/types';
import { ProtocolError, toProtocolError } from '../errors/to-mcp.ts';
import { parseJson, requireMessage } from './parse-message.ts';

const newline = 0x0a;

export class StdioTransport implements Transport {
  onmessage: Transport['onmessage'];
  onerror: Transport['onerror'];
  onclose: Transport['onclose'];
  readonly #input: Readable;
  readonly #output: Writable;
  readonly #maxLineBytes: number;
  /** The line that is being read, as far as it may be kept. */
  #line: Buffer[] = [];
  #lineBytes = 0;

  constructor(input: Readable, output: Writable, maxLineBytes: number) {
    this.#input = input;
    this.#output = output;
    this.#maxLineBytes = maxLineBytes;
  }

  async start(): Promise<void> {
    this.#input.on('data', this.#read);
  }

  async send(message: JSONRPCMessage): Promise<void> {
    this.#write(message);
  }

  async close(): Promise<void> {
    this.#input.off('data', this.#read);
    this.#input.pause();
    this.onclose?.();
  }

  #write(message: object): void {
    this.#output.write(`${JSON.stringify(message)}\n`);
  }

  readonly #read = (chunk: Buffer): void => {
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end));
      this.#endLine();
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
  };

  #keep(part: Buffer): void {
    this.#lineBytes += part.length;
    if (this.#lineBytes <= this.#maxLineBytes) this.#line.push(part);
    else this.#line = [];
  }

  #endLine(): void {
    const text = Buffer.concat(this.#line).toString();
    const isTooLong = this.#lineBytes > this.#maxLineBytes;
    this.#line = [];
    this.#lineBytes = 0;
    if (isTooLong) this.#refuse(tooLong(this.#maxLineBytes), undefined);
    else if (text.trim() !== '') this.#receive(text);
  }

  #receive(text: string): void {
    let value: unknown;
    let message: JSONRPCMessage;
    try {
      value = parseJson(text);
      message = requireMessage(value);
    } catch (thrown) {
      this.#refuse(toProtocolError(thrown), value);
      return;
    }
    this.onmessage?.(message);
  }

  #refuse({ code, message, data, error }: ProtocolError, value: unknown): void {
    this.onerror?.(error);
    if (!isAnswer(value)) this.#write({ jsonrpc: '2.0', id: idOf(value), error: { code, message, data } });
  }
}

// --- internal ---

function isAnswer(value: unknown): boolean {
  return typeof value === 'object' && value !== null && ('result' in value || 'error' in value);
}

function idOf(value: unknown): RequestId | null {
  if (typeof value !== 'object' || value === null || !('id' in value)) return null;
  return typeof value.id === 'string' || typeof value.id === 'number' ? value.id : null;
}

function tooLong(maximum: number): ProtocolError {
  const error = new OattyError('LIMIT_EXCEEDED', `A line holds at most ${maximum} bytes.`, {
    suggestedAction: 'Send a smaller request: save large manifests as files.',
    context: { limit: 'maxLineBytes', maximum },
  });
  return new ProtocolError(error);
}
