import { catalogPageArguments, toCatalogPage } from './catalog-page.ts';
import { defineTool } from './tool.ts';

export const commandList = defineTool({
  kind: 'call',
  name: 'command.list',
  description: 'Lists commands with their parameters in brief, page by page. To find one: command.search.',
  safety: 'safe',
  executionType: 'local',
  isIdempotent: true,
  isOpenWorld: false,
  input: catalogPageArguments,
  output: { items: 'array', next_cursor: 'string' },
  fullOutput: async () => (await import('../outputs/command-outputs.ts')).commandCatalog,
  run: (args, { oatty }) => oatty.commands.catalog(toCatalogPage(args)),
});
