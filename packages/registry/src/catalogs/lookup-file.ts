/**
 * The lookup tables of a manifest on disk.
 *
 * They are believed when they are not older than the manifest and of its size; when they are older (a copy of the
 * directory, a restored backup), the hash decides.
 */
import { readFileSync, utimesSync } from 'node:fs';
import { stampOf } from '../files/file-stamp.ts';
import type { FileStamp } from '../files/file-stamp.ts';
import { writeCacheFile } from '../files/write-file.ts';
import type { CatalogFiles } from './catalog-files.ts';
import { sha256 } from '../text/sha256.ts';
import { lookupVersion } from './serialize-manifest.ts';
import type { Lookup } from './serialize-manifest.ts';

/** @returns `undefined` when there are none that fit */
export function readLookup(files: CatalogFiles, manifest: FileStamp): Lookup | undefined {
  const stamp = stampOf(files.lookup);
  const lookup = stamp === undefined ? undefined : parseLookup(files.lookup);
  if (stamp === undefined || lookup?.manifest_bytes !== manifest.size) return undefined;
  if (stamp.mtimeMs >= manifest.mtimeMs) return lookup;
  if (lookup.manifest_sha256 !== sha256(readFileSync(files.manifest))) return undefined;
  markFresh(files.lookup);
  return lookup;
}

export function writeLookup(files: CatalogFiles, lookup: Lookup): void {
  writeCacheFile(files.lookup, `${JSON.stringify(lookup)}\n`);
}

// --- internal ---

function parseLookup(path: string): Lookup | undefined {
  try {
    const value = JSON.parse(readFileSync(path, 'utf8')) as Partial<Lookup>; // written by oatty alone; checked below
    const isWhole = Array.isArray(value.commands) && Array.isArray(value.schemas);
    return value.format_version === lookupVersion && isWhole ? (value as Lookup) : undefined;
  } catch {
    return undefined;
  }
}

/** Spares the next process the hash. */
function markFresh(path: string): void {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // a read-only directory: the hash is computed again next time
  }
}
