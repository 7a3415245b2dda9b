/** The command index, as the engine wants to see it. */
import type { CommandSource, FoundCommand } from '@oatty/engine';
import type { CommandIndex } from '@oatty/registry';

export function createCommandSource(index: CommandIndex): CommandSource {
  return {
    find(commandId): FoundCommand | undefined {
      const found = index.find(commandId);
      if (found === undefined) return undefined;
      return {
        command: found.command,
        catalog: found.entry,
        get schemas() {
          return found.schemas; // read from disk when it is first used
        },
      };
    },
    nearest: (commandId, limit) => index.nearest(commandId, limit),
    catalogs: () => index.entries(),
  };
}
