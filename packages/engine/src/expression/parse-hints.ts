/** Advice for what people write out of habit from other languages. */
import { functionFor } from './function-hints.ts';
import { signatureOf } from './functions/function-signatures.ts';

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

// --- internal ---

function explainIs(rest: string): string {
  const [, not, nothing] = /^\s{1,20}(not\b)?\s{0,20}(none|null|nil|undefined)?\b/i.exec(rest) ?? [];
  return `Write "${not === undefined ? '==' : '!='}${nothing === undefined ? '' : ' null'}".`;
}
