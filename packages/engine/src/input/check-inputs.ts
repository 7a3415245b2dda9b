/** Judges given values one by one, without looking anything up. */
import { didYouMean } from '@oatty/types';
import type { Violation, Workflow, WorkflowInput } from '@oatty/types';
import { shorten } from '../schema/value-issue.ts';
import type { InputProblem } from './check-input-value.ts';

/** Values for inputs that the workflow does not have. */
export function findUnknownInputs(workflow: Workflow, given: Readonly<Record<string, unknown>>): Violation[] {
  const names = Object.keys(workflow.inputs ?? {});
  return Object.keys(given)
    .filter((name) => !names.includes(name))
    .map((name) => {
      const suggestion = didYouMean(name, names);
      return {
        path: `$.inputs.${name}`,
        rule: 'unknown_input',
        message: `"${workflow.workflow}" has no input "${name}".`,
        expected: names,
        ...(suggestion !== undefined && { suggestion }),
      };
    });
}

/** The problems of one value, without the value where it is secret. */
export function toInputViolations(
  { name, input, value }: GivenInput,
  problems: readonly InputProblem[],
): Violation[] {
  return problems.map(({ message, expected }) => ({
    path: `$.inputs.${name}`,
    rule: 'validation',
    message: `Input "${name}" ${message}.`,
    ...(expected !== undefined && { expected }),
    ...(input.secret !== true && { actual: shorten(value) }),
  }));
}

export interface GivenInput {
  readonly name: string;
  readonly input: WorkflowInput;
  readonly value: unknown;
}
