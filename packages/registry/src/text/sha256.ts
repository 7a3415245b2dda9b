/**
 * Hex digits of the SHA-256 of a text's bytes.
 *
 * The module is loaded at the first call: a command line that only lists what it remembers hashes nothing.
 */
export function sha256(text: string | Buffer): string {
  const { createHash } = process.getBuiltinModule('node:crypto');
  return createHash('sha256').update(text).digest('hex');
}
