import type { Hash } from 'node:crypto';

/** The first half of a digest, written as ids are. */
export function toUuid(digest: Hash): string {
  return digest.digest('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/, '$1-$2-$3-$4-$5');
}
