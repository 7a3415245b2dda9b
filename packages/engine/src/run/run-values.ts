/**
 * The values that the expressions of a run can read.
 *
 *   V1. Secret inputs and `secrets.NAME` are there for `with` and `body` only.
 *   V2. `secrets` has every secret value that this run can know, from the start: an API may give back in one step
 *       what it got in another.
 */
import type { StepResult } from '@oatty/types';
import type { Scope, StepLookup, StepValue } from '../expression/scope.ts';
import { readEnvironment } from '../input/read-environment.ts';
import { listSecretTexts, secretInputNames } from '../input/secret-inputs.ts';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { EnvironmentSource, SecretSource } from '../ports/values.ts';
import type { CompiledStep } from './compile-workflow.ts';
import { loadRunSecrets } from './run-secrets.ts';

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
  readonly commands: CommandSource;
  readonly secrets: SecretSource;
  readonly environment: EnvironmentSource;
}

export async function loadRunValues(sources: RunValueSources): Promise<RunValues> {
  const { record, secretInputs, results } = sources;
  const { workflow } = record;
  const hidden = secretInputNames(workflow);
  const inputs = { ...record.inputs, ...secretInputs };
  const runSecrets = await loadRunSecrets(workflow, sources.commands, sources.secrets);
  const secrets = new Set([...runSecrets.values, ...listSecretTexts(secretInputs)]);

  const shared = {
    steps: toLookup(record, (id) => toStepValue(results.get(id))),
    responses: toLookup(record, (id) => toResponse(results.get(id))),
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
      secrets: runSecrets.of(step.step, found),
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

function withoutSecrets(
  inputs: Readonly<Record<string, unknown>>,
  hidden: ReadonlySet<string>,
): Readonly<Record<string, unknown>> {
  if (hidden.size === 0) return inputs;
  return Object.fromEntries(
    Object.entries(inputs).filter(([name, value]) => value === null || !hidden.has(name)),
  );
}

function toLookup({ workflow }: RunRecord, valueOf: (id: string) => StepValue): StepLookup {
  const ids = new Set(workflow.steps.map((step) => step.id));
  return {
    keys: () => ids,
    get: (id) => (ids.has(id) ? valueOf(id) : undefined),
  };
}

/** A step that failed may have one all the same. */
function toResponse(result: StepResult | undefined): StepValue {
  if (result?.response !== undefined) return { status: 'available', output: result.response };
  const value = toStepValue(result);
  return value.status === 'available' ? { status: 'unavailable', reason: 'got no HTTP response' } : value;
}

function toStepValue(result: StepResult | undefined): StepValue {
  if (result?.status === 'succeeded') return { status: 'available', output: result.output ?? null };
  const reasons = { failed: 'failed', skipped: 'was skipped', canceled: 'was canceled' } as const;
  const status = result?.status;
  const known = status === 'failed' || status === 'skipped' || status === 'canceled';
  return { status: 'unavailable', reason: known ? reasons[status] : 'has not run' };
}
