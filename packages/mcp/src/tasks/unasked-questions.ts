/**
 * What a run asks before its first step, as the error that a client without forms gets instead.
 *
 * A client that has declared forms, does not know them after all, and does nothing but wait for the result would wait for
 * ever: nobody is there who could call `run.respond`.
 */
import type { RunInspection } from '@oatty/runtime';
import { isTerminal, OattyError } from '@oatty/types';
import type { JsonSchema, Question } from '@oatty/types';

/** @returns `undefined` for a run that has begun, or asks nothing of a person: there is no such error for it */
export function toUnaskedError({
  run,
  open_questions: open,
  operation,
}: RunInspection): OattyError | undefined {
  const asked = open.filter(({ kind }) => kind === 'input' || kind === 'confirmation');
  if (run.started_at !== undefined || isTerminal(run.status) || asked.length === 0) return undefined;
  const isToConfirm = asked.some(({ kind }) => kind === 'confirmation');
  const { run_id, workflow_id } = run;
  const message = asked.map((question) => question.message).join(' ');
  return new OattyError(isToConfirm ? 'CONFIRMATION_REQUIRED' : 'WORKFLOW_INPUTS_INCOMPLETE', message, {
    ...(operation?.saved && { suggestedAction: toWayOn(workflow_id, isToConfirm) }),
    context: { run_id, workflow_id },
    violations: isToConfirm ? [] : asked.flatMap(toViolations),
  });
}

// --- internal ---

function toWayOn(workflowId: string, isToConfirm: boolean): string {
  return isToConfirm
    ? `The workflow is saved. Ask the person, then call workflow.execute with workflow_id "${workflowId}" and confirm: true.`
    : `The workflow is saved. Call workflow.execute with workflow_id "${workflowId}" and the inputs.`;
}

function toViolations({ schema }: Question) {
  const { properties = {} } = schema as JsonSchema; // the question's schema is a JSON Schema (types/run.ts)
  return Object.keys(properties).map((name) => ({
    path: `$.inputs.${name}`,
    rule: 'required',
    message: `Input "${name}" has no value.`,
  }));
}
