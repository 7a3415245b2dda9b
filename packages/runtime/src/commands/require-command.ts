import type { FoundCommand } from '@oatty/registry';
import { OattyError } from '@oatty/types';
import type { World } from '../world.ts';

/** Commands of disabled catalogs too. @throws {OattyError} `COMMAND_NOT_FOUND` with the nearest ids */
export function requireCommand({ commandIndex, commandSource }: World, commandId: string): FoundCommand {
  const found = commandIndex.find(commandId);
  if (found !== undefined) return found;
  const nearest = commandIndex.nearest(commandId, 3);
  const alike =
    nearest.length > 0 ? `Did you mean ${nearest.map((id) => `"${id}"`).join(' or ')}?` : undefined;
  const suggestedAction = commandSource.advise?.(commandId) ?? alike;
  throw new OattyError('COMMAND_NOT_FOUND', `There is no command "${commandId}".`, {
    ...(suggestedAction !== undefined && { suggestedAction }),
    context: { command_id: commandId, nearest },
  });
}
