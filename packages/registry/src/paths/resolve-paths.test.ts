import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { resolvePaths } from './resolve-paths.ts';

describe('resolvePaths', () => {
  it('puts everything below the XDG configuration directory on Linux', () => {
    expect(resolvePaths({ XDG_CONFIG_HOME: '/xdg' }, 'linux', '/home/ann')).toEqual({
      registryFile: '/xdg/oatty/registry.json',
      catalogsDir: '/xdg/oatty/catalogs',
      workflowsDir: '/xdg/oatty/workflows',
      stateFile: '/xdg/oatty/state.db',
      mcpConfigFile: '/xdg/oatty/mcp.json',
      cacheDir: '/xdg/oatty/cache',
    });
  });

  it.each([
    ['linux', '/home/ann', '/home/ann/.config/oatty/registry.json'],
    ['darwin', '/Users/ann', '/Users/ann/Library/Application Support/oatty/registry.json'],
    ['win32', String.raw`C:\Users\ann`, String.raw`C:\Users\ann\AppData\Roaming\oatty\registry.json`],
  ] as const)('knows where %s keeps configuration', (platform, home, file) => {
    expect(resolvePaths({}, platform, home).registryFile).toBe(file);
  });

  it('follows APPDATA on Windows', () => {
    const env = { APPDATA: String.raw`D:\Roaming` };
    const { workflowsDir } = resolvePaths(env, 'win32', String.raw`C:\Users\ann`);
    expect(workflowsDir).toBe(String.raw`D:\Roaming\oatty\workflows`);
  });

  it('moves everything with the registry file', () => {
    expect(resolvePaths({ REGISTRY_CONFIG_PATH: '/srv/oatty/reg.json' }, 'linux', '/home/ann')).toEqual({
      registryFile: '/srv/oatty/reg.json',
      catalogsDir: '/srv/oatty/catalogs',
      workflowsDir: '/srv/oatty/workflows',
      stateFile: '/srv/oatty/state.db',
      mcpConfigFile: '/srv/oatty/mcp.json',
      cacheDir: '/srv/oatty/cache',
    });
  });

  it('lets each place be named on its own', () => {
    const env = {
      REGISTRY_CATALOGS_PATH: '/a',
      REGISTRY_WORKFLOWS_PATH: '/b',
      OATTY_STATE_PATH: '/c/journal.db',
      MCP_CONFIG_PATH: '/d/servers.json',
    };
    expect(resolvePaths(env, 'linux', '/home/ann')).toMatchObject({
      registryFile: '/home/ann/.config/oatty/registry.json',
      catalogsDir: '/a',
      workflowsDir: '/b',
      stateFile: '/c/journal.db',
      mcpConfigFile: '/d/servers.json',
      cacheDir: '/c/cache',
    });
  });

  it('trims values, ignores blank ones and expands the home directory', () => {
    const env = {
      REGISTRY_CONFIG_PATH: '   ',
      XDG_CONFIG_HOME: ' ~/conf ',
      REGISTRY_WORKFLOWS_PATH: '~',
      REGISTRY_CATALOGS_PATH: '~other/catalogs',
    };
    const paths = resolvePaths(env, 'linux', '/home/ann');
    expect(paths.registryFile).toBe('/home/ann/conf/oatty/registry.json');
    expect(paths.workflowsDir).toBe('/home/ann');
    expect(paths.catalogsDir).toBe(join(process.cwd(), '~other/catalogs'));
  });

  it('takes the home directory from the environment it was given', () => {
    expect(resolvePaths({ HOME: '/home/bob' }, 'linux').registryFile).toBe(
      '/home/bob/.config/oatty/registry.json',
    );
  });

  it('makes relative paths absolute', () => {
    const { workflowsDir } = resolvePaths({ REGISTRY_WORKFLOWS_PATH: 'flows' }, 'linux', '/home/ann');
    expect(workflowsDir).toBe(join(process.cwd(), 'flows'));
  });
});
