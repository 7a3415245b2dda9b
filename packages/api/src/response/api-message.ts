/** What an API itself says about an error: problem+json, and the shapes that most APIs use. */
import { memberOf } from '@oatty/types';

/** One line of at most 300 characters, or `undefined`. */
export function findApiMessage(body: unknown): string | undefined {
  const text = typeof body === 'string' ? fromText(body) : findText(body, 0);
  const line = text?.replaceAll(/\s+/g, ' ').trim();
  if (line === undefined || line === '') return undefined;
  return line.length > maxLength ? `${line.slice(0, maxLength - 1)}…` : line;
}

// --- internal ---

const maxLength = 300;
const maxLevels = 3;

/** The more telling ones first. */
const keys = [
  'error_description',
  'message',
  'detail',
  'error',
  'errors',
  'title',
  'description',
  'reason',
  'msg',
];

/** A short text is the message; a page is not. */
function fromText(text: string): string | undefined {
  return text.length <= maxLength && !text.trimStart().startsWith('<') ? text : undefined;
}

function findText(value: unknown, level: number): string | undefined {
  if (typeof value === 'string') return value;
  if (level > maxLevels) return undefined;
  if (Array.isArray(value)) return findText(value[0], level + 1);
  for (const key of keys) {
    const found = findText(memberOf(value, key), level + 1);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}
