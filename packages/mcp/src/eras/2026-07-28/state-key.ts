/**
 * The key that signs request states: made once, beside the journal, so that every process of this machine has the same.
 *
 * It is worth nothing elsewhere and protects no secret: whoever can read it can read the journal.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { OattyError } from '@oatty/types';

const keyBytes = 32;
const maxAttempts = 50;
const waitMs = 10;

/** @throws {OattyError} `STORAGE_FAILED` */
export async function readStateKey(journal: string): Promise<Buffer> {
  const path = join(dirname(journal), 'mcp.key');
  try {
    await mkdir(dirname(path), { recursive: true });
    for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
      const key = (await readKey(path)) ?? (await createKey(path));
      if (key) return key;
      await pause(waitMs); // another process is writing it
    }
  } catch (cause) {
    throw notReadable(path, cause);
  }
  throw notReadable(path);
}

// --- internal ---

/** `undefined` for a file that is not there, or not yet written. */
async function readKey(path: string): Promise<Buffer | undefined> {
  const key = await readFile(path).catch(whenMissing);
  return key?.length === keyBytes ? key : undefined;
}

/** `undefined` when another process was faster. */
async function createKey(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EEXIST') return undefined;
    throw cause;
  });
  if (!file) return undefined;
  const key = randomBytes(keyBytes);
  try {
    await file.writeFile(key);
  } finally {
    await file.close();
  }
  return key;
}

function whenMissing(cause: NodeJS.ErrnoException): undefined {
  if (cause.code !== 'ENOENT') throw cause;
}

function notReadable(path: string, cause?: unknown): OattyError {
  return new OattyError('STORAGE_FAILED', `Cannot read or write the key "${path}".`, {
    suggestedAction: 'Check that the directory can be written; remove the file when it is damaged.',
    context: { path },
    ...(cause !== undefined && { cause }),
  });
}
