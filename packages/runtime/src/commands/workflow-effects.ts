/**
 * The effect of a workflow is the greatest effect of its steps, sub-workflows included.
 *
 *   E1. A step whose command is not there counts as destructive: nobody knows what it does.
 *   E2. So does a workflow that runs itself, or one at the end of a chain that is longer than any run may be.
 */
import type { SignedWorkflow } from '@oatty/registry';
import { maxEffect } from '@oatty/types';
import type { Effect } from '@oatty/types';
import { fromWorkflowCommandId } from './workflow-command.ts';

/**
 * @param workflows - by id
 * @param effectOf - of a command that is no workflow
 */
export function effectsOfWorkflows(
  workflows: ReadonlyMap<string, Pick<SignedWorkflow, 'signature'>>,
  effectOf: (commandId: string) => Effect | undefined,
): ReadonlyMap<string, Effect> {
  const effects = new Map<string, Effect>();
  const visit = (id: string, depth: number): Effect => {
    const workflow = workflows.get(id);
    if (workflow === undefined || depth > maxDepth) return 'destructive';
    const known = effects.get(id);
    if (known !== undefined) return known;
    effects.set(id, 'destructive'); // E2, while its steps are looked at
    const ofSteps = workflow.signature.runs.map((run) => {
      const workflowId = fromWorkflowCommandId(run);
      return workflowId === undefined ? (effectOf(run) ?? 'destructive') : visit(workflowId, depth + 1);
    });
    const effect = ofSteps.reduce(maxEffect, 'safe');
    effects.set(id, effect);
    return effect;
  };
  for (const id of workflows.keys()) visit(id, 1);
  return effects;
}

// --- internal ---

const maxDepth = 100;
