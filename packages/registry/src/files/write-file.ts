/** Two ways to write a file: one that lasts, and one that only saves time. */
import { mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { OattyError, toStorageError } from '@oatty/types';

export interface FileModes {
  /** For a new file; absent: what the process gives new files, and the mode that an old file has. */
  readonly file?: number;
  /** For directories that have to be made. */
  readonly directory?: number;
}

/** Only the user can read these: they may hold tokens. */
export const privateModes: FileModes = { file: 0o600, directory: 0o700 };

/**
 * Replaces a file as a whole and waits until it is on the disk. A reader sees the old bytes or the new ones.
 *
 * @throws {OattyError} `STORAGE_FAILED`
 */
export async function writeFileDurably(path: string, text: string, modes: FileModes = {}): Promise<void> {
  const { default: writeFileAtomic } = await import('write-file-atomic');
  const bytes = Buffer.from(text);
  try {
    makeDirectory(dirname(path), modes);
    await writeFileAtomic(path, bytes, modes.file === undefined ? {} : { mode: modes.file });
  } catch (thrown) {
    throw toStorageError(thrown, 'write', path);
  }
  if (statSync(path).size !== bytes.length) {
    throw new OattyError('STORAGE_FAILED', `Only a part of ${path} was written; the disk may be full.`, {
      context: { path },
    });
  }
}

/** @throws {OattyError} `STORAGE_FAILED` */
export function makeDirectory(path: string, modes: FileModes = {}): void {
  try {
    mkdirSync(path, { recursive: true, ...(modes.directory !== undefined && { mode: modes.directory }) });
  } catch (thrown) {
    throw toStorageError(thrown, 'create', path);
  }
}

/** Replaces a file that can be made again from others. A failure costs time and nothing else. */
export function writeCacheFile(path: string, text: string): void {
  const temporary = `${path}.${process.pid}.tmp`;
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, path);
  } catch {
    discard(temporary);
  }
}

// --- internal ---

function discard(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch {
    // there is none: its directory could not be made
  }
}
