/** Requests that stand alone, as revision 2026-07-28 has them: from Node's request to the era's answer, and back. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { McpServer } from '../create-server.ts';
import type { RequestHandler } from '../eras/2026-07-28/open-requests.ts';
import { eraOfHttp } from '../eras/choose-era.ts';
import type { HttpCall } from './http-call.ts';

export class HttpRequests {
  readonly #server: McpServer;
  #handler: Promise<RequestHandler> | undefined;

  constructor(server: McpServer) {
    this.#server = server;
  }

  async answer({ request, response, ...call }: HttpCall): Promise<void> {
    this.#handler ??= this.#server.openRequests();
    const handler = await this.#handler;
    const gone = new AbortController();
    response.once('close', () => gone.abort());
    const answer = await handler.answer(toWebRequest(request, gone.signal), call);
    if (response.destroyed) return;
    response.writeHead(answer.status, Object.fromEntries(answer.headers));
    await write(answer, response);
  }

  /** Whether the request is one of these. */
  takes({ request, messages }: HttpCall): boolean {
    const revision = request.headers['mcp-protocol-version'];
    return eraOfHttp(messages, typeof revision === 'string' ? revision : undefined) === '2026-07-28';
  }

  async close(): Promise<void> {
    await (await this.#handler)?.close();
  }
}

// --- internal ---

function toWebRequest({ method = 'POST', headers }: IncomingMessage, signal: AbortSignal): Request {
  const pairs = Object.entries(headers).flatMap(([name, value]) =>
    typeof value === 'string' ? [[name, value] as [string, string]] : [],
  );
  return new Request('http://localhost/mcp', { method, headers: pairs, signal });
}

/** Resolves when all is written, or the client has gone. */
async function write({ body }: Response, response: ServerResponse): Promise<void> {
  if (!body) {
    response.end();
    return;
  }
  response.flushHeaders();
  await pipeline(Readable.fromWeb(body), response).catch(() => undefined);
}
