/** Where a page of runs ended: the order is by time of creation, then by id. */
import { OattyError } from '@oatty/types';

export interface RunPlace {
  readonly created_at: string;
  readonly run_id: string;
}

export function toCursor({ created_at, run_id }: RunPlace): string {
  return Buffer.from(`${created_at} ${run_id}`).toString('base64url');
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a text that `toCursor` has not made */
export function fromCursor(cursor: string): RunPlace {
  const text = Buffer.from(cursor, 'base64url').toString();
  const [, created_at, run_id] = placePattern.exec(text) ?? [];
  if (created_at !== undefined && run_id !== undefined) return { created_at, run_id };
  throw new OattyError('ARGUMENT_INVALID', 'This cursor was not given by a list of runs.', {
    suggestedAction: 'Use the next_cursor of the previous page, or leave it out.',
  });
}

// --- internal ---

const placePattern = /^(\d{4}-\d\d-\d\dT[\d:.]+Z) ([^]*)$/;
