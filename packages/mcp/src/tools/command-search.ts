import * as z from 'zod';
import { defineTool } from './tool.ts';

export const commandSearch = defineTool({
  kind: 'call',
  name: 'command.search',
  description: 'Finds commands by words: what to do, with what. Best first. Then command.get.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    query: z.string(),
    vendor: z.string().optional(),
    limit: z.int().min(1).max(100).default(20),
  }),
  output: { items: 'array', total: 'integer' },
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).commandSearch,
  run: (args, { oatty }) =>
    oatty.commands.search(args.query, {
      ...(args.vendor !== undefined && { vendor: args.vendor }),
      limit: args.limit,
    }),
});
