import { toStorageError } from '@oatty/types';
import { readFileSync } from 'node:fs';

/** @throws {OattyError} `STORAGE_FAILED` */
export function readText(path: string): string {
  return readBytes(path).toString('utf8');
}

/** @throws {OattyError} `STORAGE_FAILED` */
export function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (thrown) {
    throw toStorageError(thrown, 'read', path);
  }
}
