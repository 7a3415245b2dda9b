/**
 * What the rest of the program may know of secrets and of the environment.
 *
 * `${env:NAME}` in the settings of a catalog reads any variable: the user wrote it there. `env.NAME` in a manifest reads
 * only what configuration allows or an input names: manifests come from elsewhere.
 */
import { OattyError } from '@oatty/types';
import type { EnvironmentSource, SecretSource } from '@oatty/engine';
import type { World } from '../world.ts';
import type { SettingReference } from './references.ts';

export function createSecretSource({ secretBackend }: World): SecretSource {
  return { get: (name) => secretBackend.get(name) };
}

export function createEnvironmentSource(world: World): EnvironmentSource {
  const allowed = new Set(world.options.allowedEnv);
  return { get: (name) => readVariable(world, name), isAllowed: (name) => allowed.has(name) };
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a reference that leads nowhere */
export async function resolveReference(world: World, { kind, name }: SettingReference): Promise<string> {
  const value = kind === 'secret' ? await world.secretBackend.get(name) : readVariable(world, name);
  if (value !== undefined) return value;
  const where = kind === 'secret' ? 'secret' : 'environment variable';
  throw new OattyError(
    'ARGUMENT_INVALID',
    `The ${where} ${name}, which a catalog's settings refer to, is not set.`,
    {
      suggestedAction:
        kind === 'secret' ? `Set it with: oatty secret set ${name}` : `Set ${name} in the environment.`,
      context: { name, kind },
    },
  );
}

// --- internal ---

function readVariable({ env }: World, name: string): string | undefined {
  return Object.hasOwn(env, name) ? env[name] : undefined;
}
