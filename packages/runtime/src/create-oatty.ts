/** Opens oatty: the composition of all packages. */
import { createCatalogs } from './catalogs/create-catalogs.ts';
import { createCommands } from './commands/create-commands.ts';
import type { Oatty } from './oatty.ts';
import { createRuns } from './runs/create-runs.ts';
import { createSecrets } from './secrets/create-secrets.ts';
import { createWorkflows } from './workflows/create-workflows.ts';
import { createWorld } from './world.ts';
import type { OattyOptions } from './world.ts';

/**
 * Reads settings and files where the environment says, and opens nothing before it is used.
 *
 * @example
 * const oatty = await createOatty();
 * const { items } = await oatty.commands.search('list orders');
 *
 * @throws {OattyError} `CATALOG_CONFLICT` when two modules have a command of the same id
 */
export async function createOatty(options: OattyOptions = {}): Promise<Oatty> {
  const world = createWorld(options);
  const { registryFile, catalogsDir, workflowsDir, stateFile } = world.paths;
  return {
    catalogs: createCatalogs(world),
    commands: createCommands(world),
    workflows: createWorkflows(world),
    runs: createRuns(world),
    secrets: createSecrets(world),
    paths: { registry: registryFile, catalogs: catalogsDir, workflows: workflowsDir, state: stateFile },
    async close() {
      const runner = await world.openedRunner();
      await runner?.suspend();
      world.closing.abort();
    },
  };
}
