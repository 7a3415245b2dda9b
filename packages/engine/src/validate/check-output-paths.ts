/**
 * Whether paths into the outputs of steps lead anywhere, as far as the descriptions tell.
 *
 *   P1. `output_contract` adds fields that the description does not declare.
 *   P2. What a description rules out is a violation; where the expression allows a missing value, a warning.
 *   P3. What it does not tell is a warning, and so is a list without an index: descriptions err there most.
 */
import { didYouMean } from '@oatty/types';
import type { Reference } from '../expression/analyze-expression.ts';
import { findNestedProperty } from '../schema/find-nested-property.ts';
import { findProperty } from '../schema/find-property.ts';
import type { PathKey, PropertyLookup } from '../schema/find-property.ts';
import type { ParsedText, Scene, StepScene } from './scene.ts';
import { describeAnswer, describeItem, describeOutput, isEach, toPathKeys } from './step-output.ts';
import type { DescribedValue } from './step-output.ts';

/** A reference with the step that holds it; `final_output` has none. */
export interface ReferenceAt {
  readonly text: ParsedText;
  readonly reference: Reference;
  readonly step: StepScene | undefined;
}

export function checkOutputPath(scene: Scene, at: ReferenceAt, target: StepScene): void {
  const isOwn = target === at.step && at.text.place === 'until';
  const isList = isEach(target) && !isOwn;
  const value = isOwn ? describeAnswer(target) : describeOutput(target);
  const keys = toPathKeys(at.reference).slice(1);
  if (value === undefined || keys.length === 0) return;
  if (isDeclared(target, isList ? keys.slice(1) : keys)) return;
  const name = `the output of step "${target.label}"`;
  const path = { ...at, keys, value, name, prefix: `steps.${target.label}`, isList };
  report(scene, path, findProperty(value.schema, value.schemas, keys));
}

/** `item.sku`, where the list is a plain path into another step's output. */
export function checkItemPath(scene: Scene, at: ReferenceAt, step: StepScene): void {
  const keys = toPathKeys(at.reference);
  const value = describeItem(scene, step);
  if (value === undefined || keys.length === 0) return;
  const path = { ...at, keys, value, name: 'an item', prefix: 'item', isList: false };
  report(scene, path, findProperty(value.schema, value.schemas, keys));
}

// --- internal ---

interface PathInValue extends ReferenceAt {
  readonly keys: readonly PathKey[];
  readonly value: DescribedValue;
  /** `the output of step "list"` */
  readonly name: string;
  /** `steps.list` */
  readonly prefix: string;
  /** It is certain to be a list. */
  readonly isList: boolean;
}

function isDeclared({ step }: StepScene, keys: readonly PathKey[]): boolean {
  const path = keys.join('.');
  return (step.output_contract?.fields ?? []).some(
    ({ name }) => path === name || path.startsWith(`${name}.`) || name.startsWith(`${path}.`),
  );
}

function report(scene: Scene, path: PathInValue, lookup: PropertyLookup): void {
  switch (lookup.kind) {
    case 'exists':
      return;
    case 'unknown':
      return reportUnknown(scene, path);
    case 'missing_index':
      return reportMissingIndex(scene, path, lookup.at);
    case 'missing':
      return reportMissing(scene, path, lookup);
  }
}

function reportUnknown(scene: Scene, { text, reference }: PathInValue): void {
  if (reference.guarded) return;
  scene.report.warning({
    path: text.path,
    offset: reference.start,
    rule: 'step_template_output_unverifiable',
    message: `No description says whether "${reference.text}" exists.`,
    suggestion: 'Declare the field in "output_contract" of that step, or allow a missing value with "??".',
  });
}

function reportMissingIndex(scene: Scene, path: PathInValue, at: number): void {
  const finding = {
    path: path.text.path,
    offset: path.reference.start,
    message: `"${path.reference.text}": ${describe(path, at)} is a list; say which of its items.`,
    suggestion: 'Put an index such as [0] there, or use map(list, x, x.field).',
  };
  if (path.isList && at === 0 && !path.reference.guarded) {
    return scene.report.violation({ ...finding, rule: 'step_template_output_path_missing' });
  }
  scene.report.warning({ ...finding, rule: 'step_template_array_output_missing_index' });
}

function reportMissing(
  scene: Scene,
  path: PathInValue,
  { at, available }: Extract<PropertyLookup, { kind: 'missing' }>,
): void {
  const key = String(path.keys[at]);
  const finding = {
    path: path.text.path,
    offset: path.reference.start,
    message: `"${path.reference.text}": ${describe(path, at)} has no "${key}".`,
    expected: available.slice(0, 30),
    actual: key,
    suggestion: suggestWithout(path, at) ?? suggest(path, available, key),
  };
  if (path.reference.guarded)
    return scene.report.warning({ ...finding, rule: 'step_template_output_unverifiable' });
  scene.report.violation({ ...finding, rule: 'step_template_output_path_missing' });
}

/** `steps.a.outputs.id`: a word that is not there, before a path that is. */
function suggestWithout({ keys, value, prefix }: PathInValue, at: number): string | undefined {
  const others = keys.filter((_, index) => index !== at);
  if (at !== 0 || others.length === 0) return undefined;
  if (findProperty(value.schema, value.schemas, others).kind !== 'exists') return undefined;
  return `Write "${prefix}${toDotted(others)}": the output of a step is read directly.`;
}

function suggest({ value, prefix }: PathInValue, available: readonly string[], key: string): string {
  const nested = value.schema && findNestedProperty(value.schema, value.schemas, key);
  if (nested !== undefined) return `Did you mean "${prefix}${nested}"?`;
  if (responseParts.has(key) && prefix.startsWith('steps.')) {
    const answer = prefix.replace('steps.', 'responses.');
    return `What comes with the body of an answer is read as "${answer}.status" and "${answer}.headers".`;
  }
  const near = didYouMean(key, available);
  if (near !== undefined) return near;
  const offered = [...new Set([...sharingAWord(key, available), ...available])].slice(0, maxOffered);
  const otherwise = `if the answer has it all the same, declare "${key}" in "output_contract".`;
  if (offered.length === 0) return `I${otherwise.slice(1)}`;
  return `Read ${offered.map((name) => `"${name}"`).join(' or ')} instead; ${otherwise}`;
}

/** What the status and the headers of an answer are called elsewhere. */
const responseParts: ReadonlySet<string> = new Set([
  'response',
  'headers',
  'status_code',
  'statusCode',
  'http_status',
]);

/** How many fields are offered in place of one that is not there. */
const maxOffered = 5;

/** `amount_total` and `total`, `customerId` and `customer`. */
function sharingAWord(name: string, names: readonly string[]): readonly string[] {
  const words = wordsOf(name);
  return names.filter((other) => wordsOf(other).some((word) => words.includes(word)));
}

function wordsOf(name: string): readonly string[] {
  return name
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

function toDotted(keys: readonly PathKey[]): string {
  return keys.map((key) => (typeof key === 'string' ? `.${key}` : `[${key ?? 0}]`)).join('');
}

/** `the output of step "list"`, `items[0] in the output of step "list"` */
function describe({ keys, name }: PathInValue, at: number): string {
  const inside = keys.slice(0, at).map((key, index) => {
    if (typeof key !== 'string') return `[${key ?? '…'}]`;
    return `${index === 0 ? '' : '.'}${key}`;
  });
  return inside.length === 0 ? name : `${inside.join('')} in ${name}`;
}
