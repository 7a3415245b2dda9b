/** What is wrong with a value, and how values are named in messages. */

export interface ValueIssue {
  /** From the value that was checked. */
  readonly path: readonly (string | number)[];
  readonly rule: ValueRule;
  /** A predicate that follows the name of the value: `must be an integer, but is a text`. Never holds the value. */
  readonly message: string;
  readonly expected?: unknown;
  /** A short value or a type name. Drop it where the value may be secret. */
  readonly actual?: unknown;
  readonly suggestion?: string;
}

type ValueRule =
  | 'type'
  | 'enum'
  | 'required'
  | 'additional_property'
  | 'pattern'
  | 'minimum'
  | 'maximum'
  | 'multiple_of'
  | 'min_length'
  | 'max_length'
  | 'min_items'
  | 'max_items'
  | 'unique_items'
  | 'any_of'
  | 'not'
  | 'too_large';

/** `null boolean integer number string array object`; `integer` for whole numbers. */
export function toJsonType(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (Array.isArray(value)) return 'array';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  return typeof value;
}

const typeNames: Readonly<Record<string, string>> = {
  null: 'null',
  boolean: 'true or false',
  integer: 'an integer',
  number: 'a number',
  string: 'a text',
  array: 'a list',
  object: 'an object',
};

/** `string` → `a text`, for messages. */
export function nameType(type: string): string {
  return Object.hasOwn(typeNames, type) ? (typeNames[type] ?? type) : type;
}

/** `['a', 'b', 'c']` → `a, b or c` */
export function listAlternatives(names: readonly string[]): string {
  if (names.length <= 1) return names[0] ?? '';
  return `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;
}

/** `countOf(2, 'item')` → `2 items` */
export function countOf(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? '' : 's'}`;
}

/** Unicode code points, as JSON Schema counts. */
export function countCharacters(text: string): number {
  let characters = 0;
  for (const _ of text) characters += 1;
  return characters;
}

const maxShown = 80;

/** The value where it is short, else the name of its type. */
export function shorten(value: unknown): unknown {
  if (typeof value === 'string') return value.length > maxShown ? `${value.slice(0, maxShown)}…` : value;
  return value !== null && typeof value === 'object' ? toJsonType(value) : value;
}
