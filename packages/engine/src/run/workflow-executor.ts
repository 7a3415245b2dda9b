/**
 * Runs a saved workflow as a command: `workflow <id>`.
 *
 *   X1. The child is a run of its own, with its own row, journal and lease. Its id follows from the call, so that a
 *       call that is made again after a crash finds the child that is there.
 *   X2. Its `final_output` is the result. Its error is the error of the call.
 *   X3. A child that waits, for an answer or for time, gives status 202; the caller waits with it.
 *   X4. When the call is aborted the child is canceled, or suspended when the caller only lets go.
 *   X5. A child of a resumed run that had failed carries on too: what it had done is kept.
 *   X6. Where only some workflows were agreed to, a child is one of these, as it was then (`agreed-workflows.ts`).
 */
import { OattyError } from '@oatty/types';
import type { CommandResult, ErrorPayload, RunDocument, Workflow } from '@oatty/types';
import { createRedactor } from '../dispatch/redact-secrets.ts';
import { maskSecretInputs, secretInputNames } from '../input/secret-inputs.ts';
import type { Clock, Entropy } from '../ports/clock.ts';
import type { CommandCall, CommandExecutor } from '../ports/command-executor.ts';
import type { CommandSource } from '../ports/command-source.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { WorkflowSource } from '../ports/workflow-source.ts';
import { digestWorkflow, isAgreed, toUnagreedError } from './agreed-workflows.ts';
import { childRunIdOf } from './call-identity.ts';
import { leftBehind, waitingStatus } from './child-call.ts';
import type { WaitingCall } from './child-call.ts';
import type { Runner } from './create-runner.ts';
import { findEarlierChild } from './earlier-child.ts';
import { defaultRunLimits } from './run-limits.ts';
import { fromPayload } from './step-result.ts';

export interface WorkflowExecutorPorts {
  readonly workflows: WorkflowSource;
  /**
   * Defaults, coercion and checks.
   *
   * @throws {OattyError} `WORKFLOW_INPUTS_INCOMPLETE` or `WORKFLOW_INPUT_VALIDATION_FAILED`
   */
  readonly resolveInputs: (
    workflow: Workflow,
    given: Readonly<Record<string, unknown>>,
    call: CommandCall,
  ) => Promise<Readonly<Record<string, unknown>>>;
  /** Asked at each call: the runner itself needs the executors. */
  readonly runner: () => Runner;
  readonly store: RunStore;
  readonly commands: CommandSource;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly maxDepth?: number;
}

export function createWorkflowExecutor(ports: WorkflowExecutorPorts): CommandExecutor {
  return {
    async execute(call) {
      refuseTooDeep(call, ports.maxDepth ?? defaultRunLimits.maxDepth);
      const runId = call.step === undefined ? ports.entropy.id() : childRunIdOf(call.step);
      await ensureChild(runId, call, ports);
      return toResult(await executeUntilAnswered(runId, call, ports));
    },
  };
}

// --- internal ---

/** A process that has lost the caller, and does not know it yet, may start the child first: then it is there too. */
async function ensureChild(runId: string, call: CommandCall, ports: WorkflowExecutorPorts): Promise<void> {
  const isThere = async () => (await ports.store.getRun(runId)) !== undefined;
  if (await isThere()) return;
  try {
    await startChild(runId, call, ports);
  } catch (thrown) {
    const isConflict = OattyError.from(thrown).code === 'RUN_STATE_CONFLICT';
    if (!isConflict || !(await isThere())) throw thrown;
  }
}

async function startChild(runId: string, call: CommandCall, ports: WorkflowExecutorPorts): Promise<void> {
  const workflowId = workflowIdOf(call);
  const workflow = await ports.workflows.load(workflowId);
  refuseUnagreed(workflowId, workflow, call); // X6
  refuseSecretsInClear(workflow, call);
  const inputs = await ports.resolveInputs(workflow, call.arguments.with, call);
  const earlier = await findEarlierChild(call, workflow, maskSecretInputs(workflow, inputs), ports);
  await ports.runner().start({
    runId,
    workflow,
    inputs,
    ...(earlier && { earlier }),
    caller: call.caller,
    ...(call.step && { parent: call.step }),
    ...(call.maxEffect !== undefined && { maxEffect: call.maxEffect }),
    ...(call.agreed && { agreed: call.agreed }),
    ...(call.confirmed && { confirmedPlan: call.found.command.id }),
  });
}

