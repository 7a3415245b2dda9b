/** Tools in the order of `tools/list`, found under their dotted and their underscored names. */
import { nearestNames, OattyError } from '@oatty/types';
import { toListedName } from './tool-name.ts';
import type { Tool } from './tool.ts';

export class ToolSet {
  readonly list: readonly Tool[];
  readonly #byName: ReadonlyMap<string, Tool>;

  constructor(list: readonly Tool[]) {
    this.list = list;
    this.#byName = new Map(
      list.flatMap((tool) => [
        [tool.name, tool],
        [toListedName(tool.name, 'underscore'), tool],
      ]),
    );
  }

  find(name: string): Tool | undefined {
    return this.#byName.get(name);
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for a name that no tool has */
  require(name: string): Tool {
    const tool = this.find(name);
    if (tool) return tool;
    const nearest = this.#nearestName(name);
    throw new OattyError('ARGUMENT_INVALID', `There is no tool "${name.slice(0, 100)}".`, {
      suggestedAction: nearest ? `Did you mean "${nearest}"?` : 'List the tools to see which there are.',
      context: { tool: name.slice(0, 100) },
    });
  }

  /** The name that was probably meant, with a dot or an underscore as it was given. */
  #nearestName(name: string): string | undefined {
    const style = name.includes('.') ? 'dotted' : 'underscore';
    return nearestNames(
      name,
      this.list.map((tool) => toListedName(tool.name, style)),
    )[0];
  }
}
