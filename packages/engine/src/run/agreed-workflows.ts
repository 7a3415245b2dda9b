/**
 * Which saved workflows a run may run while nobody looks at them.
 *
 *   A1. A workflow is compared when it starts, and it is the one that was compared that runs: there is no moment between.
 *   A2. What it does counts, not how its file is written: the order of keys, comments, the format.
 */
import { OattyError } from '@oatty/types';
import type { AgreedWorkflows, Workflow } from '@oatty/types';
import { toCanonicalJson } from '../plan/canonical-json.ts';
import { toHex } from './recorded-request.ts';
import { sha256 } from './sha256.ts';

/** A2 */
export function digestWorkflow(workflow: Workflow): string {
  return toHex(sha256(toCanonicalJson(workflow)));
}

export function isAgreed(workflowId: string, digest: string, agreed: AgreedWorkflows): boolean {
  return Object.hasOwn(agreed, workflowId) && agreed[workflowId] === digest;
}

export function toUnagreedError(workflowId: string): OattyError {
  return new OattyError(
    'WORKFLOW_VERSION_CONFLICT',
    `Workflow "${workflowId}" is not what was agreed to: it was changed since.`,
    {
      suggestedAction:
        'Look at what it does now. The owner agrees to that by resuming the schedule, or the run.',
      context: { workflow_id: workflowId },
    },
  );
}
