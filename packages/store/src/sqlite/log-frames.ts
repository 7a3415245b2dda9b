/** The write-ahead log, as in "WAL File Format" of SQLite: a head, and frames whose checksums go on from each other. */
import type { FileHandle } from 'node:fs/promises';
import { endianness } from 'node:os';

export const headBytes = 32;
export const frameHeadBytes = 24;

export type Checksum = readonly [number, number];

export interface LogHead {
  readonly pageBytes: number;
  /** Each frame of this log has it; the log that comes after it in the same file has another. */
  readonly salt: Buffer;
  readonly isBigEndian: boolean;
  readonly checksum: Checksum;
}

/** @returns `undefined` for a head that is damaged */
export function readHead(head: Buffer): LogHead | undefined {
  const mark = head.readUInt32BE(0);
  if (mark !== littleEndianMark && mark !== bigEndianMark) return undefined;
  const isBigEndian = mark === bigEndianMark;
  const checksum = sumWords([0, 0], toWords(head, isBigEndian), 0, 6);
  if (!isStored(head, 24, checksum)) return undefined;
  return { pageBytes: head.readUInt32BE(8), salt: head.subarray(16, 24), isBigEndian, checksum };
}

/** Whether the first `count` frames are as they were written. */
export async function readsFrames(file: FileHandle, head: LogHead, count: number): Promise<boolean> {
  const frameBytes = frameHeadBytes + head.pageBytes;
  const some = Buffer.alloc(framesAtOnce * frameBytes);
  let checksum = head.checksum;
  for (let done = 0; done < count; done += framesAtOnce) {
    const { bytesRead } = await file.read(some, 0, some.length, headBytes + done * frameBytes);
    const frames = Math.min(framesAtOnce, count - done);
    if (bytesRead < frames * frameBytes) return false;
    const words = toWords(some, head.isBigEndian);
    for (let at = 0; at < frames * frameBytes; at += frameBytes) {
      checksum = sumWords(checksum, words, at / 4, at / 4 + 2);
      checksum = sumWords(checksum, words, (at + frameHeadBytes) / 4, (at + frameBytes) / 4);
      if (!isStored(some, at + 16, checksum)) return false;
    }
  }
  return true;
}

/** @param until - the words before it, two at a time */
export function sumWords(
  [first, second]: Checksum,
  words: Uint32Array,
  from: number,
  until: number,
): Checksum {
  let a = first;
  let b = second;
  for (let at = from; at < until; at += 2) {
    a = (a + (words[at] ?? 0) + b) >>> 0;
    b = (b + (words[at + 1] ?? 0) + a) >>> 0;
  }
  return [a, b];
}

// --- internal ---

const littleEndianMark = 0x377f0682;
const bigEndianMark = 0x377f0683;
const framesAtOnce = 64;

function isStored(bytes: Buffer, at: number, [first, second]: Checksum): boolean {
  return bytes.readUInt32BE(at) === first && bytes.readUInt32BE(at + 4) === second;
}

/** A copy, in the order of this machine. */
function toWords(bytes: Buffer, isBigEndian: boolean): Uint32Array {
  const copy = Buffer.from(bytes);
  if (isBigEndian !== (endianness() === 'BE')) copy.swap32();
  return new Uint32Array(new Uint8Array(copy).buffer);
}
