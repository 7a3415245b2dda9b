import { catalogPageArguments, toCatalogPage } from './catalog-page.ts';
import { defineTool } from './tool.ts';

export const providerList = defineTool({
  kind: 'call',
  name: 'provider.list',
  description:
    'Lists commands that can offer values for an input (its provider), with what they need and the fields for select.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: catalogPageArguments,
  output: { items: 'array', next_cursor: 'string' },
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).providerCatalog,
  run: (args, { oatty }) => oatty.commands.providers(toCatalogPage(args)),
});
