import { OattyError } from '@oatty/types';
import type { SourceType } from '@oatty/types';
import type { CatalogImportDocument, DescriptionSource } from '@oatty/runtime';
import { isSet, requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { toCallWords } from '../command-table.ts';
import { readText } from '../input/text-source.ts';
import { looksLikeManifest, maxManifestBytes } from '../input/workflow-source.ts';
import { toChangesText } from '../output/changes-text.ts';
import { toCount } from '../output/count-text.ts';
import { showWarnings } from '../output/show-warnings.ts';

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
      description: 'What it is. A file tells by itself; a URL is a catalog unless this says otherwise.',
    },
    'source-type': {
      type: 'string',
      choices: ['path', 'url'],
      description: 'What SOURCE is; a URL when it begins with http:// or https://.',
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
    'oatty import ./fulfil_order.yaml',
  ],
  async run(context, input) {
    const kind = textOption(input, 'kind') ?? (await findKind(context, input));
    await (kind === 'workflow' ? importWorkflow(context, input) : importCatalog(context, input));
    return 0;
  },
};

// --- internal ---

const catalogOnly = ['catalog-title', 'vendor', 'base-url', 'disabled'] as const;

/** A file that is too large for a manifest is none. */
async function findKind({ io }: CliContext, input: ParsedInput): Promise<'workflow' | 'catalog'> {
  const source = requiredPositional(input, 0);
  if (textOption(input, 'source-type') === 'url' || /^https?:\/\//i.test(source)) return 'catalog';
  try {
    const text = await readText(io, source, { maxBytes: maxManifestBytes, what: 'a manifest' });
    return looksLikeManifest(text) ? 'workflow' : 'catalog';
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'LIMIT_EXCEEDED') return 'catalog';
    throw thrown;
  }
}

async function importCatalog(context: CliContext, input: ParsedInput): Promise<void> {
  const { catalogs } = await context.oatty();
  const catalogTitle = textOption(input, 'catalog-title');
  const vendor = textOption(input, 'vendor');
  const baseUrl = textOption(input, 'base-url');
  const document = await catalogs.importOpenapi({
    ...sourceOf(context, input),
    ...(catalogTitle !== undefined && { catalogTitle }),
    ...(vendor !== undefined && { vendor }),
    ...(baseUrl !== undefined && { baseUrl }),
    overwrite: isSet(input, 'overwrite'),
    ...(isSet(input, 'disabled') && { enabled: false }),
  });
  context.print(document, toCatalogText);
  showWarnings(context, document.warnings);
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
    ...sourceOf(context, input),
    overwrite: isSet(input, 'overwrite'),
  });
  context.print(document, ({ workflow_id, path }) => `Saved workflow ${workflow_id} to ${path}`);
  showWarnings(context, document.warnings);
}

function sourceOf({ signal }: CliContext, input: ParsedInput): DescriptionSource {
  const sourceType = textOption(input, 'source-type');
  return {
    source: requiredPositional(input, 0),
    ...(sourceType !== undefined && { sourceType: sourceType as SourceType }), // checked against the choices
    allowPrivate: isSet(input, 'allow-private'),
    signal,
  };
}

function toCatalogText({ catalog_id, vendor, command_count, ...document }: CatalogImportDocument): string {
  const { provider_contract_count, base_urls, enabled, changes, manifest_path } = document;
  const disabled = enabled ? '' : ' (disabled)';
  return [
    `Imported catalog ${catalog_id}: ${toCount(command_count, 'command')}, ${toCount(provider_contract_count, 'provider')}${disabled}`,
    `  vendor    ${vendor}`,
    `  base URL  ${base_urls[0] ?? `none; set one with oatty catalog base-url ${catalog_id} URL`}`,
    `  file      ${manifest_path}`,
    ...(changes === undefined ? [] : [`  changes   ${toChangesText(changes)}`]),
    `Its commands: oatty ${toCallWords(vendor)} --help`,
  ].join('\n');
}
