/** Details of any shape as names and values that can be read. Pure. */
import type { Fact } from '../parts/facts.tsx';
import { toSentence } from '../words/sentence.ts';

export function toDetailFacts(details: Readonly<Record<string, unknown>>): readonly Fact[] {
  return Object.entries(details)
    .filter(([, value]) => value !== null && value !== undefined && value !== '')
    .map(([key, value]) => ({ name: toSentence(key), value: toText(value) }));
}

// --- internal ---

const longestText = 400;

function toText(value: unknown): string {
  const isList = Array.isArray(value) && value.every((item) => typeof item !== 'object');
  const text = typeof value === 'string' ? value : isList ? value.join(', ') : JSON.stringify(value);
  return text.length > longestText ? `${text.slice(0, longestText)}…` : text;
}
