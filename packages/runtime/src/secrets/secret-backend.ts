/**
 * Where secret values live: the keychain of the operating system, or the environment.
 *
 *   B1. `OATTY_SECRETS_BACKEND=env` chooses the environment; so does a machine without a keychain.
 *   B2. A variable of the same name is looked at where the keychain has no value: a machine in CI has none to fill.
 *   B3. Nothing is opened before it is asked for: the keychain library is native and slow to load.
 */
import { OattyError } from '@oatty/types';
import { once } from '../once.ts';
import { openKeychain } from './keychain.ts';

export interface SecretBackend {
  /** Of the secrets that are kept here; the environment does not tell which of its variables are secrets. */
  names(): Promise<readonly string[]>;
  get(name: string): Promise<string | undefined>;
  /** The value is asked for only where it can be kept. @throws {OattyError} `SECRET_BACKEND_READ_ONLY` */
  set(name: string, readValue: () => Promise<string>): Promise<void>;
  /** Tells whether there was one. @throws {OattyError} `SECRET_BACKEND_READ_ONLY` */
  remove(name: string): Promise<boolean>;
}

type Environment = Readonly<Record<string, string | undefined>>;

export function createSecretBackend(env: Environment): SecretBackend {
  const environment = createEnvironmentBackend(env);
  if (env['OATTY_SECRETS_BACKEND'] === 'env') return environment;
  const open = once(async () => (await openKeychain()) ?? environment);
  return {
    names: async () => (await open()).names(),
    get: async (name) => (await (await open()).get(name)) ?? environment.get(name),
    set: async (name, readValue) => (await open()).set(name, readValue),
    remove: async (name) => (await open()).remove(name),
  };
}

// --- internal ---

function createEnvironmentBackend(env: Environment): SecretBackend {
  return {
    names: () => Promise.resolve([]),
    get: (name) => Promise.resolve(Object.hasOwn(env, name) ? env[name] : undefined),
    set: (name) => Promise.reject(toReadOnly(name)),
    remove: (name) => Promise.reject(toReadOnly(name)),
  };
}

function toReadOnly(name: string): OattyError {
  return new OattyError(
    'SECRET_BACKEND_READ_ONLY',
    `Secrets come from the environment here; ${name} is not changed.`,
    { suggestedAction: `Set or unset the environment variable ${name}.`, context: { name } },
  );
}
