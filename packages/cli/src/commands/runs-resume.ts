import type { ResumeOptions, ResumePlanDocument, RunHandle, Runs } from '@oatty/runtime';
import { isSet, requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { cliCaller } from '../cli-caller.ts';
import { confirm } from '../input/ask.ts';
import { selectWorkflow } from '../input/workflow-source.ts';
import { toResumeText } from '../output/resume-text.ts';
import { showRun, toExitCode } from '../output/show-run.ts';
import { followToEnd } from '../progress/follow-to-end.ts';

export const command: CliCommand = {
  path: 'runs resume',
  summary: 'Carry a failed, canceled or waiting run on in a new one.',
  positionals: [{ name: 'ID', required: true, description: 'Id of the run.' }],
  options: {
    from: { type: 'string', value: 'STEP', description: 'Run this step again, and what comes after it.' },
    manifest: { type: 'string', value: 'FILE', description: 'Go on with an edited manifest; - for stdin.' },
    'dry-run': { type: 'boolean', description: 'Only show what is kept and what runs again.' },
  },
  examples: [
    'oatty runs resume 01J… --dry-run',
    'oatty runs resume 01J… --from charge --manifest fixed.yaml --yes',
  ],
  async run(context, input) {
    const runId = requiredPositional(input, 0);
    const from = textOption(input, 'from');
    const manifest = textOption(input, 'manifest');
    const { runs } = await context.oatty();
    const options: ResumeOptions = {
      caller: cliCaller,
      ...(from !== undefined && { from }),
      ...(manifest !== undefined && { workflow: await selectWorkflow(context, manifest) }),
    };
    const plan = await runs.planResume(runId, options);
    if (isSet(input, 'dry-run')) return showPlan(context, plan);
    if (!context.flags.json) context.note(toResumeText(plan, context.stderrStyle));
    const handle = await resumeConfirmed(context, runs, plan, options);
    const run = await followToEnd(context, handle);
    showRun(context, run);
    return run.status === 'canceled' && context.signal.aborted ? 130 : toExitCode(run);
  },
};

// --- internal ---

function showPlan(context: CliContext, plan: ResumePlanDocument): number {
  context.print(plan, toResumeText);
  return plan.can_resume ? 0 : 1;
}

async function resumeConfirmed(
  context: CliContext,
  runs: Runs,
  plan: ResumePlanDocument,
  options: ResumeOptions,
): Promise<RunHandle> {
  const again = plan.steps.filter(({ action }) => action === 'run_again' || action === 'new');
  if (plan.can_resume) {
    await confirm(context, `Resume run ${plan.run_id} with ${again.length} of ${plan.steps.length} steps?`);
  }
  return runs.resume(plan.run_id, { ...options, confirmedPlan: plan.plan_hash, signal: context.signal });
}
