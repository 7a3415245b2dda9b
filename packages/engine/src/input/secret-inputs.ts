import type { Workflow } from '@oatty/types';

/** What is shown in place of a secret value. */
export const secretMark = '[secret]';

/** The texts of a secret value, that must not come out anywhere; a number counts as what it is written as. */
export function listSecretTexts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(listSecretTexts) : [];
}

/** Names of the inputs that are declared as secret. */
export function secretInputNames(workflow: Workflow): ReadonlySet<string> {
  const inputs = Object.entries(workflow.inputs ?? {});
  return new Set(inputs.filter(([, input]) => input.secret === true).map(([name]) => name));
}

/** Values by name with the secret ones masked; absent ones stay absent, `null` stays `null`. */
export function maskSecretInputs(
  workflow: Workflow,
  values: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> {
  const secrets = secretInputNames(workflow);
  const masked = Object.entries(values).map(([name, value]) => [
    name,
    secrets.has(name) && value !== null ? secretMark : value,
  ]);
  return Object.fromEntries(masked) as Readonly<Record<string, unknown>>; // entries of such a record
}
