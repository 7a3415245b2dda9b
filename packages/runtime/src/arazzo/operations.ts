/** The commands behind the source descriptions of an Arazzo document. */
import { nearestNames } from '@oatty/types';
import type { Catalog, Command } from '@oatty/types';
import type { Shape } from './read-shape.ts';
import { fromPointer, textOf } from './read-shape.ts';

export interface Operation {
  readonly command: Command;
  readonly catalog: Catalog;
}

/** By the name of the source; `reason` where a source has no catalog. */
export type Sources = ReadonlyMap<string, Catalog | { readonly reason: string }>;

export type FoundOperation = Operation | { readonly reason: string };

export class Operations {
  readonly #sources: Sources;
  readonly #byId = new Map<Catalog, ReadonlyMap<string, readonly Command[]>>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  /** Of a step with `operationId` or `operationPath`. */
  find(step: Shape): FoundOperation {
    const id = textOf(step['operationId']);
    const path = textOf(step['operationPath']);
    if (id !== undefined) return this.#byName(id);
    return path === undefined ? { reason: 'The step names no operation' } : this.#byPath(path);
  }

  #byName(written: string): FoundOperation {
    const [, source, name] = /^\$sourceDescriptions\.([^.]+)\.(.+)$/.exec(written) ?? [];
    const id = name ?? written;
    const sources = source === undefined ? [...this.#sources.values()] : [this.#source(source)];
    const catalogs = sources.filter((one) => 'entry' in one);
    const missing = sources.find((one) => 'reason' in one);
    if (catalogs.length === 0) return missing ?? { reason: 'The document has no source description' };
    const found = catalogs.flatMap((catalog) =>
      (this.#commandsOf(catalog).get(id) ?? []).map((command) => ({ command, catalog })),
    );
    const [operation] = found;
    if (operation !== undefined && found.length === 1) return operation;
    if (found.length > 1) return { reason: `"${id}" names ${found.length} operations` };
    if (missing !== undefined) return missing;
    const known = catalogs.flatMap((catalog) => [...this.#commandsOf(catalog).keys()]);
    const nearest = nearestNames(id, known).map((name) => `"${name}"`);
    const hint = nearest.length === 0 ? '' : `; did you mean ${nearest.join(' or ')}`;
    return { reason: `No command has the operationId "${id}"${hint}` };
  }

  /** `{$sourceDescriptions.shop.url}#/paths/~1orders~1{id}/get` */
  #byPath(written: string): FoundOperation {
    const [, name = '', pointer = ''] =
      /^\{?\$sourceDescriptions\.([^.}]+)\.url\}?#(\/paths\/.+)$/.exec(written) ?? [];
    const [, path, method] = fromPointer(pointer);
    if (path === undefined || method === undefined) return { reason: `"${written}" does not parse` };
    const catalog = this.#source(name);
    if (!('entry' in catalog)) return catalog;
    const command = catalog.manifest.commands.find(
      ({ execution }) =>
        execution.kind === 'http' && execution.path === path && execution.method === method.toUpperCase(),
    );
    return command === undefined
      ? { reason: `No command is ${method.toUpperCase()} ${path}` }
      : { command, catalog };
  }

  #source(name: string): Catalog | { readonly reason: string } {
    return this.#sources.get(name) ?? { reason: `There is no source description "${name}"` };
  }

  #commandsOf(catalog: Catalog): ReadonlyMap<string, readonly Command[]> {
    const known = this.#byId.get(catalog);
    if (known !== undefined) return known;
    const commands = catalog.manifest.commands.filter(({ operation_id }) => operation_id !== undefined);
    const byId = Map.groupBy(commands, ({ operation_id = '' }) => operation_id);
    this.#byId.set(catalog, byId);
    return byId;
  }
}
