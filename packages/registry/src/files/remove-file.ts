import { toStorageError } from '@oatty/types';
import { rmSync } from 'node:fs';

/**
 * Removes a file, or does nothing when there is none.
 *
 * @throws {OattyError} `STORAGE_FAILED`
 */
export function removeFile(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (thrown) {
    throw toStorageError(thrown, 'remove', path);
  }
}
