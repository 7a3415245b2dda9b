/** A part of a file, read without the rest. */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { errnoOf, toStorageError } from '@oatty/types';
import { isSameStamp, toStamp } from '../files/file-stamp.ts';
import type { FileStamp } from '../files/file-stamp.ts';

export interface Span {
  readonly at: number;
  readonly bytes: number;
}

/**
 * @param stamp - the file that the span belongs to
 * @returns `undefined` when the file is gone or is another one by now
 */
export function readSpan(path: string, stamp: FileStamp, { at, bytes }: Span): string | undefined {
  try {
    const file = openSync(path, 'r');
    try {
      if (!isSameStamp(toStamp(fstatSync(file)), stamp)) return undefined;
      const buffer = Buffer.allocUnsafe(bytes);
      const read = readSync(file, buffer, 0, bytes, at);
      return read === bytes ? buffer.toString('utf8') : undefined;
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return undefined;
    throw toStorageError(thrown, 'read', path);
  }
}
