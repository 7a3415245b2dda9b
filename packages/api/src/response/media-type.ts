/** Media types, as far as only requests and answers look at them. */
import { toEssence } from '@oatty/types';

// A range that JSON is one of: `*/*` and `application/*`.
export function includesJson(mediaType: string): boolean {
  return /^(?:\*|application)\/\*$/.test(toEssence(mediaType));
}

/** One JSON value on each line. */
export function isJsonLinesType(mediaType: string): boolean {
  return /^application\/(?:x-)?(?:ndjson|jsonl|json-lines|jsonlines)$/.test(toEssence(mediaType));
}

export function isTextType(mediaType: string): boolean {
  const essence = toEssence(mediaType);
  if (essence.startsWith('text/') || /\+(?:xml|yaml)$/.test(essence)) return true;
  return textTypes.has(essence) || isJsonLinesType(essence);
}

export function isHtmlType(mediaType: string): boolean {
  return /^(?:text\/html|application\/xhtml\+xml)$/.test(toEssence(mediaType));
}

/** `charset=…`, lower case. */
export function readCharset(mediaType: string): string | undefined {
  return /;\s*charset="?([^";\s]+)/i.exec(mediaType)?.[1]?.toLowerCase();
}

// --- internal ---

const textTypes = new Set([
  'application/xml',
  'application/yaml',
  'application/x-yaml',
  'application/javascript',
  'application/x-www-form-urlencoded',
  'application/json-seq',
  'application/graphql',
  'application/sql',
  'application/jwt',
]);
