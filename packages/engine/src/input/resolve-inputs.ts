/**
 * Declared inputs and given values → the values of a run, or everything that is missing or wrong, at once.
 *
 *   I1. Inputs are resolved in the order in which they read each other.
 *   I2. A given value wins over the default. `null` is a value for an optional input, and none for a required one.
 *   I3. An optional input without a value is `null`.
 *   I4. Providers run only for required inputs without a value, and only offer choices.
 *   I5. Values of secret inputs are in `resolved` and nowhere else: the default of an input that is not secret cannot
 *       read them.
 */
import { isRequiredInput } from '@oatty/types';
import type { Violation, Workflow, WorkflowInput } from '@oatty/types';
import type { Scope } from '../expression/scope.ts';
import { orderSteps } from '../plan/order-steps.ts';
import { acceptInput } from './accept-input.ts';
import { findDefault } from './default-value.ts';
import type { DefaultWorld } from './default-value.ts';
import { findUnknownInputs, toInputViolations } from './check-inputs.ts';
import { inputDependencies } from './order-inputs.ts';
import type { Choice } from './provider-choices.ts';
import { readEnvironment } from './read-environment.ts';
import { resolveProvider } from './resolve-provider.ts';
import type { ProviderResolution, ProviderWorld } from './resolve-provider.ts';
import { secretInputNames } from './secret-inputs.ts';

export type InputWorld = DefaultWorld & ProviderWorld;

export interface InputResolution {
  /** A run can start: everything required is there, nothing is wrong, no provider said `prompt` or `error`. */
  readonly ready: boolean;
  /** Every declared input that has a value or may be without. Secret values are in clear. */
  readonly resolved: Readonly<Record<string, unknown>>;
  readonly secret_names: ReadonlySet<string>;
  readonly missing: readonly MissingInput[];
  readonly violations: readonly Violation[];
  readonly provider_resolutions: readonly ProviderResolution[];
  /** What a person may choose from, by input. */
  readonly choices: Readonly<Record<string, readonly Choice[]>>;
}

export interface MissingInput {
  readonly input: string;
  readonly description: string | null;
  readonly type: string | null;
  readonly secret: boolean;
  readonly enum?: readonly unknown[];
  readonly choices?: readonly Choice[];
  /** Why the default gave no value, else why the provider offers none. */
  readonly reason?: string;
}

/** @throws {OattyError} `EXPRESSION_INVALID` in a workflow that was not validated, and what history and outputs throw */
export async function resolveInputs(
  workflow: Workflow,
  given: Readonly<Record<string, unknown>>,
  world: InputWorld,
): Promise<InputResolution> {
  const resolution = new Resolution(workflow, given, world);
  for (const [name, input] of orderInputs(workflow)) await resolution.resolve(name, input);
  return resolution.finish();
}

// --- internal ---

function orderInputs(workflow: Workflow): readonly (readonly [string, WorkflowInput])[] {
  const items = Object.entries(workflow.inputs ?? {}).map(([id, input]) => ({
    id,
    input,
    after: inputDependencies(input),
  }));
  return orderSteps(items).map(({ id, input }) => [id, input] as const);
}

class Resolution {
  readonly #workflow: Workflow;
  readonly #given: Readonly<Record<string, unknown>>;
  readonly #world: InputWorld;
  readonly #secretNames: ReadonlySet<string>;
  readonly #env: Readonly<Record<string, string>>;
  readonly #resolved = new Map<string, unknown>();
  readonly #missing: MissingInput[] = [];
  readonly #violations: Violation[];
  readonly #providerResolutions: ProviderResolution[] = [];
  readonly #choices = new Map<string, readonly Choice[]>();

  constructor(workflow: Workflow, given: Readonly<Record<string, unknown>>, world: InputWorld) {
    this.#workflow = workflow;
    this.#given = given;
    this.#world = world;
    this.#secretNames = secretInputNames(workflow);
    this.#env = readEnvironment(workflow, world.env);
    this.#violations = findUnknownInputs(workflow, given);
  }

  async resolve(name: string, input: WorkflowInput): Promise<void> {
    const value = Object.hasOwn(this.#given, name) ? this.#given[name] : undefined;
    if (value !== undefined && value !== null) return this.#take(name, input, value);
    if (value === null && !isRequiredInput(input)) return void this.#resolved.set(name, null);
    const reason = await this.#takeDefault(name, input);
    if (reason === 'taken') return;
    if (!isRequiredInput(input)) return void this.#resolved.set(name, null);
    await this.#miss(name, input, reason);
  }

  finish(): InputResolution {
    const asksPerson = this.#providerResolutions.some(
      ({ outcome: { status } }) => status === 'prompt' || status === 'error',
    );
    return {
      ready: this.#missing.length === 0 && this.#violations.length === 0 && !asksPerson,
      resolved: Object.fromEntries(this.#resolved),
      secret_names: this.#secretNames,
      missing: this.#missing,
      violations: this.#violations,
      provider_resolutions: this.#providerResolutions,
      choices: Object.fromEntries(this.#choices),
    };
  }

  #take(name: string, input: WorkflowInput, value: unknown): void {
    const accepted = acceptInput(input, value);
    if (accepted.ok) this.#resolved.set(name, accepted.value);
    else this.#violations.push(...toInputViolations({ name, input, value }, accepted.problems));
  }

  /** @returns `taken`, or why there is no value; `undefined` where no default is declared */
  async #takeDefault(name: string, input: WorkflowInput): Promise<string | undefined> {
    if (input.default === null || input.default === undefined) return undefined;
    const declared = {
      workflowId: this.#workflow.workflow,
      input: name,
      declared: input.default,
      isSecret: this.#secretNames.has(name),
      isJoined: (input.join ?? undefined) !== undefined,
    };
    const scope = declared.isSecret ? this.#scope() : this.#openScope();
    const found = await findDefault(declared, scope, this.#world);
    if (found.status === 'absent') return found.reason;
    if (found.isAccepted) this.#resolved.set(name, found.value);
    else this.#take(name, input, found.value);
    return 'taken';
  }

  async #miss(name: string, input: WorkflowInput, reason: string | undefined): Promise<void> {
    const answer = await resolveProvider({ name, input }, this.#scope(), this.#world);
    this.#providerResolutions.push(...answer.resolutions);
    if (answer.choices.length > 0) this.#choices.set(name, answer.choices);
    const allowed = input.enum ?? input.validate?.enum ?? [];
    const why = reason ?? reasonOf(answer.resolutions);
    this.#missing.push({
      input: name,
      description: input.description ?? null,
      type: input.type ?? null,
      secret: input.secret === true,
      ...(allowed.length > 0 && { enum: allowed }),
      ...(answer.choices.length > 0 && { choices: answer.choices }),
      ...(why !== undefined && { reason: why }),
    });
  }

  /** Without the secret ones. */
  #openScope(): Scope {
    const open = [...this.#resolved].filter(([name]) => !this.#secretNames.has(name));
    return { inputs: Object.fromEntries(open), env: this.#env };
  }

  #scope(): Scope {
    return {
      inputs: Object.fromEntries(this.#resolved),
      secretInputs: this.#secretNames,
      env: this.#env,
    };
  }
}

function reasonOf(resolutions: readonly ProviderResolution[]): string | undefined {
  return resolutions.find(({ outcome }) => outcome.status === 'prompt' || outcome.status === 'error')?.outcome
    .reason;
}
