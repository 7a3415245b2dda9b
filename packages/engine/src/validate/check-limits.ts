/** Refuses documents that are too large to be looked at, and names that could reach into JavaScript's objects. */
import { memberOf } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';
import type { ValidationReport } from './validation-report.ts';

export interface ManifestLimits {
  readonly maxSteps: number;
  readonly maxInputs: number;
  /** Nesting of lists and objects. */
  readonly maxDepth: number;
  /** Values in the whole document. */
  readonly maxValues: number;
  /** Characters of one string. */
  readonly maxTextLength: number;
}

export const defaultManifestLimits: ManifestLimits = {
  maxSteps: 1_000,
  maxInputs: 500,
  maxDepth: 64,
  maxValues: 200_000,
  maxTextLength: 1_000_000,
};

/** @returns whether the document can be looked at further */
export function checkLimits(value: unknown, limits: ManifestLimits, report: ValidationReport): boolean {
  const walk: Walk = { limits, report, values: 0, fits: true };
  visit(walk, value, []);
  checkCount(walk, memberOf(value, 'steps'), 'steps', limits.maxSteps);
  checkCount(walk, memberOf(value, 'inputs'), 'inputs', limits.maxInputs);
  return walk.fits;
}

// --- internal ---

interface Walk {
  readonly limits: ManifestLimits;
  readonly report: ValidationReport;
  values: number;
  fits: boolean;
}

function visit(walk: Walk, value: unknown, path: ManifestPath): void {
  walk.values += 1;
  if (!walk.fits) return;
  if (walk.values > walk.limits.maxValues)
    return exceed(walk, [], `The manifest has more than ${walk.limits.maxValues} values.`);
  if (typeof value === 'string') return checkText(walk, value, path);
  if (value === null || typeof value === 'boolean') return;
  if (typeof value !== 'object') return checkNumber(walk, value, path);
  if (path.length > walk.limits.maxDepth)
    return exceed(walk, path, `Values are nested more than ${walk.limits.maxDepth} levels deep.`);
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) visit(walk, item, [...path, index]);
    return;
  }
  for (const [key, item] of Object.entries(value)) {
    checkName(walk, key, [...path, key]);
    visit(walk, item, [...path, key]);
  }
}

function checkText({ limits, report }: Walk, text: string, path: ManifestPath): void {
  if (text.length <= limits.maxTextLength) return;
  const message = `A text has more than ${limits.maxTextLength} characters.`;
  report.violation({
    path,
    rule: 'limit_exceeded',
    message,
    expected: limits.maxTextLength,
    actual: text.length,
  });
}

/** YAML knows `.nan`, `.inf`, large integers and dates, which JSON cannot carry. */
function checkNumber(walk: Walk, value: unknown, path: ManifestPath): void {
  if (typeof value === 'number' && Number.isFinite(value)) return;
  walk.report.violation({ path, rule: 'schema', message: 'This is no JSON value.', actual: String(value) });
  walk.fits = false;
}

/** Step ids and input names become keys of objects; `__proto__` is no name anywhere. */
function checkName({ report }: Walk, name: string, path: ManifestPath): void {
  const isInput = path.length === 2 && path[0] === 'inputs';
  const isForbidden = name === '__proto__' || (isInput && (name === 'constructor' || name === 'prototype'));
  if (!isForbidden) return;
  const message = `"${name}" cannot be used as a name.`;
  report.violation({ path, rule: 'name_not_allowed', message, actual: name, target: 'key' });
}

function checkCount(walk: Walk, value: unknown, name: string, maximum: number): void {
  if (value === null || typeof value !== 'object') return;
  const { length } = Object.keys(value);
  if (length > maximum)
    exceed(walk, [name], `A workflow has at most ${maximum} ${name}, this one has ${length}.`);
}

function exceed(walk: Walk, path: ManifestPath, message: string): void {
  walk.report.violation({ path, rule: 'limit_exceeded', message });
  walk.fits = false;
}
