/**
 * An Arazzo document → manifests. Pure.
 *
 *   D1. A workflow comes after those that it runs. Workflows that run each other for ever are refused.
 *   D2. What is refused takes along what runs it, and nothing else.
 */
import { OattyError } from '@oatty/types';
import type { Effect, Violation, Workflow } from '@oatty/types';
import { convertInputs } from './convert-inputs.ts';
import type { ConvertedInputs } from './convert-inputs.ts';
import { convertWorkflow } from './convert-workflow.ts';
import type { RunnableWorkflow } from './convert-workflow.ts';
import { Findings } from './findings.ts';
import { warnAboutKeys } from './known-keys.ts';
import { Operations } from './operations.ts';
import type { Sources } from './operations.ts';
import { listOf, shapeOf, textOf } from './read-shape.ts';
import type { Shape } from './read-shape.ts';
import { toIds } from './to-ids.ts';

export interface ConvertedWorkflow {
  /** As the document calls it. */
  readonly arazzoId: string;
  readonly path: string;
  readonly workflow: Workflow;
  readonly warnings: readonly Violation[];
  /** Not empty: the workflow must not be saved. */
  readonly refusals: readonly Violation[];
}

export interface ConvertedDocument {
  /** Each after those that it runs. */
  readonly workflows: readonly ConvertedWorkflow[];
  /** About the document as a whole. */
  readonly warnings: readonly Violation[];
}

const maxWorkflows = 1_000;

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` for what is no Arazzo document of version 1, `LIMIT_EXCEEDED` */
export function convertDocument(document: Shape, sources: Sources): ConvertedDocument {
  refuseOther(document);
  const findings = new Findings();
  warnAboutKeys(document, 'document', '$', findings);
  const workflows = new Converter(document, sources, findings).convertAll();
  return { workflows, warnings: findings.warnings };
}

// --- internal ---

function refuseOther(document: Shape): void {
  const version = textOf(document['arazzo']) ?? '';
  const count = listOf(document['workflows']).length;
  if (!/^1(?:\.[01](?:\.\d+)?)?$/.test(version)) {
    const message = `Arazzo ${version.slice(0, 20)} is not read; versions 1.0 and 1.1 are.`;
    throw invalid('$.arazzo', 'arazzo_version', message);
  }
  if (count === 0) throw invalid('$.workflows', 'arazzo_workflows', 'The document has no workflow.');
  if (count <= maxWorkflows) return;
  throw new OattyError(
    'LIMIT_EXCEEDED',
    `The document has ${count} workflows; ${maxWorkflows} are allowed.`,
    {
      suggestedAction: 'Split the document.',
      context: { limit: 'maxWorkflows', allowed: maxWorkflows, found: count },
    },
  );
}

function invalid(path: string, rule: string, message: string): OattyError {
  return new OattyError('WORKFLOW_VALIDATION_FAILED', message, { violations: [{ path, rule, message }] });
}

interface Entry {
  readonly written: Shape;
  readonly arazzoId: string;
  readonly id: string;
  readonly path: string;
  readonly findings: Findings;
  readonly inputs: ConvertedInputs;
}

class Converter {
  readonly #document: Shape;
  readonly #operations: Operations;
  readonly #entries: ReadonlyMap<string, Entry>;
  /** `undefined` while it is being converted. */
  readonly #done = new Map<string, { converted: ConvertedWorkflow; effect: Effect } | undefined>();
  readonly #ordered: ConvertedWorkflow[] = [];

  constructor(document: Shape, sources: Sources, findings: Findings) {
    this.#document = document;
    this.#operations = new Operations(sources);
    this.#entries = toEntries(document, findings);
  }

  convertAll(): readonly ConvertedWorkflow[] {
    for (const entry of this.#entries.values()) this.#convert(entry);
    return this.#ordered;
  }

  #convert(entry: Entry): void {
    const { arazzoId, id, path, findings, inputs, written } = entry;
    if (this.#done.has(arazzoId)) return;
    this.#done.set(arazzoId, undefined);
    const { workflow, effect } = convertWorkflow(written, {
      document: this.#document,
      operations: this.#operations,
      path,
      id,
      inputs,
      findings,
      findWorkflow: (other) => this.#find(other),
    });
    const { warnings, refusals } = findings;
    const converted = { arazzoId, path, workflow, warnings, refusals };
    this.#done.set(arazzoId, { converted, effect });
    this.#ordered.push(converted);
  }

  #find(arazzoId: string): RunnableWorkflow | { readonly reason: string } {
    const entry = this.#entries.get(arazzoId);
    if (entry === undefined) return { reason: `There is no workflow "${arazzoId}" in this document` };
    this.#convert(entry);
    const done = this.#done.get(arazzoId);
    if (done === undefined) return { reason: `Workflow "${arazzoId}" would run itself` };
    const { converted, effect } = done;
    if (converted.refusals.length > 0) return { reason: `Workflow "${arazzoId}" is refused` };
    const outputs = new Set(Object.keys(shapeOf(converted.workflow.final_output)));
    return { id: entry.id, inputs: entry.inputs.names, outputs, effect };
  }
}

function toEntries(document: Shape, findings: Findings): ReadonlyMap<string, Entry> {
  const list = listOf(document['workflows']).map(shapeOf);
  const names = list.map((written, index) => textOf(written['workflowId']) ?? `workflow-${index + 1}`);
  const ids = toIds(names, '$.workflows', findings);
  const entries = new Map<string, Entry>();
  for (const [index, written] of list.entries()) {
    const arazzoId = names[index] ?? '';
    const path = `$.workflows[${index}]`;
    const known = entries.get(arazzoId);
    const own = known?.findings ?? new Findings();
    if (known !== undefined) {
      own.refuse(`${path}.workflowId`, 'arazzo_duplicate', `There are two workflows "${arazzoId}".`);
      continue;
    }
    const inputs = convertInputs(document, written['inputs'], `${path}.inputs`, own);
    entries.set(arazzoId, {
      written,
      arazzoId,
      id: ids.get(arazzoId) ?? arazzoId,
      path,
      findings: own,
      inputs,
    });
  }
  return entries;
}
