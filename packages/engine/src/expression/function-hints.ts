/** Functions of other languages, and what does the same here. */
import { isFunctionName, signatureOf } from './functions/function-signatures.ts';

/** What to write instead of a function that the language does not have. */
export function explainFunction(name: string): string | undefined {
  if (Object.hasOwn(functionAdvice, name)) return functionAdvice[name];
  const known = functionFor(name);
  return known === undefined ? undefined : `Write ${signatureOf(known)}.`;
}

/** The function of that name, or the one that does what it does elsewhere. */
export function functionFor(name: string) {
  const known = Object.hasOwn(otherFunctions, name) ? otherFunctions[name] : name;
  return known !== undefined && isFunctionName(known) ? known : undefined;
}

// --- internal ---

const otherFunctions: Readonly<Record<string, string>> = {
  startsWith: 'starts_with',
  startswith: 'starts_with',
  endsWith: 'ends_with',
  endswith: 'ends_with',
  toLowerCase: 'lower',
  lowercase: 'lower',
  toUpperCase: 'upper',
  uppercase: 'upper',
  toString: 'to_string',
  string: 'to_string',
  str: 'to_string',
  int: 'to_number',
  integer: 'to_number',
  float: 'to_number',
  number: 'to_number',
  parseInt: 'to_number',
  parseFloat: 'to_number',
  toJSON: 'to_json',
  tojson: 'to_json',
  json: 'to_json',
  stringify: 'to_json',
  fromJSON: 'from_json',
  parse: 'from_json',
  match: 'matches',
  test: 'matches',
  some: 'any',
  every: 'all',
  size: 'length',
  len: 'length',
  count: 'length',
  exists: 'has',
  defined: 'has',
  isset: 'has',
  includes: 'contains',
  indexOf: 'contains',
  get: 'default',
  ifnull: 'coalesce',
  format_date: 'date_format',
};

const functionAdvice: Readonly<Record<string, string>> = {
  now: 'There is no clock. Read run.started_at.',
  today: 'There is no clock. Read run.started_at.',
  uuid: 'Nothing is made by chance. Read run.id.',
  random: 'Nothing is made by chance. Read run.id.',
  success: 'Remove it: a step runs when the steps in "depends_on" have succeeded.',
  always: 'Remove it, and let the steps before say "on_failure: continue".',
  failure:
    'A failure ends the run, or "on_failure: continue" passes over it: ask with has(steps.<id>) instead.',
};
