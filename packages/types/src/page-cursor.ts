/** Cursors of pages that are sorted by id: a page goes on behind the last id of the one before. */
import { OattyError } from './error.ts';

export function toPageCursor(lastId: string): string {
  return Buffer.from(lastId).toString('base64url');
}

/**
 * @returns the id behind which the page begins; `''` without a cursor
 * @throws {OattyError} `ARGUMENT_INVALID`
 */
export function fromPageCursor(cursor: string | undefined): string {
  if (cursor === undefined) return '';
  const id = Buffer.from(cursor, 'base64url').toString('utf8');
  if (id !== '' && toPageCursor(id) === cursor) return id;
  throw new OattyError('ARGUMENT_INVALID', 'The cursor is not one that a page has given.', {
    suggestedAction: 'Leave the cursor out to begin with the first page.',
  });
}
