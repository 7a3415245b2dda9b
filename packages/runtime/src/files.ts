/**
 * Files of the user that commands read and write: uploads and downloads.
 *
 *   F1. Uploads are read from below the working directory only, links out of it not followed.
 *   F2. Downloads go to `downloads` below the state directory, under a name of their own; nothing is overwritten.
 */
import { constants } from 'node:fs';
import { mkdir, open, realpath, rm } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import type { IncomingFile, LocalFile } from '@oatty/api';
import { OattyError, toStorageError } from '@oatty/types';

export interface UserFiles {
  /** @throws {OattyError} `PATH_NOT_ALLOWED`, `SOURCE_NOT_FOUND`, `LIMIT_EXCEEDED`, `STORAGE_FAILED` */
  read(path: string, maxBytes: number): Promise<LocalFile>;
  /** @returns the path of the new file. @throws {OattyError} `STORAGE_FAILED`, and what the bytes throw */
  save(file: IncomingFile): Promise<string>;
}

export function createUserFiles(workingDirectory: string, stateDirectory: string): UserFiles {
  return {
    async read(path, maxBytes) {
      const real = await findFile(path, workingDirectory);
      try {
        return { name: basename(real), bytes: await readBytes(real, path, maxBytes) };
      } catch (thrown) {
        throw toStorageError(thrown, 'read', path);
      }
    },
    async save({ name, bytes }) {
      const folder = join(stateDirectory, 'downloads');
      const path = join(folder, `${globalThis.crypto.randomUUID()}-${basename(name)}`);
      try {
        await mkdir(folder, { recursive: true, mode: 0o700 });
        await writeBytes(path, bytes);
        return path;
      } catch (thrown) {
        await rm(path, { force: true }).catch(() => {}); // what went wrong before is what counts
        throw toStorageError(thrown, 'write', path);
      }
    },
  };
}

// --- internal ---

/** F1 */
async function findFile(path: string, workingDirectory: string): Promise<string> {
  const real = await realpath(resolve(workingDirectory, path)).catch((cause: unknown) => {
    throw new OattyError('SOURCE_NOT_FOUND', `There is no file ${path}.`, { context: { path }, cause });
  });
  const inside = relative(await realpath(workingDirectory), real);
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return real;
  throw new OattyError('PATH_NOT_ALLOWED', `${path} is outside the working directory.`, {
    suggestedAction: 'Name a file below the directory that oatty was started in.',
    context: { path },
  });
}

/** One handle, so that what is measured is what is read. */
async function readBytes(real: string, path: string, maxBytes: number): Promise<Uint8Array> {
  const file = await open(real, constants.O_RDONLY | constants.O_NONBLOCK); // a pipe must not hold us up
  try {
    const stats = await file.stat();
    if (!stats.isFile())
      throw new OattyError('PATH_NOT_ALLOWED', `${path} is not a file.`, { context: { path } });
    if (stats.size <= maxBytes) return await file.readFile();
    throw new OattyError('LIMIT_EXCEEDED', `${path} is larger than ${maxBytes} bytes.`, {
      context: { path, limit: 'maxRequestBytes', maximum: maxBytes },
    });
  } finally {
    await file.close();
  }
}

/** The file is there before the first byte is asked for: whoever removes it after a failure finds it. */
async function writeBytes(path: string, bytes: IncomingFile['bytes']): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
  } finally {
    await file.close();
  }
}
