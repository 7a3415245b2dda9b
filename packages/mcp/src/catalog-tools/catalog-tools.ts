/**
 * The tools that catalogs bring: there while their catalog is enabled.
 *
 *   C1. Only a catalog that comes with oatty brings tools; one of the user with the same id brings none.
 *   C2. The manifest on disk is enough: nothing of the catalog is loaded for a list.
 *   C3. Where the catalogs cannot be read there are no such tools; `catalog.list` tells why.
 */
import { comesWithOatty } from '@oatty/runtime';
import type { Changes, Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Tool } from '../tools/tool.ts';
import type { AnyCatalogTool } from './catalog-tool.ts';
import { toTool } from './to-tool.ts';

export class CatalogTools {
  readonly list: readonly AnyCatalogTool[];

  constructor(list: readonly AnyCatalogTool[]) {
    this.list = list;
  }

  /** Also while its catalog is disabled: what it may do is known of a name alone. */
  find(name: string): AnyCatalogTool | undefined {
    return this.list.find((tool) => tool.name === name);
  }

  /** Those that there are now. */
  async read(oatty: Oatty): Promise<readonly Tool[]> {
    if (this.list.length === 0) return [];
    const enabled = await readEnabled(oatty);
    const found = this.list.filter((tool) => enabled.has(catalogOf(tool)));
    const tools = await Promise.all(found.map((tool) => readTool(tool, oatty)));
    return tools.filter((tool) => tool !== undefined);
  }

  /** Whether what `read` gives may be something else than before. */
  isTouched({ vendors }: Changes): boolean {
    return this.list.some((tool) => vendors.includes(catalogOf(tool)));
  }
}

/** `tasks create` → `tasks` */
export function catalogOf({ command }: AnyCatalogTool): string {
  return command.slice(0, command.indexOf(' '));
}

// --- internal ---

async function readEnabled(oatty: Oatty): Promise<ReadonlySet<string>> {
  const { items } = await oatty.catalogs.list().catch(() => ({ items: [] })); // C3
  const own = items.filter((item) => item.enabled && comesWithOatty(item)); // C1
  return new Set(own.map(({ catalog_id: id }) => id));
}

/** `undefined` for a command that an older manifest does not have. */
async function readTool(tool: AnyCatalogTool, { commands }: Oatty): Promise<Tool | undefined> {
  try {
    return toTool(tool, await commands.get(tool.command));
  } catch (thrown) {
    if (OattyError.from(thrown).traits.category === 'internal') throw thrown;
    return undefined; // C3
  }
}
