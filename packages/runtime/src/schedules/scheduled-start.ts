/**
 * What a schedule starts: the run of a saved workflow, or of one command.
 *
 *   W1. A command is run as the one step of a workflow of its own, so that it has a run: a journal, retries by the engine,
 *       a result to look at.
 *   W2. An event is the input `event` of that workflow, and templates in the arguments read it. In the inputs of a saved
 *       workflow they read it too: they are rendered before the run starts.
 */
import type { TaskEvent } from '@oatty/tasks';
import type { EventTiming, ScheduleTarget, Timing } from '@oatty/types';
import { fromWorkflowCommandId } from '../commands/workflow-command.ts';
import type { InputValues, WorkflowSelector } from '../workflows/workflows.ts';

export interface ScheduledStart {
  readonly workflow: WorkflowSelector;
  readonly inputs: InputValues;
}

export type Scheduled = ScheduleTarget & { readonly timing: Timing; readonly inputs: InputValues };

/** The saved workflow, also where it is started as a command. */
export function startedWorkflow(target: ScheduleTarget): string | undefined {
  return 'workflow_id' in target ? target.workflow_id : fromWorkflowCommandId(target.command_id);
}

/** An event as the arguments read it. */
export function toEventValue({ event }: EventTiming, { at, task }: TaskEvent): object {
  return { event, at, task };
}

/**
 * @param event - of a schedule for events
 * @throws {OattyError} `EXPRESSION_FAILED`, `EXPRESSION_INVALID` for a template that cannot be rendered
 */
export async function toStart(schedule: Scheduled, event?: object): Promise<ScheduledStart> {
  const { inputs } = schedule;
  if ('command_id' in schedule) {
    const manifest = toManifest(schedule.command_id, inputs, event !== undefined);
    return { workflow: { manifest }, inputs: event === undefined ? {} : { event } };
  }
  const workflow = { workflowId: schedule.workflow_id };
  if (event === undefined) return { workflow, inputs };
  const { renderValue } = await import('@oatty/engine');
  return { workflow, inputs: renderValue(inputs, { inputs: { event } }) as InputValues }; // of an object it gives one
}

// --- internal ---

/** W1 */
function toManifest(
  commandId: string,
  given: InputValues,
  listens: boolean,
): Readonly<Record<string, unknown>> {
  return {
    workflow: commandId.replaceAll(/[^A-Za-z0-9_-]+/g, '-').slice(0, 64),
    title: commandId,
    ...(listens && { inputs: { event: { type: 'object', description: 'What happened to which task.' } } }),
    steps: [{ id: 'run', run: commandId, ...(Object.keys(given).length > 0 && { with: given }) }],
    final_output: '${{ steps.run.output }}',
  };
}
