/** Catalogs: listed, shown, changed, removed. Imports are in a file of their own. */
import { checkBaseUrl } from '@oatty/registry';
import type { CatalogEntry } from '@oatty/types';
import { enableBundled } from '../modules/bundled-catalogs.ts';
import { refuseGivenModule, refuseModule } from '../modules/register-modules.ts';
import type { World } from '../world.ts';
import { toDocument, toListItem, toSettings } from './catalog-documents.ts';
import type { Catalogs, CatalogSettingsDocument } from './catalogs.ts';
import { exposesSomething, exposureOfBaseUrl, exposureOfHeaders, toOrigin } from './exposure.ts';
import type { ApproveExposure } from './exposure.ts';
import { importOpenapi, previewImport } from './import-catalog.ts';
import { judgeDescription } from './read-catalog.ts';

export function createCatalogs(world: World): Catalogs {
  const { catalogStore: store, modules } = world;
  const settingsOf = (entry: CatalogEntry): CatalogSettingsDocument =>
    toSettings(entry, store.open(entry).current().securitySchemes);
  return {
    async list() {
      const entries = [...(await store.list()), ...modules.map(({ entry }) => entry)];
      const problems = await store.problems();
      return {
        items: entries.map(toListItem),
        problems: problems.map(({ path, message }) => ({ path, message })),
      };
    },
    async show(catalogId) {
      const module = modules.find(({ entry }) => entry.id === catalogId);
      return toDocument(module ?? (await store.load(catalogId)));
    },
    validateOpenapi: (source) => judgeDescription(world, source),
    previewImport: (options) => previewImport(world, options),
    importOpenapi: (options) => importOpenapi(world, options),
    async setEnabled(catalogId, enabled) {
      refuseGivenModule(world, catalogId);
      const bundled = enabled ? await enableBundled(world, catalogId) : undefined;
      const entry = bundled ?? (await store.setEnabled(catalogId, enabled));
      return {
        catalog_id: entry.id,
        enabled: entry.enabled,
        command_count_after_toggle: countEnabledCommands(await store.list()),
      };
    },
    async setBaseUrl(catalogId, baseUrl, { approve } = {}) {
      await refuseModule(world, catalogId);
      const judgement =
        approve === undefined ? {} : await approveBaseUrl(world, { catalogId, baseUrl, approve });
      return settingsOf(await store.setBaseUrl(catalogId, baseUrl, judgement));
    },
    async editHeaders(catalogId, edit, { approve } = {}) {
      await refuseModule(world, catalogId);
      const entry = await store.get(catalogId);
      if (approve !== undefined) {
        const exposure = exposureOfHeaders(entry, edit);
        if (exposesSomething(exposure)) await approve(exposure);
      }
      const isEmpty = Object.keys(edit.set ?? {}).length === 0 && (edit.unset ?? []).length === 0;
      if (isEmpty) return settingsOf(entry);
      const judgement = approve === undefined ? {} : { judged: entry };
      return settingsOf(await store.editHeaders(catalogId, edit, judgement));
    },
    async setAuth(catalogId, scheme, credential) {
      await refuseModule(world, catalogId);
      return settingsOf(await store.setAuth(catalogId, scheme, credential));
    },
    async remove(catalogId, { removeManifest = false } = {}) {
      refuseGivenModule(world, catalogId);
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

interface GivenBaseUrl {
  readonly catalogId: string;
  readonly baseUrl: string;
  readonly approve: ApproveExposure;
}

interface BaseUrlJudgement {
  readonly judged: CatalogEntry;
  /** The address must be public when it is connected to: nobody agreed to more, and nobody did before. */
  readonly publicOnly: boolean;
}

async function approveBaseUrl(
  world: World,
  { catalogId, baseUrl, approve }: GivenBaseUrl,
): Promise<BaseUrlJudgement> {
  const entry = await world.catalogStore.get(catalogId);
  const exposure = await exposureOfBaseUrl(world, entry, checkBaseUrl(baseUrl));
  if (exposesSomething(exposure)) await approve(exposure);
  const isKept = entry.public_only !== true && toOrigin(baseUrl) === toOrigin(entry.base_url);
  return { judged: entry, publicOnly: exposure.private_hosts.length === 0 && !isKept };
}

function countEnabledCommands(entries: readonly CatalogEntry[]): number {
  return entries.filter(({ enabled }) => enabled).reduce((sum, { command_count }) => sum + command_count, 0);
}
