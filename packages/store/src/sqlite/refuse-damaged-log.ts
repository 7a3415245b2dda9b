/**
 * Looks at the write-ahead log before SQLite does.
 *
 * SQLite takes a log that is gone or has a damaged head for an empty one, and one with a damaged frame for one that ends
 * there: what was committed after that would be gone without a word. A process that died never leaves any of these:
 *
 *   L1. The head is on the disk before anything that follows it.
 *   L2. A frame is on the disk before the index beside the log (`-shm`) counts it, and stays as it is until the index
 *       tells of another log. Without an index nobody knows how many frames there were.
 *   L3. While a process that lives has the log open, SQLite cuts nothing off: frames are looked at when nobody has, or where
 *       the system does not tell.
 *   L4. The log stays until all of it was copied into the file, and is removed after the index. Whoever has the index open
 *       has a log.
 */
import { errnoOf, OattyError, toStorageError } from '@oatty/types';
import { existsSync } from 'node:fs';
import { open, readFile, stat } from 'node:fs/promises';
import type { FileHandle } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';
import { countIndexedFrames, countUncopiedFrames } from './log-index.ts';
import { frameHeadBytes, headBytes, readHead, readsFrames } from './log-frames.ts';
import type { LogHead } from './log-frames.ts';

/** @throws {OattyError} `STORAGE_FAILED` */
export async function refuseDamagedLog(path: string): Promise<void> {
  let state = await inspectLog(path);
  // Another process may be beginning the log anew just now, or be closing.
  for (let look = 1; look < 4 && state !== 'sound'; look += 1) {
    await setTimeout(25);
    state = await inspectLog(path);
  }
  if (state === 'sound') return;
  const log = `${path}-wal`;
  throw new OattyError('STORAGE_FAILED', `Cannot open ${path}: its log ${log} ${troubles[state]}.`, {
    suggestedAction: `${state === 'damaged' ? repairing(path) : regaining(path)} The latest steps of runs are lost then.`,
    context: { path: log },
  });
}

// --- internal ---

type LogState = 'sound' | 'damaged' | 'missing' | 'emptied';

const troubles: Readonly<Record<Exclude<LogState, 'sound'>, string>> = {
  damaged: 'is damaged',
  missing: 'is missing',
  emptied: 'was emptied',
};

function repairing(path: string): string {
  return `Put a copy of both files in their place. To go on with what can still be read, remove ${path}-shm; when the log cannot be read at all, move it away.`;
}

function regaining(path: string): string {
  return `Stop every oatty that uses it: one that still has the log writes it into the file as it ends. Else put a copy of the log in its place, or, to go on with what is in the file, move ${path}-shm away.`;
}

/** A head, the head of a page and the smallest page: less holds nothing that was committed. */
const smallestLog = headBytes + frameHeadBytes + 512;

async function inspectLog(path: string): Promise<LogState> {
  const log = `${path}-wal`;
  const index = `${path}-shm`;
  if (!existsSync(log) && !existsSync(index)) return 'sound'; // whoever had it open has closed it: that is the rule
  try {
    await using file = await open(log, 'r');
    if ((await file.stat()).size >= smallestLog) return (await isWhole(file, index)) ? 'sound' : 'damaged';
    return !(await isOpenElsewhere(index)) && (await hasLostFrames(path, index)) ? 'emptied' : 'sound';
  } catch (thrown) {
    if (errnoOf(thrown) !== 'ENOENT') throw toStorageError(thrown, 'read', log);
    return (await isOpenElsewhere(index)) || (await hasLostFrames(path, index)) ? 'missing' : 'sound';
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
  return countIndexedFrames(await readIndex(index), salt);
}

/** L4. A file that was begun anew has nothing to do with the index that it finds. */
async function hasLostFrames(path: string, index: string): Promise<boolean> {
  const lost = countUncopiedFrames(await readIndex(index));
  return lost > 0 && (await stat(path)).size > 0;
}

/** @returns nothing where there is none */
async function readIndex(index: string): Promise<Buffer> {
  try {
    return await readFile(index);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return Buffer.alloc(0);
    throw thrown;
  }
}
