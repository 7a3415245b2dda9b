/** Catalogs: imported, listed, changed, removed. */
import { OattyError, toCatalogId } from '@oatty/types';
import type { CatalogManifest, SecurityScheme } from '@oatty/types';
import type {
  CatalogChanges,
  CatalogImportDocument,
  Catalogs,
  CatalogSettingsDocument,
  ImportOptions,
  ImportPreviewDocument,
} from './catalogs.ts';
import type { World } from '../world.ts';
import { toListItem, toSettings } from './catalog-documents.ts';
import { judgeDescription, readCatalog } from './read-catalog.ts';

export function createCatalogs(world: World): Catalogs {
  const { catalogStore: store } = world;
  const settingsOf = async (catalogId: string): Promise<CatalogSettingsDocument> => {
    const entry = await store.get(catalogId);
    return toSettings(entry, store.open(entry).current().securitySchemes);
  };
  return {
    async list() {
      const modules = world.moduleEntries.map(toListItem);
      const entries = (await store.list()).map(toListItem);
      const problems = await store.problems();
      return {
        items: [...entries, ...modules],
        problems: problems.map(({ path, message }) => ({ path, message })),
      };
    },
    async show(catalogId) {
      const { entry, manifest } = await store.load(catalogId);
      const { document, commands, schemas, security_schemes } = manifest;
      return { ...toSettings(entry, security_schemes), document, commands, schemas };
    },
    validateOpenapi: (source) => judgeDescription(world, source),
    previewImport: (options) => previewImport(world, options),
    importOpenapi: (options) => importOpenapi(world, options),
    async setEnabled(catalogId, enabled) {
      const entry = await store.setEnabled(catalogId, enabled);
      return {
        catalog_id: entry.id,
        enabled: entry.enabled,
        command_count_after_toggle: await countEnabledCommands(world),
      };
    },
    async setBaseUrl(catalogId, baseUrl) {
      await store.setBaseUrl(catalogId, baseUrl);
      return settingsOf(catalogId);
    },
    async editHeaders(catalogId, edit) {
      const isEmpty = Object.keys(edit.set ?? {}).length === 0 && (edit.unset ?? []).length === 0;
      if (!isEmpty) await store.editHeaders(catalogId, edit);
      return settingsOf(catalogId);
    },
    async setAuth(catalogId, scheme, credential) {
      await store.setAuth(catalogId, scheme, credential);
      return settingsOf(catalogId);
    },
    async remove(catalogId, { removeManifest = false } = {}) {
      const { entry, manifestRemoved, remaining } = await store.remove(catalogId, { removeManifest });
      return {
        removed_catalog_id: entry.id,
        manifest_removed: manifestRemoved,
        remaining_catalog_count: remaining,
      };
    },
  };
}

// --- internal ---

const maxPreviewed = 50;

async function previewImport(
  world: World,
  options: ImportOptions & { readonly includeCommandPreview?: boolean },
): Promise<ImportPreviewDocument> {
  const { manifest, warnings } = await readCatalog(world, options);
  const changes = await changesOf(world, manifest);
  return {
    catalog: {
      catalog_id: manifest.id,
      title: manifest.title,
      vendor: manifest.vendor,
      base_url: options.baseUrl ?? manifest.base_urls[0] ?? null,
    },
    projected_command_count: manifest.commands.length,
    projected_group_prefixes: groupPrefixes(manifest),
    provider_contract_count: manifest.providers.length,
    warnings,
    ...(options.includeCommandPreview === true && {
      command_preview: manifest.commands
        .slice(0, maxPreviewed)
        .map(({ id, summary, effect }) => ({ id, summary, effect })),
    }),
    ...(changes !== undefined && { changes }),
  };
}

async function importOpenapi(world: World, options: ImportOptions): Promise<CatalogImportDocument> {
  await refuseTakenTitle(world, options);
  const { loaded, manifest, warnings } = await readCatalog(world, options);
  const changes = await changesOf(world, manifest);
  const { entry } = await world.catalogStore.save({
    manifest,
    source: loaded.source,
    sourceType: loaded.sourceType,
    overwrite: options.overwrite === true,
    ...(options.baseUrl !== undefined && { baseUrl: options.baseUrl }),
    ...(options.enabled !== undefined && { enabled: options.enabled }),
  });
  return {
    kind: 'catalog',
    source: loaded.source,
    source_type: loaded.sourceType,
    catalog_id: entry.id,
    catalog_path: world.paths.registryFile,
    manifest_path: world.catalogStore.filesOf(entry).manifest,
    vendor: entry.vendor,
    command_count: entry.command_count,
    provider_contract_count: entry.provider_contract_count,
    enabled: entry.enabled,
    base_urls: entry.base_urls,
    warnings: [...warnings, ...missingCredentials(entry.auth, manifest.security_schemes)],
    ...(changes !== undefined && { changes }),
  };
}

/** Known before a large description is read, where the caller gave the title. */
async function refuseTakenTitle(
  { catalogStore }: World,
  { catalogTitle, overwrite }: ImportOptions,
): Promise<void> {
  if (catalogTitle === undefined || overwrite === true) return;
  const id = toCatalogId(catalogTitle);
  const taken = (await catalogStore.list()).find((entry) => entry.id === id);
  if (taken === undefined) return;
  throw new OattyError('CATALOG_CONFLICT', `There is a catalog "${id}" already.`, {
    suggestedAction: 'Choose another title (--catalog-title), or replace it (--overwrite).',
    context: { catalog_id: id },
  });
}

async function changesOf(
  { catalogStore }: World,
  manifest: CatalogManifest,
): Promise<CatalogChanges | undefined> {
  const entry = (await catalogStore.list()).find(({ id }) => id === manifest.id);
  if (entry === undefined) return undefined;
  try {
    const { diffCatalogs } = await import('@oatty/registry-gen');
    return diffCatalogs((await catalogStore.load(entry.id)).manifest, manifest);
  } catch (thrown) {
    // A broken manifest is what a new import mends; there is nothing to compare with.
    if (OattyError.from(thrown).code === 'STORAGE_FAILED') return undefined;
    throw thrown;
  }
}

async function countEnabledCommands({ catalogStore }: World): Promise<number> {
  const entries = await catalogStore.list();
  return entries.filter(({ enabled }) => enabled).reduce((sum, { command_count }) => sum + command_count, 0);
}

/** `orders:list` and `orders:items:list` → `orders` */
function groupPrefixes({ commands }: CatalogManifest): string[] {
  const firsts = commands.map(({ id }) => id.slice(id.indexOf(' ') + 1).split(':')[0] ?? '');
  return [...new Set(firsts)].sort();
}

/** Said once, at the import: requests without credentials fail later, and further away. */
function missingCredentials(
  auth: Readonly<Record<string, unknown>>,
  schemes: Readonly<Record<string, SecurityScheme>>,
): string[] {
  const names = Object.keys(schemes);
  if (names.length === 0 || names.some((name) => Object.hasOwn(auth, name))) return [];
  return [`Credentials are not set; the description names: ${names.join(', ')} (oatty catalog auth).`];
}
