/** Advice for what people write out of habit from other languages. */
import { isFunctionName, signatureOf } from './functions/function-signatures.ts';

const symbolAdvice: Readonly<Record<string, string>> = {
  '===': 'Write "==": it never compares across types.',
  '!==': 'Write "!=": it never compares across types.',
  '=': 'Write "==" to compare.',
  '&': 'Write "&&".',
  '|': 'Write "||".',
  '**': 'There is no power operator; multiply.',
  '=~': 'Write matches(text, pattern).',
  '=>': 'Write filter(list, x, condition) or map(list, x, expression).',
  $: 'Write steps.<id>.<field> or inputs.<name>; there is no "$".',
  '${': 'Wrap the whole expression in one ${{ … }}, or write it without.',
};

/**
 * What to write instead of a symbol that the language does not have.
 *
 * @param rest - what follows it: `a | upper` is a filter elsewhere
 */
export function explainSymbol(symbol: string, rest = ''): string | undefined {
  const [, filter] = /^\s{0,20}(\w{1,40})/.exec(rest) ?? [];
  const call = symbol === '|' && filter !== undefined ? functionFor(filter) : undefined;
  if (call !== undefined) return `There are no filters. Write ${signatureOf(call)}.`;
  return Object.hasOwn(symbolAdvice, symbol) ? symbolAdvice[symbol] : undefined;
}

/** What a word processor makes of the characters that programs know. */
const typographic: readonly (readonly [characters: string, advice: string])[] = [
  ['“”„‟«»‘’‚‛´`', `Write straight quotes: '…' or "…".`],
  ['–—−', 'Write "-", with spaces around a minus.'],
  ['≠', 'Write "!=".'],
  ['≤', 'Write "<=".'],
  ['≥', 'Write ">=".'],
  ['×', 'Write "*".'],
  ['÷', 'Write "/".'],
  ['∧', 'Write "&&".'],
  ['∨', 'Write "||".'],
  ['¬', 'Write "!".'],
];

/** What to write instead of a character that the language does not have. */
export function explainCharacter(character: string): string | undefined {
  return typographic.find(([characters]) => characters.includes(character))?.[1];
}

const wordAdvice: Readonly<Record<string, string>> = {
  and: 'Write "&&".',
  or: 'Write "||".',
  not: 'Write "!", as in !(a in b).',
  if: 'Write condition ? value : other.',
  else: 'Write condition ? value : other.',
  eq: 'Write "==".',
  ne: 'Write "!=".',
  none: 'Write null.',
  nil: 'Write null.',
  undefined: 'Write null, or has(path) to ask whether a path is there.',
  null: 'Write null.',
  true: 'Write true.',
  always: 'Write true.',
  never: 'Write false.',
  false: 'Write false.',
};

/**
 * What to write instead of a word that the language does not have.
 *
 * @param rest - what follows it: `is not None`
 */
export function explainWord(word: string, rest = ''): string | undefined {
  const lower = word.toLowerCase();
  if (lower === 'is') return explainIs(rest);
  return Object.hasOwn(wordAdvice, lower) ? wordAdvice[lower] : undefined;
}

/** Names that paths begin with elsewhere. */
const rootAdvice: Readonly<Record<string, string>> = {
  each: 'item',
  element: 'item',
  loop: 'item',
  it: 'item',
  vars: 'inputs',
  variables: 'inputs',
  params: 'inputs',
  parameters: 'inputs',
  args: 'inputs',
  arguments: 'inputs',
  environment: 'env',
  workflow: 'run',
};

/** The root that a name stands for elsewhere. */
export function explainRoot(name: string): string | undefined {
  return Object.hasOwn(rootAdvice, name) ? `Did you mean "${rootAdvice[name]}"?` : undefined;
}

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

/** What to write instead of a function that the language does not have. */
export function explainFunction(name: string): string | undefined {
  if (Object.hasOwn(functionAdvice, name)) return functionAdvice[name];
  const known = functionFor(name);
  return known === undefined ? undefined : `Write ${signatureOf(known)}.`;
}

// --- internal ---

/** The function of that name, or the one that does what it does elsewhere. */
function functionFor(name: string) {
  const known = Object.hasOwn(otherFunctions, name) ? otherFunctions[name] : name;
  return known !== undefined && isFunctionName(known) ? known : undefined;
}

function explainIs(rest: string): string {
  const [, not, nothing] = /^\s{1,20}(not\b)?\s{0,20}(none|null|nil|undefined)?\b/i.exec(rest) ?? [];
  return `Write "${not === undefined ? '==' : '!='}${nothing === undefined ? '' : ' null'}".`;
}
