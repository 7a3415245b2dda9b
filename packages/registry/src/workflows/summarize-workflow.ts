/** What is remembered of a workflow, or why its file holds none. */
import { workflowIdPattern } from '@oatty/types';
import { isMap, readSignature } from './read-signature.ts';
import type { WorkflowSignature } from './read-signature.ts';

export interface WorkflowSummary {
  readonly workflow_id: string;
  readonly title: string | null;
  readonly description: string | null;
  /** How many there are. */
  readonly inputs: number;
  readonly steps: number;
}

export type Summarized =
  | { readonly kind: 'workflow'; readonly summary: WorkflowSummary; readonly signature: WorkflowSignature }
  | { readonly kind: 'problem'; readonly message: string };

/** @param value - what the text of the file says */
export function summarizeWorkflow(value: unknown): Summarized {
  const flaw = findFlaw(value);
  if (flaw !== undefined) return { kind: 'problem', message: flaw };
  const manifest = value as Readonly<Record<string, unknown>>; // without a flaw it is a map
  const { workflow, title, description, inputs, steps } = manifest;
  return {
    kind: 'workflow',
    summary: {
      workflow_id: String(workflow),
      title: typeof title === 'string' ? title : null,
      description: typeof description === 'string' ? description : null,
      inputs: isMap(inputs) ? Object.keys(inputs).length : 0,
      steps: Array.isArray(steps) ? steps.length : 0,
    },
    signature: readSignature(manifest),
  };
}

// --- internal ---

function findFlaw(value: unknown): string | undefined {
  if (!isMap(value)) return 'This is no workflow: it is not a map with the key "workflow".';
  const { workflow } = value;
  if (workflow === undefined) return 'This is no workflow: the key "workflow" with its id is missing.';
  if (typeof workflow === 'string' && workflowIdPattern.test(workflow)) return undefined;
  return `The workflow id ${JSON.stringify(workflow)?.slice(0, 80)} is not 1 to 64 characters of A-Z a-z 0-9 _ -.`;
}
