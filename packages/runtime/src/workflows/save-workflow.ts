/** Saving a workflow: only a valid one, in the author's words. */
import { extname } from 'node:path';
import type { WorkflowFormat, WorkflowSaved } from '@oatty/registry';
import type { Violation } from '@oatty/types';
import { warnOwner } from '../schedules/warn-owner.ts';
import type { World } from '../world.ts';
import { requireValidWorkflow } from './check-workflow.ts';
import type {
  WorkflowImportDocument,
  WorkflowImportOptions,
  WorkflowSaveDocument,
  WorkflowSaveOptions,
} from './workflows.ts';

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED`, and what the workflow store throws; nothing is written then */
export async function saveWorkflow(
  world: World,
  { content, format, workflowId, overwrite, expectedVersion, caller }: WorkflowSaveOptions,
): Promise<WorkflowSaveDocument> {
  const selector = { manifest: content, ...(format !== undefined && { format }) };
  const { selected, workflow, warnings } = await requireValidWorkflow(world, selector);
  const saved = await world.workflowStore.save({
    content: selected.content ?? `${JSON.stringify(content, null, 2)}\n`,
    format: selected.format ?? format ?? 'json',
    ...(overwrite !== undefined && { overwrite }),
    ...(workflowId !== undefined && { workflowId }),
    ...(expectedVersion !== undefined && { expectedVersion }),
  });
  const isHeard = saved.overwritten && caller !== undefined;
  const own = isHeard ? await warnOwner(world, caller, workflow) : [];
  return toSaveDocument(saved, [...warnings, ...own]);
}

/** Reads a manifest from wherever a description may come from, and saves it. Of an Arazzo document it saves several. */
export async function importWorkflow(
  world: World,
  options: WorkflowImportOptions,
): Promise<WorkflowImportDocument> {
  const { source, sourceType, allowPrivate, signal, overwrite } = options;
  const { readSource } = await import('@oatty/registry-gen');
  const read = await readSource({
    source,
    cwd: world.cwd,
    ...(world.options.limits?.source && { limits: world.options.limits.source }),
    ...(sourceType !== undefined && { sourceType }),
    ...(allowPrivate !== undefined && { allowPrivate }),
    ...(signal !== undefined && { signal }),
  });
  if (looksLikeArazzo(read.text)) {
    const { importArazzo } = await import('../arazzo/import-arazzo.ts');
    return importArazzo(world, options);
  }
  const format = formatOf(read.source);
  const { workflow_id, path, version, overwritten, warnings } = await saveWorkflow(world, {
    content: read.text,
    ...(format !== undefined && { format }),
    ...(overwrite !== undefined && { overwrite }),
  });
  return {
    kind: 'workflow',
    source: read.source,
    source_type: read.sourceType,
    workflow_id,
    path,
    version,
    overwritten,
    warnings,
  };
}

export function toSaveDocument(saved: WorkflowSaved, warnings: readonly Violation[]): WorkflowSaveDocument {
  const { workflow_id, path, format, version, overwritten } = saved;
  return { workflow_id, path, format, version, overwritten, warnings };
}

// --- internal ---

/** In block style a key at the margin is a key of the document. */
function looksLikeArazzo(text: string): boolean {
  return /^\s*\{/.test(text)
    ? /^\s*\{\s*["']?arazzo["']?\s*:/.test(text)
    : /^["']?arazzo["']?\s*:/m.test(text);
}

/** By the name of the file; any other name leaves it to the text. */
function formatOf(source: string): WorkflowFormat | undefined {
  const extension = extname(URL.parse(source)?.pathname ?? source).toLowerCase();
  if (extension === '.yaml' || extension === '.yml') return 'yaml';
  return extension === '.json' ? 'json' : undefined;
}
