import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { commandArguments, commandResultOutput, runCommand } from './run-command.ts';
import { defineTool } from './tool.ts';

export const commandRunDestructive = defineTool({
  kind: 'call',
  name: 'command.run_destructive',
  description: 'Runs one command that may remove something (DELETE). The person confirms it.',
  safety: 'destructive',
  executionType: 'http',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({ ...commandArguments, confirm: confirmArgument }),
  output: commandResultOutput,
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).commandResult,
  run: (args, context) => runCommand('destructive', args, context),
});
