/** The index beside the write-ahead log, as in "WAL-Index Format" of SQLite. */
import { sumWords } from './log-frames.ts';

/**
 * @param salt - of the log; an index of another log tells nothing
 * @returns how many frames of the log were committed; 0 when the index does not say
 */
export function countIndexedFrames(index: Buffer, salt: Buffer): number {
  if (index.length < 2 * headBytes) return 0;
  const head = index.subarray(0, headBytes);
  // Whoever changes it writes the one and then the other.
  if (!head.equals(index.subarray(headBytes, 2 * headBytes)) || !isKnown(head)) return 0;
  return head.subarray(32, 40).equals(salt) ? (toWords(head)[4] ?? 0) : 0;
}

// --- internal ---

const headBytes = 48;
const formatVersion = 3_007_000;

function isKnown(head: Buffer): boolean {
  const words = toWords(head);
  const [first, second] = sumWords([0, 0], words, 0, 10);
  return words[0] === formatVersion && words[10] === first && words[11] === second;
}

/** In the order of this machine: the index never leaves it. */
function toWords(head: Buffer): Uint32Array {
  return new Uint32Array(new Uint8Array(head).buffer);
}
