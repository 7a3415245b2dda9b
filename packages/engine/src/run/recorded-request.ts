import { createRedactor } from '../dispatch/redact-secrets.ts';
import type { CommandArguments } from '@oatty/types';
import type { RecordedRequest } from '../ports/journal-entry.ts';
import { sha256 } from './sha256.ts';

/** Larger ones repeat what steps gave before them: a digest tells all the same whether a replay sends the same. */
const maxRecordedChars = 16 * 1024;

/** What the journal keeps of the arguments of a call. */
export function toRecordedRequest(given: CommandArguments, secrets: ReadonlySet<string>): RecordedRequest {
  const shown = createRedactor(secrets).value(given) as CommandArguments; // the same shape, other texts
  const text = JSON.stringify(shown);
  return text.length <= maxRecordedChars ? shown : { sha256: toHex(sha256(text)) };
}

export function toHex(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
