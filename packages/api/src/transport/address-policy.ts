/**
 * Which addresses a call may connect to.
 *
 *   D1. The host of the base URL is what the user chose: any address. Where a description from the network or a model
 *       chose it (`public_only`), it is a host like every other one.
 *   D2. Every other host (a server that only the description names, a redirect, a token URL) must resolve to public
 *       addresses, unless the base URL is on a private network itself. Even then it is not link-local: a service on
 *       this machine must not lead us to where its host tells credentials.
 *   D3. Link-local addresses are never connected to, whoever chose them: `connection-pool.ts` sees to it.
 */
import { OattyError } from '@oatty/types';
import type { CatalogEntry } from '@oatty/types';
import { baseHostOf } from '../request/base-url.ts';
import { isLinkLocalHost, isPrivateHost } from './private-address.ts';

export interface AddressPolicy {
  /** Whether the addresses of this host are to be checked when it is connected to. */
  isGuarded(hostname: string): boolean | Promise<boolean>;
}

export function createAddressPolicy(entry: Pick<CatalogEntry, 'base_url' | 'public_only'>): AddressPolicy {
  const trusted = entry.public_only === true ? undefined : baseHostOf(entry);
  let isPrivateNetwork: Promise<boolean> | undefined;
  const isGuardedFrom = async (base: string, hostname: string) => {
    isPrivateNetwork ??= isPrivateHost(base);
    return !(await isPrivateNetwork) || isLinkLocalHost(hostname);
  };
  return {
    isGuarded(hostname) {
      if (trusted === undefined) return true;
      return hostname === trusted ? false : isGuardedFrom(trusted, hostname);
    },
  };
}

export function toLinkLocalError(hostname: string): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `"${hostname}" is a link-local address; none is ever called.`,
    {
      suggestedAction: 'Give the service an address of its own, and set the base URL of the catalog to it.',
      context: { host: hostname },
    },
  );
}

export function toAddressError(hostname: string): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `"${hostname}" is on a private network, and nobody allowed it.`,
    {
      suggestedAction: 'Set the base URL of the catalog to this address if you trust it.',
      context: { host: hostname },
    },
  );
}
