/** The manifest in the arguments of a prompt: its text, or the id of a saved workflow. */
import type { Oatty, WorkflowSelector } from '@oatty/runtime';
import type { Completion } from '../resources/resource.ts';

export interface GivenManifest {
  readonly text: string;
  readonly selector: WorkflowSelector;
  /** Of a saved workflow. */
  readonly saved?: { readonly workflow_id: string; readonly version: string };
}

export const manifestArgument = {
  name: 'manifest',
  description: 'The id of a saved workflow, or the manifest itself (YAML or JSON).',
  required: true,
  complete: completeWorkflowId,
} as const;

/** @throws {OattyError} `WORKFLOW_NOT_FOUND` for what can only be an id */
export async function readGivenManifest(given: string, oatty: Oatty): Promise<GivenManifest> {
  const id = given.trim();
  if (/[\s:{]/.test(id)) return { text: given.trim(), selector: { manifest: given } };
  const { workflow_id, version, content } = await oatty.workflows.get(id);
  return { text: content.trim(), selector: { workflowId: id }, saved: { workflow_id, version } };
}

/** How the changed manifest is kept. */
export function toSaveAdvice({ saved }: GivenManifest, tool: (name: string) => string): string {
  const save = tool('workflow.save');
  return saved
    ? `${save} with overwrite: true and expected_version: "${saved.version}"`
    : `${save} (with overwrite: true only to replace a saved workflow)`;
}

// --- internal ---

async function completeWorkflowId(...[prefix, oatty]: Parameters<Completion>): Promise<readonly string[]> {
  const { items } = await oatty.workflows.list();
  return items.map((item) => item.workflow_id).filter((id) => id.startsWith(prefix));
}
