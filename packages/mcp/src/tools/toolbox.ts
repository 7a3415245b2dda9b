/** All tools of a server: its own, and those that catalogs bring as long as they are enabled. */
import type { Changes, Oatty } from '@oatty/runtime';
import type { Effect } from '@oatty/types';
import { OattyError } from '@oatty/types';
import { catalogOf } from '../catalog-tools/catalog-tools.ts';
import type { CatalogTools } from '../catalog-tools/catalog-tools.ts';
import { ToolSet } from './tool-set.ts';
import type { Tool } from './tool.ts';

export class Toolbox {
  readonly #own: ToolSet;
  readonly #ofCatalogs: CatalogTools;

  constructor(own: ToolSet, ofCatalogs: CatalogTools) {
    this.#own = own;
    this.#ofCatalogs = ofCatalogs;
  }

  /** Those that there are now, own ones first. */
  async read(oatty: Oatty): Promise<ToolSet> {
    const more = await this.#ofCatalogs.read(oatty);
    return more.length === 0 ? this.#own : new ToolSet([...this.#own.list, ...more]);
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for a name that no tool has now */
  async require(name: string, oatty: Oatty): Promise<Tool> {
    const found = this.#own.find(name) ?? (await this.#ofCatalogs.readOne(name, oatty));
    if (found) return found;
    const known = this.#ofCatalogs.find(name);
    if (known) throw isOff(name, catalogOf(known));
    return (await this.read(oatty)).require(name);
  }

  /** What is known of a tool by its name alone, also while its catalog is disabled. */
  find(name: string): KnownTool | undefined {
    return this.#own.find(name) ?? this.#ofCatalogs.find(name);
  }

  /** Whether the list may be another one now. */
  isTouched(changes: Changes): boolean {
    return this.#ofCatalogs.isTouched(changes);
  }
}

export interface KnownTool {
  readonly name: string;
  readonly safety: Effect;
  /** Arguments with which it shows what belongs to others. */
  readonly adminArguments?: readonly string[];
}

// --- internal ---

function isOff(tool: string, catalogId: string): OattyError {
  const message = `The tool "${tool}" is there while the catalog "${catalogId}" is enabled.`;
  return new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: `Enable it when the person wants it: oatty catalog enable ${catalogId}, or catalog.set_enabled.`,
    context: { tool, catalog_id: catalogId },
  });
}
