/** Runs the handlers of module catalogs. */
import { OattyError } from '@oatty/types';
import type { HandlerContext, ModuleCommand, ParseIssue, Violation } from '@oatty/types';
import type { CommandCall, CommandExecutor } from '@oatty/engine';
import type { ModuleCatalog } from './define-catalog.ts';

/** @param loadOther - a command of none of these catalogs */
export function createModuleExecutor(
  catalogs: readonly ModuleCatalog[],
  loadOther: (catalogId: string, commandId: string) => Promise<ModuleCommand | undefined> = async () =>
    undefined,
): CommandExecutor {
  const commands = new Map(catalogs.flatMap((catalog) => [...catalog.commands]));
  return {
    async execute(call) {
      const { id } = call.found.command;
      const command = commands.get(id) ?? (await loadOther(call.found.catalog.id, id));
      if (command === undefined)
        throw new OattyError('COMMAND_NOT_FOUND', `No handler is loaded for "${id}".`);
      const input = await parseInput(id, command, call);
      const output = await command.handler(input, toHandlerContext(call));
      return { status: 200, headers: {}, body: await parseOutput(id, command, output) };
    },
  };
}

// --- internal ---

/** Modules take no body: the dispatcher has refused one. */
async function parseInput(id: string, { definition }: ModuleCommand, call: CommandCall): Promise<unknown> {
  const parsed = await definition.input.safeParseAsync(call.arguments.with);
  if (parsed.success) return parsed.data;
  throw new OattyError('ARGUMENT_INVALID', `The arguments of "${id}" are not valid.`, {
    violations: (parsed.error?.issues ?? []).map((issue) => toViolation(issue, '$.with')),
    command: id,
  });
}

/** Without an output schema anything goes. */
async function parseOutput(id: string, { definition }: ModuleCommand, output: unknown): Promise<unknown> {
  if (definition.output === undefined) return output ?? null;
  const parsed = await definition.output.safeParseAsync(output);
  if (parsed.success) return parsed.data ?? null;
  throw new OattyError('RESPONSE_INVALID', `"${id}" answered what its output schema does not allow.`, {
    suggestedAction: 'Correct the handler or the output schema of the module.',
    violations: (parsed.error?.issues ?? []).map((issue) => toViolation(issue, '$')),
    command: id,
  });
}

function toViolation({ path, message }: ParseIssue, root: string): Violation {
  const segments = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return { path: root + segments.join(''), rule: 'schema', message };
}

function toHandlerContext(call: CommandCall): HandlerContext {
  const { caller, signal, idempotencyKey, step, maxEffect, confirmed } = call;
  return {
    caller,
    signal,
    confirmed,
    ...(maxEffect !== undefined && { maxEffect }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(step !== undefined && { runId: step.runId }),
  };
}
