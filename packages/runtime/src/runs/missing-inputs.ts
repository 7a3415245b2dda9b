/** What is missing before a run can start, with what there is to choose from. */
import type { InputResolution } from '@oatty/engine';
import { OattyError } from '@oatty/types';

export function toMissingError(workflowId: string, { missing, choices }: InputResolution): OattyError {
  const names = missing.map(({ input }) => input);
  return new OattyError('WORKFLOW_INPUTS_INCOMPLETE', `Workflow "${workflowId}" needs ${names.join(', ')}.`, {
    context: { workflow_id: workflowId, missing: names },
    violations: missing.map(({ input, description, type, reason }) => ({
      path: `$.inputs.${input}`,
      rule: 'required',
      message: [
        `Input "${input}" has no value${reason ? `: ${reason.replace(/\.$/, '')}` : ''}.`,
        description,
      ]
        .filter(Boolean)
        .join(' '),
      ...(type !== null && { expected: type }),
      ...(choices[input] !== undefined && { suggestion: toSuggestion(choices[input]) }),
    })),
  });
}

// --- internal ---

const maxSuggested = 10;

function toSuggestion(choices: NonNullable<InputResolution['choices'][string]>): string {
  const values = choices.slice(0, maxSuggested).map(({ value }) => JSON.stringify(value));
  const more = choices.length > maxSuggested ? `, … (${choices.length} in all)` : '';
  return `One of ${values.join(', ')}${more}.`;
}
