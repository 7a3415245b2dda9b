/** What to write in place of a value of a wrong type, or of one that is not there. */
import { isRecord } from '@oatty/types';
import { shorten } from '../schema/value-issue.ts';
import { toPart } from './manifest-parts.ts';
import type { ManifestPath } from './manifest-document.ts';

export function adviseOnType(
  path: ManifestPath,
  expected: readonly string[],
  actual: unknown,
): string | undefined {
  const key = String(path.at(-1));
  const part = toPart(path);
  if (actual === undefined) return missingAdvice[part];
  if (part === '') return adviseOnDocument(actual);
  if (part === 'inputs.*') return writeInput(key, actual);
  if (part === 'inputs.*.default') return writeDefault(key, actual);
  if (actual === null)
    return typeof path.at(-1) === 'number' ? 'Remove it, or give it a value.' : 'Give it a value.';
  const advice = typeAdvice[part]?.(actual);
  if (advice !== undefined) return advice;
  const [type, ...others] = expected;
  return type === undefined || others.length > 0 ? undefined : writeAs(type, path, actual);
}

/** The key with a value on one line, unless that is too long to be shown. */
export function writeObject(key: string, value: object | undefined): string | undefined {
  const text = JSON.stringify(value);
  return text !== undefined && text.length <= maxShownText ? `Write "${key}: ${text}".` : undefined;
}

// --- internal ---

/** What is longer is not written out in advice. */
const maxShownText = 200;

const firstStep = 'each step begins with "- id: …".';

const missingAdvice: Readonly<Record<string, string>> = {
  workflow: 'Begin with "workflow: <id>".',
  steps: `Write "steps:" with a list: ${firstStep}`,
  'steps.*.id': 'Give the step an "id".',
  'steps.*.run': 'Write "run: <vendor> <command>".',
};

/** By part: what was probably meant with a value of another type. */
const typeAdvice: Readonly<Record<string, (actual: unknown) => string | undefined>> = {
  workflow: (actual) => (isRecord(actual) ? writeId(actual) : undefined),
  inputs: (actual) =>
    writeObject('inputs', listInputs(actual)) ??
    'Write one key per input: "inputs: { name: { type: string } }".',
  steps: () => `Write a list: ${firstStep}`,
  'steps.*.with': (actual) =>
    writeObject('with', mergeObjects(actual)) ?? 'Write one key per parameter: "with: { name: value }".',
  'steps.*.for_each': () =>
    'Write the list itself, such as "${{ steps.<id>.items }}"; one of its items is "item".',
  'steps.*.retry': (actual) =>
    typeof actual === 'number'
      ? `Write "retry: { max_attempts: ${actual} }".`
      : 'Write "retry: { max_attempts: … }".',
  'steps.*.repeat': () => 'Write "repeat: { until: …, every: … }".',
  'inputs.*.validate': (actual) =>
    typeof actual === 'string' ? `Write "validate: { pattern: '${actual}' }".` : undefined,
  'inputs.*.select': (actual) =>
    typeof actual === 'string' ? `Write "select: { value_field: ${actual} }".` : undefined,
  'steps.*.output_contract': () => 'Write "output_contract: { fields: [{ name: …, type: … }] }".',
};

/** A list of steps without anything around it. */
function adviseOnDocument(actual: unknown): string | undefined {
  const steps = Array.isArray(actual) ? ', with what is there under it' : '';
  return `Begin with "workflow: <id>", then "steps:"${steps}.`;
}

/** `workflow: { name: look, steps: … }` */
function writeId(workflow: Readonly<Record<string, unknown>>): string {
  const id = [workflow['id'], workflow['name']].find((name) => typeof name === 'string');
  return `Write "workflow: ${id ?? '<id>'}", and the rest of what it holds at the top, beside it.`;
}

/** `order_id: string`, `order_id:`, `limit: 5` */
function writeInput(name: string, actual: unknown): string {
  if (actual === null) return `Write "${name}: {}".`;
  if (typeof actual === 'string' && inputTypes.has(actual)) return `Write "${name}: { type: ${actual} }".`;
  return `Write "${name}: { default: { from: literal, value: ${toShownJson(actual)} } }".`;
}

const inputTypes = new Set(['string', 'integer', 'number', 'boolean', 'array', 'object', 'date', 'datetime']);

function writeDefault(key: string, actual: unknown): string {
  const [, variable] = /^\$\{\{\s{0,9}env\.(\w{1,64})\s{0,9}\}\}$/.exec(String(actual)) ?? [];
  if (variable !== undefined) return `Write "${key}: { from: env, value: ${variable} }".`;
  return `Write "${key}: { from: literal, value: ${toShownJson(actual)} }".`;
}

function toShownJson(value: unknown): string {
  return typeof value === 'object' ? '…' : JSON.stringify(shorten(value));
}

/** `[order_id]`, `[{ name: order_id, type: string }]` → by name */
function listInputs(actual: unknown): object | undefined {
  if (!Array.isArray(actual)) return undefined;
  const entries = actual.map((entry: unknown) => {
    if (typeof entry === 'string') return [entry, {}] as const;
    if (!isRecord(entry)) return undefined;
    const { name, id, required, ...rest } = entry;
    const key = typeof name === 'string' ? name : id;
    const isOptional = required === false;
    return typeof key === 'string'
      ? ([key, { ...rest, ...(isOptional && { optional: true }) }] as const)
      : undefined;
  });
  return entries.every((entry) => entry !== undefined) ? Object.fromEntries(entries) : undefined;
}

/** `[{ a: 1 }, { b: 2 }]` → `{ a: 1, b: 2 }` */
function mergeObjects(actual: unknown): object | undefined {
  if (!Array.isArray(actual) || !actual.every(isRecord)) return undefined;
  return Object.fromEntries(actual.flatMap((entry) => Object.entries(entry)));
}

/** `{ step: order }` in a list of texts */
function writeOnlyText(actual: unknown): string | undefined {
  const [only, ...others] = isRecord(actual) ? Object.values(actual) : [];
  return typeof only === 'string' && others.length === 0 ? `Write "${only}".` : undefined;
}

function writeAs(type: string, path: ManifestPath, actual: unknown): string | undefined {
  const key = path.at(-1);
  if (type === 'string') return writeText(key, actual);
  if (typeof actual !== 'string' || actual.length > maxShownText) return undefined;
  if (type === 'array') return `Write "${key}: [${actual}]".`;
  const isBare = type === 'boolean' ? /^(?:true|false)$/ : /^\d{1,9}$/;
  return isBare.test(actual) ? `Write it without quotes: ${actual}.` : undefined;
}

function writeText(key: string | number | undefined, actual: unknown): string | undefined {
  if (typeof actual !== 'object') return `Write it in quotes: "${String(shorten(actual))}".`;
  if (typeof key === 'number') return writeOnlyText(actual);
  const text = JSON.stringify(actual);
  return text.length <= maxShownText ? `Write "${key}: '${text.replaceAll("'", "''")}'".` : undefined;
}
