/**
 * Regular expressions of manifests and descriptions: RE2 syntax, linear time.
 *
 * The built-in engine backtracks: a pattern from a document can hang it. Compiled patterns are kept,
 * because validation and every call use the same few.
 */
import { RE2JS } from 're2js';

export type CompiledPattern =
  | { readonly ok: true; readonly test: (text: string) => boolean }
  /** `reason`: why RE2 refuses it; look-around and back-references are the usual cause. */
  | { readonly ok: false; readonly reason: string };

export const maxPatternLength = 2_000;

const maxCompiled = 500;
const compiled = new Map<string, CompiledPattern>();

/** Compiles a pattern as a search: it matches anywhere unless it is anchored. */
export function compilePattern(pattern: string): CompiledPattern {
  const known = compiled.get(pattern);
  if (known !== undefined) return known;
  const fresh = compileFresh(pattern);
  if (compiled.size >= maxCompiled) compiled.clear();
  compiled.set(pattern, fresh);
  return fresh;
}

// --- internal ---

function compileFresh(pattern: string): CompiledPattern {
  if (pattern.length > maxPatternLength) {
    return { ok: false, reason: `is longer than ${maxPatternLength} characters` };
  }
  try {
    const regex = RE2JS.compile(RE2JS.translateRegExp(pattern));
    return { ok: true, test: (text) => regex.test(text) };
  } catch (cause) {
    return { ok: false, reason: cause instanceof Error ? cause.message : 'is not valid' };
  }
}
