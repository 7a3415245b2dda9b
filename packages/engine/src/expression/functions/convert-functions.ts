/** Functions that turn a value of one type into another. Nothing is converted unless one of these is written. */
import { toJsonText, toText } from '../to-text.ts';
import type { FunctionArguments, FunctionBody } from './function-arguments.ts';
import type { PlainFunctionName } from './function-signatures.ts';

export const convertFunctions = {
  to_json: (given) => toJsonText(given.values[0], given.evaluation),
  from_json: fromJson,
  to_number: toNumber,
  to_string: (given) => toText(given.values[0], given.evaluation),
  coalesce: (given) => given.values.find((value) => value !== null) ?? null,
} satisfies Partial<Record<PlainFunctionName, FunctionBody>>;

// --- internal ---

/** Numbers as JSON writes them, with space around. */
const numberPattern = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

function toNumber(given: FunctionArguments): number {
  const [value] = given.values;
  if (typeof value === 'number') return value;
  if (typeof value !== 'string') throw given.wrongType(0, 'a string or a number');
  given.evaluation.spendOnReading(value.length);
  const text = value.trim();
  const number = Number(text);
  if (!numberPattern.test(text) || !Number.isFinite(number)) throw given.fail(0, 'is not a number');
  return number;
}

function fromJson(given: FunctionArguments): unknown {
  const text = given.text(0);
  given.evaluation.spendOnReading(text.length);
  const value = parseJson(given, text);
  given.evaluation.spendOnValue(value);
  return value;
}

function parseJson(given: FunctionArguments, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw given.fail(0, 'is not valid JSON');
  }
}
