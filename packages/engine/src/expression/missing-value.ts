/**
 * A path that leads nowhere: an error, unless something around it allows that.
 *
 *   M1. The message names the path as written, where it broke off, the keys that are there and the position.
 *   M2. `MissingValueError` is what `??`, `default()` and `has()` let pass; no other error is. Nothing outside this folder
 *       needs to know it: it has the code `EXPRESSION_FAILED`.
 */
import { didYouMean, OattyError } from '@oatty/types';
import { clip } from './expression-error.ts';
import type { PathLike } from './expression.ts';
import { typeOf } from './json-values.ts';

/** Made for every path that breaks off, so it is light; it becomes an error only when nobody allows it. */
export class MissingValue {
  readonly path: PathLike;
  /** Where the path broke off, as an offset. */
  readonly position: number;
  /** Completes the sentence `<path> has no value: …`. */
  readonly problem: string;
  /** The key that was looked for, and the ones that are there. */
  readonly key: string | undefined;
  readonly existingKeys: () => Iterable<string>;
  /** Whether the value may come later: a step that has not run, or what only a run has. */
  readonly isPending: boolean;

  constructor(
    path: PathLike,
    position: number,
    problem: string,
    more: { key?: string; existingKeys?: () => Iterable<string>; isPending?: boolean } = {},
  ) {
    this.path = path;
    this.position = position;
    this.problem = problem;
    this.key = more.key;
    this.existingKeys = more.existingKeys ?? (() => []);
    this.isPending = more.isPending ?? false;
  }
}

export class MissingValueError extends OattyError {
  readonly missing: MissingValue;

  constructor(missing: MissingValue) {
    const { path, position, problem, key, existingKeys } = missing;
    const keys = firstKeys(existingKeys());
    const nearest = key === undefined ? undefined : didYouMean(key, existingKeys());
    const listed = keys.length > 0 ? ` Existing keys: ${keys.join(', ')}.` : '';
    super(
      'EXPRESSION_FAILED',
      `${clip(path.text)} has no value: ${problem} (position ${position}).${listed}`,
      {
        suggestedAction: `${nearest ? `${nearest} ` : ''}Where it may be missing, use ??, default() or has().`,
        context: { expression: clip(path.text), position, ...(key !== undefined && { existing_keys: keys }) },
      },
    );
    this.missing = missing;
  }
}

/**
 * Why `key` leads nowhere in `value`.
 *
 * @param before - the text of the path up to there
 * @param key - `undefined` when it may not be named
 */
export function explainMissingKey(before: string, value: unknown, key: string | number | undefined): string {
  if (typeof value !== 'object' || value === null)
    return `${before} is ${scalarWords[typeOf(value)] ?? 'no object'}`;
  if (key === undefined) return `${before} has no such part`;
  if (Array.isArray(value)) {
    if (typeof key === 'number') return `${before} has ${countOf(value.length)}, so there is no [${key}]`;
    const advice = key === 'length' ? ', use length(list)' : '';
    return `${before} is a list and has no "${clip(key, 60)}"${advice}`;
  }
  return `${before} has no "${clip(String(key), 60)}"`;
}

// --- internal ---

function countOf(elements: number): string {
  return elements === 1 ? '1 element' : `${elements} elements`;
}

const scalarWords: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'a boolean and has no parts',
  number: 'a number and has no parts',
  string: 'a string and has no parts',
};

const maxListedKeys = 12;

function firstKeys(keys: Iterable<string>): readonly string[] {
  const listed: string[] = [];
  for (const key of keys) {
    if (listed.length === maxListedKeys) return [...listed, '…'];
    listed.push(clip(key, 60));
  }
  return listed;
}
