/**
 * The variables that a workflow may read: those that its inputs name with `default.from: env`, and of those that it
 * reads as `env.NAME` the ones that configuration allows.
 */
import type { Workflow } from '@oatty/types';
import type { EnvironmentSource } from '../ports/values.ts';
import { textReferences } from '../plan/step-dependencies.ts';
import { listStepTexts, listStrings } from '../plan/step-texts.ts';
import { listInputTexts, templateReferences } from './order-inputs.ts';

/** Unset variables are absent. @throws {OattyError} `EXPRESSION_INVALID` in a workflow that was not validated */
export function readEnvironment(
  workflow: Workflow,
  environment: EnvironmentSource,
): Readonly<Record<string, string>> {
  const named = listNamedVariables(workflow);
  const allowed = listReadVariables(workflow).filter((name) => environment.isAllowed(name));
  const values = [...new Set([...named, ...allowed])].flatMap((name) => {
    const value = environment.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}

// --- internal ---

function listNamedVariables(workflow: Workflow): readonly string[] {
  return Object.values(workflow.inputs ?? {}).flatMap((input) =>
    input.default?.from === 'env' ? [input.default.value] : [],
  );
}

function listReadVariables(workflow: Workflow): readonly string[] {
  const inputs = Object.values(workflow.inputs ?? {});
  const found = [
    ...workflow.steps.flatMap(listStepTexts).flatMap(textReferences),
    ...inputs.flatMap(listInputTexts).flatMap(({ text }) => templateReferences(text)),
    ...listStrings(workflow.final_output).flatMap(({ text }) => templateReferences(text)),
  ];
  return found.flatMap(({ root, segments: [name] }) =>
    root === 'env' && typeof name !== 'object' && name !== undefined ? [String(name)] : [],
  );
}
