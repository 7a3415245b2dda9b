/**
 * Asks the provider of an input what there is to choose from. It never chooses.
 *
 *   R1. The provider runs only when every argument has a value or may be left out.
 *   R2. Answers are kept for `cache_ttl_sec` and are asked for again after that. They are given again only to whoever
 *       asked: what a command lists, and whether it may be run, is another matter for each caller.
 *   R3. When the provider fails: `on_error: cached` takes the last answer of any age where there is one, `fail` is an
 *       error, and `manual` (the default, also of `cached` without an answer) leaves the value to the person.
 */
import { OattyError } from '@oatty/types';
import type { Caller, CommandResult, WorkflowInput } from '@oatty/types';
import type { Scope } from '../expression/scope.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandSource } from '../ports/command-source.ts';
import { listBindings } from './order-inputs.ts';
import type { ProviderCache } from './provider-cache.ts';
import { providerCommand, toChoices } from './provider-choices.ts';
import type { Choice } from './provider-choices.ts';
import { resolveBinding } from './resolve-binding.ts';
import type { BindingOutcome } from './resolve-binding.ts';
import { secretMark } from './secret-inputs.ts';

export interface ProviderWorld {
  readonly commands: CommandSource;
  readonly clock: Pick<Clock, 'now'>;
  readonly providerCache: ProviderCache;
  /** Who asks. */
  readonly caller: Caller;
  /**
   * Runs a provider command; refuses whatever is not safe.
   *
   * @param secrets - texts in the parameters that must not come out
   * @throws {OattyError}
   */
  runProvider(
    commandId: string,
    parameters: Readonly<Record<string, unknown>>,
    secrets: ReadonlySet<string>,
  ): Promise<CommandResult>;
}

/** What became of one argument of a provider, or of the provider itself (`argument: null`). */
export interface ProviderResolution {
  readonly input: string;
  readonly argument: string | null;
  /** `manual`: a person has to say. */
  readonly source: 'automatic' | 'manual';
  readonly outcome: {
    readonly status: 'resolved' | 'prompt' | 'skip' | 'error';
    readonly value?: unknown;
    readonly reason?: string;
    /** How many values there are to choose from. */
    readonly choices?: number;
  };
}

export interface ProviderAnswer {
  readonly resolutions: readonly ProviderResolution[];
  readonly choices: readonly Choice[];
}

export async function resolveProvider(
  { name, input }: { readonly name: string; readonly input: WorkflowInput },
  scope: Scope,
  world: ProviderWorld,
): Promise<ProviderAnswer> {
  const commandId = providerCommand(input);
  if (commandId === undefined) return { resolutions: [], choices: [] };
  const parameters = resolveParameters(input, scope);
  const resolutions = parameters.map(([argument, outcome]) => toResolution(name, argument, outcome));
  const blocked = parameters.find(([, { status }]) => status === 'prompt' || status === 'error');
  if (blocked !== undefined) return { resolutions, choices: [] };
  const given = parameters.flatMap(([argument, outcome]) =>
    outcome.status === 'resolved' ? [{ argument, ...outcome }] : [],
  );
  const question: ProviderQuestion = {
    commandId,
    parameters: Object.fromEntries(given.map(({ argument, value }) => [argument, value])),
    secrets: new Set(given.flatMap(({ secrets }) => secrets)),
    input,
  };
  const asked = await askProvider(question, world);
  return {
    resolutions: [...resolutions, { input: name, argument: null, ...asked.resolution }],
    choices: asked.choices,
  };
}

// --- internal ---

/** By argument; `provider_args` comes before what `depends_on` says for the same one. */
function resolveParameters(
  input: WorkflowInput,
  scope: Scope,
): readonly (readonly [string, BindingOutcome])[] {
  const outcomes = new Map<string, BindingOutcome>();
  for (const { argument, binding } of listBindings(input)) {
    if (!outcomes.has(argument)) outcomes.set(argument, resolveBinding(binding, scope));
  }
  return [...outcomes];
}

function toResolution(input: string, argument: string, outcome: BindingOutcome): ProviderResolution {
  if (outcome.status !== 'resolved') {
    return { input, argument, source: outcome.status === 'prompt' ? 'manual' : 'automatic', outcome };
  }
  const value = outcome.isSecret ? secretMark : outcome.value;
  return { input, argument, source: 'automatic', outcome: { status: 'resolved', value } };
}

type Asked = {
  readonly resolution: Pick<ProviderResolution, 'source' | 'outcome'>;
  readonly choices: readonly Choice[];
};

interface ProviderQuestion {
  readonly commandId: string;
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly secrets: ReadonlySet<string>;
  readonly input: WorkflowInput;
}

async function askProvider(
  { commandId, parameters, secrets, input }: ProviderQuestion,
  world: ProviderWorld,
): Promise<Asked> {
  const { principal, role, via } = world.caller;
  const key = JSON.stringify([principal, role, via, commandId, parameters, input.select, input.provider]);
  const kept = world.providerCache.get(key);
  const nowMs = world.clock.now().getTime();
  const maxAgeMs = (input.cache_ttl_sec ?? 0) * 1_000;
  if (kept !== undefined && maxAgeMs > 0 && nowMs - kept.atMs < maxAgeMs) return offer(kept.choices);
  try {
    const { body } = await world.runProvider(commandId, parameters, secrets);
    const choices = toChoices(body, world.commands.find(commandId)?.command.list_path, input);
    world.providerCache.set(key, { atMs: nowMs, choices });
    return offer(choices);
  } catch (thrown) {
    const { message: reason } = OattyError.from(thrown);
    if (input.on_error === 'cached' && kept !== undefined) return offer(kept.choices, reason);
    if (input.on_error !== 'fail')
      return { resolution: { source: 'manual', outcome: { status: 'prompt', reason } }, choices: [] };
    return { resolution: { source: 'automatic', outcome: { status: 'error', reason } }, choices: [] };
  }
}

function offer(choices: readonly Choice[], reason?: string): Asked {
  const outcome = {
    status: 'prompt',
    choices: choices.length,
    ...(reason !== undefined && { reason }),
  } as const;
  return { resolution: { source: 'manual', outcome }, choices };
}
