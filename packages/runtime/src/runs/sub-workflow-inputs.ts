/** Inputs of a workflow that runs as a step, or as one command: defaults and checks, and nobody to ask. */
import type { WorkflowExecutorPorts } from '@oatty/engine';
import { createInputWorld } from '../workflows/input-world.ts';
import { refuseInvalidInputs } from '../workflows/create-workflows.ts';
import type { World } from '../world.ts';
import { toMissingError } from './missing-inputs.ts';

export function createSubWorkflowInputs(world: World): WorkflowExecutorPorts['resolveInputs'] {
  return async (workflow, given, call) => {
    const { resolveInputs } = await import('@oatty/engine');
    const resolution = await resolveInputs(workflow, given, await createInputWorld(world, call.caller));
    refuseInvalidInputs(workflow.workflow, resolution.violations);
    if (resolution.missing.length > 0) throw toMissingError(workflow.workflow, resolution);
    return resolution.resolved;
  };
}
