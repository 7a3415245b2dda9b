import { createHash } from 'node:crypto';

/** Hex digits of the SHA-256 of a text's bytes. */
export function sha256(text: string | Buffer): string {
  return createHash('sha256').update(text).digest('hex');
}
