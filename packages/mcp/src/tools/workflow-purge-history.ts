import { OattyError } from '@oatty/types';
import type { PruneOptions } from '@oatty/runtime';
import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { requireConfirmation } from './person.ts';
import { defineTool } from './tool.ts';

export const workflowPurgeHistory = defineTool({
  kind: 'call',
  name: 'workflow.purge_history',
  description:
    'Removes ended runs of a workflow, or with values for some inputs, and the history that defaults read. The person confirms it.',
  safety: 'destructive',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    workflow_id: z.string().optional().describe('This or input_keys, or both.'),
    input_keys: z.array(z.string()).min(1).optional(),
    confirm: confirmArgument,
  }),
  output: {
    purged: 'boolean',
    workflow_id: 'any',
    input_keys: 'array',
    removed_entries: 'integer',
    kept_entries: 'integer',
  },
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).historyPurged,
  async run({ workflow_id, input_keys, confirm }, { oatty, caller, person }) {
    if (workflow_id === undefined && input_keys === undefined) throw needsChoice();
    const options: PruneOptions = {
      principal: caller.principal,
      ...(workflow_id !== undefined && { workflowId: workflow_id }),
      ...(input_keys && { inputKeys: input_keys }),
    };
    const { removed: count } = await oatty.runs.prune({ ...options, preview: true });
    const context = { workflow_id: workflow_id ?? null, input_keys: input_keys ?? [], entries: count };
    const message = `Remove ${count} recorded runs${toSelectionText(workflow_id, input_keys)}?`;
    if (count > 0) await requireConfirmation({ message, confirm, context }, person);
    const { removed, kept } = await oatty.runs.prune(options);
    return {
      purged: removed > 0,
      workflow_id: workflow_id ?? null,
      input_keys: input_keys ?? [],
      removed_entries: removed,
      kept_entries: kept,
    };
  },
});

// --- internal ---

/** ` of "fulfil" that got a value for email or phone` */
function toSelectionText(workflowId: string | undefined, inputKeys: readonly string[] = []): string {
  const ofWorkflow = workflowId === undefined ? '' : ` of "${workflowId}"`;
  return inputKeys.length === 0 ? ofWorkflow : `${ofWorkflow} that got a value for ${inputKeys.join(' or ')}`;
}

function needsChoice(): OattyError {
  return new OattyError('ARGUMENT_INVALID', 'Say what is to go: workflow_id, input_keys, or both.', {
    context: { arguments: ['workflow_id', 'input_keys'] },
  });
}
