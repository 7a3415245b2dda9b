/** A workflow by id or by text → its document, with the places of its parts in the text. */
import { OattyError } from '@oatty/types';
import type { ManifestDocument } from '@oatty/engine';
import type { WorkflowFormat, WorkflowSelector } from './workflows.ts';
import type { World } from '../world.ts';

export interface SelectedWorkflow {
  readonly document: ManifestDocument;
  /** The author's text; absent for a manifest that was given as an object. */
  readonly content?: string;
  readonly format?: WorkflowFormat;
}

/** @throws {OattyError} `WORKFLOW_NOT_FOUND`, `WORKFLOW_PARSE_FAILED`, `LIMIT_EXCEEDED` */
export async function selectWorkflow(world: World, selector: WorkflowSelector): Promise<SelectedWorkflow> {
  if ('workflowId' in selector) {
    const { content, format } = await world.workflowStore.get(selector.workflowId);
    return parseContent(content, format);
  }
  const { manifest, format } = selector;
  if (typeof manifest === 'string') return parseContent(manifest, format);
  return { document: { value: manifest, locate: () => undefined } };
}

// --- internal ---

async function parseContent(content: string, format: WorkflowFormat | undefined): Promise<SelectedWorkflow> {
  const { parseWorkflowText } = await import('@oatty/registry');
  const parsed = await parseWorkflowText(content, format);
  return { document: parsed, content, format: parsed.format };
}

/** The manifest of a workflow that was found valid. @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` */
export function refuseInvalid(
  workflowId: string,
  violations: readonly { readonly path: string; readonly rule: string; readonly message: string }[],
): void {
  if (violations.length === 0) return;
  const count = violations.length === 1 ? 'one violation' : `${violations.length} violations`;
  throw new OattyError('WORKFLOW_VALIDATION_FAILED', `Workflow "${workflowId}" has ${count}.`, {
    context: { workflow_id: workflowId },
    violations,
  });
}
