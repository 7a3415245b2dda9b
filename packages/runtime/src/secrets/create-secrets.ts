/** Secrets: set, bound to catalogs, listed by name, removed. Values never come back. */
import type { Secrets } from './secrets.ts';
import type { World } from '../world.ts';
import { checkSecretName, referencesIn } from './references.ts';

export function createSecrets({ secretBackend, catalogStore }: World): Secrets {
  return {
    async set(name, value, { catalogId } = {}) {
      checkSecretName(name);
      if (catalogId !== undefined) await catalogStore.get(catalogId);
      await secretBackend.set(name, value);
      if (catalogId !== undefined) await catalogStore.bindSecret(catalogId, name);
    },
    async bind(name, catalogId) {
      checkSecretName(name);
      await catalogStore.bindSecret(catalogId, name);
    },
    async list() {
      const names = new Map<string, string[]>();
      for (const { id, secrets, headers, auth } of await catalogStore.list()) {
        const texts = [
          ...Object.values(headers),
          ...Object.values(auth).flatMap((credential) => Object.values(credential)),
        ];
        const referred = texts
          .flatMap(referencesIn)
          .flatMap(({ kind, name }) => (kind === 'secret' ? [name] : []));
        for (const name of new Set([...secrets, ...referred]))
          names.set(name, [...(names.get(name) ?? []), id]);
      }
      return [...names].sort(([a], [b]) => (a < b ? -1 : 1)).map(([name, catalogs]) => ({ name, catalogs }));
    },
    async remove(name) {
      checkSecretName(name);
      return secretBackend.remove(name);
    },
  };
}
