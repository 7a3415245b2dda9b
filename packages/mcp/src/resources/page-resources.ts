/**
 * `resources/list`, a page at a time. A cursor names the last address of its page, so that a resource that comes or
 * goes in between moves no other: the next page begins behind that address, whether it is still there or not.
 */
import { fromPageCursor, OattyError, toPageCursor } from '@oatty/types';
import type { ListedResource } from './resource.ts';

/** All that there are. */
export interface ResourceListing {
  /** In their own order. */
  readonly fixed: readonly ListedResource[];
  /** Behind the fixed ones, by address. */
  readonly dynamic: readonly ListedResource[];
}

export interface ResourcePage {
  readonly resources: readonly ListedResource[];
  readonly nextCursor?: string;
}

const pageSize = 100;

/** @throws {OattyError} `ARGUMENT_INVALID` for a cursor that no page has given */
export function pageResources({ fixed, dynamic }: ResourceListing, cursor: string | undefined): ResourcePage {
  const last = toLastAddress(cursor);
  const place = fixed.findIndex(({ uri }) => uri === last);
  const rest =
    last === '' || place >= 0
      ? [...fixed.slice(place + 1), ...dynamic]
      : dynamic.filter(({ uri }) => uri > last);
  const page = rest.slice(0, pageSize);
  const end = page.at(-1);
  return {
    resources: page,
    ...(end && rest.length > page.length && { nextCursor: toPageCursor(end.uri) }),
  };
}

// --- internal ---

function toLastAddress(cursor: string | undefined): string {
  const last = fromPageCursor(cursor);
  if (last === '' || URL.canParse(last)) return last;
  throw new OattyError('ARGUMENT_INVALID', 'The cursor is not one that a page has given.', {
    suggestedAction: 'Leave the cursor out to begin with the first page.',
  });
}
