/**
 * Refuses to serve in a way that nobody can want.
 *
 *   O1. Beyond this machine everybody needs a token, and tokens need to know for which address they are.
 *   O2. Tokens travel over https, but on this machine.
 */
import { OattyError } from '@oatty/types';
import { signatureAlgorithms } from '../auth/authentication.ts';
import type { HttpOptions } from './http-options.ts';
import { isLoopback, isLoopbackUrl } from './refuse-foreign.ts';

type Reachability = Pick<HttpOptions, 'host' | 'publicUrl' | 'authentication' | 'allowedOrigins'>;

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED`, `ARGUMENT_INVALID` */
export function checkHttpOptions(options: Reachability): void {
  const { host, publicUrl, authentication, allowedOrigins = [] } = options;
  if (!isLoopback(host)) refuseOpenAddress(options);
  if (publicUrl !== undefined) requireEndpointUrl('public URL', publicUrl);
  if (authentication) {
    requireEndpointUrl('issuer', authentication.issuer);
    if (authentication.jwksUrl !== undefined)
      requireEndpointUrl('address of the keys', authentication.jwksUrl);
    refuseUnknownAlgorithms(authentication.algorithms ?? []);
  }
  for (const origin of allowedOrigins) requireOrigin(origin);
}

// --- internal ---

function refuseOpenAddress({ host, publicUrl, authentication }: Reachability): void {
  if (!authentication) {
    throw new OattyError(
      'ADDRESS_NOT_ALLOWED',
      `MCP over HTTP without authentication listens on this machine only, not on "${host}".`,
      {
        suggestedAction:
          'Name an authorization server (--auth-issuer) and the address that clients use (--public-url), or listen on 127.0.0.1.',
        context: { host },
      },
    );
  }
  if (publicUrl !== undefined) return;
  throw new OattyError('ARGUMENT_INVALID', `On "${host}" tokens cannot tell that they are for this server.`, {
    suggestedAction: 'Name the address that clients use: --public-url https://oatty.example.com/mcp.',
    context: { host },
  });
}

function requireEndpointUrl(what: string, text: string): void {
  const url = URL.parse(text);
  if (url === null || url.search !== '' || url.hash !== '' || url.username !== '' || url.password !== '') {
    throw new OattyError(
      'ARGUMENT_INVALID',
      `The ${what} "${url === null ? text : url.origin}" is no plain address.`,
      {
        suggestedAction: 'Write it as https://host/path, without a query, a fragment or a password.',
      },
    );
  }
  if (url.protocol === 'https:' || isLoopbackUrl(url)) return;
  throw new OattyError('ADDRESS_NOT_ALLOWED', `The ${what} "${text}" is not https.`, {
    suggestedAction: 'Use https; http is for this machine only.',
    context: { url: text },
  });
}

function requireOrigin(text: string): void {
  if (URL.parse(text)?.origin === text) return;
  throw new OattyError('ARGUMENT_INVALID', `"${text}" is no origin.`, {
    suggestedAction:
      'Write it as browsers do: https://app.example.com, with the port if it is not the usual one.',
  });
}

function refuseUnknownAlgorithms(algorithms: readonly string[]): void {
  const unknown = algorithms.find((name) => !signatureAlgorithms.includes(name));
  if (unknown === undefined) return;
  throw new OattyError('ARGUMENT_INVALID', `"${unknown}" is no signature with a pair of keys.`, {
    suggestedAction: `Use some of ${signatureAlgorithms.join(', ')}.`,
    context: { algorithm: unknown },
  });
}
