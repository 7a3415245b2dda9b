/**
 * Serves many clients over Streamable HTTP.
 *
 * `admit-request.ts` has what a request passes before it reaches a session; the rest is the SDK's transport, one per
 * client.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { createMcpServer } from '../create-server.ts';
import { toProtocolError } from '../errors/to-mcp.ts';
import { logFailure } from '../log.ts';
import { productSurface } from '../surface.ts';
import { admitRequest, endpoint } from './admit-request.ts';
import type { Gate } from './admit-request.ts';
import { checkHttpOptions } from './check-http-options.ts';
import { Health } from './health.ts';
import { authenticatedRate, defaultHttpLimits } from './http-limits.ts';
import type { HttpOptions } from './http-options.ts';
import type { HttpLimits } from './http-limits.ts';
import { listen } from './listen.ts';
import { OpenCalls } from './open-calls.ts';
import { RateLimiter } from './rate-limiter.ts';
import { refuseConnection, refuseRequest } from './refuse-request.ts';

export interface HttpServer {
  /** `http://127.0.0.1:62889/mcp` */
  readonly url: string;
  /**
   * Takes nothing more, lets calls that are under way end within `maxDrainMs`, then ends every stream.
   * The runtime stays open: it belongs to the caller.
   */
  close(): Promise<void>;
}

/**
 * @throws {OattyError} `ADDRESS_NOT_ALLOWED` for an address beyond this machine without authentication;
 *   `ARGUMENT_INVALID` for options that do not fit together, and for a port that is taken
 */
export async function serveHttp(options: HttpOptions): Promise<HttpServer> {
  checkHttpOptions(options);
  const { host, port, log } = options;
  const limits = toLimits(options);
  const [{ createServer }, { HttpSessions }, { HttpRequests }] = await Promise.all([
    import('node:http'),
    import('./http-sessions.ts'),
    import('./http-requests.ts'),
  ]);
  const mcp = createMcpServer(options);
  const sessions = new HttpSessions(mcp, limits);
  const requests = new HttpRequests(mcp);
  const server = createServer({
    maxHeaderSize: limits.maxHeaderBytes,
    requestTimeout: limits.maxRequestMs,
    headersTimeout: limits.maxRequestMs,
    connectionsCheckingInterval: Math.min(limits.maxRequestMs, 5_000),
  });
  server.on('clientError', (cause, socket) => refuseConnection(socket, cause, limits));
  const url = `http://${await listen(server, host, port)}${endpoint}`;
  const health = new Health({ oatty: options.oatty, log, maxReadyMs: limits.maxReadyMs });
  const gate: Gate = {
    ...toNames(options),
    limits,
    health,
    rate: new RateLimiter(limits, Date.now),
    calls: new OpenCalls(limits.maxConcurrentCalls),
    protection: await protect(options, url),
    answer: (call) => (requests.takes(call) ? requests.answer(call) : sessions.answer(call)),
  };
  server.on('request', (request, response) => {
    admitRequest(request, response, gate).catch((thrown: unknown) => {
      if (response.destroyed) return; // the client has gone
      const failure = toProtocolError(thrown);
      logFailure(log, `http ${request.method ?? ''}`, failure.error);
      refuseRequest(response, failure);
    });
  });
  return {
    url,
    async close() {
      health.drain();
      const closed = new Promise((resolve) => server.close(resolve));
      await Promise.race([gate.calls.settled(), pause(limits.maxDrainMs, undefined, { ref: false })]);
      await Promise.all([sessions.close(), requests.close()]);
      server.closeAllConnections();
      await closed;
    },
  };
}

// --- internal ---

async function protect(options: HttpOptions, url: string): Promise<Gate['protection']> {
  const { authentication, publicUrl: resource = url, surface = productSurface } = options;
  if (!authentication) return undefined;
  const { createProtection } = await import('../auth/protect.ts');
  return createProtection(authentication, { resource, tools: surface.tools }, endpoint);
}

function toLimits({ authentication, limits }: HttpOptions): HttpLimits {
  return { ...defaultHttpLimits, ...(authentication && authenticatedRate), ...limits };
}

function toNames({ publicUrl, allowedHosts = [], allowedOrigins = [] }: HttpOptions) {
  const publicHosts = publicUrl === undefined ? [] : [new URL(publicUrl).hostname];
  return {
    hosts: [...publicHosts, ...allowedHosts.map((name) => name.toLowerCase())],
    origins: allowedOrigins,
  };
}
