import { OattyError } from '@oatty/types';
import type { CatalogImportDocument } from '@oatty/runtime';
import { isSet, requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { readHead } from './manifest-file.ts';

export const command: CliCommand = {
  path: 'import',
  summary: 'Import an OpenAPI description as a catalog, or a workflow manifest.',
  positionals: [
    { name: 'SOURCE', required: true, description: 'Path or URL of the description or the manifest.' },
  ],
  options: {
    kind: {
      type: 'string',
      choices: ['catalog', 'workflow'],
      description: 'What it is; found out when not given.',
    },
    'source-type': {
      type: 'string',
      choices: ['path', 'url'],
      description: 'What SOURCE is; found out when not given.',
    },
    'catalog-title': {
      type: 'string',
      value: 'TITLE',
      description: 'Title of the catalog; its id is made from it.',
    },
    vendor: { type: 'string', value: 'NAME', description: 'First word of the command ids.' },
    'base-url': {
      type: 'string',
      value: 'URL',
      description: 'Where requests go, in place of what the description says.',
    },
    overwrite: { type: 'boolean', description: 'Replace the catalog or workflow of that name.' },
    disabled: { type: 'boolean', description: 'Import the catalog without offering its commands yet.' },
    'allow-private': { type: 'boolean', description: 'Allow private, loopback and link-local addresses.' },
  },
  examples: [
    'oatty import ./openapi.yaml --vendor shop',
    'oatty import https://api.example.com/openapi.json --catalog-title "Example API"',
    'oatty import ./fulfil_order.yaml --kind workflow',
  ],
  async run(context, input) {
    const kind = textOption(input, 'kind') ?? (await looksLikeWorkflow(context, input));
    if (kind === 'workflow') await importWorkflow(context, input);
    else await importCatalog(context, input);
    return undefined;
  },
};

// --- internal ---

const catalogOnly = ['catalog-title', 'vendor', 'base-url', 'disabled'] as const;

async function importCatalog(context: CliContext, input: ParsedInput): Promise<void> {
  const { catalogs } = await context.oatty();
  const document = await catalogs.importOpenapi({
    source: requiredPositional(input, 0),
    ...sourceTypeOf(input),
    ...optional('catalogTitle', textOption(input, 'catalog-title')),
    ...optional('vendor', textOption(input, 'vendor')),
    ...optional('baseUrl', textOption(input, 'base-url')),
    overwrite: isSet(input, 'overwrite'),
    ...(isSet(input, 'disabled') && { enabled: false }),
    allowPrivate: isSet(input, 'allow-private'),
    signal: context.signal,
  });
  context.print(document, toCatalogText);
  for (const warning of context.flags.json ? [] : document.warnings) context.note(`warning: ${warning}`);
}

async function importWorkflow(context: CliContext, input: ParsedInput): Promise<void> {
  const misplaced = catalogOnly.find((name) => input.options[name] !== undefined);
  if (misplaced !== undefined) {
    throw new OattyError('ARGUMENT_INVALID', `--${misplaced} is for catalogs, and this is a workflow.`, {
      suggestedAction: `Leave out --${misplaced}.`,
    });
  }
  const { workflows } = await context.oatty();
  const document = await workflows.import({
    source: requiredPositional(input, 0),
    ...sourceTypeOf(input),
    overwrite: isSet(input, 'overwrite'),
    allowPrivate: isSet(input, 'allow-private'),
    signal: context.signal,
  });
  context.print(document, ({ workflow_id, path }) => `Saved workflow ${workflow_id} to ${path}`);
}

/** A manifest names its workflow at the top level; a description does not. URLs are descriptions unless `--kind` says otherwise. */
async function looksLikeWorkflow(context: CliContext, input: ParsedInput): Promise<'workflow' | 'catalog'> {
  const source = requiredPositional(input, 0);
  if (isUrl(source) || textOption(input, 'source-type') === 'url') return 'catalog';
  const head = await readHead(context, source);
  return /^\s*["']?workflow["']?\s*:/m.test(head) && !/^\s*["']?(?:openapi|swagger)["']?\s*:/m.test(head)
    ? 'workflow'
    : 'catalog';
}

function toCatalogText(document: CatalogImportDocument): string {
  const { catalog_id, vendor, command_count, provider_contract_count, base_urls, enabled, changes } =
    document;
  const lines = [
    `Imported catalog ${catalog_id}: ${command_count} commands, ${provider_contract_count} providers${enabled ? '' : ' (disabled)'}`,
    `  vendor    ${vendor}`,
    `  base URL  ${base_urls[0] ?? `none: set one with oatty catalog base-url ${catalog_id} URL`}`,
    `  file      ${document.manifest_path}`,
  ];
  if (changes !== undefined) {
    lines.push(
      `  changes   ${changes.added.length} added, ${changes.removed.length} removed, ${changes.changed.length} changed`,
    );
  }
  return [...lines, `Try: oatty search "list" --vendor ${vendor}`].join('\n');
}

function isUrl(source: string): boolean {
  return /^https?:\/\//i.test(source);
}

function sourceTypeOf(input: ParsedInput): { sourceType?: 'path' | 'url' } {
  const type = textOption(input, 'source-type');
  return type === 'path' || type === 'url' ? { sourceType: type } : {};
}

function optional<Name extends string>(name: Name, value: string | undefined): { [Key in Name]?: string } {
  return value === undefined ? {} : ({ [name]: value } as { [Key in Name]: string }); // one key, as named
}
