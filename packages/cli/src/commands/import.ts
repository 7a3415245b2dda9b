import { OattyError } from '@oatty/types';
import type { SourceType, Violation } from '@oatty/types';
import type { CatalogImportDocument, DescriptionSource, WorkflowImportDocument } from '@oatty/runtime';
import { isSet, requiredPositional, textOption } from '../cli-command.ts';
import type { CliCommand, CliContext, ParsedInput } from '../cli-command.ts';
import { toCallWords } from '../command-table.ts';
import { findSourceKind } from '../input/source-kind.ts';
import { toConsequenceLines } from '../output/changes-text.ts';
import { toCount } from '../output/count-text.ts';
import { toPrintable } from '../output/printable.ts';
import { showWarnings } from '../output/show-warnings.ts';

export const command: CliCommand = {
  path: 'import',
  summary: 'Import an OpenAPI description, or workflows: a manifest, Arazzo.',
  positionals: [
    {
      name: 'SOURCE',
      required: true,
      description:
        'Path or URL of the description, the manifest or the Arazzo document; oatty:NAME for one that comes with oatty.',
    },
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
    'allow-private': { type: 'boolean', description: 'Allow private and loopback addresses.' },
  },
  examples: [
    'oatty import ./openapi.yaml --vendor shop',
    'oatty import https://api.example.com/openapi.json --catalog-title "Example API"',
    'oatty import ./fulfil_order.yaml',
    'oatty import oatty:jira --base-url https://acme.atlassian.net',
  ],
  async run(context, input) {
    const { source, sourceType } = sourceOf(context, input);
    const kind = textOption(input, 'kind') ?? (await findSourceKind(context.io, source, sourceType));
    const mayBeEither = kind === 'either' && findCatalogOption(input) === undefined;
    if (kind === 'workflow') return importWorkflow(context, input);
    return mayBeEither ? importEither(context, input) : importCatalog(context, input);
  },
};

// --- internal ---

/** It is a workflow where it is no description. What is neither is told of as a description. */
async function importEither(context: CliContext, input: ParsedInput): Promise<number> {
  try {
    return await importCatalog(context, input);
  } catch (thrown) {
    const error = OattyError.from(thrown);
    if (!hasViolation(error, ({ rule }) => rule === 'openapi_version')) throw error;
    return importWorkflow(context, input).catch((second: unknown) => {
      const isManifest = !hasViolation(OattyError.from(second), ({ path }) => path === '$.workflow');
      throw isManifest ? second : error;
    });
  }
}

function hasViolation({ options }: OattyError, isIt: (violation: Violation) => boolean): boolean {
  return options.violations?.some(isIt) ?? false;
}

async function importCatalog(context: CliContext, input: ParsedInput): Promise<number> {
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
  return 0;
}

/** @returns 1 when a workflow of an Arazzo document was left out */
async function importWorkflow(context: CliContext, input: ParsedInput): Promise<number> {
  const misplaced = findCatalogOption(input);
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
  context.print(document, toWorkflowText);
  showWarnings(context, document.warnings);
  return (document.arazzo?.refused.length ?? 0) > 0 ? 1 : 0;
}

/** An option that says nothing about workflows. */
function findCatalogOption({ options }: ParsedInput): string | undefined {
  return ['catalog-title', 'vendor', 'base-url', 'disabled'].find((name) => options[name] !== undefined);
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

function toWorkflowText(document: WorkflowImportDocument): string {
  const { workflows, refused, catalogs } = document.arazzo ?? {
    workflows: [document],
    refused: [],
    catalogs: [],
  };
  return [
    ...catalogs.map(toCatalogText),
    ...workflows.map(({ workflow_id, path }) => `Saved workflow ${workflow_id} to ${path}`),
    ...refused.flatMap(({ arazzo_id, violations }) => [
      `Left out ${toPrintable(arazzo_id)}:`,
      ...violations.map(({ path, message }) => `  ${toPrintable(`${path}: ${message}`)}`),
    ]),
  ].join('\n');
}

function toCatalogText({ catalog_id, vendor, command_count, ...document }: CatalogImportDocument): string {
  const { provider_contract_count, base_urls, enabled, manifest_path } = document;
  const disabled = enabled ? '' : ' (disabled)';
  return [
    `Imported catalog ${catalog_id}: ${toCount(command_count, 'command')}, ${toCount(provider_contract_count, 'provider')}${disabled}`,
    `  vendor    ${vendor}`,
    `  base URL  ${base_urls[0] ?? `none; set one with oatty catalog base-url ${catalog_id} URL`}`,
    `  file      ${manifest_path}`,
    ...toConsequenceLines(document),
    `Its commands: oatty ${toCallWords(vendor)} --help`,
  ].join('\n');
}
