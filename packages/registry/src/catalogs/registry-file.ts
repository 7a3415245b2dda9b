/**
 * `registry.json`: one entry per catalog, with what the user set.
 *
 * G1. No file means no catalogs. A file that cannot be understood is an error that names it: it may hold the user's
 *     work, so it is never taken for an empty one and never overwritten.
 */
import { basename } from 'node:path';
import { OattyError, isRecord } from '@oatty/types';
import type { CatalogEntry } from '@oatty/types';

export function formatRegistry(entries: readonly CatalogEntry[]): string {
  return `${JSON.stringify({ format_version: formatVersion, catalogs: entries }, null, 2)}\n`;
}

/** @throws {OattyError} `STORAGE_FAILED` (G1) */
export function parseRegistry(text: string, path: string): readonly CatalogEntry[] {
  const value = parseJson(text, path);
  if (!isRecord(value) || !Array.isArray(value['catalogs']))
    throw toUnknown(path, 'it has no list "catalogs"');
  const catalogs: readonly unknown[] = value['catalogs'];
  if (catalogs.some(isOfEarlierOatty)) throw toEarlier(path);
  if (value['format_version'] !== formatVersion) {
    throw toUnknown(
      path,
      `its format version is ${JSON.stringify(value['format_version'])}, not ${formatVersion}`,
    );
  }
  return catalogs.map((entry, index) => checkEntry(entry, path, index));
}

// --- internal ---

const formatVersion = 1;

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text);
  } catch (thrown) {
    throw toUnknown(path, 'it is no JSON document', thrown);
  }
}

/** The Rust oatty kept its catalogs in binary files next to a registry of another shape. */
function isOfEarlierOatty(entry: unknown): boolean {
  return isRecord(entry) && typeof entry['manifest_path'] === 'string';
}

type Check = (value: unknown) => boolean;

const isString: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value);
const isStringList: Check = (value) => Array.isArray(value) && value.every(isString);
const isStringMap: Check = (value) => isRecord(value) && Object.values(value).every(isString);

const fields: Readonly<Record<keyof CatalogEntry, Check>> = {
  id: (value) => typeof value === 'string' && /^[a-z0-9-]+$/.test(value),
  title: isString,
  vendor: isString,
  description: isString,
  kind: (value) => ['openapi', 'mcp', 'module', 'workflow'].includes(String(value)),
  source: isString,
  source_type: (value) => value === 'path' || value === 'url',
  manifest: (value) =>
    typeof value === 'string' && /^[^/\\]+\.json$/.test(value) && basename(value) === value,
  base_urls: isStringList,
  base_url: (value) => value === null || isString(value),
  public_only: (value) => value === undefined || value === true,
  headers: isStringMap,
  auth: (value) => isRecord(value) && Object.values(value).every(isStringMap),
  secrets: isStringList,
  idempotency: (value) =>
    isRecord(value) &&
    typeof value['honoured'] === 'boolean' &&
    (value['header'] === null || isString(value['header'])),
  enabled: (value) => typeof value === 'boolean',
  manifest_sha256: isString,
  document_version: (value) => value === undefined || isString(value),
  command_count: isCount,
  provider_contract_count: isCount,
};

function checkEntry(entry: unknown, path: string, index: number): CatalogEntry {
  if (!isRecord(entry)) throw toUnknown(path, `catalogs[${index}] is no object`);
  if (isEntry(entry)) return entry;
  throw toUnknown(path, `"${wrongField(entry)}" of catalogs[${index}] is missing or wrong`);
}

function isEntry(entry: object): entry is CatalogEntry {
  return wrongField(entry) === undefined;
}

function wrongField(entry: object): string | undefined {
  const values = new Map(Object.entries(entry));
  return Object.entries(fields).find(([name, isValid]) => !isValid(values.get(name)))?.[0];
}

function toUnknown(path: string, flaw: string, cause?: unknown): OattyError {
  return new OattyError(
    'STORAGE_FAILED',
    `The registry ${path} cannot be read: ${flaw}. It was left as it is.`,
    {
      suggestedAction: `Correct ${path}, or move it away and import the catalogs again.`,
      context: { path },
      cause,
    },
  );
}

function toEarlier(path: string): OattyError {
  return new OattyError(
    'STORAGE_FAILED',
    `The registry ${path} was written by the earlier oatty, whose catalog files cannot be read. It was left as it is.`,
    {
      suggestedAction: `Move ${path} away (or set REGISTRY_CONFIG_PATH to another file), then import each catalog again.`,
      context: { path },
    },
  );
}
