/**
 * Catalogs that come with oatty and are off until they are enabled.
 *
 *   B1. Before that nothing of them is loaded, found or made. A catalog of the user that has such an id is the user's.
 *   B2. Enabling writes the manifest to where those of imports are: so the commands are found, searched and validated
 *       like any other, and the package is loaded only when one of them runs.
 *   B3. A manifest of another version of oatty is written anew before search, lists and calls.
 */
import type { CatalogDefinition, CatalogEntry, ModuleCommand } from '@oatty/types';
import { once } from '../once.ts';
import type { Once } from '../once.ts';
import type { World } from '../world.ts';

interface BundledCatalog {
  /** Digest of what the manifest says; a test keeps it true. */
  readonly version: string;
  define(world: World): Promise<CatalogDefinition>;
}

/** Of a catalog as `catalog list` shows it; a module that oatty was opened with can have the same id. */
export function comesWithOatty({ kind, source }: Pick<CatalogEntry, 'kind' | 'source'>): boolean {
  return kind === 'module' && source === ownSource;
}

export function isBundled({ id, kind }: Pick<CatalogEntry, 'id' | 'kind'>): boolean {
  return kind === 'module' && Object.hasOwn(bundledCatalogs, id);
}

/**
 * What makes the commands of a bundled catalog be there that is off.
 *
 * @param word - id of a command, or its vendor
 * @param entries - the catalogs that there are
 */
export function adviseOnBundled(
  word: string,
  entries: readonly Pick<CatalogEntry, 'vendor'>[],
): string | undefined {
  const [vendor = ''] = word.split(' ', 1);
  if (find(vendor) === undefined || entries.some((entry) => entry.vendor === vendor)) return undefined;
  return `The catalog "${vendor}" comes with oatty and is off. Enable it: oatty catalog enable ${vendor}`;
}

/** @returns `undefined` for the id of no bundled catalog, or where the user has a catalog of that id (B1) */
export async function enableBundled(world: World, catalogId: string): Promise<CatalogEntry | undefined> {
  const bundled = find(catalogId);
  const entry = (await world.catalogStore.list()).find(({ id }) => id === catalogId);
  if (bundled === undefined || (entry !== undefined && !isBundled(entry))) return undefined;
  return save(world, bundled, true);
}

/** B3 */
export async function renewBundled(world: World): Promise<void> {
  for (const entry of (await world.catalogStore.list()).filter(isBundled)) {
    const bundled = find(entry.id);
    if (bundled !== undefined && entry.document_version !== bundled.version) await save(world, bundled);
  }
}

/** Finds the commands of bundled catalogs; each catalog is loaded once. */
export function createBundledCommands(
  world: World,
): (catalogId: string, commandId: string) => Promise<ModuleCommand | undefined> {
  const defined = new Map<string, Once<CatalogDefinition>>();
  for (const [id, bundled] of Object.entries(bundledCatalogs))
    defined.set(
      id,
      once(() => bundled.define(world)),
    );
  return async (catalogId, commandId) => {
    const definition = await defined.get(catalogId)?.();
    const name = commandId.slice(commandId.indexOf(' ') + 1);
    return definition && Object.hasOwn(definition.commands, name) ? definition.commands[name] : undefined;
  };
}

// --- internal ---

const ownSource = 'oatty';

const bundledCatalogs: Readonly<Record<string, BundledCatalog>> = {
  tasks: {
    version: 'bd7b94d64daa',
    async define(world) {
      const { createTasksCatalog } = await import('@oatty/tasks');
      return createTasksCatalog(await world.tasks());
    },
  },
};

function find(catalogId: string): BundledCatalog | undefined {
  return Object.hasOwn(bundledCatalogs, catalogId) ? bundledCatalogs[catalogId] : undefined;
}

async function save(world: World, bundled: BundledCatalog, enabled?: boolean): Promise<CatalogEntry> {
  const { defineCatalog } = await import('./define-catalog.ts');
  const { manifest } = defineCatalog(await bundled.define(world));
  const { entry } = await world.catalogStore.save({
    manifest: { ...manifest, document_version: bundled.version },
    source: ownSource,
    sourceType: 'path',
    overwrite: true,
    // Bundled commands give the same answer to the same key.
    idempotency: { header: 'Idempotency-Key', honoured: true },
    ...(enabled !== undefined && { enabled }),
  });
  return entry;
}
