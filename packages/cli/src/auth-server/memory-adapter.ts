/**
 * What the development server remembers: in memory, and gone with the process.
 *
 * Nothing is swept: what has an end is looked at when it is read (by the provider), and the oldest makes room.
 */
import type { Adapter, AdapterFactory, AdapterPayload } from 'oidc-provider';

const maxEntries = 10_000;

/** @returns makes the adapter of one kind of thing */
export function createMemoryAdapters(): AdapterFactory {
  const entries = new Map<string, AdapterPayload>();
  return (kind) => createAdapter(kind, entries);
}

// --- internal ---

function createAdapter(kind: string, entries: Map<string, AdapterPayload>): Adapter {
  const keyOf = (id: string) => `${kind} ${id}`;
  const findBy = async (is: (payload: AdapterPayload) => boolean) =>
    [...entries].find(([key, payload]) => key.startsWith(`${kind} `) && is(payload))?.[1];
  return {
    async upsert(id, payload) {
      entries.delete(keyOf(id));
      entries.set(keyOf(id), payload);
      const [oldest] = entries.keys();
      if (entries.size > maxEntries && oldest !== undefined) entries.delete(oldest);
    },
    find: async (id) => entries.get(keyOf(id)),
    findByUid: (uid) => findBy((payload) => payload.uid === uid),
    findByUserCode: (userCode) => findBy((payload) => payload.userCode === userCode),
    async consume(id) {
      const payload = entries.get(keyOf(id));
      if (payload) entries.set(keyOf(id), { ...payload, consumed: Math.floor(Date.now() / 1_000) });
    },
    async destroy(id) {
      entries.delete(keyOf(id));
    },
    async revokeByGrantId(grantId) {
      for (const [key, payload] of entries) if (payload.grantId === grantId) entries.delete(key);
    },
  };
}
