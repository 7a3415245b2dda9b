/**
 * The tools that catalogs bring: there while their catalog is enabled.
 *
 *   C1. Only a catalog that comes with oatty brings tools; one of the user with the same id brings none.
 *   C2. The manifest on disk is enough: nothing of the catalog is loaded for a list.
 *   C3. A tool is made once for each manifest, for it is asked for with each call.
 *   C4. Where the catalogs cannot be read there are no such tools; `catalog.list` tells why.
 */
import { comesWithOatty } from '@oatty/runtime';
import type { Changes, Oatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Command } from '@oatty/types';
import type { Tool } from '../tools/tool.ts';
import type { AnyCatalogTool } from './catalog-tool.ts';
import { toTool } from './to-tool.ts';

export class CatalogTools {
  readonly list: readonly AnyCatalogTool[];
  /** C3 */
  readonly #made = new Map<AnyCatalogTool, MadeTool>();

  constructor(list: readonly AnyCatalogTool[]) {
    this.list = list;
  }

  /** Also while its catalog is disabled: what it may do is known of a name alone. */
  find(name: string): AnyCatalogTool | undefined {
    return this.list.find((tool) => tool.name === name);
  }

  /** Those that there are now. */
  async read(oatty: Oatty): Promise<readonly Tool[]> {
    const tools = await this.#readAll(this.list, oatty);
    return tools.filter((tool) => tool !== undefined);
  }

  /** `undefined` for a name that no tool has now. */
  async readOne(name: string, oatty: Oatty): Promise<Tool | undefined> {
    const known = this.find(name);
    return known && (await this.#readAll([known], oatty))[0];
  }

  /** Whether what `read` gives may be something else than before. */
  isTouched({ vendors }: Changes): boolean {
    return this.list.some((tool) => vendors.includes(catalogOf(tool)));
  }

  // --- internal ---

  async #readAll(tools: readonly AnyCatalogTool[], oatty: Oatty): Promise<readonly (Tool | undefined)[]> {
    if (tools.length === 0) return [];
    const enabled = await readEnabled(oatty);
    const found: (Tool | undefined)[] = [];
    for (const tool of tools.filter((known) => enabled.has(catalogOf(known))))
      found.push(await this.#read(tool, oatty)); // one by one: the first look may have a manifest written anew
    return found;
  }

  /** `undefined` for a command that an older manifest does not have, or one that cannot be read. */
  async #read(tool: AnyCatalogTool, { commands }: Oatty): Promise<Tool | undefined> {
    try {
      const found = await commands.get(tool.command);
      const last = this.#made.get(tool);
      if (last?.command === found.command) return last.made;
      const made = toTool(tool, found);
      this.#made.set(tool, { command: found.command, made });
      return made;
    } catch (thrown) {
      if (OattyError.from(thrown).code === 'INTERNAL') throw thrown;
      return undefined; // C4
    }
  }
}

/** `tasks create` → `tasks` */
export function catalogOf({ command }: AnyCatalogTool): string {
  return command.slice(0, command.indexOf(' '));
}

// --- internal ---

interface MadeTool {
  readonly command: Command;
  readonly made: Tool;
}

async function readEnabled(oatty: Oatty): Promise<ReadonlySet<string>> {
  const { items } = await oatty.catalogs.list().catch(() => ({ items: [] })); // C4
  const own = items.filter((item) => item.enabled && comesWithOatty(item)); // C1
  return new Set(own.map(({ catalog_id: id }) => id));
}
