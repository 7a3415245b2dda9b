/**
 * The search index of one catalog as the text of `catalogs/<id>.search.json`, and back.
 *
 * Numbers and postings travel as base64, so that a file of megabytes is read in milliseconds.
 */
import type { SearchIndex } from './search-index.ts';

/** @param manifestSha256 - the manifest that the index was built from */
export function encodeSearchIndex(index: SearchIndex, manifestSha256: string): string {
  const file: SearchFile = {
    format_version: formatVersion,
    manifest_sha256: manifestSha256,
    size: index.size,
    terms: index.terms.join('\n'),
    starts: encodeNumbers(index.starts),
    postings: Buffer.from(index.postings).toString('base64'),
  };
  return `${JSON.stringify(file)}\n`;
}

/** @returns `undefined` when the text is broken, of another format, or of another manifest */
export function decodeSearchIndex(text: string, manifestSha256: string): SearchIndex | undefined {
  const file = parseFile(text);
  if (file?.format_version !== formatVersion || file.manifest_sha256 !== manifestSha256) return undefined;
  const terms = file.terms === '' ? [] : file.terms.split('\n');
  const starts = decodeNumbers(file.starts);
  const postings = Buffer.from(file.postings, 'base64');
  const isWhole = starts.length === terms.length + 1 && starts.at(-1) === postings.length;
  return isWhole ? { size: file.size, terms, starts, postings } : undefined;
}

// --- internal ---

/** Changes with the meaning of the file: words, stems, weights. */
const formatVersion = 2;

interface SearchFile {
  readonly format_version: number;
  readonly manifest_sha256: string;
  readonly size: number;
  readonly terms: string;
  readonly starts: string;
  readonly postings: string;
}

function parseFile(text: string): SearchFile | undefined {
  try {
    return JSON.parse(text) as SearchFile; // written by this module alone; the checks above catch a broken one
  } catch {
    return undefined;
  }
}

function encodeNumbers(numbers: Uint32Array): string {
  const bytes = Buffer.alloc(numbers.length * 4);
  for (const [index, number] of numbers.entries()) bytes.writeUInt32LE(number, index * 4);
  return bytes.toString('base64');
}

function decodeNumbers(text: string): Uint32Array {
  const bytes = Buffer.from(text, 'base64');
  return Uint32Array.from({ length: bytes.length >>> 2 }, (_, index) => bytes.readUInt32LE(index * 4));
}
