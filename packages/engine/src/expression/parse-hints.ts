/** Advice for what people write out of habit from other languages. */

const symbolAdvice: Readonly<Record<string, string>> = {
  '===': 'Write "==": it never compares across types.',
  '!==': 'Write "!=": it never compares across types.',
  '=': 'Write "==" to compare.',
  '&': 'Write "&&".',
  '|': 'Write "||".',
  '**': 'There is no power operator; multiply.',
  '=~': 'Write matches(text, pattern).',
  '=>': 'Write filter(list, x, condition) or map(list, x, expression).',
  '${': 'Wrap the whole expression in one ${{ … }}, or write it without.',
};

/** What to write instead of a symbol that the language does not have. */
export function explainSymbol(symbol: string): string | undefined {
  return Object.hasOwn(symbolAdvice, symbol) ? symbolAdvice[symbol] : undefined;
}

const wordAdvice: Readonly<Record<string, string>> = {
  and: 'Write "&&".',
  or: 'Write "||".',
  not: 'Write "!", as in !(a in b).',
  is: 'Write "==".',
  eq: 'Write "==".',
  ne: 'Write "!=".',
  none: 'Write null.',
  nil: 'Write null.',
  undefined: 'Write null, or has(path) to ask whether a path is there.',
  null: 'Write null.',
  true: 'Write true.',
  false: 'Write false.',
};

/** What to write instead of a word that the language does not have. */
export function explainWord(word: string): string | undefined {
  const lower = word.toLowerCase();
  return Object.hasOwn(wordAdvice, lower) ? wordAdvice[lower] : undefined;
}

const methodFunctions: Readonly<Record<string, string>> = {
  startsWith: 'starts_with',
  endsWith: 'ends_with',
  toLowerCase: 'lower',
  toUpperCase: 'upper',
  toString: 'to_string',
  match: 'matches',
  test: 'matches',
  some: 'any',
  every: 'all',
  size: 'length',
  get: 'default',
};

/** The function that does what a method of that name does elsewhere; the name itself where there is none. */
export function functionForMethod(method: string): string {
  return (Object.hasOwn(methodFunctions, method) ? methodFunctions[method] : undefined) ?? method;
}
