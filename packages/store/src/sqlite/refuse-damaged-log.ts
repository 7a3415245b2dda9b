/**
 * Looks at the head of the write-ahead log before SQLite does.
 *
 * SQLite takes a log with a damaged head for an empty one and begins it anew: what was committed in it would be gone
 * without a word. The head is on the disk before anything that follows it, so a process that died never leaves that.
 */
import { errnoOf, OattyError, toStorageError } from '@oatty/types';
import { open } from 'node:fs/promises';
import { setTimeout } from 'node:timers/promises';

/** @throws {OattyError} `STORAGE_FAILED` */
export async function refuseDamagedLog(path: string): Promise<void> {
  const log = `${path}-wal`;
  // Another process may be writing a new head just now.
  for (let look = 1; look <= 4; look += 1) {
    if (await hasSoundHead(log)) return;
    await setTimeout(25);
  }
  throw new OattyError('STORAGE_FAILED', `Cannot open ${path}: its log ${log} is damaged.`, {
    suggestedAction: `Put a copy of both files in their place. Without the log (move ${log} away), the latest runs are lost.`,
    context: { path: log },
  });
}

// --- internal ---

const headBytes = 32;
/** A head, the head of a page and the smallest page: less holds nothing that was committed. */
const smallestLog = headBytes + 24 + 512;

async function hasSoundHead(log: string): Promise<boolean> {
  try {
    await using file = await open(log, 'r');
    if ((await file.stat()).size < smallestLog) return true;
    const { buffer } = await file.read(Buffer.alloc(headBytes), 0, headBytes, 0);
    return isSound(buffer);
  } catch (thrown) {
    if (errnoOf(thrown) === 'ENOENT') return true;
    throw toStorageError(thrown, 'read', log);
  }
}

/** As in "The WAL file format" of SQLite: a mark that tells the order of bytes, and a checksum at the end. */
function isSound(head: Buffer): boolean {
  const mark = head.readUInt32BE(0);
  if (mark !== 0x377f0682 && mark !== 0x377f0683) return false;
  const read = (at: number) => (mark === 0x377f0683 ? head.readUInt32BE(at) : head.readUInt32LE(at));
  let first = 0;
  let second = 0;
  for (let at = 0; at < 24; at += 8) {
    first = (first + read(at) + second) >>> 0;
    second = (second + read(at + 4) + first) >>> 0;
  }
  return first === head.readUInt32BE(24) && second === head.readUInt32BE(28);
}
