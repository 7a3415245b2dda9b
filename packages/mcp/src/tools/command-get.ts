import * as z from 'zod';
import { commandIdArgument } from './run-command.ts';
import { defineTool } from './tool.ts';

export const commandGet = defineTool({
  kind: 'call',
  name: 'command.get',
  description: 'Describes a command: parameters, body, output, schemas. Read it before use.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ command_id: commandIdArgument }),
  output: { command: 'object', catalog_id: 'string', enabled: 'boolean', schemas: 'object' },
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).commandDocument,
  run: (args, { oatty }) => oatty.commands.get(args.command_id),
});
