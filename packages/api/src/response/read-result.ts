/** A successful answer → the result of the command. */
import { isJsonType, OattyError, toEssence } from '@oatty/types';
import type { Command, CommandResult, HttpExecution } from '@oatty/types';
import type { HttpLimits, IncomingFile } from '../http-call.ts';
import type { Redactor } from '../redaction/redact.ts';
import type { IncomingResponse } from '../transport/send-request.ts';
import { toFileName } from './file-name.ts';
import { includesJson, isHtmlType, isTextType } from './media-type.ts';
import { parseBody } from './parse-body.ts';
import type { ParsedBody } from './parse-body.ts';
import { readBytes, readChunks } from './read-bytes.ts';
import { listResultHeaders, selectErrorHeaders } from './response-headers.ts';

export interface ResultReader {
  readonly command: Command;
  readonly execution: HttpExecution;
  readonly limits: HttpLimits;
  readonly redactor: Redactor;
  readonly saveFile: ((file: IncomingFile) => Promise<string>) | undefined;
}

/** @throws {OattyError} `RESPONSE_INVALID`, `LIMIT_EXCEEDED`, `NETWORK_ERROR` */
export async function readResult(response: IncomingResponse, reader: ResultReader): Promise<CommandResult> {
  const body = isFile(response)
    ? reader.redactor.value(await readFile(response, reader))
    : await readValue(response, reader);
  return {
    status: response.status,
    headers: listResultHeaders(response.headers, reader.redactor),
    body,
  };
}

// --- internal ---

const excerptLength = 200;

function isFile({ headers, hasBody }: IncomingResponse): boolean {
  const contentType = headers['content-type'];
  return hasBody && contentType !== undefined && !isJsonType(contentType) && !isTextType(contentType);
}

async function readFile(response: IncomingResponse, { limits, saveFile }: ResultReader): Promise<unknown> {
  const mediaType = toEssence(response.headers['content-type'] ?? '');
  if (saveFile === undefined) {
    const bytes = await readBytes(response, {
      maxBytes: limits.maxResponseBytes,
      limit: 'max_response_bytes',
    });
    return toBase64Body(bytes, mediaType);
  }
  let total = 0;
  const counted = async function* () {
    for await (const chunk of readChunks(response, {
      maxBytes: limits.maxFileBytes,
      limit: 'max_file_bytes',
    })) {
      total += chunk.byteLength;
      response.deadline.extend();
      yield chunk;
    }
  };
  try {
    const file = await saveFile({ name: toFileName(response), mediaType, bytes: counted() });
    return { file, media_type: mediaType, bytes: total };
  } finally {
    response.stream.destroy(); // where the file could not be written, nobody reads on
  }
}

async function readValue(response: IncomingResponse, reader: ResultReader): Promise<unknown> {
  const { command, execution, limits, redactor } = reader;
  const bytes = await readBytes(response, { maxBytes: limits.maxResponseBytes, limit: 'max_response_bytes' });
  const parsed = parseBody(bytes, {
    contentType: response.headers['content-type'],
    expectsJson: expectsJson(command, execution),
    maxDepth: limits.maxResponseDepth,
  });
  switch (parsed.kind) {
    case 'value':
      return redactor.value(parsed.value, parsed.json);
    case 'bytes':
      return redactor.value(toBase64Body(bytes, 'application/octet-stream'));
    case 'too_deep':
      throw toDepthError(response, limits.maxResponseDepth);
    case 'invalid':
      throw toInvalidError(parsed, response, reader);
  }
}

function toBase64Body(bytes: Buffer, mediaType: string) {
  return { base64: bytes.toString('base64'), media_type: mediaType, bytes: bytes.byteLength };
}

function expectsJson({ output_schema: outputSchema }: Command, { accept = [] }: HttpExecution): boolean {
  if (accept.every(includesJson)) return outputSchema !== undefined;
  return accept.every((mediaType) => isJsonType(mediaType) || includesJson(mediaType));
}

function toDepthError({ url }: IncomingResponse, maxDepth: number): OattyError {
  const message = `The JSON from ${url.host} is nested deeper than max_response_depth (${maxDepth}).`;
  return new OattyError('LIMIT_EXCEEDED', message, {
    context: { limit: 'max_response_depth', maximum: maxDepth, host: url.host },
  });
}

function toInvalidError(
  { problem, text }: Extract<ParsedBody, { kind: 'invalid' }>,
  { status, headers, url }: IncomingResponse,
  { execution, redactor, command }: ResultReader,
): OattyError {
  const contentType = headers['content-type'] ?? '';
  const isPage = problem === 'web_page' || isHtmlType(contentType);
  const what = isPage ? 'a web page instead of JSON' : 'something that is not JSON, though it says so';
  return new OattyError(
    'RESPONSE_INVALID',
    `${execution.method} ${redactor.text(url.pathname)} gave ${what}.`,
    {
      ...(!isPage && {
        suggestedAction: 'Call again: the answer may have been cut short. Else ask the API.',
      }),
      command: command.id,
      context: { host: url.host, status, content_type: contentType },
      responsePayload: {
        status,
        headers: selectErrorHeaders(headers, redactor),
        body: redactor.text(text).slice(0, excerptLength),
      },
    },
  );
}
