/**
 * Checks a JSON value against a JSON Schema.
 *
 * Our own, because it must not generate code (the usual validators do), patterns must run in linear time,
 * and values of a manifest are only partly known before the run.
 *
 *   V1. References are followed lazily, so circular schemas cost nothing.
 *   V2. What `isUnknown` says cannot be judged is skipped, and whatever contains it where only the whole counts.
 *   V3. `oneOf` asks for at least one match: descriptions overlap their variants too often for "exactly one".
 *   V4. `format` says something to people only; services accept more than the standards.
 *   V5. `readOnly` properties are never required: values that are checked go into requests.
 *   V6. Where texts travel as files do (`takesFiles`), a file value stands for a text.
 *   V7. A dangling reference or a pattern that RE2 does not know forbids nothing.
 *   V8. What one part of an `allOf` declares is no additional property of another part: descriptions close each part
 *       for itself and mean the whole, which the letter of JSON Schema would refuse.
 *   V9. A schema that is reached again for the same value (a base that lists its variants, which all include it) says
 *       nothing new there.
 */
import { didYouMean, resolveSchema, toFileValue, isRecord } from '@oatty/types';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import { checkNumber, checkText } from './check-scalar.ts';
import { checkType } from './check-type.ts';
import { listDeclaredNames } from './declared-names.ts';
import { explainVariants } from './explain-variants.ts';
import { equalsJson } from '../expression/json-values.ts';
import { countOf, listAlternatives, shorten } from './value-issue.ts';
import type { ValueIssue } from './value-issue.ts';

export interface CheckValueOptions {
  /** Values that are not known yet, such as templates. */
  readonly isUnknown?: (value: unknown) => boolean;
  /** The value travels as text, where `42` and `"42"`, `true` and `"true"` are the same. */
  readonly asText?: boolean;
  /** `{file: path}` and `{base64: text}` carry bytes here: in the parts of a multipart body. */
  readonly takesFiles?: boolean;
}

export const checkValueLimits = { maxDepth: 400, maxVisits: 100_000, maxIssues: 100 } as const;

export function checkValue(
  value: unknown,
  schema: JsonSchema,
  schemas: SchemaTable,
  options: CheckValueOptions = {},
): readonly ValueIssue[] {
  const check: Check = {
    schemas,
    isUnknown: options.isUnknown ?? (() => false),
    asText: options.asText ?? false,
    takesFiles: options.takesFiles ?? false,
    visits: 0,
  };
  return checkSchema({ check, value, path: [], depth: 0 }, schema).slice(0, checkValueLimits.maxIssues);
}

// --- internal ---

interface Check {
  readonly schemas: SchemaTable;
  readonly isUnknown: (value: unknown) => boolean;
  readonly asText: boolean;
  readonly takesFiles: boolean;
  visits: number;
}

/** A value at its place. */
interface Visit {
  readonly check: Check;
  readonly value: unknown;
  readonly path: readonly (string | number)[];
  readonly depth: number;
  /** Properties that other parts of the same whole declare (V8). */
  readonly declared?: ReadonlySet<string> | undefined;
  /** Referenced schemas that the value is being checked against (V9). */
  readonly open?: OpenSchema | undefined;
}

interface OpenSchema {
  readonly schema: JsonSchema;
  readonly outer: OpenSchema | undefined;
}

/** The same value under another schema. */
function again(visit: Visit): Visit {
  return { ...visit, depth: visit.depth + 1 };
}

function inside(visit: Visit, key: string | number, value: unknown): Visit {
  return {
    ...visit,
    value,
    path: [...visit.path, key],
    depth: visit.depth + 1,
    declared: undefined,
    open: undefined,
  };
}

