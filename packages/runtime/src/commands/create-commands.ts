/** Commands: found, described, run. */
import { OattyError } from '@oatty/types';
import type { Caller, CommandResult } from '@oatty/types';
import type {
  CommandDocument,
  CommandRunOptions,
  Commands,
  RequestPreview,
  SearchOptions,
} from './commands.ts';
import type { World } from '../world.ts';
import { previewHttpCommand } from './http-executor.ts';
import { reachableSchemas } from './reachable-schemas.ts';
import { fromWorkflowCommandId } from './workflow-command.ts';

export function createCommands(world: World): Commands {
  const { commandIndex: index } = world;
  return {
    async search(query: string, { vendor, limit }: SearchOptions = {}) {
      await prepareAll(world);
      const { items, total } = index.search(query, {
        ...(vendor !== undefined && { vendor }),
        ...(limit !== undefined && { limit }),
      });
      return {
        items: items.map(({ id, summary, effect, method, path, catalog_id, score }) => ({
          id,
          summary,
          effect,
          ...(method !== undefined && { method }),
          ...(path !== undefined && { path }),
          catalog_id,
          score,
        })),
        total,
      };
    },
    get: (commandId) => describe(world, commandId),
    async list({ vendor, cursor, limit } = {}) {
      await prepareAll(world);
      const page = index.page({
        ...(vendor !== undefined && { vendor }),
        ...(cursor !== undefined && { cursor }),
        ...(limit !== undefined && { limit }),
      });
      const items = page.items.flatMap(({ id }) => index.find(id)?.command ?? []);
      return { items, ...(page.next_cursor !== undefined && { next_cursor: page.next_cursor }) };
    },
    run: (commandId, call = {}) => run(world, commandId, call),
    preview: (commandId, call = {}) => preview(world, commandId, call),
  };
}

// --- internal ---

const library: Caller = { principal: 'local', via: 'library' };

async function prepareAll({ commandIndex, workflowCommands }: World): Promise<void> {
  await commandIndex.refresh();
  await workflowCommands.loadAll();
}

/** What one command needs: its catalog, or its workflow. */
async function prepareOne({ commandIndex, workflowCommands }: World, commandId: string): Promise<void> {
  await commandIndex.refresh();
  const workflowId = fromWorkflowCommandId(commandId);
  if (workflowId !== undefined) await workflowCommands.load([workflowId]);
}

async function describe(world: World, commandId: string): Promise<CommandDocument> {
  await prepareOne(world, commandId);
  const found = world.commandIndex.find(commandId);
  if (found === undefined) throw unknownCommand(world, commandId);
  const { command, entry, schemas } = found;
  return {
    command,
    catalog_id: entry.id,
    enabled: entry.enabled,
    schemas: reachableSchemas(command, schemas),
  };
}

async function run(world: World, commandId: string, call: CommandRunOptions): Promise<CommandResult> {
  await prepareOne(world, commandId);
  const dispatcher = await world.dispatcher();
  const {
    caller = library,
    signal = world.closing.signal,
    maxEffect,
    confirmed,
    coerce,
    maxPages,
    body,
  } = call;
  return dispatcher.dispatch(
    commandId,
    { with: call.with ?? {}, ...(body !== undefined && { body }) },
    {
      caller,
      signal,
      ...(maxEffect !== undefined && { maxEffect }),
      ...(confirmed !== undefined && { confirmed }),
      ...(coerce !== undefined && { coerce }),
      ...(maxPages !== undefined && { maxPages }),
    },
  );
}

async function preview(world: World, commandId: string, call: CommandRunOptions): Promise<RequestPreview> {
  await prepareOne(world, commandId);
  const found = world.commandSource.find(commandId);
  if (found === undefined) throw unknownCommand(world, commandId);
  if (found.command.execution.kind !== 'http') {
    throw new OattyError('ARGUMENT_INVALID', `"${commandId}" sends no HTTP request.`, {
      suggestedAction: 'Preview commands of imported descriptions.',
      context: { command_id: commandId },
    });
  }
  const given = { with: call.with ?? {}, ...(call.body !== undefined && { body: call.body }) };
  const { coerceArguments } = await import('@oatty/engine');
  return previewHttpCommand(world, commandId, call.coerce === true ? coerceArguments(found, given) : given);
}

function unknownCommand({ commandIndex }: World, commandId: string): OattyError {
  const nearest = commandIndex.nearest(commandId, 3);
  return new OattyError('COMMAND_NOT_FOUND', `There is no command "${commandId}".`, {
    ...(nearest.length > 0 && {
      suggestedAction: `Did you mean ${nearest.map((id) => `"${id}"`).join(' or ')}?`,
    }),
    context: { command_id: commandId, nearest },
  });
}
