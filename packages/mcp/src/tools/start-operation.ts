/**
 * Starts an operation that writes a workflow before it runs it.
 *
 *   O1. A plan that is known now is confirmed now, where nobody can be asked later. What a model has yet to write is
 *       confirmed by a person or not at all.
 *       `plan_hash` ties a `confirm` to the plan that an earlier answer has shown, as for a run.
 *   O2. A caller that may not do destructive things may not do them here either, whoever agrees.
 */
import type { AuthorOptions, RunHandle } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { requireAllowance } from './allowance.ts';
import { refuseLonePlan } from './argument-schemas.ts';
import type { PlanArguments } from './argument-schemas.ts';
import { requireConfirmation, toPlanConfirmation } from './person.ts';
import type { ToolContext } from './tool.ts';

export type OperationStart = Pick<
  AuthorOptions,
  'caller' | 'maxEffect' | 'isLimited' | 'ask' | 'hasModel' | 'ttlMs' | 'inputs' | 'confirmedPlan'
>;

export interface OperationArguments extends PlanArguments {
  readonly inputs?: Readonly<Record<string, unknown>> | undefined;
}

export async function startOperation(
  args: OperationArguments,
  context: ToolContext,
  ttlMs: number,
  start: (options: OperationStart) => Promise<RunHandle>,
): Promise<RunHandle> {
  const { caller, person, client, maxEffect = 'destructive' } = context;
  const { inputs } = args;
  refuseLonePlan(args);
  const options: OperationStart = {
    caller,
    maxEffect: 'standard',
    ask: person.canBeAsked,
    hasModel: client.can('sampling/createMessage'),
    ttlMs,
    ...(maxEffect !== 'destructive' && { isLimited: true }),
    ...(inputs && { inputs }),
  };
  try {
    return await start(options);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    const { context: facts = {} } = error.options;
    const { plan_hash: planHash, workflow_id: workflowId } = facts;
    if (error.code !== 'CONFIRMATION_REQUIRED' || typeof planHash !== 'string') throw error;
    requireAllowance(String(workflowId), 'destructive', context);
    const confirmation = toPlanConfirmation(error.message, planHash, args);
    await requireConfirmation({ ...confirmation, context: facts }, person);
    return start({ ...options, confirmedPlan: planHash });
  }
}