function refuseUnagreed(workflowId: string, workflow: Workflow, { agreed }: CommandCall): void {
  if (agreed === undefined || isAgreed(workflowId, digestWorkflow(workflow), agreed)) return;
  throw toUnagreedError(workflowId);
}

/** A value that must stay secret may only go where it is treated as one. */
function refuseSecretsInClear(
  workflow: Workflow,
  { arguments: { with: given }, secrets, found }: CommandCall,
): void {
  const hidden = secretInputNames(workflow);
  const redactor = createRedactor(secrets);
  for (const [name, value] of Object.entries(given)) {
    if (hidden.has(name) || JSON.stringify(redactor.value(value)) === JSON.stringify(value)) continue;
    throw new OattyError(
      'ARGUMENT_INVALID',
      `A secret value goes into the input "${name}" of "${found.command.id}".`,
      {
        suggestedAction: `Declare the input "${name}" with secret: true.`,
        context: { input: name, workflow_id: workflow.workflow },
      },
    );
  }
}

/** A step waits for time together with its child; who calls a single command waits here. */
async function executeUntilAnswered(
  runId: string,
  call: CommandCall,
  ports: WorkflowExecutorPorts,
): Promise<RunDocument> {
  for (;;) {
    const run = await executeChild(runId, call, ports);
    if (call.step !== undefined || run.due_at === undefined) return run;
    await ports.clock.sleep(Date.parse(run.due_at) - ports.clock.now().getTime(), call.signal);
  }
}

const heldElsewhereMs = 1_000;

/** A process that has just died may hold the child for a few more seconds. */
async function executeChild(
  runId: string,
  call: CommandCall,
  ports: WorkflowExecutorPorts,
): Promise<RunDocument> {
  const options = { signal: call.signal, secretInputs: await pickSecretInputs(runId, call, ports.store) };
  for (;;) {
    try {
      return await ports.runner().execute(runId, options);
    } catch (thrown) {
      const error = OattyError.from(thrown);
      const isHeld = error.options.context?.['reason'] === 'leased';
      if (!isHeld || call.signal.aborted) throw leftBehind(error, runId);
      await ports.clock.sleep(heldElsewhereMs, call.signal);
    }
  }
}

async function pickSecretInputs(runId: string, { arguments: given }: CommandCall, store: RunStore) {
  const child = await store.getRun(runId);
  const hidden = child === undefined ? new Set<string>() : secretInputNames(child.workflow);
  const picked = Object.entries(given.with).filter(
    ([name, value]) => hidden.has(name) && (value ?? null) !== null,
  );
  return Object.fromEntries(picked);
}

function toResult({ run_id, status, final_output, error, due_at }: RunDocument): CommandResult {
  switch (status) {
    case 'succeeded':
      return { status: 200, headers: {}, body: final_output };
    case 'waiting':
      return {
        status: waitingStatus,
        headers: {},
        body: { run_id, status, ...(due_at !== undefined && { due_at }) } satisfies WaitingCall,
      };
    case 'failed':
      throw toChildError(run_id, error);
    case 'canceled':
      throw new OattyError('CANCELED', `Run "${run_id}" was canceled.`, { context: { run_id } });
    case 'pending':
    case 'running':
      throw new OattyError('RUN_STATE_CONFLICT', `Run "${run_id}" is carried on elsewhere.`, {
        context: { run_id },
      });
  }
}

/** The step and the command of the error are those of the caller; the child's own are in the context. */
function toChildError(runId: string, payload: ErrorPayload | undefined): OattyError {
  if (payload === undefined)
    return new OattyError('STEP_FAILED', `Run "${runId}" failed.`, { context: { run_id: runId } });
  const { stepId, command, ...options } = fromPayload(payload).options;
  return new OattyError(payload.error_code, payload.message, {
    ...options,
    context: {
      ...options.context,
      run_id: runId,
      ...(stepId !== undefined && { child_step_id: stepId }),
      ...(command !== undefined && { child_command: command }),
    },
  });
}

function refuseTooDeep({ step, found }: CommandCall, maxDepth: number): void {
  if (step === undefined || step.path.length < maxDepth) return;
  throw new OattyError('LIMIT_EXCEEDED', `"${found.command.id}" is more than ${maxDepth} workflows deep.`, {
    suggestedAction: 'Check whether workflows run each other in a circle.',
    context: { limit: 'maxDepth', maximum: maxDepth },
  });
}

function workflowIdOf({ found }: CommandCall): string {
  const { execution, id } = found.command;
  if (execution.kind === 'workflow') return execution.workflow_id;
  throw new OattyError('INTERNAL', `"${id}" is no workflow.`);
}
