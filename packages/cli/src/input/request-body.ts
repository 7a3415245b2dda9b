/** The value of `--body`: JSON as it stands there, `@FILE`, or `-` for standard input. */
import { OattyError } from '@oatty/types';
import type { Io } from '../io.ts';
import { readText } from './text-source.ts';

const maxBodyBytes = 32 * 1024 * 1024;

/** JSON gives its value; anything else is the text of a body that is no JSON. */
export async function readRequestBody(io: Io, given: string): Promise<unknown> {
  const text = await readSource(io, given);
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    if (!/^\s*[{["]/.test(text)) return text;
    throw new OattyError('ARGUMENT_INVALID', '--body begins like JSON, and is not valid JSON.', {
      suggestedAction: 'Correct the JSON, or read it from a file with --body @FILE.',
      cause,
    });
  }
}

// --- internal ---

async function readSource(io: Io, given: string): Promise<string> {
  if (given !== '-' && !given.startsWith('@')) return given;
  const path = given === '-' ? '-' : given.slice(1);
  return readText(io, path, { maxBytes: maxBodyBytes, what: 'a request body' });
}
