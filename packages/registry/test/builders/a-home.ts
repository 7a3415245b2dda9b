/** A directory of one test, with the paths of an oatty that lives in it. */
import { join } from 'node:path';
import { aDirectory } from './a-directory.ts';
import { resolvePaths } from '../../src/paths/resolve-paths.ts';
import type { RuntimePaths } from '../../src/paths/resolve-paths.ts';

export function aHome(): RuntimePaths {
  const directory = aDirectory();
  return resolvePaths({ REGISTRY_CONFIG_PATH: join(directory, 'config', 'registry.json') });
}
