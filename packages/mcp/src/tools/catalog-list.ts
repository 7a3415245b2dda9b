import * as z from 'zod';
import { defineTool } from './tool.ts';

export const catalogList = defineTool({
  kind: 'call',
  name: 'catalog.list',
  description: 'Lists the imported catalogs (APIs).',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: z.strictObject({}),
  output: { items: 'array', problems: 'array' },
  fullOutput: async () => (await import('../outputs/catalog-outputs.ts')).catalogList,
  run: (_args, { oatty }) => oatty.catalogs.list(),
});
