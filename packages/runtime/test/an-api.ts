/** Small APIs: a server that does what a test says, and a description of it. */
import { writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { IncomingHttpHeaders, IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Oatty } from '../src/index.ts';
import type { Home } from './open-oatty.ts';

export async function aServer(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // it listens on TCP
}

export interface ApiCall {
  readonly headers: IncomingHttpHeaders;
  /** Parsed JSON; `null` without a body. */
  readonly body: unknown;
}

export interface ApiAnswer {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

export interface DescriptionChanges {
  readonly title?: string;
  readonly version?: string;
  readonly servers?: readonly string[];
  readonly paths?: Readonly<Record<string, unknown>>;
}

/** `GET /notes` and `POST /notes` with a JSON body, unless told otherwise. */
export function aDescription({
  title = 'Notes',
  version = '1.0.0',
  servers = [],
  paths,
}: DescriptionChanges = {}) {
  const ok = { 200: { description: 'Done.', content: { 'application/json': { schema: {} } } } };
  const note = {
    required: true,
    content: { 'application/json': { schema: { type: 'object', properties: { text: { type: 'string' } } } } },
  };
  return {
    openapi: '3.1.0',
    info: { title, version },
    servers: servers.map((url) => ({ url })),
    paths: paths ?? {
      '/notes': {
        get: { operationId: 'listNotes', summary: 'List notes', responses: ok },
        post: { operationId: 'createNote', summary: 'Write a note', requestBody: note, responses: ok },
      },
    },
  };
}

/** @returns the path of the file */
export async function writeDescription({ dir }: Home, changes?: DescriptionChanges): Promise<string> {
  const path = join(dir, 'description.json');
  await writeFile(path, JSON.stringify(aDescription(changes)));
  return path;
}

/** The commands are `notes notes:list` and `notes notes:create`, unless told otherwise. */
export async function importApi(
  oatty: Oatty,
  home: Home,
  {
    answer = () => ({}),
    ...changes
  }: DescriptionChanges & { readonly answer?: (call: ApiCall) => ApiAnswer },
): Promise<void> {
  const baseUrl = await aServer((request, response) => void serve(request, response, answer));
  const source = await writeDescription(home, changes);
  await oatty.catalogs.importOpenapi({ source, vendor: 'notes', baseUrl });
}

// --- internal ---

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  answer: (call: ApiCall) => ApiAnswer,
): Promise<void> {
  const chunks = (await request.toArray()) as Buffer[]; // no encoding is set
  const text = Buffer.concat(chunks).toString('utf8');
  const call = { headers: request.headers, body: text === '' ? null : (JSON.parse(text) as unknown) };
  const { status = 200, headers = {}, body = {} } = answer(call);
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}
