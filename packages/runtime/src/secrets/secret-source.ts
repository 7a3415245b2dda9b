/**
 * What the rest of the program may know of secrets and of the environment.
 *
 * `${env:NAME}` in the settings of a catalog reads any variable: the user wrote it there. `env.NAME` in a manifest reads
 * only what configuration allows or an input names: manifests come from elsewhere.
 */
import type { EnvironmentSource, SecretSource } from '@oatty/engine';
import type { SettingReference } from '@oatty/types';
import type { World } from '../world.ts';

export function createSecretSource({ secretBackend }: World): SecretSource {
  return { get: (name) => secretBackend.get(name) };
}

export function createEnvironmentSource(world: World): EnvironmentSource {
  const allowed = new Set(world.options.allowedEnv);
  return { get: (name) => readVariable(world, name), isAllowed: (name) => allowed.has(name) };
}

/** Of a catalog's settings. `undefined` where it leads nowhere. */
export function resolveReference(
  world: World,
  { kind, name }: SettingReference,
): string | undefined | Promise<string | undefined> {
  return kind === 'secret' ? world.secretBackend.get(name) : readVariable(world, name);
}

// --- internal ---

function readVariable({ env }: World, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}
