/**
 * Regular expressions in the syntax of RE2, which match in time linear in the text. The only place that compiles one.
 *
 * The library costs a few milliseconds to load, so nothing on a light path imports this.
 */
import { RE2JS } from 're2js';
import { BoundedCache } from '../bounded-cache.ts';

const maxPatternLength = 2_000;
/** Steps of the matcher: repetitions such as `(a{1000}){10}` are written out, and take memory as long as they are kept. */
const maxPatternSize = 10_000;
const maxKeptPatterns = 200;

export type CompiledPattern =
  | {
      readonly kind: 'valid';
      /** Whether the pattern occurs anywhere in the text. */
      readonly test: (text: string) => boolean;
      /** How many steps one character may cost. */
      readonly size: number;
    }
  | { readonly kind: 'invalid'; readonly problem: string };

const compiled = new BoundedCache<CompiledPattern>(maxKeptPatterns);

export function compilePattern(pattern: string): CompiledPattern {
  if (pattern.length > maxPatternLength) {
    return { kind: 'invalid', problem: `it is longer than ${maxPatternLength} characters` };
  }
  return compiled.getOrCreate(pattern, compile);
}

// --- internal ---

function compile(pattern: string): CompiledPattern {
  try {
    const regex = RE2JS.compile(pattern);
    const size = regex.programSize();
    return size > maxPatternSize
      ? { kind: 'invalid', problem: 'it repeats too much' }
      : { kind: 'valid', test: (text) => regex.test(text), size };
  } catch (error) {
    return { kind: 'invalid', problem: toProblem(error) };
  }
}

/** `error parsing regexp: missing closing ): \`(\`` → `missing closing )`; the pattern itself may be a secret. */
function toProblem(error: unknown): string {
  const message = error instanceof Error ? error.message : '';
  const [, description = ''] = message.split('error parsing regexp: ');
  return description.split(': `')[0] || 'it cannot be read';
}
