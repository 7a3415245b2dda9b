/**
 * Reads the body of a request.
 *
 *   B1. A body of another media type than the route takes is refused with 415, a broken one with 400.
 *   B2. A body over the limit is read to its end but not kept, and refused with 413.
 *   B3. No bytes and no media type: there is no body.
 */
import type { IncomingMessage } from 'node:http';
import { Problem } from './problem.ts';
import type { BodyKind } from './route.ts';

export async function readBody(incoming: IncomingMessage, kind: BodyKind): Promise<unknown> {
  const bytes = await readBytes(incoming);
  const contentType = incoming.headers['content-type'] ?? '';
  if (bytes.length === 0 && contentType === '') return undefined;
  const { mediaType, parse } = formats[kind];
  const given = contentType.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  if (given !== mediaType) throw new Problem(415, `Send the body as ${mediaType}, not as "${given}".`);
  return await parse(bytes, contentType);
}

// --- internal ---

const maxBodyBytes = 1_048_576;

interface Format {
  readonly mediaType: string;
  readonly parse: (bytes: Buffer, contentType: string) => unknown;
}

const formats: Record<BodyKind, Format> = {
  json: { mediaType: 'application/json', parse: parseJson },
  form: { mediaType: 'application/x-www-form-urlencoded', parse: parseForm },
  multipart: { mediaType: 'multipart/form-data', parse: parseForm },
  text: { mediaType: 'text/plain', parse: (bytes) => bytes.toString('utf8') },
};

async function readBytes(incoming: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    length += chunk.length;
    if (length <= maxBodyBytes) chunks.push(chunk);
    else chunks.length = 0;
  }
  if (length > maxBodyBytes) throw new Problem(413, `A body has at most ${maxBodyBytes} bytes.`);
  return Buffer.concat(chunks);
}

function parseJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString('utf8')) as unknown;
  } catch {
    throw new Problem(400, 'The body is not JSON.');
  }
}

async function parseForm(bytes: Buffer, contentType: string): Promise<FormData> {
  try {
    const body = new Uint8Array(bytes);
    return await new Response(body, { headers: { 'content-type': contentType } }).formData();
  } catch {
    throw new Problem(400, 'The body is not a form.');
  }
}
