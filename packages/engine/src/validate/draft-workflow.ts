/**
 * What of a manifest parses, when not all of it does: the rest is checked all the same.
 *
 *   D1. A field with a mistake is left out; its siblings stay. Of a list with a mistake nothing stays, except of `steps`,
 *       and of an object that needs all of its fields neither.
 *   D2. Names of inputs stay, whatever is wrong with them or their declarations, so that references to them are no
 *       second mistake.
 *   D3. A key with a wrong name (`uses` for `run`) is read as the one that it stands for: that this one is missing is no
 *       second mistake, and what it holds is checked.
 */
import { workflowSchema, isRecord } from '@oatty/types';
import type { Repeat, Retry, Step, Workflow, WorkflowInput, WorkflowQueue } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';
import { isPathKey, readPath, toPathKey } from './manifest-path.ts';
import { findInputsSchema } from './inputs-schema.ts';
import type { InputsSchema } from './inputs-schema.ts';
import { findMisnamedKeys, renameKeys } from './misnamed-keys.ts';
import type { MisnamedKey } from './misnamed-keys.ts';

export type DraftStep = Partial<Omit<Step, 'repeat' | 'retry'>> & {
  readonly repeat?: Partial<Repeat> | null;
  readonly retry?: Partial<Retry> | null;
};

type DraftQueue = Partial<Omit<WorkflowQueue, 'rate'>> & {
  readonly rate?: Partial<NonNullable<WorkflowQueue['rate']>> | null | undefined;
};

export interface DraftWorkflow {
  readonly workflow?: string;
  readonly requires?: Workflow['requires'];
  readonly timeout?: Workflow['timeout'];
  readonly queue?: DraftQueue | null;
  readonly inputs: ReadonlyMap<string, WorkflowInput>;
  /** What stands under `inputs` is no map of inputs: nobody knows which there are. */
  readonly hasUnreadInputs: boolean;
  readonly steps: readonly DraftStep[];
  readonly final_output?: unknown;
}

/** An issue, with the manifest in which its path is. */
export interface FoundIssue {
  readonly issue: ShapeIssue;
  readonly manifest: unknown;
}

/** The issues that the schema of manifests finds. */
export type ShapeIssue = NonNullable<ReturnType<typeof workflowSchema.safeParse>['error']>['issues'][number];

export interface ParsedManifest {
  /** Absent when there are issues. */
  readonly workflow?: Workflow;
  readonly draft: DraftWorkflow;
  readonly issues: readonly FoundIssue[];
  /** There instead of inputs by name. */
  readonly inputsSchema?: InputsSchema;
  /** Keys that were read as others, the outer ones first. */
  readonly renamed: readonly MisnamedKey[];
}

export function parseManifest(value: unknown): ParsedManifest {
  const parsed = workflowSchema.safeParse(value);
  if (parsed.success) return { workflow: parsed.data, draft: toDraft(parsed.data), issues: [], renamed: [] };
  const { issues } = parsed.error;
  const misnamed = findMisnamedKeys(value, issues);
  if (misnamed.length > 0) return parseRenamed(value, misnamed);
  const bad = new Set(issues.flatMap(listBadPaths).map(toPathKey));
  const inputsSchema = findInputsSchema(value);
  const hasUnreadInputs = inputsSchema !== undefined || !isRecord(readPath(value, ['inputs']) ?? {});
  return {
    draft: { ...toDraft(dropBad(value, [], bad)), hasUnreadInputs },
    issues: issues.map((issue) => ({ issue, manifest: value })),
    renamed: [],
    ...(inputsSchema && { inputsSchema }),
  };
}

// --- internal ---

/** D3. What is found at the new name itself would be a mistake of nobody. Each round leaves fewer unknown keys. */
function parseRenamed(manifest: unknown, misnamed: readonly MisnamedKey[]): ParsedManifest {
  const inner = parseManifest(renameKeys(manifest, misnamed));
  const readAs = new Set(misnamed.map(({ parent, meant }) => toPathKey([...parent, meant])));
  return {
    draft: inner.draft,
    renamed: [...misnamed, ...inner.renamed],
    ...(inner.inputsSchema && { inputsSchema: inner.inputsSchema }),
    issues: [
      ...misnamed.map(({ issue, key }) => ({ issue: { ...issue, keys: [key] }, manifest })),
      ...inner.issues.filter(({ issue }) => !readAs.has(toPathKey(issue.path.filter(isPathKey)))),
    ],
  };
}

const spellingCodes = new Set(['invalid_format', 'invalid_key']);

function listBadPaths(issue: ShapeIssue): readonly ManifestPath[] {
  const path = issue.path.filter(isPathKey);
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

function dropBad(value: unknown, path: ManifestPath, bad: ReadonlySet<string>): unknown {
  if (path.length > 0 && bad.has(toPathKey(path))) return isInput(path) ? {} : undefined;
  if (Array.isArray(value)) return value.map((item, index) => dropBad(item, [...path, index], bad));
  if (!isRecord(value)) return value;
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
  const manifest = (isRecord(value) ? value : {}) as Partial<Workflow>;
  const inputs = isRecord(manifest.inputs) ? Object.entries(manifest.inputs) : [];
  const steps: readonly unknown[] = Array.isArray(manifest.steps) ? manifest.steps : [];
  const { workflow, requires, timeout, queue, final_output } = manifest;
  return {
    ...(workflow !== undefined && { workflow }),
    ...(requires !== undefined && { requires }),
    ...(timeout !== undefined && { timeout }),
    ...(isRecord(queue) && { queue }),
    ...(final_output !== undefined && { final_output }),
    hasUnreadInputs: false,
    inputs: new Map(inputs.map(([name, input]) => [name, isRecord(input) ? input : {}])),
    steps: steps.map((step) => (isRecord(step) ? step : {}) as DraftStep),
  };
}
