/** Functions on text. Upper and lower case follow Unicode, not a locale. */
import { compilePattern } from './compile-pattern.ts';
import type { FunctionArguments, FunctionBody } from './function-arguments.ts';
import type { PlainFunctionName } from './function-signatures.ts';
import { toText } from '../to-text.ts';

export const textFunctions = {
  lower: (given) => paid(given, given.text(0)).toLowerCase(),
  upper: (given) => paid(given, given.text(0)).toUpperCase(),
  trim: (given) => paid(given, given.text(0)).trim(),
  starts_with: (given) => given.text(0).startsWith(paid(given, given.text(1))),
  ends_with: (given) => given.text(0).endsWith(paid(given, given.text(1))),
  matches,
  replace,
  split,
  join,
} satisfies Partial<Record<PlainFunctionName, FunctionBody>>;

// --- internal ---

function matches(given: FunctionArguments): boolean {
  const text = given.text(0);
  const pattern = compilePattern(given.text(1));
  if (pattern.kind === 'invalid') {
    throw given.fail(1, `is not a valid regular expression: ${pattern.problem}`);
  }
  given.evaluation.spend(Math.ceil((pattern.size * (text.length + charactersToCompile)) / stepsPerUnit));
  return pattern.test(text);
}

/** One step of the matcher takes a few nanoseconds, a unit of work much longer. */
const stepsPerUnit = 64;
/** Compiling a pattern costs about as much as matching it against a text of this length. */
const charactersToCompile = 500;

/** Every occurrence. The length of the result is known before it is made. */
function replace(given: FunctionArguments): string {
  const [text, search, replacement] = [given.text(0), given.text(1), given.text(2)];
  if (search === '') throw given.fail(1, 'must not be empty');
  const pieces = paid(given, text).split(search);
  given.evaluation.spendOnText(text.length + (pieces.length - 1) * (replacement.length - search.length));
  return pieces.join(replacement);
}

function split(given: FunctionArguments): readonly string[] {
  const [text, separator] = [given.text(0), given.text(1)];
  given.evaluation.spendOnReading(text.length);
  if (separator === '') given.evaluation.spend(text.length);
  const pieces = separator === '' ? Array.from(text) : text.split(separator);
  given.evaluation.spend(pieces.length);
  return pieces;
}

function join(given: FunctionArguments): string {
  const { evaluation } = given;
  const separator = given.isGiven(1) ? given.text(1) : ',';
  const pieces = given.elements(0).map((element) => toText(element, evaluation));
  const separators = separator.length * Math.max(0, pieces.length - 1);
  evaluation.spendOnText(pieces.reduce((length, piece) => length + piece.length, separators));
  return pieces.join(separator);
}

function paid(given: FunctionArguments, text: string): string {
  given.evaluation.spendOnText(text.length);
  return text;
}
