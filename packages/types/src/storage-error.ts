/** What went wrong with a file, in words. */
import { OattyError } from './error.ts';

/**
 * @param action - what was tried: `read`, `write`
 * @returns `thrown` itself when it already is an `OattyError`
 */
export function toStorageError(thrown: unknown, action: string, path: string): OattyError {
  if (thrown instanceof OattyError) return thrown;
  const code = errnoOf(thrown);
  return new OattyError('STORAGE_FAILED', `Cannot ${action} ${path}: ${reasonOf(code)}.`, {
    suggestedAction: `Check that ${path} can be read and written, then try again.`,
    context: { path, ...(code !== undefined && { errno: code }) },
    cause: thrown,
  });
}

/** `ENOENT`, `EACCES`, … or `undefined` for anything but a system error. */
export function errnoOf(thrown: unknown): string | undefined {
  if (!(thrown instanceof Error) || !('code' in thrown)) return undefined;
  return typeof thrown.code === 'string' ? thrown.code : undefined;
}

// --- internal ---

const reasons: ReadonlyMap<string, string> = new Map([
  ['EACCES', 'permission denied'],
  ['EPERM', 'permission denied'],
  ['EROFS', 'the file system is read-only'],
  ['ENOSPC', 'the disk is full'],
  ['EDQUOT', 'the disk quota is used up'],
  ['ENOENT', 'it does not exist'],
  ['ENOTDIR', 'a part of the path is not a directory'],
  ['EISDIR', 'it is a directory'],
  ['ENAMETOOLONG', 'the name is too long'],
]);

function reasonOf(code: string | undefined): string {
  if (code === undefined) return 'an unexpected error';
  const reason = reasons.get(code);
  return reason === undefined ? code : `${reason} (${code})`;
}
