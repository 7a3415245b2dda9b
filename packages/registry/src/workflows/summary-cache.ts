/**
 * Remembers what the workflow files say, so that a list need not parse them again.
 *
 * M1. A file with the same size, time and inode is not even read. When it was changed shortly before it was last
 *     looked at, the clock may have been too coarse to tell, and its bytes decide.
 * M2. A cache that is absent, broken or cannot be written costs time and nothing else.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSameStamp } from '../files/file-stamp.ts';
import type { FileStamp } from '../files/file-stamp.ts';
import { writeCacheFile } from '../files/write-file.ts';
import type { Summarized } from './summarize-workflow.ts';

export interface RememberedFile {
  readonly path: string;
  readonly stamp: FileStamp;
  /** When the bytes were read. */
  readonly readAtMs: number;
  /** SHA-256 of the bytes. */
  readonly version: string;
  readonly summarized: Summarized;
}

export class SummaryCache {
  readonly #path: string;
  #files: ReadonlyMap<string, RememberedFile> | undefined;

  constructor(cacheDir: string) {
    this.#path = join(cacheDir, 'workflows.json');
  }

  get(path: string): RememberedFile | undefined {
    this.#files ??= readCache(this.#path);
    return this.#files.get(path);
  }

  /** Forgets every other file. */
  replace(files: readonly RememberedFile[]): void {
    const known = (this.#files ??= readCache(this.#path));
    if (known.size === files.length && files.every((file) => known.get(file.path) === file)) return;
    this.#files = new Map(files.map((file) => [file.path, file]));
    writeCacheFile(this.#path, JSON.stringify({ format_version: formatVersion, files }));
  }
}

/** Whether the file must be as it was when it was last read (M1). */
export function isUnchanged(remembered: RememberedFile, stamp: FileStamp): boolean {
  return isSameStamp(remembered.stamp, stamp) && stamp.mtimeMs + clockMarginMs < remembered.readAtMs;
}

// --- internal ---

const formatVersion = 2;
const clockMarginMs = 2_000;

function readCache(path: string): ReadonlyMap<string, RememberedFile> {
  try {
    const cache: unknown = JSON.parse(readFileSync(path, 'utf8'));
    const { format_version: version, files } = cache as { format_version?: unknown; files?: unknown };
    if (version !== formatVersion || !Array.isArray(files)) return new Map();
    return new Map(files.filter(isRemembered).map((file) => [file.path, file]));
  } catch {
    return new Map();
  }
}

function isRemembered(value: unknown): value is RememberedFile {
  const { path, stamp, readAtMs, version, summarized } = value as Partial<RememberedFile>;
  return (
    typeof path === 'string' &&
    typeof stamp?.size === 'number' &&
    typeof readAtMs === 'number' &&
    typeof version === 'string' &&
    (summarized?.kind === 'problem' ||
      (typeof summarized?.summary.workflow_id === 'string' && Array.isArray(summarized.signature.runs)))
  );
}
