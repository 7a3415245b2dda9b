/** The server that the conformance suite is run against: ours, with the suite's fixtures in place of the product's. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serveHttp } from '../../src/index.ts';
import type { HttpServer, Log } from '../../src/index.ts';
import { CatalogTools } from '../../src/catalog-tools/catalog-tools.ts';
import { ToolSet } from '../../src/tools/tool-set.ts';
import { Toolbox } from '../../src/tools/toolbox.ts';
import { askingTools } from './asking-tools.ts';
import { callTools } from './call-tools.ts';
import { openFixtureRuns } from './fixture-runs.ts';
import { fixturePrompts } from './prompts.ts';
import { fixtureResources } from './resources.ts';
import { taskTools } from './task-tools.ts';

export async function serveFixtures(log: Log): Promise<HttpServer> {
  const dir = await mkdtemp(join(tmpdir(), 'oatty-conformance-'));
  const oatty = await openFixtureRuns(dir);
  const server = await serveHttp({
    oatty,
    version: '0.0.0',
    log,
    host: '127.0.0.1',
    port: 0,
    surface: {
      tools: new Toolbox(new ToolSet([...callTools, ...askingTools, ...taskTools]), new CatalogTools([])),
      resources: fixtureResources,
      prompts: fixturePrompts,
    },
  });
  return {
    url: server.url,
    async close() {
      await server.close();
      await oatty.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
