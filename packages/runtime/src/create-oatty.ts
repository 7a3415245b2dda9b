/** Opens oatty: the composition of all packages. */
import { OattyError } from '@oatty/types';
import { createOperations } from './authoring/create-operations.ts';
import { createCatalogs } from './catalogs/create-catalogs.ts';
import { watchChanges } from './changes/watch-changes.ts';
import { createCommands } from './commands/create-commands.ts';
import { registerModules } from './modules/register-modules.ts';
import type { Oatty } from './oatty.ts';
import type { Once } from './once.ts';
import type { OattyOptions } from './options.ts';
import { createRuns } from './runs/create-runs.ts';
import { createSchedules } from './schedules/create-schedules.ts';
import { createSecrets } from './secrets/create-secrets.ts';
import { createWorkflows } from './workflows/create-workflows.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

/**
 * Reads settings and files where the environment says, and opens nothing before it is used.
 *
 * @example
 * const oatty = await createOatty();
 * const { items } = await oatty.commands.search('list orders');
 *
 * @throws {OattyError} with modules only: `CATALOG_CONFLICT` when one has the id or a command of another catalog,
 *   `STORAGE_FAILED` when the registry cannot be read
 */
export async function createOatty(options: OattyOptions = {}): Promise<Oatty> {
  const world = createWorld(options);
  await registerModules(world);
  const plainRuns = createRuns(world);
  const runs = options.telemetry?.watch(plainRuns) ?? plainRuns;
  const { registryFile, catalogsDir, workflowsDir, stateFile } = world.paths;
  return {
    catalogs: createCatalogs(world),
    commands: createCommands(world),
    workflows: createWorkflows(world),
    runs,
    operations: createOperations(world),
    schedules: createSchedules(world, runs),
    secrets: createSecrets(world),
    paths: { registry: registryFile, catalogs: catalogsDir, workflows: workflowsDir, state: stateFile },
    sharedKey: world.sharedKey,
    watch: (onChange) => watchChanges(world, onChange),
    close: () => close(world),
  };
}

// --- internal ---

async function close({ closing, runner, journal }: World): Promise<void> {
  closing.abort(new OattyError('CANCELED', 'oatty was closed.'));
  await (await settled(runner))?.suspend();
  await (await settled(journal))?.close();
}

/** What was never opened, or could not be, needs no closing. */
async function settled<Value>(part: Once<Value>): Promise<Value | undefined> {
  return part.opened()?.catch(() => undefined);
}