function checkSchema(visit: Visit, schema: JsonSchema | boolean): ValueIssue[] {
  const { check, value, path, depth } = visit;
  if (check.isUnknown(value) || schema === true) return [];
  if (schema === false) return [{ path, rule: 'not', message: 'is not allowed here' }];
  check.visits += 1;
  if (depth > checkValueLimits.maxDepth || check.visits > checkValueLimits.maxVisits) {
    return [{ path, rule: 'too_large', message: 'is too large or too deep to be checked' }];
  }
  if (isFileForText(visit, schema)) return [];
  const wrongType = checkType(value, schema, path, check.asText);
  if (wrongType !== undefined) return [wrongType];
  const whole = schema.allOf === undefined ? visit : withDeclared(visit, schema);
  return [
    ...checkReference(whole, schema),
    ...checkAllowedValues(visit, schema),
    ...checkNumber(value, schema, path),
    ...checkText(value, schema, path),
    ...checkList(visit, schema),
    ...checkObject(whole, schema),
    ...checkCombinations(whole, schema),
  ];
}

/** V8 */
function withDeclared(visit: Visit, schema: JsonSchema): Visit {
  const names = listDeclaredNames(schema, visit.check.schemas);
  return { ...visit, declared: new Set([...(visit.declared ?? []), ...names]) };
}

/** V6 */
function isFileForText({ check, value }: Visit, { type }: JsonSchema): boolean {
  return check.takesFiles && [type].flat().includes('string') && toFileValue(value) !== undefined;
}

function checkReference(visit: Visit, { $ref }: JsonSchema): ValueIssue[] {
  const target = $ref === undefined ? undefined : resolveSchema({ $ref }, visit.check.schemas);
  if (target === undefined || isOpen(visit.open, target)) return [];
  return checkSchema({ ...again(visit), open: { schema: target, outer: visit.open } }, target);
}

/** V9 */
function isOpen(open: OpenSchema | undefined, schema: JsonSchema): boolean {
  for (let one = open; one !== undefined; one = one.outer) if (one.schema === schema) return true;
  return false;
}

function checkAllowedValues({ check, value, path }: Visit, schema: JsonSchema): ValueIssue[] {
  const allowed = schema.enum ?? (schema.const === undefined ? undefined : [schema.const]);
  if (allowed === undefined || containsUnknown(check, value)) return [];
  const same = (member: unknown) =>
    equalsJson(member, value) || (check.asText && isScalar(value) && String(member) === String(value));
  if (allowed.some(same)) return [];
  const names = allowed.map((member) => JSON.stringify(member));
  const shown = names.length > 12 ? [...names.slice(0, 12), `${names.length - 12} more`] : names;
  const texts = allowed.filter((member) => typeof member === 'string');
  const suggestion = typeof value === 'string' ? didYouMean(value, texts) : undefined;
  return [
    {
      path,
      rule: 'enum',
      message: `must be ${listAlternatives(shown)}`,
      expected: allowed,
      actual: shorten(value),
      ...(suggestion !== undefined && { suggestion }),
    },
  ];
}

function checkList(visit: Visit, schema: JsonSchema): ValueIssue[] {
  const { check, value, path } = visit;
  if (!Array.isArray(value)) return [];
  const list: readonly unknown[] = value;
  const issues: ValueIssue[] = [];
  const { minItems, maxItems, items, prefixItems = [] } = schema;
  if (minItems !== undefined && list.length < minItems) {
    const message = `must have at least ${countOf(minItems, 'item')}`;
    issues.push({ path, rule: 'min_items', message, expected: minItems, actual: list.length });
  }
  if (maxItems !== undefined && list.length > maxItems) {
    const message = `must have at most ${countOf(maxItems, 'item')}`;
    issues.push({ path, rule: 'max_items', message, expected: maxItems, actual: list.length });
  }
  if (schema.uniqueItems === true && !containsUnknown(check, list) && hasRepetition(list)) {
    issues.push({ path, rule: 'unique_items', message: 'must not have an item twice' });
  }
  for (const [index, item] of list.entries()) {
    if (issues.length >= checkValueLimits.maxIssues) break;
    const itemSchema = prefixItems[index] ?? items;
    if (itemSchema !== undefined) issues.push(...checkSchema(inside(visit, index, item), itemSchema));
  }
  return issues;
}

