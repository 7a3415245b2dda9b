/**
 * Commands that integrations run: through the one dispatcher, as the caller, with the policy and the trail.
 *
 *   P1. An integration is triggered by a standard command, so what it runs does no more than that.
 *   P2. It runs commands of other catalogs, never a workflow or the tasks themselves: so nothing goes round in circles.
 */
import { OattyError } from '@oatty/types';
import type { CommandPort } from '@oatty/tasks';
import type { FoundCommand } from '@oatty/engine';
import type { World } from '../world.ts';
import { mayBeDone } from './may-be-done.ts';

export function createCommandPort(world: World): CommandPort {
  return {
    async check(commandId) {
      await requireCallable(world, commandId);
    },
    async run(commandId, given, { context, key, ...options }) {
      const found = await requireCallable(world, commandId);
      const { isRepeatable } = await import('@oatty/engine');
      const dispatcher = await world.dispatcher();
      try {
        const result = await dispatcher.dispatch(commandId, given, {
          caller: context.caller,
          signal: context.signal,
          idempotencyKey: key,
          maxEffect: 'standard', // P1
        });
        return result.body;
      } catch (thrown) {
        const error = OattyError.from(thrown);
        if (options.isRepeatable === true || isRepeatable(found) || !mayBeDone(error)) throw error;
        throw toUnknown(error, commandId);
      }
    },
  };
}

// --- internal ---

async function requireCallable(
  { commandIndex, commandSource }: World,
  commandId: string,
): Promise<FoundCommand> {
  await commandIndex.refresh();
  const found = commandSource.find(commandId);
  const isForeign = found?.command.execution.kind === 'http'; // P2
  if (found !== undefined && isForeign && found.catalog.enabled) return found;
  throw new OattyError('COMMAND_NOT_FOUND', `The integration needs the command "${commandId}".`, {
    suggestedAction:
      'Import the catalog that it calls (oatty import oatty:jira, oatty:slack or oatty:google-calendar), or enable it.',
    context: { command_id: commandId },
  });
}

function toUnknown(error: OattyError, commandId: string): OattyError {
  return new OattyError(
    'OUTCOME_UNKNOWN',
    `Nobody knows whether "${commandId}" was carried out: ${error.message}`,
    {
      ...error.options,
      suggestedAction:
        'Look there whether it was done, and say so with "tasks integrations:settle"; then call again.',
      retryable: false,
      command: commandId,
      cause: error,
    },
  );
}
