/** The address of a next page, as the API gives it. */
import { OattyError } from '@oatty/types';
import { isOwnUrl } from '../request/base-url.ts';
import type { Pair } from '../request/serialize-style.ts';

/**
 * @param credentials - encoded; the link may carry them too, but has been redacted: ours go in again
 * @throws {OattyError} `ADDRESS_NOT_ALLOWED` for a page on a host outside the catalog
 */
export function toPageUrl(
  link: string,
  from: URL,
  credentials: readonly Pair[],
  ownOrigins: ReadonlySet<string>,
): URL {
  const url = URL.parse(link, from.href);
  if (url === null || !isOwnUrl(url, from, ownOrigins)) throw toError(from);
  for (const [name, value] of credentials) {
    url.searchParams.set(decodeURIComponent(name), decodeURIComponent(value));
  }
  return url;
}

// --- internal ---

function toError({ host }: URL): OattyError {
  return new OattyError(
    'ADDRESS_NOT_ALLOWED',
    `The next page is not on ${host} or another host of the catalog.`,
    {
      suggestedAction: 'Set the base URL of the catalog to the host that the API uses, or ask for one page.',
      context: { host },
    },
  );
}
