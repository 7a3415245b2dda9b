/**
 * A loaded description → the manifest of a catalog. Pure, and the same bytes for the same description.
 *
 * This file is the pipeline, in order: identify → read operations (`model/`) → name, emit and link commands (`emit/`).
 */
import { OattyError, toCatalogId, type CatalogManifest, type Command } from '@oatty/types';
import { bindProvider } from './emit/bind-providers.ts';
import { CatalogSize } from './emit/catalog-size.ts';
import { nameCommands, vendorOf } from './emit/name-commands.ts';
import { toPlainLine, truncate } from './emit/plain-text.ts';
import { toProviderContracts } from './emit/provider-contracts.ts';
import { createProviderIndex } from './emit/provider-index.ts';
import { SchemaCollector } from './emit/schema-collector.ts';
import { toCommand, type DraftCommand } from './emit/to-command.ts';
import type { LoadedDescription } from './load/load-description.ts';
import type { Document } from './model/document.ts';
import { memberOf, textOf } from './model/json-value.ts';
import { compareText } from './model/list-operations.ts';
import { readOperation } from './model/read-operation.ts';
import { readSecuritySchemes } from './model/read-security.ts';
import { defaultBaseUrls, readBaseUrls, readFirstServer } from './model/read-servers.ts';
import { ShapeReader } from './model/shape-reader.ts';
import { inspectDescription } from './validate-description.ts';

export interface GenerateOptions {
  /** Default: the title of the description. */
  readonly title?: string;
  /** Default: from the host of the first server. */
  readonly vendor?: string;
  /** Replaces the servers of the description. */
  readonly baseUrl?: string;
}

export interface GeneratedCatalog {
  readonly manifest: CatalogManifest;
  /** What could not be represented, each naming the operation; those of `validateDescription` included. */
  readonly warnings: readonly string[];
}

/** @throws {OattyError} `OPENAPI_SOURCE_VALIDATION_FAILED`, `ARGUMENT_INVALID`, `LIMIT_EXCEEDED` */
export function generateCatalog(loaded: LoadedDescription, options: GenerateOptions = {}): GeneratedCatalog {
  const { report, description } = inspectDescription(loaded);
  if (!report.valid || !description) throw invalid(loaded, report.violations);

  const { document, declared } = description;
  const { warnings } = document;
  const securitySchemes = readSecuritySchemes(document);
  const operations = description.operations.map((source) => readOperation(document, securitySchemes, source));
  const servers = readBaseUrls(document);
  const vendor = toVendor(options.vendor) ?? vendorOf(readFirstServer(document));
  const names = nameCommands(operations);
  const context = {
    parameters: new Map(),
    bodies: new Map(),
    schemas: new SchemaCollector(document),
    shapes: new ShapeReader(document),
    warnings,
    size: new CatalogSize(),
    securitySchemes,
  };
  const drafts = operations
    .map((operation) => toCommand(operation, `${vendor} ${names.get(operation) ?? ''}`, context))
    .sort((a, b) => compareText(a.command.id, b.command.id));

  const info = document.root['info'];
  const ownTitle = toPlainLine(textOf(memberOf(info, 'title')) ?? '', maxTitleLength);
  const title = options.title ?? (ownTitle || vendor);
  const version = textOf(memberOf(info, 'version'));
  const manifest: CatalogManifest = {
    format_version: 1,
    id: toCatalogId(title) || toCatalogId(vendor),
    title,
    vendor,
    description: truncate(textOf(memberOf(info, 'description')) ?? '', maxDescriptionLength),
    kind: 'openapi',
    document: declared,
    ...(version !== undefined && { document_version: version }),
    base_urls: toBaseUrls(options.baseUrl, servers, document),
    security_schemes: securitySchemes,
    commands: linkProviders(drafts),
    providers: toProviderContracts(drafts, context.shapes),
    schemas: context.schemas.toTable(),
  };
  return { manifest, warnings: [...loaded.warnings, ...warnings.toList()] };
}

// --- internal ---

const maxTitleLength = 200;
const maxDescriptionLength = 4_000;

function invalid(
  loaded: LoadedDescription,
  violations: OattyError['options']['violations'] = [],
): OattyError {
  const reasons = violations.map((violation) => violation.message).join(' ');
  return new OattyError(
    'OPENAPI_SOURCE_VALIDATION_FAILED',
    `"${loaded.source}" cannot be imported. ${reasons}`,
    {
      violations,
      context: { source: loaded.source },
    },
  );
}

/** The first word of every command: lower case, without spaces. */
function toVendor(vendor: string | undefined): string | undefined {
  if (vendor === undefined) return undefined;
  const word = vendor
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^-+|-+$/g, '');
  if (word === '') throw new OattyError('ARGUMENT_INVALID', `The vendor "${vendor}" has no letter or digit.`);
  return word;
}

function toBaseUrls(
  baseUrl: string | undefined,
  servers: readonly string[],
  document: Document,
): readonly string[] {
  if (baseUrl !== undefined) return [toOwnBaseUrl(baseUrl)];
  if (servers.length > 0) return servers;
  const [fallback] = defaultBaseUrls(document);
  const advice =
    fallback === undefined ? 'set a base URL before running commands.' : `requests go to ${fallback}.`;
  document.warnings.add('servers', `the description names no server that can be used; ${advice}`);
  return fallback === undefined ? [] : [fallback];
}

function toOwnBaseUrl(baseUrl: string): string {
  const isHttp = URL.canParse(baseUrl) && /^https?:$/.test(new URL(baseUrl).protocol);
  if (isHttp) return baseUrl.replace(/\/+$/, '');
  throw new OattyError('ARGUMENT_INVALID', `The base URL "${baseUrl}" is not an http or https address.`);
}

function linkProviders(drafts: readonly DraftCommand[]): Command[] {
  const index = createProviderIndex(drafts);
  return drafts.map((draft) => {
    const parameters = draft.command.parameters.map((parameter) => {
      const provider = bindProvider(draft, parameter, index);
      return provider ? { ...parameter, provider } : parameter;
    });
    return { ...draft.command, parameters };
  });
}
