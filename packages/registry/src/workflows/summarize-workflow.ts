/** What a list shows of a workflow, or why its file holds none. */
import { workflowIdPattern } from '@oatty/types';

export interface WorkflowSummary {
  readonly workflow_id: string;
  readonly title: string | null;
  readonly description: string | null;
  /** How many there are. */
  readonly inputs: number;
  readonly steps: number;
}

export type Summarized =
  | { readonly kind: 'workflow'; readonly summary: WorkflowSummary }
  | { readonly kind: 'problem'; readonly message: string };

/** @param value - what the text of the file says */
export function summarizeWorkflow(value: unknown): Summarized {
  const flaw = findFlaw(value);
  if (flaw !== undefined) return { kind: 'problem', message: flaw };
  const { workflow, title, description, inputs, steps } = value as Readonly<Record<string, unknown>>;
  return {
    kind: 'workflow',
    summary: {
      workflow_id: String(workflow),
      title: typeof title === 'string' ? title : null,
      description: typeof description === 'string' ? description : null,
      inputs: isMap(inputs) ? Object.keys(inputs).length : 0,
      steps: Array.isArray(steps) ? steps.length : 0,
    },
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

function isMap(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
