/** Where the values of inputs come from when they are not given: environment, earlier runs, provider commands. */
import type { InputResolution, InputWorld } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Caller, CommandResult, Workflow } from '@oatty/types';
import { createEnvironmentSource } from '../secrets/secret-source.ts';
import { untilClosed } from '../until-closed.ts';
import type { World } from '../world.ts';
import { refuseFailedProviders } from './failed-providers.ts';
import type { InputValues } from './workflows.ts';

export interface ResolvingCaller {
  /** Earlier runs of others are not read for it. */
  readonly caller: Caller;
  /** Ends the calls of providers. */
  readonly signal?: AbortSignal | undefined;
  /** Providers are not called: what they offer is not wanted. */
  readonly withoutProviders?: boolean;
}

/**
 * @throws {OattyError} `WORKFLOW_INPUT_VALIDATION_FAILED` for a value that is not what the input takes, `PROVIDER_FAILED`
 *   for a provider that must not fail
 */
export async function resolveValidInputs(
  world: World,
  workflow: Workflow,
  given: InputValues,
  by: ResolvingCaller,
): Promise<InputResolution> {
  const resolution = await resolveFor(world, workflow, given, by);
  const [first] = resolution.violations;
  if (first !== undefined) {
    throw new OattyError(
      'WORKFLOW_INPUT_VALIDATION_FAILED',
      `Inputs of workflow "${workflow.workflow}" are not valid: ${first.message}`,
      { context: { workflow_id: workflow.workflow }, violations: resolution.violations },
    );
  }
  if (by.withoutProviders !== true) await refuseFailedProviders(workflow, resolution);
  return resolution;
}

/** What is wrong is in `violations`. */
export async function resolveFor(
  world: World,
  workflow: Workflow,
  given: InputValues,
  by: ResolvingCaller,
): Promise<InputResolution> {
  const { resolveInputs } = await import('@oatty/engine');
  return resolveInputs(workflow, given, await createInputWorld(world, by));
}

// --- internal ---

/** Enough to choose from; a person does not read more. */
const maxProviderPages = 5;

async function createInputWorld(world: World, by: ResolvingCaller): Promise<InputWorld> {
  const { caller } = by;
  return {
    env: createEnvironmentSource(world),
    history: async (workflowId, input) => {
      const inputs = (await lastSucceeded(world, workflowId, caller))?.inputs ?? {};
      return Object.hasOwn(inputs, input) ? inputs[input] : undefined;
    },
    lastOutput: async (workflowId) => (await lastSucceeded(world, workflowId, caller))?.final_output,
    runProvider: (commandId, given, secrets) => runProvider(world, by, { commandId, given, secrets }),
    commands: world.commandSource,
    providerCache: await world.providerCache(),
    caller,
    clock: world.clock,
  };
}

interface ProviderCall {
  readonly commandId: string;
  readonly given: InputValues;
  readonly secrets: ReadonlySet<string>;
}

async function runProvider(
  world: World,
  { caller, signal, withoutProviders }: ResolvingCaller,
  { commandId, given, secrets }: ProviderCall,
): Promise<CommandResult> {
  if (withoutProviders === true) throw new OattyError('PROVIDER_FAILED', 'Providers are not called here.');
  const dispatcher = await world.dispatcher();
  return dispatcher.dispatch(
    commandId,
    { with: given },
    {
      caller,
      signal: untilClosed(world, signal),
      maxEffect: 'safe',
      secrets,
      maxPages: maxProviderPages,
    },
  );
}

async function lastSucceeded(world: World, workflowId: string, { principal }: Caller) {
  const store = await world.store();
  const query = { workflow_id: workflowId, status: 'succeeded', principal, limit: 1 } as const;
  const [last] = (await store.listRuns(query)).items;
  return last === undefined ? undefined : store.getRun(last.run_id);
}
