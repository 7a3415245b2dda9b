import * as z from 'zod';
import { commandIdArgument } from './run-command.ts';
import { defineTool } from './tool.ts';

export const commandGet = defineTool({
  kind: 'call',
  name: 'command.get',
  description: 'Describes one command: parameters, body, output and every schema they use.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({ command_id: commandIdArgument }),
  output: z.object({
    command: z.unknown().describe('id, summary, effect, parameters, body?, output_schema?, …'),
    catalog_id: z.string(),
    enabled: z.boolean(),
    schemas: z.unknown().describe('By name, for "#/schemas/<name>".'),
  }),
  run: (args, { oatty }) => oatty.commands.get(args.command_id),
});
