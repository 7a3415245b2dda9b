/**
 * Serves many clients over Streamable HTTP, on this machine only.
 *
 * Who may connect is decided here (`refuse-foreign.ts`); the rest is the SDK's transport, one per client.
 */
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { OattyError } from '@oatty/types';
import { createMcpServer } from '../create-server.ts';
import type { McpServerOptions } from '../create-server.ts';
import { toProtocolError } from '../errors/to-mcp.ts';
import { logFailure } from '../log.ts';
import { defaultHttpLimits } from './http-limits.ts';
import type { HttpLimits } from './http-limits.ts';
import type { HttpSessions } from './http-sessions.ts';
import { isLoopback, refuseForeign } from './refuse-foreign.ts';
import { refuseRequest } from './refuse-request.ts';

export interface HttpOptions extends McpServerOptions {
  /** A loopback address: nobody is asked who they are. */
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly limits?: Partial<HttpLimits>;
}

export interface HttpServer {
  /** `http://127.0.0.1:62889/mcp` */
  readonly url: string;
  /** Ends every stream and stops listening. The runtime stays open: it belongs to the caller. */
  close(): Promise<void>;
}

const endpoint = '/mcp';

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` for an address beyond this machine; `ARGUMENT_INVALID` for a port that is taken */
export async function serveHttp({ host, port, limits, ...serverOptions }: HttpOptions): Promise<HttpServer> {
  refuseOpenAddress(host);
  const [{ createServer }, { HttpSessions }] = await Promise.all([
    import('node:http'),
    import('./http-sessions.ts'),
  ]);
  const { log } = serverOptions;
  const sessions = new HttpSessions(createMcpServer(serverOptions), { ...defaultHttpLimits, ...limits });
  const server = createServer((request, response) => {
    answer(request, response, sessions).catch((thrown: unknown) => {
      if (response.destroyed) return; // the client has gone
      const failure = toProtocolError(thrown);
      logFailure(log, `http ${request.method ?? ''}`, failure.error);
      refuseRequest(response, failure);
    });
  });
  const address = await listen(server, host, port);
  return {
    url: `http://${host.includes(':') ? `[${host}]` : host}:${address.port}${endpoint}`,
    async close() {
      const closed = new Promise((resolve) => server.close(resolve));
      await sessions.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

// --- internal ---

function refuseOpenAddress(host: string): void {
  if (isLoopback(host)) return;
  throw new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `MCP over HTTP listens on this machine only, not on "${host}".`,
    {
      suggestedAction:
        'Listen on 127.0.0.1. Other addresses need bearer tokens, which this version does not have.',
      context: { host },
    },
  );
}

async function listen(server: Server, host: string, port: number): Promise<AddressInfo> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(
        new OattyError('ARGUMENT_INVALID', `Cannot listen on ${host}:${port} (${cause.code ?? 'unknown'}).`, {
          suggestedAction: 'Choose another port, or 0 for a free one.',
          context: { host, port },
          cause,
        }),
      );
    });
    server.listen(port, host, resolve);
  });
  return server.address() as AddressInfo; // it listens on a port
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  sessions: HttpSessions,
): Promise<void> {
  refuseForeign(request.headers);
  if (new URL(request.url ?? '/', 'http://localhost').pathname !== endpoint) throw notHere(request.url);
  await sessions.answer(request, response);
}

function notHere(url = '/'): OattyError {
  return new OattyError('RESOURCE_NOT_FOUND', `There is nothing at "${url.slice(0, 200)}".`, {
    suggestedAction: `Connect to ${endpoint}.`,
  });
}
