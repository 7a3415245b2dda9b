/**
 * The value of `--body`: as it stands there, `@FILE`, or `-` for standard input.
 *
 *   R1. For a command that takes JSON or a form, JSON gives its value; other text stays text.
 *   R2. For every other command text and bytes are the body, whatever they look like. Only what stands there may be
 *       `{"file": …}` or `{"base64": …}`.
 */
import { isUtf8 } from 'node:buffer';
import { isFormType, isJsonType, OattyError, parseJson, toFileValue } from '@oatty/types';
import type { Io } from '../io.ts';
import { readBytes } from './text-source.ts';

/** @param mediaType - of the body that the command takes; may be a range */
export async function readRequestBody(
  io: Io,
  given: string,
  mediaType = 'application/json',
): Promise<unknown> {
  const source = toSource(given);
  const bytes = source === undefined ? Buffer.from(given) : await readBytes(io, source, limits);
  if (isJsonType(mediaType) || isFormType(mediaType) || mediaType === '*/*') return toValue(bytes.toString());
  const file = source === undefined ? parseFileValue(given) : undefined;
  return file ?? (isUtf8(bytes) ? bytes.toString() : { base64: bytes.toString('base64') });
}

// --- internal ---

const limits = { maxBytes: 32 * 1024 * 1024, what: 'a request body' };

/** The path to read, `-` for standard input; `undefined` for what stands there. */
function toSource(given: string): string | undefined {
  if (given === '-') return '-';
  return given.startsWith('@') ? given.slice(1) : undefined;
}

/** R1 */
function toValue(text: string): unknown {
  try {
    return parseJson(text);
  } catch (cause) {
    if (!/^\s*[{["]/.test(text)) return text;
    throw new OattyError('ARGUMENT_INVALID', '--body begins like JSON, and is not valid JSON.', {
      suggestedAction: 'Correct the JSON, or read it from a file with --body @FILE.',
      cause,
    });
  }
}

/** R2 */
function parseFileValue(text: string): unknown {
  try {
    const value = parseJson(text);
    return toFileValue(value) === undefined ? undefined : value;
  } catch {
    return undefined;
  }
}
