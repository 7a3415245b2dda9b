/** The command index, as the engine wants to see it. */
import type { CommandSource, FoundCommand } from '@oatty/engine';
import { adviseOnBundled } from '../modules/bundled-catalogs.ts';
import type { CommandIndex, FoundCommand as IndexedCommand } from '@oatty/registry';

export function createCommandSource(index: CommandIndex): CommandSource {
  const seen = new WeakMap<IndexedCommand, FoundCommand>();
  return {
    find(commandId): FoundCommand | undefined {
      const indexed = index.find(commandId);
      if (indexed === undefined) return undefined;
      const found = seen.get(indexed) ?? toFoundCommand(indexed);
      seen.set(indexed, found);
      return found;
    },
    nearest: (commandId, limit) => index.nearest(commandId, limit),
    advise: (commandId) => adviseOnBundled(commandId, index.entries()),
    catalogs: () => index.entries(),
  };
}

// --- internal ---

function toFoundCommand(indexed: IndexedCommand): FoundCommand {
  return {
    command: indexed.command,
    catalog: indexed.entry,
    get schemas() {
      return indexed.schemas; // read from disk when it is first used
    },
  };
}
