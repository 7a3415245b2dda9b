import type { ResumeOptions } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import * as z from 'zod';
import { requireAllowance } from './allowance.ts';
import { confirmArgument, planHashArgument, refuseLonePlan } from './argument-schemas.ts';
import { manifestContent } from './manifest-source.ts';
import { requireConfirmation, toPlanConfirmation } from './person.ts';
import { defineTool } from './tool.ts';

export const runResume = defineTool({
  kind: 'call',
  name: 'run.resume',
  description:
    'Carries a failed, canceled or waiting run on in a new run: succeeded steps are kept. Show preview: true first: what is kept, what runs again and why. Then run.status.',
  safety: 'standard',
  executionType: 'workflow',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({
    run_id: z.string(),
    from_step: z.string().optional().describe('It and what comes after it run again.'),
    manifest_content: manifestContent.optional().describe('An edited manifest.'),
    preview: z.boolean().optional(),
    confirm: confirmArgument,
    plan_hash: planHashArgument,
  }),
  output: {
    run_id: 'string',
    workflow_id: 'string',
    status: 'string',
    resumed_from: 'string',
    plan: 'object',
  },
  fullOutput: async () => (await import('../outputs/run-outputs.ts')).runResumed,
  async run(args, context) {
    const { oatty, caller, person } = context;
    refuseLonePlan(args);
    const { run_id: runId, from_step: from, manifest_content: manifest } = args;
    const options: ResumeOptions = {
      caller,
      principal: caller.principal,
      maxEffect: 'standard',
      ...(from !== undefined && { from }),
      ...(manifest !== undefined && { workflow: { manifest } }),
    };
    const plan = await oatty.runs.planResume(runId, options);
    if (args.preview === true) return { workflow_id: plan.workflow_id, resumed_from: runId, plan };
    requireAllowance(plan.workflow_id, plan.effect, context);
    const start = async (confirmedPlan?: string) => {
      return oatty.runs.resume(runId, { ...options, ...(confirmedPlan !== undefined && { confirmedPlan }) });
    };
    const handle = await start().catch(async (thrown: unknown) => {
      const error = OattyError.from(thrown);
      if (error.code !== 'CONFIRMATION_REQUIRED') throw error;
      const steps = plan.steps.filter(({ action, effect }) => effect === 'destructive' && action !== 'kept');
      const named = steps.map(({ step_id, run }) => `${step_id} (${run})`).join(', ');
      const { plan_hash } = plan;
      const question = `Resume run "${runId}" with destructive steps: ${named}?`;
      const confirmation = toPlanConfirmation(question, plan_hash, args);
      await requireConfirmation({ ...confirmation, context: { run_id: runId, plan_hash } }, person);
      return start(plan_hash);
    });
    const { run_id, workflow_id, status } = handle;
    return { run_id, workflow_id, status, resumed_from: runId, plan };
  },
});