function hasRepetition(list: readonly unknown[]): boolean {
  const scalars = new Set<unknown>();
  const others: unknown[] = [];
  for (const item of list) {
    if (isScalar(item)) {
      if (scalars.has(item)) return true;
      scalars.add(item);
    } else if (others.length < 500) {
      if (others.some((other) => equalsJson(other, item))) return true;
      others.push(item);
    }
  }
  return false;
}

function checkObject(visit: Visit, schema: JsonSchema): ValueIssue[] {
  const { check, value, path } = visit;
  if (!isRecord(value)) return [];
  const issues: ValueIssue[] = [];
  const properties = schema.properties ?? {};
  for (const name of schema.required ?? []) {
    if (Object.hasOwn(value, name) || isReadOnly(check, properties, name)) continue;
    issues.push({ path, rule: 'required', message: `must have the property "${name}"`, expected: name });
  }
  for (const [name, property] of Object.entries(value)) {
    if (issues.length >= checkValueLimits.maxIssues) break;
    issues.push(...checkProperty(inside(visit, name, property), name, schema, visit.declared));
  }
  return issues;
}

function checkProperty(
  visit: Visit,
  name: string,
  schema: JsonSchema,
  declared: Visit['declared'],
): readonly ValueIssue[] {
  const { properties = {}, additionalProperties: rest } = schema;
  const known = Object.hasOwn(properties, name) ? properties[name] : undefined;
  if (known !== undefined) return checkSchema(visit, known);
  if (declared?.has(name) === true) return [];
  if (rest === undefined || schema.patternProperties !== undefined) return [];
  return rest === false ? [toUnknownProperty(visit.path, name, properties)] : checkSchema(visit, rest);
}

function isReadOnly(check: Check, properties: Readonly<Record<string, JsonSchema>>, name: string): boolean {
  if (!Object.hasOwn(properties, name)) return false;
  const property = properties[name];
  return property?.readOnly === true || resolveSchema(property, check.schemas)?.readOnly === true;
}

function toUnknownProperty(path: Visit['path'], name: string, properties: object): ValueIssue {
  const names = Object.keys(properties);
  const suggestion = didYouMean(name, names);
  return {
    path,
    rule: 'additional_property',
    message: 'is not a known property',
    expected: names.slice(0, 20),
    actual: name,
    ...(suggestion !== undefined && { suggestion }),
  };
}

function checkCombinations(visit: Visit, schema: JsonSchema): ValueIssue[] {
  const issues = (schema.allOf ?? []).flatMap((part) => checkSchema(again(visit), part));
  for (const variants of [schema.anyOf, schema.oneOf]) {
    if (variants !== undefined && variants.length > 0) issues.push(...checkVariants(visit, schema, variants));
  }
  if (schema.not !== undefined && !containsUnknown(visit.check, visit.value)) {
    const isForbidden = checkSchema(again(visit), schema.not).length === 0;
    if (isForbidden) issues.push({ path: visit.path, rule: 'not', message: 'is a value that is ruled out' });
  }
  return issues;
}

function checkVariants(
  visit: Visit,
  { discriminator }: JsonSchema,
  variants: readonly JsonSchema[],
): readonly ValueIssue[] {
  const failures: { schema: JsonSchema; issues: readonly ValueIssue[] }[] = [];
  for (const variant of variants) {
    const issues = checkSchema(again(visit), variant);
    if (issues.length === 0) return [];
    failures.push({ schema: variant, issues });
  }
  const { path, check } = visit;
  return explainVariants(visit.value, failures, { path, discriminator, schemas: check.schemas });
}

function containsUnknown(check: Check, value: unknown): boolean {
  if (check.isUnknown(value)) return true;
  if (Array.isArray(value)) return value.some((item) => containsUnknown(check, item));
  return isRecord(value) && Object.values(value).some((item) => containsUnknown(check, item));
}

function isScalar(value: unknown): boolean {
  return value === null || typeof value !== 'object';
}
