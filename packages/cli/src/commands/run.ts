import { OattyError } from '@oatty/types';
import type {
  InputsPreviewDocument,
  InputValues,
  Oatty,
  RunHandle,
  RunQueueOptions,
  RunStartOptions,
  WorkflowSelector,
} from '@oatty/runtime';
import { isSet, requiredPositional } from '../cli-command.ts';
import type { CliCommand, CliContext } from '../cli-command.ts';
import { cliCaller } from '../cli-caller.ts';
import type { DetachedRequest } from '../detached/detach-run.ts';
import { confirm } from '../input/ask.ts';
import { completeInputs } from '../input/complete-inputs.ts';
import { inputOptions, readInputs } from '../input/input-values.ts';
import { queueOptions, readQueue } from '../input/queue-options.ts';
import { selectWorkflow } from '../input/workflow-source.ts';
import { toCount } from '../output/count-text.ts';
import { toPlanText } from '../output/plan-text.ts';
import { toRenderedText } from '../output/rendered-text.ts';
import { toExitCode } from '../output/show-run.ts';
import { followToEnd } from '../progress/follow-to-end.ts';
import { followOption, readRunView } from '../progress/run-view.ts';
import type { RunView } from '../progress/run-view.ts';

export const command: CliCommand = {
  path: 'run',
  summary: 'Run a workflow: a saved one by its id, or a file.',
  positionals: [
    { name: 'WORKFLOW', required: true, description: 'Id or file; - reads the manifest from stdin.' },
  ],
  options: {
    ...inputOptions,
    'dry-run': {
      type: 'boolean',
      description: 'Send nothing; show the plan and the requests as far as they can be known.',
    },
    detach: {
      type: 'boolean',
      description:
        'Leave the run to a process of its own, or to the workers of its queue; print its id at once.',
    },
    ...queueOptions,
    ...followOption,
  },
  examples: [
    'oatty run fulfil_order --input order_id=ord_1',
    'oatty run ./fulfil_order.yaml --inputs values.json --json',
    'oatty run fulfil_order --input order_id=ord_1 --dry-run',
    'oatty run fulfil_order --input order_id=ord_1 --queue slow --detach',
  ],
  async run(context, input) {
    const view = readRunView(context, input);
    const queue = readQueue(input);
    const oatty = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const given = await readInputs(context, input);
    if (isSet(input, 'dry-run')) return dryRun(context, oatty, selector, given);
    const inputs = await completeInputs(context, oatty.workflows, selector, given);
    const request = { selector, inputs, queue };
    if (isSet(input, 'detach')) return runDetached(context, oatty, request);
    return runNow(context, oatty, request, view);
  },
};

// --- internal ---

interface RunRequest {
  readonly selector: WorkflowSelector;
  readonly inputs: InputValues;
  readonly queue: RunQueueOptions;
}

/** Nothing is sent, so nobody is asked either: the choices would come from the API. */
async function dryRun(
  context: CliContext,
  { workflows }: Oatty,
  selector: WorkflowSelector,
  inputs: InputValues,
): Promise<number> {
  refuseIncomplete(await workflows.previewInputs(selector, inputs));
  const plan = await workflows.stepPlan(selector, inputs);
  const rendered = await workflows.previewRendered(selector, inputs);
  context.print({ ...plan, ...rendered }, (document, style) =>
    [toPlanText(document, style), '', toRenderedText(document)].join('\n'),
  );
  return 0;
}

function refuseIncomplete({ workflow_id, required_missing: names }: InputsPreviewDocument): void {
  if (names.length === 0) return;
  throw new OattyError('WORKFLOW_INPUTS_INCOMPLETE', `Workflow "${workflow_id}" needs ${names.join(', ')}.`, {
    context: { workflow_id, missing: names },
    violations: names.map((name) => ({
      path: `$.inputs.${name}`,
      rule: 'required',
      message: `Input "${name}" has no value.`,
    })),
  });
}

