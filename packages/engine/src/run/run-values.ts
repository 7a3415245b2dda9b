/**
 * The values that the expressions of a run can read.
 *
 *   V1. Secret inputs and `secrets.NAME` are there for `with` and `body` only.
 *   V2. A secret that is not bound to the catalog of the command is refused before its value is used.
 *   V3. `secrets` has every secret value that this run can know, from the start: an API may give back in one step
 *       what it got in another.
 */
import { OattyError } from '@oatty/types';
import type { StepResult } from '@oatty/types';
import type { Scope, StepLookup, StepValue } from '../expression/scope.ts';
import { readEnvironment } from '../input/read-environment.ts';
import { secretInputNames } from '../input/secret-inputs.ts';
import { textReferences } from '../plan/step-dependencies.ts';
import { listStepTexts } from '../plan/step-texts.ts';
import type { EnvironmentSource, FoundCommand, RunRecord, SecretSource } from '../ports.ts';
import type { CompiledStep } from './compile-workflow.ts';

export interface RunValues {
  /** What `if`, `for_each`, `until` and `final_output` read. */
  readonly scope: Scope;
  /**
   * What `with` and `body` of a step read.
   *
   * @throws {OattyError} `ARGUMENT_INVALID` for a secret that is not bound to the catalog, or has no value
   */
  callScope(step: CompiledStep, found: FoundCommand | undefined): Scope;
  /** Texts that must not come out anywhere; grows with what expressions make of them. */
  readonly secrets: ReadonlySet<string>;
}

export interface RunValueSources {
  readonly record: RunRecord;
  readonly startedAt: string;
  readonly secretInputs: Readonly<Record<string, unknown>>;
  readonly results: ReadonlyMap<string, StepResult>;
  readonly secrets: SecretSource;
  readonly environment: EnvironmentSource;
}

export async function loadRunValues(sources: RunValueSources): Promise<RunValues> {
  const { record, secretInputs, results } = sources;
  const { workflow } = record;
  const hidden = secretInputNames(workflow);
  const inputs = { ...record.inputs, ...secretInputs };
  const lookUps = await loadSecrets(record, sources.secrets);
  const secrets = new Set<string>([...lookUps.values()].flatMap(({ value }) => value ?? []));
  for (const value of Object.values(secretInputs)) for (const text of textsOf(value)) secrets.add(text);

  const shared = {
    steps: toStepLookup(record, results),
    env: readEnvironment(workflow, sources.environment),
    run: { id: record.run_id, workflow: record.workflow_id, started_at: sources.startedAt },
  };
  return {
    secrets,
    scope: { ...shared, inputs: withoutSecrets(inputs, hidden) },
    callScope: (step, found) => ({
      ...shared,
      inputs,
      secretInputs: hidden,
      secrets: bindSecrets(step, found, lookUps),
      onSecret: (text) => secrets.add(text),
    }),
  };
}

/** Secret inputs that have a value in the run which this process does not know. */
export function listMissingSecretInputs(
  record: RunRecord,
  secretInputs: Readonly<Record<string, unknown>>,
): readonly string[] {
  return [...secretInputNames(record.workflow)].filter(
    (name) => (record.inputs[name] ?? null) !== null && !Object.hasOwn(secretInputs, name),
  );
}

// --- internal ---

interface SecretLookUp {
  readonly value?: string;
  readonly problem?: OattyError;
}

async function loadSecrets(
  { workflow }: RunRecord,
  source: SecretSource,
): Promise<ReadonlyMap<string, SecretLookUp>> {
  const names = new Set(workflow.steps.flatMap((step) => listSecretNames(step)));
  const found = await Promise.all(
    [...names].map(async (name) => [name, await lookUp(name, source)] as const),
  );
  return new Map(found);
}

/** What is wrong with a secret fails the step that uses it, not the run that mentions it. */
async function lookUp(name: string, source: SecretSource): Promise<SecretLookUp> {
  try {
    const value = await source.get(name);
    if (value !== undefined) return { value };
    return {
      problem: new OattyError('ARGUMENT_INVALID', `The secret "${name}" has no value.`, missingSecret(name)),
    };
  } catch (thrown) {
    return { problem: OattyError.from(thrown) };
  }
}

function missingSecret(name: string) {
  return { suggestedAction: `Set it: oatty secret set ${name}`, context: { secret: name } };
}

function listSecretNames(step: CompiledStep['step']): readonly string[] {
  const texts = listStepTexts(step).filter(({ place, text }) => {
    return (place === 'with' || place === 'body') && text.includes('secrets');
  });
  return texts.flatMap(textReferences).flatMap(({ root, segments: [name] }) => {
    return root === 'secrets' && typeof name === 'string' ? [name] : [];
  });
}

function bindSecrets(
  { step }: CompiledStep,
  found: FoundCommand | undefined,
  lookUps: ReadonlyMap<string, SecretLookUp>,
): ReadonlyMap<string, string> {
  const bound = new Map<string, string>();
  if (lookUps.size === 0 || found === undefined) return bound;
  for (const name of listSecretNames(step)) {
    if (!found.catalog.secrets.includes(name)) {
      throw new OattyError(
        'ARGUMENT_INVALID',
        `The secret "${name}" is not bound to the catalog "${found.catalog.id}".`,
        {
          suggestedAction: `Bind it to the catalog when you set it, or use a secret that is bound.`,
          context: { secret: name, catalog_id: found.catalog.id },
        },
      );
    }
    const { value, problem } = lookUps.get(name) ?? {};
    if (problem !== undefined) throw problem;
    if (value !== undefined) bound.set(name, value);
  }
  return bound;
}

function withoutSecrets(
  inputs: Readonly<Record<string, unknown>>,
  hidden: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  if (hidden.size === 0) return inputs;
  return Object.fromEntries(
    Object.entries(inputs).filter(([name, value]) => value === null || !hidden.has(name)),
  );
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsOf) : [];
}

function toStepLookup({ workflow }: RunRecord, results: ReadonlyMap<string, StepResult>): StepLookup {
  const ids = new Set(workflow.steps.map((step) => step.id));
  return {
    keys: () => ids,
    get: (id) => (ids.has(id) ? toStepValue(results.get(id)) : undefined),
  };
}

function toStepValue(result: StepResult | undefined): StepValue {
  if (result?.status === 'succeeded') return { status: 'available', output: result.output ?? null };
  const reasons = { failed: 'failed', skipped: 'was skipped', canceled: 'was canceled' } as const;
  const status = result?.status;
  const known = status === 'failed' || status === 'skipped' || status === 'canceled';
  return { status: 'unavailable', reason: known ? reasons[status] : 'has not run' };
}
