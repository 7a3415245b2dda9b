/**
 * What a client names as its id: a document about itself.
 *
 *   D1. Anybody who opens a page of the server can name one. So only what is public is asked for, over https, without a
 *       redirect, and in bounded time and size.
 */
import { readUrl } from '@oatty/runtime';
import { OattyError } from '@oatty/types';

export type ReadDocument = (url: URL) => Promise<string>;

/** @throws {OattyError} `ADDRESS_NOT_ALLOWED`, and what reading it throws */
export async function readClientDocument(url: URL): Promise<string> {
  if (url.protocol !== 'https:') throw notAllowed(url);
  const read = await readUrl(url, { allowPrivate: false, maxBytes, timeoutMs });
  if (read.url.href !== url.href) throw notAllowed(read.url);
  return read.text;
}

// --- internal ---

const maxBytes = 64 * 1024;
const timeoutMs = 5_000;

function notAllowed({ href }: URL): OattyError {
  return new OattyError('ADDRESS_NOT_ALLOWED', `A client is not described at "${href}".`, {
    suggestedAction: 'Name the https address of its document itself.',
  });
}
