/** Whether each value that a catalog refers to is there: its headers, its credentials, the secrets bound to it. */
import { parseSettingText } from '@oatty/types';
import type { CatalogEntry, SettingReference } from '@oatty/types';
import { openKeychain } from '../secrets/keychain.ts';
import type { World } from '../world.ts';
import { broken, ok } from './finding.ts';
import type { Note } from './finding.ts';

export async function examineSecrets(world: World): Promise<Note[]> {
  const entries = await world.catalogStore.list().catch(() => []); // told with the catalogs
  const notes = await Promise.all(
    entries.filter(({ enabled }) => enabled).map((entry) => examineEntry(entry, world)),
  );
  return [await examineBackend(world), ...notes.flat()];
}

// --- internal ---

async function examineBackend({ env }: World): Promise<Note> {
  if (env['OATTY_SECRETS_BACKEND'] === 'env') return ok('backend', 'Secrets come from the environment.');
  const hasKeychain = (await openKeychain()) !== undefined;
  return ok(
    'backend',
    hasKeychain
      ? 'Secrets are in the keychain of the system; variables of the same name are looked at too.'
      : 'There is no keychain here, so secrets come from the environment.',
  );
}

async function examineEntry(entry: CatalogEntry, world: World): Promise<Note[]> {
  const notes: Note[] = [];
  for (const reference of referencesOf(entry)) {
    if (await isThere(reference, world)) continue;
    const { kind, name } = reference;
    notes.push(
      kind === 'env'
        ? broken(
            entry.id,
            `It needs the variable ${name}, which is not set.`,
            `Set ${name} where oatty is started.`,
          )
        : broken(
            entry.id,
            `It needs the secret ${name}, which is not there.`,
            `Set it: oatty secret set ${name}.`,
          ),
    );
  }
  return notes;
}

function referencesOf({ headers, auth, secrets }: CatalogEntry): SettingReference[] {
  const texts = [
    ...Object.values(headers),
    ...Object.values(auth).flatMap((credential) => Object.values(credential)),
  ];
  const named = texts.flatMap((text) => parseSettingText(text)).filter((part) => typeof part !== 'string');
  const all = [...named, ...secrets.map((name) => ({ kind: 'secret', name }) as const)];
  return [...new Map(all.map((reference) => [`${reference.kind} ${reference.name}`, reference])).values()];
}

async function isThere({ kind, name }: SettingReference, { env, secretBackend }: World): Promise<boolean> {
  const value = kind === 'env' ? env[name] : await secretBackend.get(name);
  return value !== undefined && value !== '';
}
