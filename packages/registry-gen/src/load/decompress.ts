/** The body of an answer as it was before the server compressed it; some servers do so whoever asks. */
import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable, type Transform } from 'node:stream';
import { OattyError } from '@oatty/types';

/** What `decompress` takes. */
export const acceptedEncodings = 'gzip, br';

/** @throws {OattyError} `OPENAPI_SOURCE_PARSE_FAILED` for a compression that is not known; broken ones fail while being read */
export async function decompress(response: IncomingMessage, name: string): Promise<Readable> {
  const encoding = (response.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (encoding === 'identity') return response;
  const { createBrotliDecompress, createUnzip } = await import('node:zlib');
  const decoders: Readonly<Partial<Record<string, () => Transform>>> = {
    gzip: createUnzip,
    'x-gzip': createUnzip,
    deflate: createUnzip,
    br: createBrotliDecompress,
  };
  const decoder = Object.hasOwn(decoders, encoding) ? decoders[encoding]?.() : undefined;
  if (decoder === undefined) throw compressionFailed(name, 'in a way that oatty does not know');
  pipeline(response, decoder, () => {}); // an error reaches whoever reads the decoder
  return decoder;
}

/** Whether reading failed because what came is not compressed as it says. */
export function isBrokenCompression(failure: unknown): boolean {
  const code = failure instanceof Error && 'code' in failure ? String(failure.code) : '';
  return /^(?:Z_|ERR__ERROR_)/.test(code);
}

export function compressionFailed(name: string, how: string): OattyError {
  return new OattyError('OPENAPI_SOURCE_PARSE_FAILED', `"${name}" is compressed ${how}.`, {
    context: { source: name },
  });
}
