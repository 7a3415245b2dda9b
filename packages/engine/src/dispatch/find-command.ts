/** Command id → command, or the error that helps to find the right one. */
import { OattyError } from '@oatty/types';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';

/** @throws {OattyError} `COMMAND_NOT_FOUND`, also for a command of a disabled catalog */
export function findCommand(commands: CommandSource, commandId: string): FoundCommand {
  const found = commands.find(commandId);
  if (found === undefined) throw notFound(commandId, commands);
  if (found.catalog.enabled) return found;
  throw new OattyError(
    'COMMAND_NOT_FOUND',
    `Command "${commandId}" belongs to the catalog "${found.catalog.id}", which is disabled.`,
    {
      suggestedAction: `Enable the catalog: oatty catalog enable ${found.catalog.id}`,
      context: { command_id: commandId, catalog_id: found.catalog.id },
    },
  );
}

// --- internal ---

function notFound(commandId: string, commands: CommandSource): OattyError {
  const nearest = commands.nearest(commandId, 3);
  const named = nearest.map((id) => `"${id}"`).join(' or ');
  const alike = nearest.length > 0 ? `Did you mean ${named}?` : undefined;
  const suggestedAction = commands.advise?.(commandId) ?? alike;
  return new OattyError('COMMAND_NOT_FOUND', `No command "${commandId}".`, {
    ...(suggestedAction !== undefined && { suggestedAction }),
    context: { command_id: commandId, nearest },
  });
}
