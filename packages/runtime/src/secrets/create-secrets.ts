/** Secrets: set, bound to catalogs, listed by name, removed. Values never come back. */
import { checkSecretName } from '@oatty/registry';
import { OattyError, parseSettingText } from '@oatty/types';
import type { CatalogEntry } from '@oatty/types';
import { refuseModule } from '../modules/register-modules.ts';
import type { World } from '../world.ts';
import type { Secrets } from './secrets.ts';

export function createSecrets(world: World): Secrets {
  const { secretBackend, catalogStore } = world;
  return {
    async set(name, given, { catalogId } = {}) {
      checkSecretName(name);
      if (typeof given === 'string') refuseEmpty(name, given);
      if (catalogId !== undefined) await requireCatalog(world, catalogId);
      await secretBackend.set(name, async () => {
        const value = typeof given === 'string' ? given : await given();
        refuseEmpty(name, value);
        return value;
      });
      if (catalogId !== undefined) await catalogStore.bindSecret(catalogId, name);
    },
    async bind(name, catalogId) {
      await requireCatalog(world, catalogId);
      await catalogStore.bindSecret(catalogId, name);
    },
    async list() {
      const kept = (await secretBackend.names()).map((name) => [name, []] as const);
      const catalogs = new Map<string, readonly string[]>(kept);
      for (const entry of await catalogStore.list()) {
        for (const name of namesIn(entry)) catalogs.set(name, [...(catalogs.get(name) ?? []), entry.id]);
      }
      const sorted = [...catalogs].sort(([a], [b]) => (a < b ? -1 : 1));
      return Promise.all(
        sorted.map(async ([name, ids]) => {
          const value = await secretBackend.get(name);
          return { name, catalogs: ids, is_set: value !== undefined };
        }),
      );
    },
    async remove(name) {
      checkSecretName(name);
      return secretBackend.remove(name);
    },
  };
}

// --- internal ---

function refuseEmpty(name: string, value: string): void {
  if (value === '') throw new OattyError('ARGUMENT_INVALID', `The value of the secret ${name} is empty.`);
}

/** Secrets are bound to catalogs with settings. */
async function requireCatalog(world: World, catalogId: string): Promise<void> {
  await refuseModule(world, catalogId);
  await world.catalogStore.get(catalogId);
}

/** Secrets that are bound to a catalog, or that its settings refer to. */
function namesIn({ secrets, headers, auth }: CatalogEntry): ReadonlySet<string> {
  const credentials = Object.values(auth).flatMap((credential) => Object.values<string>(credential));
  const referred = [...Object.values(headers), ...credentials]
    .flatMap(parseSettingText)
    .flatMap((part) => (typeof part !== 'string' && part.kind === 'secret' ? part.name : []));
  return new Set([...secrets, ...referred]);
}
