/** Commands: found, described, run. */
import type { RequestPreview } from '@oatty/api';
import type { CommandHit } from '@oatty/registry';
import { fromPageCursor, OattyError } from '@oatty/types';
import type { CommandArguments, CommandResult } from '@oatty/types';
import { libraryCaller } from '../caller.ts';
import { renewBundled } from '../modules/bundled-catalogs.ts';
import { untilClosed } from '../until-closed.ts';
import type { World } from '../world.ts';
import { toBoundedPage } from './bounded-page.ts';
import { toCommandBrief } from './command-catalog.ts';
import type {
  CatalogPageOptions,
  CommandCatalogDocument,
  CommandDocument,
  CommandRunOptions,
  Commands,
  ProviderCatalogDocument,
  SearchDocument,
} from './commands.ts';
import { previewHttpCommand } from './http-executor.ts';
import { toProviderListing } from './provider-catalog.ts';
import { reachableSchemas } from './reachable-schemas.ts';
import { requireCommand } from './require-command.ts';
import { fromWorkflowCommandId } from './workflow-command.ts';

export function createCommands(world: World): Commands {
  const { commandIndex: index } = world;
  return {
    async search(query, { vendor, limit } = {}) {
      await prepareAll(world);
      const filter = { ...(vendor !== undefined && { vendor }), ...(limit !== undefined && { limit }) };
      const { items, total } = index.search(query, filter);
      return { items: items.map(toSearchItem), total };
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
    catalog: (options = {}) => pageOfCommands(world, options),
    providers: (options = {}) => pageOfProviders(world, options),
    async ids(vendor) {
      await index.refresh();
      return index.ids({ vendor });
    },
    run: (commandId, call = {}) => run(world, commandId, call),
    preview: (commandId, call = {}) => preview(world, commandId, call),
  };
}

// --- internal ---

async function prepareAll(world: World): Promise<void> {
  const { commandIndex, workflowCommands } = world;
  await renewBundled(world);
  await commandIndex.refresh();
  await workflowCommands.loadAll();
}

/** What one command needs: its catalog, or its workflow. */
async function prepareOne(world: World, commandId: string): Promise<void> {
  const { commandIndex, workflowCommands } = world;
  await renewBundled(world);
  await commandIndex.refresh();
  const workflowId = fromWorkflowCommandId(commandId);
  if (workflowId !== undefined) await workflowCommands.load([workflowId]);
}

const defaultPageSize = 50;
const maxPageSize = 100;

async function pageOfCommands(
  world: World,
  { limit = defaultPageSize, ...filter }: CatalogPageOptions,
): Promise<CommandCatalogDocument> {
  checkPageSize(limit);
  await prepareAll(world);
  const { commandIndex: index } = world;
  const { items } = index.page({ ...filter, limit: limit + 1 }); // one more tells whether there are more
  return toBoundedPage(
    items.flatMap(({ id, catalog_id }) => {
      const command = index.find(id)?.command;
      return command ? [toCommandBrief(command, catalog_id)] : [];
    }),
    limit,
  );
}

async function pageOfProviders(
  world: World,
  { vendor, cursor, limit = defaultPageSize }: CatalogPageOptions,
): Promise<ProviderCatalogDocument> {
  checkPageSize(limit);
  const after = fromPageCursor(cursor);
  await prepareAll(world);
  const { commandIndex: index } = world;
  const contracts = index
    .providers(vendor === undefined ? {} : { vendor })
    .filter(({ command }) => command > after)
    .slice(0, limit + 1);
  const toListing = (contract: (typeof contracts)[number]) =>
    toProviderListing(contract, index.find(contract.command)?.command.summary ?? '');
  return toBoundedPage(contracts.map(toListing), limit);
}

function checkPageSize(limit: number): void {
  if (Number.isSafeInteger(limit) && limit >= 1 && limit <= maxPageSize) return;
  throw new OattyError('ARGUMENT_INVALID', `"limit" must be a whole number from 1 to ${maxPageSize}.`);
}

function toSearchItem(hit: CommandHit): SearchDocument['items'][number] {
  const { id, summary, effect, method, path, catalog_id, score } = hit;
  return {
    id,
    summary,
    effect,
    ...(method !== undefined && { method }),
    ...(path !== undefined && { path }),
    catalog_id,
    score,
  };
}

async function describe(world: World, commandId: string): Promise<CommandDocument> {
  await prepareOne(world, commandId);
  const { command, entry, schemas } = requireCommand(world, commandId);
  return {
    command,
    catalog_id: entry.id,
    enabled: entry.enabled,
    schemas: reachableSchemas(command, schemas),
  };
}

async function run(world: World, commandId: string, call: CommandRunOptions): Promise<CommandResult> {
  await prepareOne(world, commandId);
  const { caller = libraryCaller, signal, maxEffect, confirmed, coerce, maxPages } = call;
  const dispatcher = await world.dispatcher();
  return dispatcher.dispatch(commandId, toArguments(call), {
    caller,
    signal: untilClosed(world, signal),
    ...(maxEffect !== undefined && { maxEffect }),
    ...(confirmed !== undefined && { confirmed }),
    ...(coerce !== undefined && { coerce }),
    ...(maxPages !== undefined && { maxPages }),
  });
}

async function preview(world: World, commandId: string, call: CommandRunOptions): Promise<RequestPreview> {
  await prepareOne(world, commandId);
  const { command } = requireCommand(world, commandId);
  if (command.execution.kind !== 'http') {
    throw new OattyError('ARGUMENT_INVALID', `"${commandId}" sends no HTTP request.`, {
      suggestedAction: 'Preview commands of imported descriptions.',
      context: { command_id: commandId },
    });
  }
  return previewHttpCommand(world, commandId, await toTypedArguments(world, commandId, call));
}

async function toTypedArguments(world: World, commandId: string, call: CommandRunOptions) {
  const found = world.commandSource.find(commandId);
  if (call.coerce !== true || found === undefined) return toArguments(call);
  const { coerceArguments } = await import('@oatty/engine');
  return coerceArguments(found, toArguments(call));
}

function toArguments({ with: given = {}, body }: CommandRunOptions): CommandArguments {
  return { with: given, ...(body !== undefined && { body }) };
}
