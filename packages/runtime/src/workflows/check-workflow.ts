/** Validation with everything that it needs at hand: the commands, and the saved workflows that the manifest runs. */
import type { CommandSource, ManifestDocument, ValidationResult } from '@oatty/engine';
import { boundViolations, OattyError, isRecord } from '@oatty/types';
import type { Violation, Workflow } from '@oatty/types';
import { fromWorkflowCommandId } from '../commands/workflow-command.ts';
import type { World } from '../world.ts';
import { selectWorkflow } from './select-workflow.ts';
import type { SelectedWorkflow } from './select-workflow.ts';
import { findSubWorkflowFlaws } from './sub-workflow-flaws.ts';
import type { WorkflowSelector } from './workflows.ts';

/** @param commands - in place of those that are there now */
export async function checkDocument(
  world: World,
  document: ManifestDocument,
  commands: CommandSource = world.commandSource,
): Promise<ValidationResult> {
  const { validateWorkflow } = await import('@oatty/engine');
  await world.commandIndex.refresh();
  const { workflowCommands } = world;
  await workflowCommands.load(namedWorkflows(document.value));
  const ownId = workflowIdOf(document.value);
  const called = calledWorkflows(document.value).filter((id) => id !== ownId && workflowCommands.has(id));
  const flaws = await findSubWorkflowFlaws(world, called, commands);
  const workflows = {
    has: (id: string) => workflowCommands.has(id),
    callsOf: (id: string) => workflowCommands.callsOf(id),
    flawOf: (id: string) => flaws.get(id),
  };
  return validateWorkflow(document, { commands, workflows });
}

export interface ValidWorkflow {
  readonly selected: SelectedWorkflow;
  readonly workflow: Workflow;
  readonly warnings: readonly Violation[];
}

/** @throws {OattyError} `WORKFLOW_VALIDATION_FAILED`, and what `selectWorkflow` throws */
export async function requireValidWorkflow(world: World, selector: WorkflowSelector): Promise<ValidWorkflow> {
  const selected = await selectWorkflow(world, selector);
  const { workflow, violations, warnings } = await checkDocument(world, selected.document);
  if (workflow !== undefined && violations.length === 0) {
    return { selected, workflow, warnings: boundViolations(warnings) };
  }
  const workflowId = workflowIdOf(selected.document.value) ?? 'unnamed';
  const count = violations.length === 1 ? 'one violation' : `${violations.length} violations`;
  const suggestedAction = adviseOn(violations);
  throw new OattyError('WORKFLOW_VALIDATION_FAILED', `Workflow "${workflowId}" has ${count}.`, {
    ...(suggestedAction !== undefined && { suggestedAction }),
    context: { workflow_id: workflowId },
    violations,
  });
}

/** The first correction that is known, and that there are more. What is there wrongly often explains what is missing. */
function adviseOn(violations: readonly Violation[]): string | undefined {
  const advised = violations.filter(({ suggestion }) => suggestion !== undefined);
  const first =
    advised.find(({ rule }) => rule === 'unknown_key') ??
    advised.find(({ actual }) => actual !== undefined) ??
    advised[0];
  if (first === undefined) return undefined;
  const place = first.line === undefined ? first.path : `${first.path} (line ${first.line})`;
  const rest = violations.length > 1 ? ' Correct the other violations too.' : '';
  return `At ${place}: ${first.suggestion ?? ''}${rest} Then validate again.`;
}

/** The id that a manifest gives itself, whatever else is wrong with it. */
export function workflowIdOf(value: unknown): string | undefined {
  const id = isRecord(value) ? value['workflow'] : undefined;
  return typeof id === 'string' ? id : undefined;
}

// --- internal ---

/** Saved workflows that the steps or the defaults of a manifest of any shape name. */
function namedWorkflows(value: unknown): string[] {
  if (!isRecord(value)) return [];
  const inputs = isRecord(value['inputs']) ? Object.values(value['inputs']) : [];
  const read = inputs.flatMap((input) => {
    const fallback = isRecord(input) ? input['default'] : undefined;
    const source = isRecord(fallback) ? fallback['value'] : undefined;
    const id = isRecord(source) ? source['workflow'] : undefined;
    return typeof id === 'string' ? id : [];
  });
  return [...calledWorkflows(value), ...read];
}

function calledWorkflows(value: unknown): string[] {
  const steps = isRecord(value) && Array.isArray(value['steps']) ? value['steps'] : [];
  return steps.flatMap((step: unknown) => {
    const command = isRecord(step) ? step['run'] : undefined;
    return typeof command === 'string' ? (fromWorkflowCommandId(command) ?? []) : [];
  });
}
