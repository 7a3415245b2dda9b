/** The index beside the write-ahead log, as in "WAL-Index Format" of SQLite. */
import { sumWords } from './log-frames.ts';

/**
 * @param salt - of the log; an index of another log tells nothing
 * @returns how many frames of the log were committed; 0 when the index does not say
 */
export function countIndexedFrames(index: Buffer, salt: Buffer): number {
  const head = readIndexHead(index);
  return head?.subarray(32, 40).equals(salt) === true ? countCommitted(head) : 0;
}

/** @returns how many frames were committed and not copied into the file; 0 when the index does not say */
export function countUncopiedFrames(index: Buffer): number {
  const head = readIndexHead(index);
  if (head === undefined || index.length < copiedAt + 4) return 0;
  const [copied = 0] = toWords(index.subarray(copiedAt, copiedAt + 4));
  return Math.max(0, countCommitted(head) - copied);
}

// --- internal ---

const headBytes = 48;
const formatVersion = 3_007_000;
/** How many frames were copied into the file stands behind both heads. */
const copiedAt = 2 * headBytes;

function readIndexHead(index: Buffer): Buffer | undefined {
  if (index.length < 2 * headBytes) return undefined;
  const head = index.subarray(0, headBytes);
  // Whoever changes it writes the one and then the other.
  return head.equals(index.subarray(headBytes, 2 * headBytes)) && isKnown(head) ? head : undefined;
}

function countCommitted(head: Buffer): number {
  return toWords(head)[4] ?? 0;
}

function isKnown(head: Buffer): boolean {
  const words = toWords(head);
  const [first, second] = sumWords([0, 0], words, 0, 10);
  return words[0] === formatVersion && words[10] === first && words[11] === second;
}

/** In the order of this machine: the index never leaves it. */
function toWords(bytes: Buffer): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}
