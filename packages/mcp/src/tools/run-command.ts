/**
 * Runs one command, for the three tools `command.run_safe`, `command.run` and `command.run_destructive`.
 *
 *   C1. `run_safe` never does more than read; it refuses the rest and names the tool to use.
 *   C2. What is destructive, and everything through `run_destructive`, needs the confirmation of the person.
 *   C3. Nobody confirms more than the access token allows.
 *   C4. A workflow is not run this way: a call that waits for a whole run would time out.
 */
import { OattyError } from '@oatty/types';
import type { Command, CommandResult, Effect } from '@oatty/types';
import * as z from 'zod';
import { jsonObject } from './argument-schemas.ts';
import { requireAllowance } from './allowance.ts';
import { requireConfirmation } from './person.ts';
import type { Tool, ToolContext } from './tool.ts';

export const commandIdArgument = z.string().describe('Like "shop orders:list".');

export const commandArguments = {
  command_id: commandIdArgument,
  with: jsonObject.optional().describe('Parameters by name.'),
  body: z.unknown().optional(),
};

export const commandResultOutput: Tool['output'] = { status: 'integer', headers: 'object', body: 'any' };

export interface CommandCallArguments {
  readonly command_id: string;
  readonly with?: Readonly<Record<string, unknown>> | undefined;
  readonly body?: unknown;
  readonly confirm?: boolean | undefined;
}

/** `level` is what the tool may do; a person decides about more, except for what is only to read. */
export async function runCommand(
  level: Effect,
  args: CommandCallArguments,
  context: ToolContext,
): Promise<CommandResult> {
  const { command } = await context.oatty.commands.get(args.command_id);
  refuseWorkflow(command);
  if (level === 'safe') refuseUnsafe(command);
  requireAllowance(command.id, command.effect, context);
  const needsConfirmation = level === 'destructive' || command.effect === 'destructive';
  if (needsConfirmation) await confirmCommand(command, args, context);
  return context.oatty.commands.run(command.id, {
    ...(args.with && { with: args.with }),
    ...(args.body !== undefined && { body: args.body }),
    caller: context.caller,
    signal: context.signal,
    maxEffect: needsConfirmation ? 'destructive' : level,
    confirmed: needsConfirmation,
  });
}

// --- internal ---

function refuseWorkflow({ id, execution }: Command): void {
  if (execution.kind !== 'workflow') return;
  throw new OattyError('ARGUMENT_INVALID', `"${id}" is a workflow.`, {
    suggestedAction: `Call workflow.run or run.start with workflow_id "${execution.workflow_id}".`,
    context: { command_id: id, workflow_id: execution.workflow_id },
  });
}

function refuseUnsafe({ id, effect }: Command): void {
  if (effect === 'safe') return;
  const tool = effect === 'destructive' ? 'command.run_destructive' : 'command.run';
  throw new OattyError('ARGUMENT_INVALID', `"${id}" is not safe: its effect is ${effect}.`, {
    suggestedAction: `Call ${tool} when the person wants it.`,
    context: { command_id: id, effect, tool },
  });
}

function confirmCommand(
  command: Command,
  args: CommandCallArguments,
  { person }: ToolContext,
): Promise<void> {
  const { id, effect, execution } = command;
  const request = execution.kind === 'http' ? ` (${execution.method} ${execution.path})` : '';
  const values = JSON.stringify(args.with ?? {});
  const message = `Run the ${effect} command "${id}"${request} with ${values}?`;
  return requireConfirmation(
    { message, confirm: args.confirm, context: { command_id: id, effect, tool: 'command.run_destructive' } },
    person,
  );
}
