/** Inputs of a workflow that runs as a step, or as one command: defaults and checks, and nobody to ask. */
import type { WorkflowExecutorPorts } from '@oatty/engine';
import { resolveValidInputs } from '../workflows/resolve-inputs.ts';
import type { World } from '../world.ts';
import { toMissingError } from './missing-inputs.ts';

export function createSubWorkflowInputs(world: World): WorkflowExecutorPorts['resolveInputs'] {
  return async (workflow, given, call) => {
    const resolution = await resolveValidInputs(world, workflow, given, call);
    if (resolution.missing.length > 0) throw toMissingError(workflow.workflow, resolution);
    return resolution.resolved;
  };
}
