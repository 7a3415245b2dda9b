/** The variables that a workflow reads as `env.NAME` or by `default.from: env`, and no others. */
import type { Workflow } from '@oatty/types';
import type { EnvironmentSource } from '../ports.ts';
import { textReferences } from '../plan/step-dependencies.ts';
import { listStepTexts, listStrings } from '../plan/step-texts.ts';
import { listInputTexts, templateReferences } from './order-inputs.ts';

/** Unset variables are absent. @throws {OattyError} `EXPRESSION_INVALID` in a workflow that was not validated */
export function readEnvironment(
  workflow: Workflow,
  environment: EnvironmentSource,
): Readonly<Record<string, string>> {
  const values = [...listVariables(workflow)].flatMap((name) => {
    const value = environment.get(name);
    return value === undefined ? [] : [[name, value] as const];
  });
  return Object.fromEntries(values);
}

// --- internal ---

function listVariables(workflow: Workflow): ReadonlySet<string> {
  const inputs = Object.values(workflow.inputs ?? {});
  const found = [
    ...workflow.steps.flatMap(listStepTexts).flatMap(textReferences),
    ...inputs.flatMap(listInputTexts).flatMap(({ text }) => templateReferences(text)),
    ...listStrings(workflow.final_output).flatMap(({ text }) => templateReferences(text)),
  ];
  const referred = found.flatMap(({ root, segments: [name] }) =>
    root === 'env' && typeof name !== 'object' && name !== undefined ? [String(name)] : [],
  );
  const named = inputs.flatMap((input) => (input.default?.from === 'env' ? [input.default.value] : []));
  return new Set([...referred, ...named]);
}
