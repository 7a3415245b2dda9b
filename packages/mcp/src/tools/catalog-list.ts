import * as z from 'zod';
import { defineTool } from './tool.ts';

export const catalogList = defineTool({
  kind: 'call',
  name: 'catalog.list',
  description: 'Lists the imported catalogs: the APIs whose commands can be run.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({}),
  output: z.object({
    items: z
      .array(z.unknown())
      .describe('catalog_id, title, vendor, kind, enabled, base_url, command_count, source'),
    problems: z.array(z.unknown()).describe('path, message'),
  }),
  run: (_args, { oatty }) => oatty.catalogs.list(),
});
