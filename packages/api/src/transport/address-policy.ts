/**
 * Which addresses a call may connect to.
 *
 *   D1. The host of the base URL is what the user chose: any address.
 *   D2. Every other host (a server that only the description names, a redirect, a token URL) must resolve to public
 *       addresses, unless the base URL is on a private network itself.
 */
import { OattyError } from '@oatty/types';
import { isPrivateHost } from './private-address.ts';

export interface AddressPolicy {
  /** Whether the addresses of this host are to be checked when it is connected to. */
  isGuarded(hostname: string): Promise<boolean>;
}

export function createAddressPolicy(baseUrl: string | null): AddressPolicy {
  const trusted = baseUrl === null ? undefined : URL.parse(baseUrl)?.hostname;
  let isPrivateNetwork: Promise<boolean> | undefined;
  return {
    async isGuarded(hostname) {
      if (trusted === undefined) return true;
      if (hostname === trusted) return false;
      isPrivateNetwork ??= isPrivateHost(trusted);
      return !(await isPrivateNetwork);
    },
  };
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
