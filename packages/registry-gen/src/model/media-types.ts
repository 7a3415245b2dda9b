/** Choosing among the media types of one body. */
import { isFormType, isJsonType, toEssence } from '@oatty/types';

/** Whether the content is JSON, or said to be anything (which is JSON for every API that says so). */
export function isJsonMediaType(mediaType: string): boolean {
  return rankOf(mediaType) <= jsonRank;
}

/** Whether the content is made of named properties: JSON, a form or multipart. */
export function hasProperties(mediaType: string): boolean {
  return isJsonMediaType(mediaType) || isFormType(mediaType);
}

/** Whether somebody who sends `application/json` sends this too. */
export function isPlainJson(mediaType: string): boolean {
  const rank = rankOf(mediaType);
  return rank === 0 || rank === jsonRank || /^(?:text\/json|application\/\*\+json)/i.test(mediaType);
}

/** Best to build first; equals stay in the order of the document. */
export function byPreference(mediaTypes: Iterable<string>): string[] {
  return [...mediaTypes].sort((a, b) => rankOf(a) - rankOf(b));
}

/** What is sent for a media type of the description: wildcards become JSON. */
export function toConcrete(mediaType: string): string {
  return mediaType === '*/*' || mediaType === 'application/*' ? 'application/json' : mediaType;
}

// --- internal ---

const jsonRank = 3;

function rankOf(mediaType: string): number {
  const name = toEssence(mediaType);
  if (name === 'application/json') return 0;
  if (name === 'application/json-patch+json') return 2; // a list of changes: the last one to write by hand
  if (isJsonType(name)) return 1;
  if (name === '*/*' || name === 'application/*') return jsonRank;
  if (name === 'application/x-www-form-urlencoded') return 4;
  if (name === 'multipart/form-data') return 5;
  if (name.startsWith('text/')) return 6;
  if (name === 'application/octet-stream') return 7;
  return 8;
}
