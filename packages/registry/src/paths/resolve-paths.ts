/**
 * Where oatty keeps its files.
 *
 * P1. A variable of the environment wins; blank ones are ignored, values are trimmed, a leading `~` is the home.
 * P2. Everything else lies beside `registry.json`, so that one variable moves all of it.
 * P3. Paths are absolute: relative ones start from the working directory at the time of the call.
 */
import { homedir } from 'node:os';
import { posix, win32 } from 'node:path';

export interface RuntimePaths {
  readonly registryFile: string;
  readonly catalogsDir: string;
  readonly workflowsDir: string;
  /** Journal, history and audit trail. */
  readonly stateFile: string;
  readonly mcpConfigFile: string;
  /** What can be thrown away at any time. */
  readonly cacheDir: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

export function resolvePaths(
  env: Environment,
  platform: NodeJS.Platform = process.platform,
  homeDir: string = env['HOME'] || env['USERPROFILE'] || homedir(),
): RuntimePaths {
  const path = platform === 'win32' ? win32 : posix;
  const fromEnv = (name: string): string | undefined => {
    const value = env[name]?.trim();
    return value ? path.resolve(expandHome(value, homeDir)) : undefined;
  };
  const configDir = configDirOf(platform, fromEnv, homeDir);
  const registryFile = fromEnv('REGISTRY_CONFIG_PATH') ?? path.join(configDir, 'oatty', 'registry.json');
  const beside = (name: string): string => path.join(path.dirname(registryFile), name);
  const stateFile = fromEnv('OATTY_STATE_PATH') ?? beside('state.db');
  return {
    registryFile,
    catalogsDir: fromEnv('REGISTRY_CATALOGS_PATH') ?? beside('catalogs'),
    workflowsDir: fromEnv('REGISTRY_WORKFLOWS_PATH') ?? beside('workflows'),
    stateFile,
    mcpConfigFile: fromEnv('MCP_CONFIG_PATH') ?? beside('mcp.json'),
    cacheDir: path.join(path.dirname(stateFile), 'cache'),
  };
}

// --- internal ---

function expandHome(value: string, homeDir: string): string {
  return /^~(?=$|[/\\])/.test(value) ? homeDir + value.slice(1) : value;
}

function configDirOf(
  platform: NodeJS.Platform,
  fromEnv: (name: string) => string | undefined,
  homeDir: string,
): string {
  if (platform === 'win32') return fromEnv('APPDATA') ?? win32.join(homeDir, 'AppData', 'Roaming');
  if (platform === 'darwin') return posix.join(homeDir, 'Library', 'Application Support');
  return fromEnv('XDG_CONFIG_HOME') ?? posix.join(homeDir, '.config');
}
