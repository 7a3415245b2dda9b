/**
 * Keeps web pages away from a server on this machine.
 *
 *   H1. The Host header names a loopback address: a page that was rebound to 127.0.0.1 still sends its own name.
 *   H2. An Origin, when there is one, is a page of this machine.
 */
import type { IncomingHttpHeaders } from 'node:http';
import { OattyError } from '@oatty/types';

const loopbackNames: readonly string[] = ['127.0.0.1', 'localhost', '[::1]', '::1'];

export function isLoopback(host: string): boolean {
  return loopbackNames.includes(host.toLowerCase());
}

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED` */
export function refuseForeign({ host, origin }: IncomingHttpHeaders): void {
  if (!isLoopback(hostOf(`http://${host ?? ''}`))) throw notAllowed('Host', host);
  if (origin !== undefined && !isLoopback(hostOf(origin))) throw notAllowed('Origin', origin);
}

// --- internal ---

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).hostname : '';
}

function notAllowed(header: string, value: string | undefined): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `The ${header} "${(value ?? '').slice(0, 200)}" is not this machine.`,
    {
      suggestedAction: 'Connect to 127.0.0.1 or localhost from a program on this machine.',
      context: { header },
    },
  );
}
