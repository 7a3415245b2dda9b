/**
 * Which network addresses a description may come from.
 *
 *   A1. Only public unicast addresses, unless the caller allows private ones: a description names hosts,
 *       and whoever wrote it must not be able to make us call machines that only we can reach.
 *   A2. A host name is judged by what it resolves to, inside the connection's own look-up. The connection
 *       uses the very addresses that were judged, so a second answer of the name server changes nothing.
 *   A3. Link-local addresses, and others at which cloud hosts tell credentials, are refused whatever the caller allows.
 *   A4. One forbidden address among several refuses the host.
 */
import { lookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';
import { OattyError } from '@oatty/types';

/** Whether an address may be connected to. */
export type AddressJudge = (address: string) => boolean;

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` when the host of the URL is written as a forbidden address. */
export function checkHost(url: URL, isAllowed: AddressJudge = isPublicAddress): void {
  const host = url.hostname.replaceAll(/^\[|\]$/g, '');
  if (isIP(host) !== 0 && !isAllowed(host)) throw notAllowed(host, host);
}

/** The `lookup` option of `http.request`: resolves, judges every address (A4), and gives them to the socket (A2). */
export function createLookup(isAllowed: AddressJudge): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (failure, addresses) => {
      if (failure) return callback(failure, []);
      const refused = addresses.find(({ address }) => !isAllowed(address));
      if (refused) return callback(notAllowed(hostname, refused.address), []);
      if (options.all === true) return callback(null, addresses);
      const [first] = addresses;
      return callback(null, first?.address ?? '', first?.family ?? 0);
    });
  };
}

export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // `process` unwraps IPv4 inside IPv6, which would otherwise hide a private address.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast' && !metadataAddresses.has(parsed.toString());
}

/** A3 */
export function isLinkLocalAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return parsed.range() === 'linkLocal' || metadataAddresses.has(parsed.toString());
}

// --- internal ---

/** Services of cloud hosts that answer at other addresses than link-local ones. */
const metadataAddresses = new Set(['168.63.129.16', '100.100.100.200', 'fd00:ec2::254']);

function notAllowed(host: string, address: string): OattyError {
  const where = host === address ? host : `${host} (${address})`;
  return new OattyError('ADDRESS_NOT_ALLOWED', `${where} is not a public address.`, {
    context: { host, address },
  });
}
