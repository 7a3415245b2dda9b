/** What SQLite says, in words. */
import { OattyError } from '@oatty/types';

/**
 * @param action - what was tried: `open`, `read`, `write`
 * @returns `thrown` itself when it does not come from SQLite
 */
export function toSqliteError(thrown: unknown, action: string, path: string): unknown {
  const code = primaryCode(thrown);
  if (code === undefined) return thrown;
  if (isBusy(thrown)) {
    return new OattyError('STATE_LOCKED', `Another process holds ${path} for too long.`, {
      context: { path },
      cause: thrown,
    });
  }
  const { reason, advice } = reasons.get(code) ?? { reason: `SQLite error ${code}` };
  return new OattyError('STORAGE_FAILED', `Cannot ${action} ${path}: ${reason}.`, {
    suggestedAction:
      advice ?? `Check that ${path} and its directory can be read and written, then try again.`,
    context: { path },
    cause: thrown,
  });
}

/** Whether another connection is in the way for the moment. */
export function isBusy(thrown: unknown): boolean {
  const code = primaryCode(thrown);
  return code === 5 || code === 6; // SQLITE_BUSY, SQLITE_LOCKED
}

/** What to do about a file that is of no use. */
export const otherFile: string =
  'Name another state file in OATTY_STATE_PATH, or put a copy of yours in its place.';

// --- internal ---

interface Reason {
  readonly reason: string;
  readonly advice?: string;
}

/** By the primary result codes of SQLite. */
const reasons: ReadonlyMap<number, Reason> = new Map<number, Reason>([
  [
    1,
    {
      reason: 'its tables are not those that this oatty has opened',
      advice: 'A newer oatty may have brought them up to date. End this process, and go on with that oatty.',
    },
  ],
  [3, { reason: 'permission denied' }],
  [8, { reason: 'it is read-only' }],
  [10, { reason: 'the file system reports an error' }],
  [11, { reason: 'it is damaged', advice: otherFile }],
  [13, { reason: 'the disk is full', advice: 'Make room on the disk, then try again.' }],
  [14, { reason: 'it cannot be opened' }],
  [23, { reason: 'permission denied' }],
  [26, { reason: 'it is not a state file of oatty', advice: otherFile }],
]);

function primaryCode(thrown: unknown): number | undefined {
  if (!(thrown instanceof Error) || !('errcode' in thrown)) return undefined;
  return typeof thrown.errcode === 'number' ? thrown.errcode & 0xff : undefined;
}
