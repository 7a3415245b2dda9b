/** A directory of one test, with the paths of an oatty that lives in it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { resolvePaths } from '../../src/paths/resolve-paths.ts';
import type { RuntimePaths } from '../../src/paths/resolve-paths.ts';

export function aHome(): RuntimePaths {
  const directory = mkdtempSync(join(tmpdir(), 'oatty-registry-'));
  return resolvePaths({ REGISTRY_CONFIG_PATH: join(directory, 'config', 'registry.json') });
}
