/**
 * The process's connections, kept alive between requests.
 *
 *   K1. Guarded and open connections are apart, so that a guarded request never travels on a connection
 *       that was opened without the check.
 *   K2. An idle connection is closed after 4 s, before servers usually close it (5 s): no request meets a closed one.
 *   K3. Idle connections do not keep the process alive.
 *
 * HTTP/1.1 over `node:http`, which is cheaper than `fetch` at the first request and at each one after it.
 * Proxies (`HTTPS_PROXY`) are not supported.
 */
import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import type { LookupFunction } from 'node:net';
import { toAddressError } from './address-policy.ts';
import { loadPrivateAddressCheck, toBareHost } from './private-address.ts';

export interface Connection {
  readonly agent: Agent;
  readonly request: (options: RequestOptions) => ClientRequest;
}

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` for a guarded address; a guarded name fails when it is connected to */
export async function openConnection(url: URL, isGuarded: boolean): Promise<Connection> {
  if (isGuarded) await refusePrivateAddress(toBareHost(url.hostname));
  const key = `${url.protocol}${isGuarded ? 'guarded' : 'open'}`;
  const connection = connections.get(key) ?? createConnection(url, isGuarded);
  connections.set(key, connection);
  return connection;
}

// --- internal ---

const connections = new Map<string, Promise<Connection>>();
const idleTimeoutMs = 4_000;

async function createConnection(url: URL, isGuarded: boolean): Promise<Connection> {
  const http = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const lookup = isGuarded ? { lookup: await createGuardedLookup() } : {};
  const agent = new http.Agent({ keepAlive: true, timeout: idleTimeoutMs, ...lookup });
  return { agent, request: http.request };
}

async function refusePrivateAddress(host: string): Promise<void> {
  const { isIP } = await import('node:net');
  const isPrivate = await loadPrivateAddressCheck();
  if (isIP(host) !== 0 && isPrivate(host)) throw toAddressError(host);
}

/** Resolves as Node does, and refuses a name when one of its addresses is private. */
async function createGuardedLookup(): Promise<LookupFunction> {
  const { lookup } = await import('node:dns');
  const isPrivate = await loadPrivateAddressCheck();
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (addresses.some(({ address }) => isPrivate(address))) return callback(toAddressError(hostname), []);
      const [first] = addresses;
      return options.all === true
        ? callback(null, addresses)
        : callback(null, first?.address ?? '', first?.family);
    });
  };
}
