/** The mistakes that the schema of manifests finds, in the words of the manifest. */
import { didYouMean } from '@oatty/types';
import { listAlternatives, nameType, shorten, toJsonType } from '../schema/value-issue.ts';
import { adviseOnType } from './advise-on-type.ts';
import type { FoundIssue, ShapeIssue } from './draft-workflow.ts';
import { adviseOnKey, adviseOnValue } from './key-advice.ts';
import { knownKeys } from './manifest-parts.ts';
import type { ManifestPath } from './manifest-document.ts';
import { isPathKey, readPath } from './manifest-path.ts';
import type { Finding } from './validation-report.ts';
import type { ViolationRule } from './validation-rules.ts';

export function explainShapeIssue({ manifest, issue }: FoundIssue): readonly ShapeFinding[] {
  return explain(manifest, issue, issue.path.filter(isPathKey));
}

// --- internal ---

type ShapeFinding = Finding<ViolationRule>;

function explain(manifest: unknown, issue: ShapeIssue, path: ManifestPath): readonly ShapeFinding[] {
  const actual = readPath(manifest, path);
  switch (issue.code) {
    case 'unrecognized_keys':
      return issue.keys.map((key) => explainKey(path, key, readPath(manifest, [...path, key])));
    case 'invalid_type':
      return [explainType(path, [issue.expected], actual)];
    case 'invalid_union':
      return explainUnion(manifest, issue, path);
    case 'invalid_value':
      return [explainChoice(path, issue.values, actual)];
    case 'invalid_format':
    case 'invalid_key':
      return [explainSpelling(path, actual, issue.code === 'invalid_key')];
    case 'too_small':
    case 'too_big':
      return [explainBound(path, issue, actual)];
    case 'custom':
    case 'invalid_element':
    case 'not_multiple_of':
      break; // the schema has no such checks
  }
  return [toFinding(path, 'is not valid', { actual: shorten(actual) })];
}

function explainKey(parent: ManifestPath, key: string, value: unknown): ShapeFinding {
  return {
    path: [...parent, key],
    rule: 'unknown_key',
    message:
      parent.length === 0 ? `A workflow has no key "${key}".` : `${nameOf(parent)} has no key "${key}".`,
    expected: knownKeys(parent),
    actual: key,
    suggestion: adviseOnKey(parent, key, value),
    target: 'key',
  };
}

function explainChoice(path: ManifestPath, values: readonly unknown[], actual: unknown): ShapeFinding {
  const problem = `must be ${listAlternatives(values.map((value) => JSON.stringify(value)))}`;
  const suggestion = typeof actual === 'string' ? adviseOnValue(path, actual, values.map(String)) : undefined;
  return toFinding(path, problem, { expected: values, actual: shorten(actual), suggestion });
}

function explainType(path: ManifestPath, expected: readonly string[], actual: unknown): ShapeFinding {
  const types = [...new Set(expected.map(toJsonName))];
  const facts = { expected: types.length === 1 ? types[0] : types };
  if (actual === undefined) {
    return toFinding(path, 'is required', { ...facts, suggestion: adviseOnType(path, types, actual) });
  }
  if (actual === null && path.length === 0) {
    const suggestion = adviseOnType(path, types, actual);
    return { ...toFinding(path, '', { ...facts, suggestion }), message: 'The manifest is empty.' };
  }
  const message = `must be ${listAlternatives(types.map(nameType))}, but is ${nameType(toJsonType(actual))}`;
  const suggestion = adviseOnType(path, types, actual);
  const finding = toFinding(path, message, { ...facts, actual: toJsonType(actual), suggestion });
  return typeof actual === 'object' && typeof path.at(-1) === 'string'
    ? { ...finding, target: 'key' }
    : finding;
}

