/**
 * One walk over a parsed file: bounds its size and finds its references.
 *
 *   W1. No recursion: the nesting of a document never becomes the nesting of our calls.
 *   W2. Values are counted as a tree. YAML aliases share objects, and a bomb is small until it is counted so.
 *   W3. `$ref` is a reference only where the specification has one: not inside examples, defaults, enumerations and
 *       extensions, which hold data, and not as the name of a schema property.
 *   W4. Links, callbacks and webhooks become no commands, so what they refer to is not read.
 */
import type { JsonValue } from '@oatty/types';
import { limitExceeded, type LoadLimits } from './limits.ts';

/** An object of the document whose `$ref` is text. */
export interface ReferenceObject {
  $ref: string;
}

export type Container = Record<string, unknown> | unknown[];

/** What the keys of an object mean: words of the specification, names that the author chose, or plain data. */
export type Keys = 'keywords' | 'names' | 'data';

/**
 * @param count - the values of all files so far; this file's are added
 * @throws {OattyError} `LIMIT_EXCEEDED` for depth or number of values
 */
export function findReferences(
  root: JsonValue,
  name: string,
  limits: LoadLimits,
  count: { nodes: number },
): ReferenceObject[] {
  const references: ReferenceObject[] = [];
  const pending = new Stack();
  pending.push(root as Container, 1, 'keywords');
  while (pending.pop()) {
    const { value, depth, keys } = pending;
    if (depth > limits.maxDepth) throw limitExceeded(name, 'maxDepth', limits.maxDepth);
    count.nodes += Array.isArray(value) ? pushItems(pending, value) : pushMembers(pending, value);
    if (count.nodes > limits.maxNodes) throw limitExceeded(name, 'maxNodes', limits.maxNodes);
    if (keys !== 'data' && '$ref' in value && typeof value.$ref === 'string') {
      references.push(value as { $ref: string });
    }
  }
  return references;
}

/** W3, W4 */
export function keysOfChild(keys: Keys, key: string, child: Container): Keys {
  if (keys === 'data') return 'data';
  if (keys === 'names') return 'keywords';
  if (dataKeywords.has(key) || key.startsWith('x-')) return 'data';
  return mapKeywords.has(key) && !Array.isArray(child) ? 'names' : 'keywords';
}

// --- internal ---

/** Values to visit, in three lists instead of one of objects: this loop sees a quarter of a million values. */
class Stack {
  value: Container = [];
  depth = 0;
  keys: Keys = 'keywords';
  readonly #values: Container[] = [];
  readonly #depths: number[] = [];
  readonly #keys: Keys[] = [];

  push(value: Container, depth: number, keys: Keys): void {
    this.#values.push(value);
    this.#depths.push(depth);
    this.#keys.push(keys);
  }

  /** Makes the last value the current one. */
  pop(): boolean {
    const value = this.#values.pop();
    if (value === undefined) return false;
    this.value = value;
    this.depth = this.#depths.pop() ?? 0;
    this.keys = this.#keys.pop() ?? 'data';
    return true;
  }
}

function pushItems(pending: Stack, list: readonly unknown[]): number {
  const { depth, keys } = pending;
  for (const item of list) if (isContainer(item)) pending.push(item, depth + 1, keys);
  return list.length;
}

function pushMembers(pending: Stack, object: Record<string, unknown>): number {
  const { depth, keys } = pending;
  let count = 0;
  for (const key in object) {
    count++;
    const child = object[key];
    if (isContainer(child)) pending.push(child, depth + 1, keysOfChild(keys, key, child));
  }
  return count;
}

function isContainer(value: unknown): value is Container {
  return typeof value === 'object' && value !== null;
}

const dataKeywords = new Set(
  // the last three: W4
  'example examples default enum const mapping description links callbacks webhooks'.split(' '),
);

const mapKeywords = new Set(
  (
    'paths pathItems additionalOperations responses content headers encoding variables schemas definitions $defs ' +
    'properties patternProperties dependentSchemas parameters requestBodies securitySchemes securityDefinitions ' +
    'mediaTypes'
  ).split(' '),
);
