/**
 * Looks at the write-ahead log before SQLite does.
 *
 * SQLite takes a log with a damaged head for an empty one, and one with a damaged frame for one that ends there: what was
 * committed after that would be gone without a word. A process that died never leaves either:
 *
 *   L1. The head is on the disk before anything that follows it.
 *   L2. A frame is on the disk before the index beside the log (`-shm`) counts it, and stays as it is until the index
 *       tells of another log. Without an index nobody knows how many frames there were.
 *   L3. While a process that lives has the log open, SQLite cuts nothing off: frames are looked at when nobody has, or where
 *       the system does not tell.
 */
import { errnoOf, OattyError, toStorageError } from '@oatty/types';
import { open, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { countIndexedFrames } from './log-index.ts';
import { frameHeadBytes, headBytes, readHead, readsFrames } from './log-frames.ts';
import type { LogHead } from './log-frames.ts';

/** @throws {OattyError} `STORAGE_FAILED` */
export async function refuseDamagedLog(path: string): Promise<void> {
  const log = `${path}-wal`;
  // Another process may be beginning the log anew just now.
  for (let look = 1; look <= 4; look += 1) {
    if (await isSound(log, `${path}-shm`)) return;
    await setTimeout(25);
  }
  throw new OattyError('STORAGE_FAILED', `Cannot open ${path}: its log ${log} is damaged.`, {
    suggestedAction: `Put a copy of both files in their place. To go on with what can still be read, remove ${path}-shm; when the log cannot be read at all, move it away. The latest steps of runs are lost then.`,
    context: { path: log },
  });
}

// --- internal ---

/** A head, the head of a page and the smallest page: less holds nothing that was committed. */
const smallestLog = headBytes + frameHeadBytes + 512;

async function isSound(log: string, index: string): Promise<boolean> {
  try {
    await using file = await open(log, 'r');
    return (await file.stat()).size < smallestLog || (await isWhole(file, index));
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return true;
    throw toStorageError(thrown, 'read', log);
  }
}

async function isWhole(file: FileHandle, index: string): Promise<boolean> {
  const { buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
  const head = readHead(buffer);
  if (head === undefined) return false;
  if (await isOpenElsewhere(index)) return true;
  const frames = await countFrames(index, head);
  if (await readsFrames(file, head, frames)) return true;
  // What was begun anew meanwhile is in use by somebody who can read it.
  return (await countFrames(index, head)) < frames;
}

/** L3. Whoever has the log open holds byte 128 of the index; Linux tells of locks. */
async function isOpenElsewhere(index: string): Promise<boolean> {
  try {
    const { ino } = await stat(index);
    return new RegExp(`:${ino} 128 128$`, 'm').test(await readFile('/proc/locks', 'utf8'));
  } catch {
    return false; // no index, or another system
  }
}

/** L2 */
async function countFrames(index: string, { salt }: LogHead): Promise<number> {
  try {
    return countIndexedFrames(await readFile(index), salt);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return 0;
    throw thrown;
  }
}
