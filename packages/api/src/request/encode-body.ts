/** A body plan → its bytes. Files are read here. */
import { OattyError } from '@oatty/types';
import { loadFile } from './load-file.ts';
import type { FilePorts } from './load-file.ts';
import type { BodyPlan } from './plan-body.ts';
import type { PartPlan } from './plan-parts.ts';

export interface EncodedBody {
  readonly bytes: Uint8Array;
  /** What it adds to the planned headers: the boundary of its parts. */
  readonly headers: Readonly<Record<string, string>>;
}

/** @throws {OattyError} `LIMIT_EXCEEDED`, `PATH_NOT_ALLOWED`, `ARGUMENT_INVALID` */
export async function encodeBody(plan: BodyPlan, ports: FilePorts): Promise<EncodedBody> {
  const body = await encode(plan, ports);
  if (body.bytes.byteLength <= ports.maxRequestBytes) return body;
  throw new OattyError(
    'LIMIT_EXCEEDED',
    `The body is larger than max_request_bytes (${ports.maxRequestBytes}).`,
    {
      context: { limit: 'max_request_bytes', maximum: ports.maxRequestBytes },
    },
  );
}

// --- internal ---

async function encode(plan: BodyPlan, ports: FilePorts): Promise<EncodedBody> {
  switch (plan.kind) {
    case 'json':
    case 'text':
      return { bytes: Buffer.from(plan.text), headers: {} };
    case 'file':
      return { bytes: (await loadFile(plan.file, ports)).bytes, headers: {} };
    case 'multipart':
      return encodeMultipart(plan.mediaType, plan.parts, ports);
  }
}

async function encodeMultipart(
  mediaType: string,
  parts: readonly PartPlan[],
  ports: FilePorts,
): Promise<EncodedBody> {
  const boundary = `oatty-${crypto.randomUUID()}`;
  const chunks: Uint8Array[] = [];
  for (const part of parts) {
    const { headers, bytes } = await encodePart(part, ports);
    chunks.push(Buffer.from(`--${boundary}\r\n${headers.join('\r\n')}\r\n\r\n`), bytes, Buffer.from('\r\n'));
  }
  chunks.push(Buffer.from(`--${boundary}--\r\n`));
  return { bytes: Buffer.concat(chunks), headers: { 'content-type': `${mediaType}; boundary=${boundary}` } };
}

async function encodePart(part: PartPlan, ports: FilePorts) {
  const { mediaType, content } = part;
  if (content.kind === 'text') {
    return { headers: toPartHeaders(part, content.filename, mediaType), bytes: Buffer.from(content.text) };
  }
  const file = await loadFile(content.file, ports);
  const fileType = content.file.mediaType ?? mediaType ?? file.mediaType ?? 'application/octet-stream';
  return { headers: toPartHeaders(part, file.name, fileType), bytes: file.bytes };
}

function toPartHeaders(
  { name, headers = {} }: PartPlan,
  filename: string | undefined,
  mediaType: string | undefined,
): string[] {
  const file = filename === undefined ? '' : `; filename="${escapeName(filename)}"`;
  return [
    `Content-Disposition: form-data; name="${escapeName(name)}"${file}`,
    ...(mediaType === undefined ? [] : [`Content-Type: ${mediaType.replaceAll(/[\r\n]/g, '')}`]),
    ...Object.entries(headers).map(([header, value]) => `${header}: ${value}`),
  ];
}

/** As browsers do: quotes and line breaks cannot end the name. */
function escapeName(name: string): string {
  return name.replaceAll('"', '%22').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
