import { errnoOf, toStorageError } from '@oatty/types';
/** Tells a changed file from an unchanged one without reading it. */
import { statSync } from 'node:fs';
import type { Stats } from 'node:fs';

/** Size, time of the last change, and inode: a replaced file differs in at least one. */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ino: number;
}

export function toStamp({ size, mtimeMs, ino }: Stats): FileStamp {
  return { size, mtimeMs, ino };
}

/** @returns `undefined` when there is no such file */
export function stampOf(path: string): FileStamp | undefined {
  try {
    return toStamp(statSync(path));
  } catch (thrown) {
    const code = errnoOf(thrown);
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw toStorageError(thrown, 'read', path);
  }
}

export function isSameStamp(first: FileStamp | undefined, second: FileStamp | undefined): boolean {
  if (first === undefined || second === undefined) return first === second;
  return first.size === second.size && first.mtimeMs === second.mtimeMs && first.ino === second.ino;
}
