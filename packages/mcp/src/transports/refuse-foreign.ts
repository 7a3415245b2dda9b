/**
 * Keeps foreign web pages away.
 *
 *   H1. The Host header names this machine or a host that was allowed: a page that was rebound to our address still
 *       sends its own name.
 *   H2. An Origin, when there is one, is a page of this machine or one that was allowed.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { OattyError } from '@oatty/types';

/** Names besides those of this machine. */
export interface AllowedNames {
  /** Without a port: `oatty.example.com`. */
  readonly hosts: readonly string[];
  /** `https://app.example.com` */
  readonly origins: readonly string[];
}

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]', '::1'];

export function isLoopback(host: string): boolean {
  return loopbackNames.includes(host.toLowerCase());
}

/** An address that only this machine reaches. */
export function isLoopbackUrl({ protocol, hostname }: URL): boolean {
  return /^https?:$/.test(protocol) && isLoopback(hostname);
}

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` */
export function refuseForeign({ host, origin }: IncomingHttpHeaders, { hosts, origins }: AllowedNames): void {
  const name = hostOf(`http://${host ?? ''}`);
  if (!isLoopback(name) && !hosts.includes(name)) throw notAllowed('Host', host, '--allowed-host');
  if (origin === undefined || origins.includes(origin) || isLoopback(hostOf(origin))) return;
  throw notAllowed('Origin', origin, '--allowed-origin');
}

// --- internal ---

function hostOf(url: string): string {
  return URL.parse(url)?.hostname ?? '';
}

function notAllowed(header: string, value: string | undefined, option: string): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `The ${header} "${(value ?? '').slice(0, 200)}" is not this machine.`,
    {
      suggestedAction: `Connect to 127.0.0.1 or localhost, or start the server with ${option}.`,
      context: { header },
    },
  );
}
