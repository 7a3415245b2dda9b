import * as z from 'zod';
import { defineTool } from './tool.ts';

export const commandSearch = defineTool({
  kind: 'call',
  name: 'command.search',
  description: 'Finds commands of the imported catalogs by words: what to do, with what. Best first.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({
    query: z.string().describe('For example "refund payment".'),
    vendor: z.string().optional().describe('Only commands of this vendor.'),
    limit: z.int().min(1).max(100).optional().describe('At most this many; default 20.'),
  }),
  output: z.object({
    items: z.array(z.unknown()).describe('id, summary, effect, method?, path?, catalog_id, score'),
    total: z.int().describe('How many match.'),
  }),
  run: (args, { oatty }) =>
    oatty.commands.search(args.query, {
      ...(args.vendor !== undefined && { vendor: args.vendor }),
      limit: args.limit ?? 20,
    }),
});
