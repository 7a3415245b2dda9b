/** Functions on lists and objects. None changes what it is given. */
import { isRecord } from '@oatty/types';
import { compareValues, isPartOf } from '../apply-operator.ts';
import { describeType } from '../json-values.ts';
import type { FunctionArguments, FunctionBody } from './function-arguments.ts';
import type { PlainFunctionName } from './function-signatures.ts';

export const listFunctions = {
  contains: (given) => isPartOf(given.node, given.values[0], given.values[1], given.evaluation),
  length,
  keys: (given) => paid(given, Object.keys(given.object(0))),
  values: (given) => paid(given, Object.values(given.object(0))),
  first: (given) => given.list(0)[0] ?? null,
  last: (given) => given.list(0).at(-1) ?? null,
  flatten,
  unique,
  sort,
} satisfies Partial<Record<PlainFunctionName, FunctionBody>>;

// --- internal ---

/** Elements of a list, keys of an object, characters (not code units) of a text. */
function length(given: FunctionArguments): number {
  const [value] = given.values;
  if (Array.isArray(value)) return value.length;
  if (isRecord(value)) return Object.keys(value).length;
  if (typeof value !== 'string') throw given.wrongType(0, 'a string, a list or an object');
  given.evaluation.spendOnReading(value.length);
  let count = 0;
  for (const _ of value) count += 1;
  return count;
}

/** One level. */
function flatten(given: FunctionArguments): readonly unknown[] {
  const list = given.elements(0);
  const sizes = list.map((element) => (Array.isArray(element) ? element.length : 1));
  given.evaluation.spend(sizes.reduce((total, size) => total + size, 0));
  return list.flat();
}

/** The first of several equal elements stays. */
function unique(given: FunctionArguments): readonly unknown[] {
  const scalars = new Set<unknown>();
  const texts = new Set<string>();
  return given.elements(0).filter((element) => {
    given.evaluation.spendOnValue(element);
    return typeof element === 'object'
      ? isNewIn(texts, JSON.stringify(sortKeys(element)))
      : isNewIn(scalars, element);
  });
}

function isNewIn<Member>(seen: Set<Member>, member: Member): boolean {
  const isNew = !seen.has(member);
  seen.add(member);
  return isNew;
}

/** Numbers or texts, least first; objects by the value of a key. Equal ones keep their order. */
function sort(given: FunctionArguments): readonly unknown[] {
  const key = given.isGiven(1) ? given.text(1) : undefined;
  const entries = given
    .elements(0)
    .map((element) => ({ element, rank: key === undefined ? element : valueAt(given, element, key) }));
  const compare = (left: unknown, right: unknown): number =>
    compareValues(given.node, left, right, given.evaluation);
  for (const { rank } of entries) compare(rank, rank);
  return entries.sort((left, right) => compare(left.rank, right.rank)).map((entry) => entry.element);
}

function valueAt(given: FunctionArguments, element: unknown, key: string): unknown {
  if (isRecord(element) && Object.hasOwn(element, key)) return element[key];
  throw given.fail(1, `names a key that ${describeType(element)} in the list does not have`);
}

/** The same value with the keys of its objects in one order. */
function sortKeys(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sortKeys);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.keys(value)
      .sort()
      .map((key) => [key, sortKeys(value[key])]),
  );
}

function paid<Element>(given: FunctionArguments, elements: readonly Element[]): readonly Element[] {
  given.evaluation.spend(elements.length);
  return elements;
}
