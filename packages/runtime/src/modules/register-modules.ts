/**
 * Makes the commands of module catalogs findable, and keeps catalogs on disk from having the same ones.
 *
 * Commands are found by id alone, so two catalogs with one command would hide each other.
 */
import { checkCommandIds } from '@oatty/registry';
import { OattyError } from '@oatty/types';
import type { CatalogManifest } from '@oatty/types';
import { builtInCatalog } from '../commands/built-in-catalog.ts';
import { isBundled } from './bundled-catalogs.ts';
import type { World } from '../world.ts';

/** @throws {OattyError} `CATALOG_CONFLICT` when another catalog has the id of a module or one of its commands */
export async function registerModules({ modules, commandIndex }: World): Promise<void> {
  if (modules.length === 0) return;
  await commandIndex.refresh();
  for (const catalog of modules) {
    const { id, title } = catalog.entry;
    const isTaken = commandIndex.entries().some((other) => other.id === id);
    if (isTaken) {
      throw new OattyError(
        'CATALOG_CONFLICT',
        `The module "${title}" has the id of another catalog, ${id}.`,
        {
          suggestedAction: 'Give the module another title, or remove the other catalog.',
          context: { catalog_id: id },
        },
      );
    }
    commandIndex.register(catalog);
  }
}

/** @throws {OattyError} `CATALOG_CONFLICT` for a manifest with the id of a module or one of its commands */
export function refuseModuleConflict({ modules }: World, imported: CatalogManifest): void {
  for (const { entry, manifest } of [builtInCatalog, ...modules]) {
    if (entry.id === imported.id) {
      throw new OattyError(
        'CATALOG_CONFLICT',
        `The module "${entry.title}" has the id ${entry.id} already.`,
        {
          suggestedAction: 'Give the import another title (--catalog-title).',
          context: { catalog_id: entry.id },
        },
      );
    }
    const ids = new Set(manifest.commands.map((command) => command.id));
    checkCommandIds(imported, entry, (id) => ids.has(id));
  }
}

/** @throws {OattyError} `ARGUMENT_INVALID` for the id of a module: its settings are in its code */
export async function refuseModule({ modules, catalogStore }: World, catalogId: string): Promise<void> {
  const isBundledOne = (await catalogStore.list()).some(
    (entry) => entry.id === catalogId && isBundled(entry),
  );
  if (!isBundledOne) refuseGivenModule({ modules }, catalogId);
  else throw toRefusal(catalogId, 'Enable, disable or remove it.');
}

/** @throws {OattyError} `ARGUMENT_INVALID` for the id of a module that oatty was opened with */
export function refuseGivenModule({ modules }: Pick<World, 'modules'>, catalogId: string): void {
  if (!modules.some(({ entry }) => entry.id === catalogId)) return;
  throw toRefusal(catalogId, 'Change the module itself.');
}

// --- internal ---

function toRefusal(catalogId: string, suggestedAction: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `"${catalogId}" is a module; nothing is set for it here.`, {
    suggestedAction,
    context: { catalog_id: catalogId },
  });
}
