import * as z from 'zod';
import { confirmArgument } from './argument-schemas.ts';
import { commandArguments, commandResultOutput, runCommand } from './run-command.ts';
import { defineTool } from './tool.ts';

export const commandRun = defineTool({
  kind: 'call',
  name: 'command.run',
  description:
    'Runs one command that changes something (POST, PUT, PATCH). The person confirms a destructive one.',
  safety: 'standard',
  executionType: 'http',
  isIdempotent: false,
  isOpenWorld: true,
  input: z.strictObject({ ...commandArguments, confirm: confirmArgument }),
  output: commandResultOutput,
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).commandResult,
  run: (args, context) => runCommand('standard', args, context),
});
