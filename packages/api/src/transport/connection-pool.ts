/**
 * The process's connections, kept alive between requests.
 *
 *   K1. Guarded and open connections are apart, so that a guarded request never travels on a connection
 *       that was opened without the check.
 *       The open ones refuse link-local addresses only.
 *   K2. An idle connection is closed after 4 s, before servers usually close it (5 s): no request meets a closed one.
 *   K3. Idle connections do not keep the process alive.
 *
 * HTTP/1.1 over `node:http`, which is cheaper than `fetch` at the first request and at each one after it.
 * Proxies (`HTTPS_PROXY`) are not supported.
 */
import type { Agent, ClientRequest, RequestOptions } from 'node:http';
import type { LookupFunction } from 'node:net';
import type { OattyError } from '@oatty/types';
import { toAddressError, toLinkLocalError } from './address-policy.ts';
import { loadLinkLocalAddressCheck, loadPrivateAddressCheck, toBareHost } from './private-address.ts';
import type { AddressCheck } from './private-address.ts';

export interface Connection {
  readonly agent: Agent;
  readonly request: (options: RequestOptions) => ClientRequest;
}

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` for a refused address; a name that leads to one fails when it is connected to */
export async function openConnection(url: URL, isGuarded: boolean): Promise<Connection> {
  const key = `${url.protocol}${isGuarded ? 'guarded' : 'open'}`;
  const opening = connections.get(key) ?? createConnection(url, isGuarded ? privateGuard : linkLocalGuard);
  connections.set(key, opening);
  const connection = await opening;
  connection.refuseAddress(toBareHost(url.hostname));
  return connection;
}

// --- internal ---

interface GuardedConnection extends Connection {
  /** @throws {OattyError} where the host is an address that is refused */
  readonly refuseAddress: (host: string) => void;
}

/** Made once: `import()` resolves its module anew each time, a hundredth of a millisecond for every request. */
const connections = new Map<string, Promise<GuardedConnection>>();
const idleTimeoutMs = 4_000;

/** Addresses that are refused, and what is said then. */
interface AddressGuard {
  readonly load: () => Promise<AddressCheck>;
  readonly toError: (hostname: string) => OattyError;
}

const privateGuard: AddressGuard = { load: loadPrivateAddressCheck, toError: toAddressError };
const linkLocalGuard: AddressGuard = { load: loadLinkLocalAddressCheck, toError: toLinkLocalError };

async function createConnection(url: URL, { load, toError }: AddressGuard): Promise<GuardedConnection> {
  const http = url.protocol === 'https:' ? await import('node:https') : await import('node:http');
  const { isIP } = await import('node:net');
  const isRefused = await load();
  const lookup = await createGuardedLookup(isRefused, toError);
  let lastAllowed: string | undefined; // most calls go where the one before went
  return {
    agent: new http.Agent({ keepAlive: true, timeout: idleTimeoutMs, lookup }),
    request: http.request,
    refuseAddress(host) {
      if (host === lastAllowed) return;
      if (isIP(host) !== 0 && isRefused(host)) throw toError(host);
      lastAllowed = host;
    },
  };
}

/** Resolves as Node does, and refuses a name when one of its addresses is refused. */
async function createGuardedLookup(
  isRefused: AddressCheck,
  toError: AddressGuard['toError'],
): Promise<LookupFunction> {
  const { lookup } = await import('node:dns');
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      if (error !== null) return callback(error, []);
      if (addresses.some(({ address }) => isRefused(address))) return callback(toError(hostname), []);
      const [first] = addresses;
      return options.all === true
        ? callback(null, addresses)
        : callback(null, first?.address ?? '', first?.family);
    });
  };
}
