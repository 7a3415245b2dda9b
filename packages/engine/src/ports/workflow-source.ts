import type { Workflow } from '@oatty/types';

/** Saved workflows, for steps that run one and for defaults that read one's last output. */
export interface WorkflowSource {
  /** @throws {OattyError} `WORKFLOW_NOT_FOUND`, or `WORKFLOW_PARSE_FAILED` and `WORKFLOW_VALIDATION_FAILED` for a broken file. */
  load(workflowId: string): Promise<Workflow>;
}
