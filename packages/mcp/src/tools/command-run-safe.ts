import * as z from 'zod';
import { commandArguments, commandResultOutput, runCommand } from './run-command.ts';
import { defineTool } from './tool.ts';

export const commandRunSafe = defineTool({
  kind: 'call',
  name: 'command.run_safe',
  description: 'Runs one command that only reads (GET). Refuses others.',
  safety: 'safe',
  executionType: 'http',
  isIdempotent: true,
  isOpenWorld: true,
  input: z.strictObject(commandArguments),
  output: commandResultOutput,
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).commandResult,
  run: (args, context) => runCommand('safe', args, context),
});
