/** Whether the runs of a schedule can start: said while somebody is there to hear it. */
import { OattyError } from '@oatty/types';
import type { Agreement, Workflow } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { requireCommand } from '../commands/require-command.ts';
import { subWorkflowIds } from '../commands/workflow-command.ts';
import { renewBundled } from '../modules/bundled-catalogs.ts';
import { refuseKeptSecrets } from '../runs/refuse-kept-secrets.ts';
import { makePlan, mustConfirm } from '../runs/start-run.ts';
import { digestReached } from '../workflows/agreed-workflows.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import { needsAgreement } from './agreement.ts';
import { toEventValue, toStart } from './scheduled-start.ts';
import type { Scheduled, ScheduledStart } from './scheduled-start.ts';
import type { ScheduleOptions } from './schedules.ts';

/**
 * As a start of the run would do it, so that what keeps it from starting is said the same way.
 *
 * @returns what is agreed to by who wants it started
 */
export async function requireStartable(
  world: World,
  scheduled: Scheduled,
  { caller = libraryCaller, mayDestroy = false }: Pick<ScheduleOptions, 'caller' | 'mayDestroy'>,
): Promise<Agreement> {
  const { timing } = scheduled;
  const event =
    'event' in timing ? toEventValue(timing, (await world.taskEvents()).example(timing)) : undefined;
  const start = await toStart(scheduled, event);
  const workflow = await requireTarget(world, scheduled, start);
  if (event !== undefined) await refuseMisreading(scheduled, event);
  refuseKeptSecrets(workflow, start.inputs);
  const resolution = await resolveValidInputs(world, workflow, start.inputs, { caller });
  const plan = await makePlan(world, workflow, resolution, {});
  if (plan !== undefined) mustConfirm(plan, { maxEffect: mayDestroy ? 'destructive' : 'standard' });
  const isBound = needsAgreement({ ...scheduled, caller });
  return {
    may_destroy: mayDestroy,
    ...(isBound && { agreed: await digestReached(world, start.workflow, workflow) }),
  };
}

// --- internal ---

/** @throws {OattyError} for a command: `COMMAND_NOT_FOUND`, `ARGUMENT_INVALID` */
async function requireTarget(
  world: World,
  scheduled: Scheduled,
  { workflow: selector }: ScheduledStart,
): Promise<Workflow> {
  if (!('command_id' in scheduled)) return (await requireValidWorkflow(world, selector)).workflow;
  const { command_id } = scheduled;
  await renewBundled(world);
  await world.commandIndex.refresh();
  await world.workflowCommands.load(subWorkflowIds([command_id]));
  requireCommand(world, command_id);
  try {
    return (await requireValidWorkflow(world, selector)).workflow;
  } catch (thrown) {
    const { code, options } = OattyError.from(thrown);
    if (code !== 'WORKFLOW_VALIDATION_FAILED') throw thrown;
    const violations = (options.violations ?? []).map(({ path, ...violation }) => ({
      ...violation,
      path: path.replace('$.steps[0]', '$'),
    }));
    const message = `"${command_id}" cannot run that way: ${violations[0]?.message ?? 'it is not valid.'}`;
    throw new OattyError('ARGUMENT_INVALID', message, { violations, context: { command_id } });
  }
}

/** What arguments read of an event is there. @throws {OattyError} `EXPRESSION_FAILED` */
async function refuseMisreading({ inputs }: Scheduled, event: object): Promise<void> {
  const { renderPreview } = await import('@oatty/engine');
  renderPreview(inputs, { inputs: { event } });
}
