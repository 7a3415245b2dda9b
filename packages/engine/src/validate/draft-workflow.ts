/**
 * What of a manifest parses, when not all of it does: the rest is checked all the same.
 *
 *   D1. A field with a mistake is left out; its siblings stay. Of a list with a mistake nothing stays, except of `steps`,
 *       and of an object that needs all of its fields neither.
 *   D2. Names of inputs stay, whatever is wrong with them or their declarations, so that references to them are no
 *       second mistake.
 */
import { workflowSchema } from '@oatty/types';
import type { Repeat, Retry, Step, Workflow, WorkflowInput } from '@oatty/types';
import { isObject } from '../expression/json-values.ts';
import type { ManifestPath } from './manifest-document.ts';

export type DraftStep = Partial<Omit<Step, 'repeat' | 'retry'>> & {
  readonly repeat?: Partial<Repeat> | null;
  readonly retry?: Partial<Retry> | null;
};

export interface DraftWorkflow {
  readonly workflow?: string;
  readonly requires?: Workflow['requires'];
  readonly timeout?: Workflow['timeout'];
  readonly inputs: ReadonlyMap<string, WorkflowInput>;
  readonly steps: readonly DraftStep[];
  readonly final_output?: unknown;
}

/** The issues that the schema of manifests finds. */
export type ShapeIssue = NonNullable<ReturnType<typeof workflowSchema.safeParse>['error']>['issues'][number];

export interface ParsedManifest {
  /** Absent when there are issues. */
  readonly workflow?: Workflow;
  readonly draft: DraftWorkflow;
  readonly issues: readonly ShapeIssue[];
}

export function parseManifest(value: unknown): ParsedManifest {
  const parsed = workflowSchema.safeParse(value);
  if (parsed.success) return { workflow: parsed.data, draft: toDraft(parsed.data), issues: [] };
  const { issues } = parsed.error;
  const bad = new Set(issues.flatMap(listBadPaths).map(toKey));
  return { draft: toDraft(dropBad(value, [], bad)), issues };
}

// --- internal ---

const spellingCodes = new Set(['invalid_format', 'invalid_key']);

function listBadPaths(issue: ShapeIssue): readonly ManifestPath[] {
  const path = issue.path.filter((key) => typeof key !== 'symbol');
  if (spellingCodes.has(issue.code)) return [];
  if (issue.code === 'unrecognized_keys') return issue.keys.map((key) => widen([...path, key]));
  const isVariantName = issue.code === 'invalid_union' && issue.discriminator !== undefined;
  return [widen(isVariantName ? path.slice(0, -1) : path)];
}

/** Parts of an input that mean nothing without all of their fields. */
const wholeParts = new Set<string | number | undefined>(['default', 'provider', 'join']);

/** From the place of a mistake to what has to go because of it. */
function widen(path: ManifestPath): ManifestPath {
  if (path[0] === 'inputs' && wholeParts.has(path[2])) return path.slice(0, 3);
  const inList = path.findIndex((key, index) => typeof key === 'number' && index > 1);
  return inList === -1 ? path : path.slice(0, inList);
}

function toKey(path: ManifestPath): string {
  return JSON.stringify(path);
}

function dropBad(value: unknown, path: ManifestPath, bad: ReadonlySet<string>): unknown {
  if (path.length > 0 && bad.has(toKey(path))) return isInput(path) ? {} : undefined;
  if (Array.isArray(value)) return value.map((item, index) => dropBad(item, [...path, index], bad));
  if (!isObject(value)) return value;
  const kept = Object.entries(value).flatMap(([key, item]) => {
    const remaining = dropBad(item, [...path, key], bad);
    return remaining === undefined ? [] : [[key, remaining] as const];
  });
  return Object.fromEntries(kept);
}

/** D2 */
function isInput(path: ManifestPath): boolean {
  return path.length === 2 && path[0] === 'inputs';
}

/** The casts are sound because everything that is not of these types was dropped. */
function toDraft(value: unknown): DraftWorkflow {
  const manifest = (isObject(value) ? value : {}) as Partial<Workflow>;
  const inputs = isObject(manifest.inputs) ? Object.entries(manifest.inputs) : [];
  const steps: readonly unknown[] = Array.isArray(manifest.steps) ? manifest.steps : [];
  const { workflow, requires, timeout, final_output } = manifest;
  return {
    ...(workflow !== undefined && { workflow }),
    ...(requires !== undefined && { requires }),
    ...(timeout !== undefined && { timeout }),
    ...(final_output !== undefined && { final_output }),
    inputs: new Map(inputs.map(([name, input]) => [name, isObject(input) ? input : {}])),
    steps: steps.map((step) => (isObject(step) ? step : {}) as DraftStep),
  };
}
