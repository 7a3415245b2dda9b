/**
 * The bytes of an answer: decompressed, counted after decompression, complete or an error.
 */
import type { Readable, Transform } from 'node:stream';
import { OattyError } from '@oatty/types';
import { toNetworkError } from '../transport/network-error.ts';
import type { IncomingResponse } from '../transport/send-request.ts';

export interface ByteLimit {
  readonly maxBytes: number;
  /** The name that an error tells. */
  readonly limit: string;
}

/** @throws {OattyError} `LIMIT_EXCEEDED`, `NETWORK_ERROR` when it is cut off, `RESPONSE_INVALID` for broken compression */
export async function readBytes(response: IncomingResponse, limit: ByteLimit): Promise<Buffer> {
  if (!response.hasBody) {
    response.stream.resume();
    return Buffer.alloc(0);
  }
  try {
    const chunks = await collect(await decompress(response), limit.maxBytes, () =>
      toLimitError(response, limit),
    );
    const [first] = chunks;
    return chunks.length === 1 && first !== undefined ? first : Buffer.concat(chunks);
  } catch (thrown) {
    throw toReadError(thrown, response);
  } finally {
    response.stream.destroy();
  }
}

/** At most the first `maxBytes`, and what came before it broke off: for the bodies of errors. */
export async function readFirstBytes(response: IncomingResponse, maxBytes: number): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let total = 0;
  try {
    for await (const chunk of readChunks(response, { maxBytes: Number.POSITIVE_INFINITY, limit: '' })) {
      chunks.push(chunk);
      total += chunk.byteLength;
      if (total >= maxBytes) break;
    }
  } catch (thrown) {
    if (thrown instanceof OattyError && thrown.code === 'CANCELED') throw thrown;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}

/** The same as they come. */
export async function* readChunks(response: IncomingResponse, limit: ByteLimit): AsyncGenerator<Buffer> {
  if (!response.hasBody) {
    response.stream.resume();
    return;
  }
  let total = 0;
  try {
    for await (const chunk of await decompress(response)) {
      const bytes = chunk as Buffer; // no encoding is set on the stream
      total += bytes.byteLength;
      if (total > limit.maxBytes) throw toLimitError(response, limit);
      yield bytes;
    }
  } catch (thrown) {
    throw toReadError(thrown, response);
  } finally {
    response.stream.destroy();
  }
}

// --- internal ---

/** Listens to the stream: an iterator costs as much as the rest of a small answer. */
function collect(stream: Readable, maxBytes: number, toError: () => OattyError): Promise<readonly Buffer[]> {
  const { promise, resolve, reject } = Promise.withResolvers<readonly Buffer[]>();
  const chunks: Buffer[] = [];
  let total = 0;
  stream.on('data', (chunk: Buffer) => {
    total += chunk.byteLength;
    if (total <= maxBytes) chunks.push(chunk);
    else stream.destroy(toError());
  });
  stream.once('end', () => resolve(chunks));
  stream.on('error', reject);
  stream.once('close', () => {
    if (!stream.readableEnded) reject(new ClosedEarly());
  });
  return promise;
}

/** As streams of Node call it. */
class ClosedEarly extends Error {
  readonly code = 'ERR_STREAM_PREMATURE_CLOSE';
}

const maxEncodings = 3;

async function decompress({ headers, stream, url }: IncomingResponse): Promise<Readable> {
  const named = headers['content-encoding'];
  if (named === undefined) return stream;
  const encodings = named
    .toLowerCase()
    .split(',')
    .map((encoding) => encoding.trim())
    .filter((encoding) => encoding !== '' && encoding !== 'identity');
  if (encodings.length === 0) return stream;
  const { createBrotliDecompress, createGunzip, createInflate } = await import('node:zlib');
  const { pipeline } = await import('node:stream');
  const create: Readonly<Partial<Record<string, () => Transform>>> = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    br: createBrotliDecompress,
    deflate: createInflate,
  };
  const decoders = encodings.reverse().map((encoding) => create[encoding]?.());
  const last = decoders.at(-1);
  if (
    last === undefined ||
    decoders.length > maxEncodings ||
    !decoders.every((decoder) => decoder !== undefined)
  ) {
    throw new OattyError(
      'RESPONSE_INVALID',
      `${url.host} answered in a compression that oatty does not know.`,
      {
        context: { host: url.host, content_encoding: encodings.join(', ') },
      },
    );
  }
  pipeline([stream, ...decoders], () => {}); // an error reaches whoever reads the last stream
  return last;
}

function toLimitError({ url }: IncomingResponse, { maxBytes, limit }: ByteLimit): OattyError {
  return new OattyError(
    'LIMIT_EXCEEDED',
    `The answer from ${url.host} is larger than the ${maxBytes} bytes allowed.`,
    {
      suggestedAction: 'Ask for less: a smaller page, or fewer fields.',
      context: { limit, maximum: maxBytes, host: url.host },
    },
  );
}

function toReadError(thrown: unknown, { url, deadline }: IncomingResponse): OattyError {
  const code = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
  const isBrokenCompression = /^(?:Z_|ERR__ERROR_)/.test(code);
  if (!isBrokenCompression || deadline.signal.aborted) return toNetworkError(thrown, url, deadline);
  return new OattyError('RESPONSE_INVALID', `The answer from ${url.host} is compressed, and broken.`, {
    suggestedAction: 'Call again; if it stays so, ask the people behind the API.',
    context: { host: url.host },
    cause: thrown,
  });
}
