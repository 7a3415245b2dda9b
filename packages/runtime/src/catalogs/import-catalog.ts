/** Imports of descriptions: planned, or written to disk. */
import type { CatalogChanges } from '@oatty/registry-gen';
import { checkBaseUrl } from '@oatty/registry';
import { OattyError, toCatalogId } from '@oatty/types';
import type { CatalogEntry, CatalogManifest, SecurityScheme } from '@oatty/types';
import { refuseModuleConflict } from '../modules/register-modules.ts';
import type { World } from '../world.ts';
import type {
  CatalogImportDocument,
  ImportConsequences,
  ImportOptions,
  ImportPreviewDocument,
  ImportPreviewOptions,
} from './catalogs.ts';
import { exposesSomething, exposureOfImport, toOrigin } from './exposure.ts';
import type { PlannedReplacement } from './exposure.ts';
import { findBrokenWorkflows } from './find-broken-workflows.ts';
import { readCatalog } from './read-catalog.ts';

/** Writes nothing. */
export async function previewImport(
  world: World,
  options: ImportPreviewOptions,
): Promise<ImportPreviewDocument> {
  const { manifest, warnings } = await readCatalog(world, options);
  const existing = await findEntry(world, manifest.id);
  const keptBaseUrl = options.baseUrl === undefined ? existing?.base_url : undefined;
  return {
    catalog: {
      catalog_id: manifest.id,
      title: manifest.title,
      vendor: manifest.vendor,
      base_url: keptBaseUrl ?? manifest.base_urls[0] ?? null,
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
    ...(existing !== undefined && (await consequencesOf(world, manifest, existing))),
  };
}

/** @throws {OattyError} `CATALOG_CONFLICT`, and what reading the source throws; nothing is written then */
export async function importOpenapi(world: World, options: ImportOptions): Promise<CatalogImportDocument> {
  await refuseTakenTitle(world, options);
  const { source, sourceType, manifest, warnings } = await readCatalog(world, options);
  refuseModuleConflict(world, manifest);
  const existing = await findEntry(world, manifest.id);
  const { baseUrl, allowPrivate, enabled, overwrite } = options;
  const consequences =
    existing === undefined
      ? {}
      : await consequencesOf(world, manifest, { ...existing, enabled: enabled ?? existing.enabled });
  const publicOnly = await approveImport(world, options, { manifest, existing, source });
  const isJudged = options.approve !== undefined;
  const { entry } = await world.catalogStore.save({
    manifest,
    source,
    sourceType,
    ...(overwrite !== undefined && { overwrite }),
    ...(baseUrl !== undefined && { baseUrl }),
    ...(allowPrivate !== undefined && { allowPrivate }),
    ...(publicOnly && { publicOnly }),
    ...(enabled !== undefined && { enabled }),
    ...(isJudged && { judged: { entry: existing } }),
  });
  return {
    kind: 'catalog',
    source,
    source_type: sourceType,
    catalog_id: entry.id,
    catalog_path: world.paths.registryFile,
    manifest_path: world.catalogStore.filesOf(entry).manifest,
    vendor: entry.vendor,
    command_count: entry.command_count,
    provider_contract_count: entry.provider_contract_count,
    enabled: entry.enabled,
    base_urls: entry.base_urls,
    warnings: [
      ...warnings,
      ...missingCredentials(entry.auth, manifest.security_schemes),
      ...(await privateServer(entry)),
    ],
    ...consequences,
  };
}

// --- internal ---

const maxPreviewed = 50;

/** Known before a large description is read, where the caller gave the title. */
async function refuseTakenTitle(world: World, { catalogTitle, overwrite }: ImportOptions): Promise<void> {
  if (catalogTitle === undefined || overwrite === true) return;
  const id = toCatalogId(catalogTitle);
  if ((await findEntry(world, id)) === undefined) return;
  throw new OattyError('CATALOG_CONFLICT', `There is a catalog "${id}" already.`, {
    suggestedAction: 'Choose another title (--catalog-title), or replace it (--overwrite).',
    context: { catalog_id: id },
  });
}

/** Whether the given base URL must be a public address. Where nothing is replaced, there is nothing to agree to yet. */
async function approveImport(
  world: World,
  { approve, baseUrl, overwrite }: ImportOptions,
  planned: Omit<PlannedReplacement, 'baseUrl'>,
): Promise<boolean> {
  const { existing } = planned;
  if (approve === undefined || (existing !== undefined && overwrite !== true)) return false;
  const chosen = baseUrl === undefined ? undefined : checkBaseUrl(baseUrl);
  const exposure = await exposureOfImport(world, { ...planned, baseUrl: chosen });
  if (exposesSomething(exposure)) await approve(exposure);
  if (exposure.private_hosts.length > 0) return false;
  const isKept = toOrigin(chosen ?? null) === toOrigin(existing?.base_url ?? null);
  return existing?.public_only === true || !isKept;
}

async function findEntry({ catalogStore }: World, id: string): Promise<CatalogEntry | undefined> {
  return (await catalogStore.list()).find((entry) => entry.id === id);
}

/** What replacing a catalog changes, and whom that concerns. */
async function consequencesOf(
  world: World,
  manifest: CatalogManifest,
  entry: CatalogEntry,
): Promise<ImportConsequences> {
  const changes = await changesOf(world, manifest);
  if (changes === undefined) return {};
  return { changes, broken_workflows: await findBrokenWorkflows(world, { manifest, entry, changes }) };
}

async function changesOf(
  { catalogStore }: World,
  manifest: CatalogManifest,
): Promise<CatalogChanges | undefined> {
  try {
    const { diffCatalogs } = await import('@oatty/registry-gen');
    return diffCatalogs((await catalogStore.load(manifest.id)).manifest, manifest);
  } catch (thrown) {
    // A broken manifest is what a new import mends; there is nothing to compare with.
    if (OattyError.from(thrown).code === 'STORAGE_FAILED') return undefined;
    throw thrown;
  }
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

/** Said here, because every call will be refused. */
async function privateServer({ id, base_url, public_only }: CatalogEntry): Promise<string[]> {
  const host = base_url === null ? undefined : URL.parse(base_url)?.hostname;
  if (public_only !== true || host === undefined) return [];
  const { isPrivateHost } = await import('@oatty/api');
  if (!(await isPrivateHost(host))) return [];
  return [
    `The description names the private address ${base_url}; calls to it are refused until you set it yourself: ` +
      `oatty catalog base-url ${id} ${base_url}`,
  ];
}
