/** Starts the shop on a port, with fresh state. */
import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallLog, type RecordedCall } from './call-log.ts';
import type { Route } from './http/route.ts';
import { apiRoutes } from './routes/api-routes.ts';
import { serveRequest } from './serve-request.ts';
import { createShop } from './state/seed.ts';
import type { ShopSettings } from './state/shop.ts';

export interface ShopApiOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Default 127.0.0.1. */
  readonly host?: string;
  /** Default `shop-test-key`. */
  readonly apiKey?: string;
  /** The poll that finds a payment settled; default 2. */
  readonly paymentPolls?: number;
  /** The call that `/flaky/{key}` answers with success; default 3. */
  readonly flakyAttempts?: number;
  /** How many calls of `POST /notifications` meet 429 first; default 2. */
  readonly refusedNotifications?: number;
  /** The `Retry-After` of those; default 1. */
  readonly retryAfterSeconds?: number;
  /** How long `/slow` takes when the caller does not say; default 5,000. */
  readonly slowMs?: number;
  /** Added to every answer; default 0. */
  readonly latencyMs?: number;
  /** The clock of `created_at`; default the real one. */
  readonly now?: () => Date;
}

export interface ShopApi {
  readonly url: string;
  readonly port: number;
  /** What arrived so far, without `/openapi.yaml` and `/debug/calls`. */
  calls(): RecordedCall[];
  /** Back to the state of a fresh server, with no calls. */
  reset(): void;
  /** Ends open connections too. */
  close(): Promise<void>;
}

export async function startShopApi(options: ShopApiOptions = {}): Promise<ShopApi> {
  const { port = 0, host = '127.0.0.1', apiKey = 'shop-test-key', latencyMs = 0 } = options;
  const description = await readFile(new URL('../openapi.yaml', import.meta.url), 'utf8');
  const settings = toSettings(options);
  const calls = new CallLog();
  let shop = createShop(settings);

  const server = createServer((incoming, outgoing) => {
    const routes = [...apiRoutes, toDescriptionRoute(description, url), toDebugRoute(calls)];
    const service = { routes, shop, calls, apiKey, latencyMs };
    serveRequest(service, incoming, outgoing).catch(() => outgoing.destroy());
  });
  // A client on a busy machine that uses a connection again finds it open.
  server.keepAliveTimeout = 60_000;
  server.listen(port, host);
  await once(server, 'listening');
  const address = server.address() as AddressInfo; // a TCP server has a port
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${address.port}`;

  return {
    url,
    port: address.port,
    calls: () => calls.list(),
    reset() {
      shop = createShop(settings);
      calls.clear();
    },
    async close() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

// --- internal ---

function toSettings(options: ShopApiOptions): ShopSettings {
  const {
    paymentPolls = 2,
    flakyAttempts = 3,
    refusedNotifications = 2,
    retryAfterSeconds = 1,
    slowMs = 5_000,
    now = () => new Date(),
  } = options;
  return { paymentPolls, flakyAttempts, refusedNotifications, retryAfterSeconds, slowMs, now };
}

/** The description, with the address of this server in place of the one in the file. */
function toDescriptionRoute(description: string, url: string): Route {
  const headers = { 'content-type': 'application/yaml' };
  const body = description.replace('http://127.0.0.1:8787', url);
  return toUnlistedRoute('/openapi.yaml', () => ({ status: 200, headers, body }));
}

function toDebugRoute(calls: CallLog): Route {
  return toUnlistedRoute('/debug/calls', () => ({ status: 200, body: { calls: calls.list() } }));
}

function toUnlistedRoute(path: string, answer: Route['answer']): Route {
  return { operationId: path, method: 'GET', path, anonymous: true, unlisted: true, answer };
}
