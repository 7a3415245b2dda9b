/** A server made of a description: it answers every operation with the description's own example. */
import type { IncomingHttpHeaders } from 'node:http';
import { aServer } from '../an-api.ts';
import type { DescribedApi, DescribedOperation } from './described-api.ts';

export interface Arrived {
  readonly operation: DescribedOperation | undefined;
  readonly method: string;
  /** By name of the template, decoded. */
  readonly path: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
  readonly answered: { readonly status: number; readonly mediaType?: string; readonly value?: unknown };
}

export interface ExampleServer {
  readonly baseUrl: string;
  /** Every request so far. */
  readonly arrived: Arrived[];
}

/** Below a path of its own, so that a lost part of the base URL shows. */
export async function anExampleServer({ operations }: DescribedApi): Promise<ExampleServer> {
  const arrived: Arrived[] = [];
  const origin = await aServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const { method = '', headers, url = '' } = request;
      const { pathname, searchParams } = new URL(url, 'http://server');
      const found = findOperation(operations, method, pathname);
      const answered = found ? toAnswer(found.operation, headers.accept ?? '*/*') : { status: 404 };
      const body = Buffer.concat(chunks);
      arrived.push({
        operation: undefined,
        path: {},
        ...found,
        method,
        query: searchParams,
        headers,
        body,
        answered,
      });
      const { status, mediaType, value } = answered;
      response.writeHead(status, mediaType === undefined ? {} : { 'content-type': mediaType });
      response.end(mediaType === undefined ? undefined : toBytes(mediaType, value));
    });
  });
  return { baseUrl: `${origin}/base`, arrived };
}

/** As it is sent. */
export function toBytes(mediaType: string, value: unknown): string | Buffer {
  if (/json/.test(mediaType)) return JSON.stringify(value);
  return mediaType.startsWith('image/') ? Buffer.from([0x89, 0x50, 0x00, 0xff]) : String(value);
}

// --- internal ---

/** The most concrete path wins: `/pet/findByStatus` over `/pet/{petId}`. */
function findOperation(operations: readonly DescribedOperation[], method: string, pathname: string) {
  const candidates = operations
    .filter((operation) => operation.method === method)
    .sort((a, b) => placesOf(a) - placesOf(b));
  for (const operation of candidates) {
    const path = matchPath(operation.path, pathname);
    if (path !== undefined) return { operation, path };
  }
  return undefined;
}

function placesOf({ path }: DescribedOperation): number {
  return path.split('{').length;
}

function matchPath(template: string, pathname: string): Record<string, string> | undefined {
  const names = [...template.matchAll(/\{([^}]+)\}/g)].map((match) => match[1] ?? '');
  const pattern = template.replaceAll(/[.*+?^$()|[\]\\]/g, '\\$&').replaceAll(/\{[^}]+\}/g, '([^/]+)');
  const values = new RegExp(`^/base${pattern}$`).exec(pathname)?.slice(1);
  return (
    values && Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index] ?? '')]))
  );
}

/** The first media type that the client accepts. */
function toAnswer({ example: { status, content } }: DescribedOperation, accept: string): Arrived['answered'] {
  const [first] = content.filter(([type]) => accept.includes(type) || accept.includes('*/*'));
  return first === undefined ? { status } : { status, mediaType: first[0], value: first[1] };
}
