/**
 * Where secret values live: the keychain of the operating system, or the environment.
 *
 * `OATTY_SECRETS_BACKEND=env` chooses the environment; so does a machine without a keychain.
 */
import { OattyError } from '@oatty/types';

export interface SecretBackend {
  get(name: string): Promise<string | undefined>;
  /** @throws {OattyError} `SECRET_BACKEND_READ_ONLY` */
  set(name: string, value: string): Promise<void>;
  /** Tells whether there was one. @throws {OattyError} `SECRET_BACKEND_READ_ONLY` */
  remove(name: string): Promise<boolean>;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Opens nothing until it is asked for a value: the keychain library is native and slow to load. */
export function createSecretBackend(env: Environment): SecretBackend {
  const environment = createEnvironmentBackend(env);
  if (env['OATTY_SECRETS_BACKEND'] === 'env') return environment;
  let opened: Promise<SecretBackend> | undefined;
  const open = () => (opened ??= openKeychain().then((keychain) => keychain ?? environment));
  return {
    // A variable of the same name is looked at too: a machine in CI has no keychain to fill.
    get: async (name) => (await (await open()).get(name)) ?? environment.get(name),
    set: async (name, value) => (await open()).set(name, value),
    remove: async (name) => (await open()).remove(name),
  };
}

// --- internal ---

const service = 'oatty';

function createEnvironmentBackend(env: Environment): SecretBackend {
  return {
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

async function openKeychain(): Promise<SecretBackend | undefined> {
  try {
    const { AsyncEntry } = await import('@napi-rs/keyring');
    await new AsyncEntry(service, 'probe').getPassword();
    return {
      get: async (name) => (await new AsyncEntry(service, name).getPassword()) ?? undefined,
      set: (name, value) => new AsyncEntry(service, name).setPassword(value),
      remove: (name) => new AsyncEntry(service, name).deletePassword(),
    };
  } catch {
    return undefined; // no library for this platform, or no keychain that runs
  }
}