async function runNow(
  context: CliContext,
  oatty: Oatty,
  { selector, inputs, queue }: RunRequest,
  view: RunView,
): Promise<number> {
  const handle = await startConfirmed(context, oatty, { selector, inputs }, (confirmed) => {
    return oatty.runs.start({
      workflow: selector,
      inputs,
      caller: cliCaller,
      maxEffect: 'standard',
      queue,
      signal: context.signal,
      ...confirmed,
    });
  });
  await tellOfQueue(context, oatty, handle, false);
  const run = await followToEnd(context, handle, view.follow);
  view.showEnd(context, run);
  return run.status === 'canceled' && context.signal.aborted ? 130 : toExitCode(run);
}

async function runDetached(
  context: CliContext,
  oatty: Oatty,
  { selector, inputs, queue }: RunRequest,
): Promise<number> {
  const isQueued = (await oatty.runs.queueOf(selector, queue)) !== undefined;
  const handle = await startConfirmed<StartedRun>(context, oatty, { selector, inputs }, (confirmed) => {
    const request = { workflow: selector, inputs, ...confirmed };
    if (isQueued) return leaveToWorkers(oatty, request, queue);
    return detach(context, request);
  });
  const { run_id, status, deduplicated } = handle;
  context.print({ run_id, status, ...(deduplicated && { deduplicated }) }, () => run_id);
  await tellOfQueue(context, oatty, handle, true);
  context.note(`Watch it with: oatty runs watch ${run_id}`);
  return 0;
}

type StartedRun = Pick<RunHandle, 'run_id' | 'status' | 'queue' | 'deduplicated'>;

async function detach({ io }: CliContext, request: DetachedRequest): Promise<StartedRun> {
  const { detachRun } = await import('../detached/detach-run.ts');
  return detachRun(io, request);
}

function leaveToWorkers(
  { runs }: Oatty,
  request: DetachedRequest,
  queue: RunQueueOptions,
): Promise<RunHandle> {
  return runs.start({
    ...request,
    caller: cliCaller,
    maxEffect: 'standard',
    queue: { ...queue, leave: true },
  });
}

/** Why nothing happens yet, for somebody who waits. A run that is left may be nobody's. */
async function tellOfQueue(
  context: CliContext,
  { runs }: Oatty,
  { run_id, queue, deduplicated }: StartedRun,
  isLeft: boolean,
): Promise<void> {
  if (deduplicated) return context.note(`Run ${run_id} has this key already: no other one was started.`);
  if (queue === undefined) return;
  const summary = (await runs.queues()).items.find(({ name }) => name === queue);
  const others = (summary?.queued ?? 1) - 1;
  context.note(`In line in queue ${queue}${others > 0 ? `, with ${toCount(others, 'other run')}` : ''}`);
  if (isLeft && summary?.served === false) context.note(`No worker serves it: oatty worker --queue ${queue}`);
}

/** A workflow with a destructive step is confirmed by the person, bound to this very plan. */
async function startConfirmed<Started>(
  context: CliContext,
  { workflows }: Oatty,
  { selector, inputs }: Pick<RunRequest, 'selector' | 'inputs'>,
  start: (confirmed: Pick<RunStartOptions, 'confirmedPlan'>) => Promise<Started>,
): Promise<Started> {
  try {
    return await start({});
  } catch (thrown) {
    if (OattyError.from(thrown).code !== 'CONFIRMATION_REQUIRED') throw thrown;
    const plan = await workflows.stepPlan(selector, inputs);
    const steps = plan.steps.filter(({ effect, will_run }) => effect === 'destructive' && will_run !== false);
    const names = steps.map(({ step_id, run }) => `${step_id} (${run})`).join(', ');
    await confirm(context, `${plan.workflow_id} may remove data in ${names}. Run it?`);
    return start({ confirmedPlan: plan.plan_hash });
  }
}
