/**
 * Every function of the language with the names of its parameters, for the parser, for messages and for editor help.
 *
 * A name that ends in `?` may be left out; `values...` takes one or more. `specs/EXPRESSIONS.md` is the manual.
 */

const eachSignatures = {
  filter: ['list', 'x', 'condition'],
  map: ['list', 'x', 'expression'],
  any: ['list', 'x', 'condition'],
  all: ['list', 'x', 'condition'],
  find: ['list', 'x', 'condition'],
} as const;

const plainSignatures = {
  contains: ['container', 'part'],
  starts_with: ['text', 'start'],
  ends_with: ['text', 'end'],
  matches: ['text', 'pattern'],
  length: ['value'],
  keys: ['object'],
  values: ['object'],
  first: ['list'],
  last: ['list'],
  join: ['list', 'separator?'],
  split: ['text', 'separator'],
  lower: ['text'],
  upper: ['text'],
  trim: ['text'],
  replace: ['text', 'search', 'replacement'],
  to_json: ['value'],
  from_json: ['text'],
  to_number: ['value'],
  to_string: ['value'],
  coalesce: ['values...'],
  flatten: ['list'],
  unique: ['list'],
  sort: ['list', 'key?'],
  sum: ['list'],
  min: ['values...'],
  max: ['values...'],
  range: ['start', 'end?'],
  date_add: ['date', 'duration'],
  date_format: ['date', 'pattern', 'zone?'],
} as const;

const signatures = {
  has: ['path'],
  default: ['value', 'fallback'],
  ...plainSignatures,
  ...eachSignatures,
} as const satisfies Record<string, readonly string[]>;

export type FunctionName = keyof typeof signatures;
/** Functions whose arguments are all evaluated before they run. */
export type PlainFunctionName = keyof typeof plainSignatures;
/** Functions that evaluate their last argument once per element. */
export type EachName = keyof typeof eachSignatures;

export const functionNames = Object.keys(signatures) as readonly FunctionName[]; // the keys of a constant

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(signatures, name);
}

export function isEachName(name: FunctionName): name is EachName {
  return Object.hasOwn(eachSignatures, name);
}

export function parameterNames(name: FunctionName): readonly string[] {
  return signatures[name];
}

/** `join` → `join(list, separator?)` */
export function signatureOf(name: FunctionName): string {
  return `${name}(${signatures[name].join(', ')})`;
}

/** How many arguments a function takes at least and at most. */
export function arityOf(name: FunctionName): { readonly minimum: number; readonly maximum: number } {
  const parameters: readonly string[] = signatures[name];
  const isVariadic = parameters.at(-1)?.endsWith('...') === true;
  return {
    minimum: parameters.filter((parameter) => !parameter.endsWith('?')).length,
    maximum: isVariadic ? Number.POSITIVE_INFINITY : parameters.length,
  };
}
