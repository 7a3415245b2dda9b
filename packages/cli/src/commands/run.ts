import type { InputsResolutionDocument, InputValues, Oatty, WorkflowSelector } from '@oatty/runtime';
import type { RunDocument } from '@oatty/types';
import { isSet, requiredPositional } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { isInteractive } from '../io.ts';
import { ask, confirm } from '../output/ask.ts';
import { followRun } from '../output/follow-run.ts';
import { toRunText } from '../output/run-text.ts';
import { inputOptions, readInputs } from './input-values.ts';
import { selectWorkflow } from './manifest-file.ts';
import { toRenderedText } from './workflow-render.ts';

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
    follow: { type: 'boolean', description: 'With --json: print each event as one line, then the run.' },
  },
  examples: [
    'oatty run fulfil_order --input order_id=ord_1',
    'oatty run ./fulfil_order.yaml --inputs values.json --json',
    'oatty run fulfil_order --input order_id=ord_1 --dry-run',
  ],
  async run(context, input) {
    const oatty = await context.oatty();
    const selector = await selectWorkflow(context, requiredPositional(input, 0));
    const given = await readInputs(context, input);
    return isSet(input, 'dry-run')
      ? dryRun(context, oatty, selector, given)
      : runNow(context, oatty, { selector, given, follow: isSet(input, 'follow') });
  },
};

// --- internal ---

async function dryRun(context: CliContext, oatty: Oatty, selector: WorkflowSelector, given: InputValues) {
  const plan = await oatty.workflows.stepPlan(selector, given);
  const rendered = await oatty.workflows.previewRendered(selector, given);
  context.print({ ...plan, ...rendered }, toRenderedText);
  return undefined;
}

interface RunRequest {
  readonly selector: WorkflowSelector;
  readonly given: InputValues;
  readonly follow: boolean;
}

async function runNow(
  context: CliContext,
  oatty: Oatty,
  { selector, given, follow }: RunRequest,
): Promise<number> {
  const inputs = await completeInputs(context, oatty, selector, given);
  const confirmedPlan = await confirmEffect(context, oatty, selector, inputs);
  const handle = await oatty.runs.start({
    workflow: selector,
    inputs,
    caller: { principal: 'local', via: 'cli' },
    signal: context.signal,
    ...(confirmedPlan !== undefined && { confirmedPlan }),
  });
  await followRun(context, handle.events(), { ndjson: context.flags.json && follow });
  const run = await handle.wait();
  if (context.flags.json && follow) context.io.stdout.write(`${JSON.stringify(run)}\n`);
  else context.print(run, (document) => toRunText(document, context));
  return toRunExitCode(run, context);
}

function toRunExitCode(run: RunDocument, { signal }: CliContext): number {
  if (run.status === 'succeeded') return 0;
  return run.status === 'canceled' && signal.aborted ? 130 : 1;
}

/** On a terminal, what is missing is asked for, with the values of providers as choices. Elsewhere starting the run says what is missing. */
async function completeInputs(
  context: CliContext,
  oatty: Oatty,
  selector: WorkflowSelector,
  given: InputValues,
) {
  if (!isInteractive(context.io) || context.flags.json) return given;
  let inputs = given;
  for (;;) {
    const resolution = await oatty.workflows.resolveInputs(selector, inputs);
    const missing = resolution.required_missing[0];
    if (missing === undefined) return inputs;
    inputs = {
      ...inputs,
      [missing]: await askInput(context, oatty, { selector, inputs, missing, resolution }),
    };
  }
}

interface MissingInput {
  readonly selector: WorkflowSelector;
  readonly inputs: InputValues;
  readonly missing: string;
  readonly resolution: InputsResolutionDocument;
}

async function askInput(
  context: CliContext,
  oatty: Oatty,
  { selector, inputs, missing, resolution }: MissingInput,
) {
  const preview = await oatty.workflows.previewInputs(selector, inputs);
  const spec = preview.inputs.find((candidate) => candidate['input'] === missing) ?? {};
  const label = textOf(spec['label']) ?? missing;
  const description = textOf(spec['description']) ?? textOf(spec['hint']);
  const placeholder = textOf(spec['placeholder']) ?? textOf(spec['example']);
  const values = Array.isArray(spec['enum']) ? (spec['enum'] as readonly unknown[]) : [];
  const choices =
    resolution.choices[missing] ??
    values.map((value) => ({ value, label: textOf(value) ?? JSON.stringify(value) }));
  return ask(context, {
    message: description === undefined ? label : `${label}: ${description}`,
    ...(placeholder !== undefined && { placeholder }),
    secret: spec['secret'] === true,
    choices,
    multiple: spec['mode'] === 'multiple',
  });
}

/** A workflow with a destructive step is confirmed by the person, bound to this very plan. */
async function confirmEffect(
  context: CliContext,
  oatty: Oatty,
  selector: WorkflowSelector,
  inputs: InputValues,
) {
  const plan = await oatty.workflows.stepPlan(selector, inputs);
  if (plan.effect !== 'destructive') return undefined;
  const steps = plan.steps.filter(({ effect, will_run }) => effect === 'destructive' && will_run !== false);
  const names = steps.map(({ step_id, run }) => `${step_id} (${run})`).join(', ');
  await confirm(context, `Workflow ${plan.workflow_id} may remove data in ${names}. Run it?`);
  return plan.plan_hash;
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
