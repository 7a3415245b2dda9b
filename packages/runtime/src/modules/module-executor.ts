/** Runs the handlers of module catalogs. */
import { OattyError } from '@oatty/types';
import type { CommandResult, Violation } from '@oatty/types';
import type { CommandCall, CommandExecutor } from '@oatty/engine';
import type { HandlerContext, ModuleCatalog, ModuleCommand } from './define-catalog.ts';
import type { ParseIssue } from './module-schema.ts';

export function createModuleExecutor(catalogs: readonly ModuleCatalog[]): CommandExecutor {
  const commands = new Map(catalogs.flatMap((catalog) => [...catalog.commands]));
  return {
    async execute(call) {
      const { id } = call.found.command;
      const command = commands.get(id);
      if (command === undefined)
        throw new OattyError('COMMAND_NOT_FOUND', `No handler is loaded for "${id}".`);
      const input = parseInput(id, command, call);
      const output = await command.handler(input, toHandlerContext(call));
      return toResult(id, command, output);
    },
  };
}

// --- internal ---

function parseInput(id: string, { definition }: ModuleCommand, call: CommandCall): unknown {
  const given = call.arguments.body ?? call.arguments.with;
  const parsed = definition.input.safeParse(given);
  if (parsed.success) return parsed.data;
  throw new OattyError('ARGUMENT_INVALID', `The arguments of "${id}" are not valid.`, {
    violations: (parsed.error?.issues ?? []).map((issue) => toViolation(issue, '$.with')),
    command: id,
  });
}

function toResult(id: string, { definition }: ModuleCommand, output: unknown): CommandResult {
  const parsed = definition.output?.safeParse(output);
  if (parsed?.success === false) {
    throw new OattyError(
      'RESPONSE_INVALID',
      `"${id}" answered something that its output schema does not allow.`,
      {
        suggestedAction: 'Correct the handler or the output schema of the module.',
        violations: (parsed.error?.issues ?? []).map((issue) => toViolation(issue, '$')),
        command: id,
      },
    );
  }
  return { status: 200, headers: {}, body: (parsed === undefined ? output : parsed.data) ?? null };
}

function toViolation({ path, message }: ParseIssue, root: string): Violation {
  const segments = path.map((part) => (typeof part === 'number' ? `[${part}]` : `.${String(part)}`));
  return { path: root + segments.join(''), rule: 'schema', message };
}

function toHandlerContext({ caller, signal, idempotencyKey, step }: CommandCall): HandlerContext {
  return {
    caller,
    signal,
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(step !== undefined && { runId: step.runId }),
  };
}
