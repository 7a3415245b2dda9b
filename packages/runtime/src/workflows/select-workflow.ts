/** A workflow by id or by text → its document, with the places of its parts in the text. */
import { parseWorkflowText } from '@oatty/registry';
import type { WorkflowFormat } from '@oatty/registry';
import type { ManifestDocument } from '@oatty/engine';
import type { World } from '../world.ts';
import type { WorkflowSelector } from './workflows.ts';

export interface SelectedWorkflow {
  readonly document: ManifestDocument;
  /** The author's text; absent for a manifest that was given as an object. */
  readonly content?: string;
  readonly format?: WorkflowFormat;
}

/** @throws {OattyError} `WORKFLOW_NOT_FOUND`, `WORKFLOW_PARSE_FAILED`, `LIMIT_EXCEEDED` */
export async function selectWorkflow(world: World, selector: WorkflowSelector): Promise<SelectedWorkflow> {
  if ('workflowId' in selector) {
    const { content, format } = await world.workflowStore.read(selector.workflowId);
    return parseContent(content, format);
  }
  const { manifest, format } = selector;
  if (typeof manifest === 'string') return parseContent(manifest, format);
  return { document: { value: manifest, locate: () => undefined } };
}

// --- internal ---

async function parseContent(content: string, format: WorkflowFormat | undefined): Promise<SelectedWorkflow> {
  const parsed = await parseWorkflowText(content, format);
  return { document: parsed, content, format: parsed.format };
}