/** The variant whose type fits says what is wrong inside; when none fits, the types are what is wrong. */
function explainUnion(
  manifest: unknown,
  issue: Extract<ShapeIssue, { code: 'invalid_union' }>,
  path: ManifestPath,
): readonly ShapeFinding[] {
  if (issue.discriminator !== undefined) return [explainDefault(path, readPath(manifest, path))];
  const ofRightType = issue.errors.find(
    (errors) => !errors.some((error) => error.code === 'invalid_type' && error.path.length === 0),
  );
  if (ofRightType !== undefined) {
    return ofRightType.flatMap((error) =>
      explain(manifest, error, [...path, ...error.path.filter(isPathKey)]),
    );
  }
  const types = issue.errors
    .flat()
    .flatMap((error) => (error.code === 'invalid_type' && error.path.length === 0 ? [error.expected] : []));
  return [explainType(path, types, readPath(manifest, path))];
}

function explainSpelling(path: ManifestPath, actual: unknown, isInKey: boolean): ShapeFinding {
  const written = isInKey ? path.at(-1) : actual;
  const facts = { actual: shorten(written), suggestion: adviseOnSpelling(written, isInKey) };
  const finding = toFinding(path, 'must have 1 to 64 characters of A-Z, a-z, 0-9, _ and -', facts);
  return isInKey ? { ...finding, target: 'key' } : finding;
}

function adviseOnSpelling(written: unknown, isInKey: boolean): string | undefined {
  if (typeof written !== 'string') return undefined;
  const name = written
    .trim()
    .replaceAll(/[^A-Za-z0-9_-]+/g, '_')
    .replaceAll(/^_+|_+$/g, '')
    .slice(0, 64);
  return /[A-Za-z0-9]/.test(name) ? `${isInKey ? 'Use' : 'Write'} "${name}".` : undefined;
}

function explainBound(
  path: ManifestPath,
  issue: Extract<ShapeIssue, { code: 'too_small' | 'too_big' }>,
  actual: unknown,
): ShapeFinding {
  const bound = issue.code === 'too_small' ? issue.minimum : issue.maximum;
  const words = issue.code === 'too_small' ? 'at least' : 'at most';
  if (Array.isArray(actual)) {
    const message = `must have ${words} ${bound} ${bound === 1 ? 'item' : 'items'}`;
    return toFinding(path, message, { expected: bound, actual: actual.length });
  }
  return toFinding(path, `must be ${words} ${bound}`, { expected: bound, actual: shorten(actual) });
}

const defaultSources = ['literal', 'env', 'history', 'workflow_output'];

function explainDefault(path: ManifestPath, actual: unknown): ShapeFinding {
  const message = `must be one of ${defaultSources.join(', ')}`;
  const nearest = typeof actual === 'string' ? didYouMean(actual, defaultSources) : undefined;
  const suggestion =
    nearest ??
    (actual === undefined && path.at(-1) === 'from' ? 'Write "from: literal" beside "value".' : undefined) ??
    'Write it as "default: { from: literal, value: … }".';
  return toFinding(path, message, { expected: defaultSources, actual: shorten(actual), suggestion });
}

function toFinding(
  path: ManifestPath,
  problem: string,
  facts: Pick<ShapeFinding, 'expected' | 'actual' | 'suggestion'>,
): ShapeFinding {
  return { path, rule: 'schema', message: `${nameOf(path)} ${problem}.`, ...facts };
}

/** `"timeout" of steps[2]`, so that a message can be read without its path. */
function nameOf(path: ManifestPath): string {
  const last = path.at(-1);
  if (last === undefined) return 'The manifest';
  const parent = path
    .slice(0, -1)
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : index === 0 ? key : `.${key}`))
    .join('');
  if (typeof last === 'number') return `${parent}[${last}]`;
  return parent === '' ? `"${last}"` : `"${last}" of ${parent}`;
}

const jsonNames: Readonly<Record<string, string>> = { record: 'object', int: 'integer' };

function toJsonName(zodType: string): string {
  return jsonNames[zodType] ?? zodType;
}
