/**
 * What finding, saving and renaming a workflow must fulfil, and the errors that say so.
 *
 * V1. An id is 1 to 64 of `A-Z a-z 0-9 _ -`, so that it is a file name and never a path.
 * V2. A workflow is replaced only by somebody who allows it, or who knows its version.
 * V3. A file that is a link, that cannot be read (`broken-workflow.ts`), or that holds another workflow is never
 *     replaced.
 */
import { lstatSync } from 'node:fs';
import { OattyError, workflowIdPattern } from '@oatty/types';
import { nearestIds } from '../text/nearest-ids.ts';
import { summarizeWorkflow } from './summarize-workflow.ts';
import type { WorkflowList, WorkflowListing } from './workflow-directory.ts';

/** @throws {OattyError} `WORKFLOW_IDENTIFIER_INVALID` */
export function checkId(id: string): void {
  if (workflowIdPattern.test(id)) return;
  const shown = JSON.stringify(id.slice(0, 80));
  throw new OattyError('WORKFLOW_IDENTIFIER_INVALID', `${shown} is no id of a workflow.`);
}

/**
 * @param value - what the text of the workflow says
 * @throws {OattyError} `WORKFLOW_IDENTIFIER_INVALID`
 */
export function readId(value: unknown): string {
  const summarized = summarizeWorkflow(value);
  if (summarized.kind === 'workflow') return summarized.summary.workflow_id;
  throw new OattyError('WORKFLOW_IDENTIFIER_INVALID', summarized.message);
}

/** @throws {OattyError} `WORKFLOW_IDENTIFIER_MISMATCH` */
export function checkIdMatches(id: string | undefined, idInText: string): void {
  if (id === undefined || id === idInText) return;
  const message = `The text is of workflow "${idInText}", not of "${id}".`;
  throw new OattyError('WORKFLOW_IDENTIFIER_MISMATCH', message, {
    context: { workflow_id: id, manifest_workflow_id: idInText },
  });
}

/** @throws {OattyError} `WORKFLOW_NOT_FOUND` with the nearest ids, `WORKFLOW_IDENTIFIER_INVALID` */
export function findWorkflow({ items }: Pick<WorkflowList, 'items'>, id: string): WorkflowListing {
  checkId(id);
  const found = items.find((item) => item.workflow_id === id);
  if (found !== undefined) return found;
  const ids = items.map((item) => item.workflow_id);
  const nearest = nearestIds(id, ids, 3);
  throw new OattyError('WORKFLOW_NOT_FOUND', `There is no workflow "${id}".`, {
    ...(nearest.length > 0 && { suggestedAction: `Did you mean "${nearest.join('" or "')}"?` }),
    context: { workflow_id: id, nearest },
  });
}

export interface ReplacementLeave {
  readonly overwrite?: boolean;
  /** The version that the caller has read. */
  readonly expectedVersion?: string;
}

/** @throws {OattyError} `WORKFLOW_VERSION_CONFLICT`, `WORKFLOW_ALREADY_EXISTS` (V2) */
export function checkReplacement(
  id: string,
  existing: WorkflowListing | undefined,
  { overwrite = false, expectedVersion }: ReplacementLeave,
): void {
  const isExpected = expectedVersion === existing?.version;
  if (expectedVersion !== undefined && !isExpected) throw toVersionConflict(id, existing, expectedVersion);
  if (existing === undefined || overwrite || isExpected) return;
  throw new OattyError('WORKFLOW_ALREADY_EXISTS', `The workflow "${id}" is there already.`, {
    context: { workflow_id: id, path: existing.path },
  });
}

/**
 * @param path - where the workflow is to be written
 * @throws {OattyError} `PATH_NOT_ALLOWED`, `WORKFLOW_ALREADY_EXISTS` (V3)
 */
export function checkTarget(path: string, replaced: WorkflowListing | undefined): void {
  if (path === replaced?.path) return;
  const stats = lstatSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return;
  const [code, flaw] = stats.isSymbolicLink()
    ? (['PATH_NOT_ALLOWED', 'is a link, and links are not followed'] as const)
    : (['WORKFLOW_ALREADY_EXISTS', 'is there already and holds something else'] as const);
  throw new OattyError(code, `${path} ${flaw}.`, {
    suggestedAction: `Move ${path} away, or use another id.`,
    context: { path },
  });
}

// --- internal ---

function toVersionConflict(
  id: string,
  existing: WorkflowListing | undefined,
  expectedVersion: string,
): OattyError {
  const what = existing === undefined ? 'is not there any more' : 'was changed by somebody else';
  return new OattyError('WORKFLOW_VERSION_CONFLICT', `The workflow "${id}" ${what}.`, {
    context: {
      workflow_id: id,
      expected_version: expectedVersion,
      actual_version: existing?.version ?? null,
    },
  });
}
