/** Where the values of inputs come from when they are not given: environment, earlier runs, provider commands. */
import type { InputWorld } from '@oatty/engine';
import type { Caller } from '@oatty/types';
import { createEnvironmentSource } from '../secrets/secret-source.ts';
import type { World } from '../world.ts';

export async function createInputWorld(world: World, caller: Caller): Promise<InputWorld> {
  const dispatcher = await world.dispatcher();
  return {
    env: createEnvironmentSource(world),
    history: async (workflowId, input) => {
      const run = await lastSucceeded(world, workflowId);
      return run?.inputs[input];
    },
    lastOutput: async (workflowId) => (await lastSucceeded(world, workflowId))?.final_output,
    runProvider: (commandId, given) =>
      dispatcher.dispatch(
        commandId,
        { with: given },
        { caller, signal: world.closing.signal, maxEffect: 'safe', maxPages: maxProviderPages },
      ),
    commands: world.commandSource,
    providerCache: await world.providerCache(),
    clock: world.clock,
  };
}

// --- internal ---

/** Enough to choose from; a person does not read more. */
const maxProviderPages = 5;

async function lastSucceeded(world: World, workflowId: string) {
  const store = await world.store();
  const { items } = await store.listRuns({ workflow_id: workflowId, status: 'succeeded', limit: 1 });
  const [last] = items;
  return last === undefined ? undefined : store.getRun(last.run_id);
}
