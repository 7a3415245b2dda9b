/** The keychain of the operating system. */
import { OattyError } from '@oatty/types';
import type { SecretBackend } from './secret-backend.ts';

/** @returns `undefined` where there is no library for the platform, or no keychain that runs */
export async function openKeychain(): Promise<SecretBackend | undefined> {
  try {
    const { AsyncEntry, findCredentialsAsync } = await import('@napi-rs/keyring');
    const entryOf = (name: string) => new AsyncEntry(service, name, options);
    await entryOf('probe').getPassword();
    return {
      names: () =>
        use('list', async () => (await findCredentialsAsync(service)).map(({ account }) => account)),
      get: (name) => use('read', async () => (await entryOf(name).getPassword()) ?? undefined),
      async set(name, readValue) {
        const value = await readValue();
        await use('change', () => entryOf(name).setPassword(value));
      },
      remove: (name) => use('change', () => entryOf(name).deletePassword()),
    };
  } catch {
    return undefined;
  }
}

// --- internal ---

const service = 'oatty';

/** Without this Linux falls back to the keyring of the kernel, which forgets at the next start. */
const options = { linux: { store: 'secret-service' } } as const;

async function use<Value>(action: string, work: () => Promise<Value>): Promise<Value> {
  try {
    return await work();
  } catch (cause) {
    throw new OattyError(
      'STORAGE_FAILED',
      `The keychain of the system did not let oatty ${action} secrets.`,
      {
        suggestedAction:
          'Unlock the keychain, or set OATTY_SECRETS_BACKEND=env and use environment variables.',
        cause,
      },
    );
  }
}
