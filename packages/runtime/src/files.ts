/**
 * Files of the user that commands read and write: uploads and downloads.
 *
 *   F1. Uploads are read from below the working directory only, links out of it not followed.
 *   F2. Downloads go to `downloads` below the state directory, under a name of their own; nothing is overwritten.
 */
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { basename, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IncomingFile, LocalFile } from '@oatty/api';
import { OattyError } from '@oatty/types';

export interface UserFiles {
  /** @throws {OattyError} `PATH_NOT_ALLOWED`, `SOURCE_NOT_FOUND`, `LIMIT_EXCEEDED` */
  read(path: string, maxBytes: number): Promise<LocalFile>;
  /** @returns the path of the new file */
  save(file: IncomingFile): Promise<string>;
}

export function createUserFiles(workingDirectory: string, stateDirectory: string): UserFiles {
  return {
    async read(path, maxBytes) {
      const absolute = resolve(workingDirectory, path);
      const real = await realpath(absolute).catch((cause: unknown) => {
        throw new OattyError('SOURCE_NOT_FOUND', `There is no file ${path}.`, { context: { path }, cause });
      });
      await refuseOutside(real, workingDirectory, path);
      const { size } = await stat(real);
      if (size > maxBytes) {
        throw new OattyError('LIMIT_EXCEEDED', `${path} is larger than ${maxBytes} bytes.`, {
          context: { path, limit: 'maxRequestBytes', maximum: maxBytes },
        });
      }
      return { name: basename(real), bytes: await readFile(real) };
    },
    async save({ name, bytes }) {
      const folder = join(stateDirectory, 'downloads');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const path = join(folder, `${globalThis.crypto.randomUUID()}-${basename(name)}`);
      try {
        await pipeline(bytes, createWriteStream(path, { flags: 'wx', mode: 0o600 }));
      } catch (thrown) {
        await rm(path, { force: true });
        throw thrown;
      }
      return path;
    },
  };
}

// --- internal ---

async function refuseOutside(real: string, directory: string, path: string): Promise<void> {
  const inside = relative(await realpath(directory), real);
  if (inside !== '..' && !inside.startsWith(`..${sep}`) && !isAbsolute(inside)) return;
  throw new OattyError('PATH_NOT_ALLOWED', `${path} is outside the working directory.`, {
    suggestedAction: 'Name a file below the directory that oatty was started in.',
    context: { path },
  });
}
