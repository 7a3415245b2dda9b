/**
 * What an import must fulfil, and the entry that it leaves.
 *
 * I1. The id is the slug of the title (of the vendor, where the title has no letters a-z); two titles with one slug are a conflict, overwriting or not.
 * I2. A catalog that is there is replaced only when that was asked for.
 * I3. No command id belongs to two catalogs, be they enabled or not.
 * I4. What the user set survives a new import: headers, credentials, secrets, idempotency, base URL, enabled.
 * I5. A base URL that only a description from the network names is for public addresses: whoever wrote it must not be
 *     able to make us call machines that only we can reach.
 */
import { isDeepStrictEqual } from 'node:util';
import { OattyError, toCatalogId } from '@oatty/types';
import type { CatalogEntry, CatalogManifest, SourceType } from '@oatty/types';
import { checkBaseUrl } from './edit-entry.ts';

export interface CatalogSave {
  readonly manifest: CatalogManifest;
  /** Path or URL of the description. */
  readonly source: string;
  readonly sourceType: SourceType;
  /** Replaces the base URL that was used. */
  readonly baseUrl?: string;
  /** The base URL of the description may be a private address too. */
  readonly allowPrivate?: boolean;
  /** `baseUrl` may not: who gave it cannot allow that. */
  readonly publicOnly?: boolean;
  readonly enabled?: boolean;
  /** What is known of its idempotency keys, where the user has set nothing. */
  readonly idempotency?: CatalogEntry['idempotency'];
  readonly overwrite?: boolean;
  /** The entry by which somebody agreed to this, or that there was none: by another one it is not made. */
  readonly judged?: { readonly entry: CatalogEntry | undefined };
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a manifest that no catalog can have */
export function checkNewManifest({ id, title, vendor, commands }: CatalogManifest): void {
  if (id === '' || id !== (toCatalogId(title) || toCatalogId(vendor))) {
    throw invalid(
      `The title "${title}" gives no catalog id.`,
      'Give a title with letters a-z or digits (--catalog-title).',
    );
  }
  if (id.length > maxIdLength)
    throw invalid(`The title "${title}" is too long.`, 'Give a shorter one (--catalog-title).');
  if (!/^[^\s:]+$/.test(vendor) || vendor === reservedVendor) {
    throw invalid(
      `"${vendor}" cannot be a vendor.`,
      `Give one word other than "${reservedVendor}" (--vendor).`,
    );
  }
  const foreign = commands.find((command) => !command.id.startsWith(`${vendor} `));
  if (foreign !== undefined) throw invalid(`The command "${foreign.id}" does not begin with "${vendor} ".`);
  const ids = new Set(commands.map((command) => command.id));
  if (ids.size !== commands.length) throw invalid(`The commands of ${title} do not have unique ids.`);
}

/** @throws {OattyError} `CATALOG_CONFLICT` (I1, I2) */
export function checkReplacement(
  existing: CatalogEntry | undefined,
  { manifest, overwrite }: CatalogSave,
): void {
  if (existing === undefined) return;
  if (existing.title !== manifest.title) {
    throw conflict(`"${manifest.title}" and "${existing.title}" have the same catalog id, ${existing.id}.`, {
      suggestedAction: 'Give another title (--catalog-title).',
      context: { catalog_id: existing.id, title: manifest.title, existing_title: existing.title },
    });
  }
  if (overwrite !== true) {
    throw conflict(`The catalog "${existing.title}" is there already.`, {
      suggestedAction: 'Allow overwriting (--overwrite), or give another title (--catalog-title).',
      context: { catalog_id: existing.id },
    });
  }
}

/** @throws {OattyError} `CATALOG_CONFLICT` when somebody has changed the entry since it was judged */
export function checkJudged(
  catalogId: string,
  judged: CatalogEntry | undefined,
  existing: CatalogEntry | undefined,
): void {
  if (isDeepStrictEqual(judged, existing)) return;
  throw conflict(`The catalog "${catalogId}" was changed by somebody else while this was decided.`, {
    suggestedAction: 'Look at the catalog again, then call again.',
    context: { catalog_id: catalogId },
  });
}

/**
 * @param otherIds - whether a command id belongs to `other`
 * @throws {OattyError} `CATALOG_CONFLICT` (I3)
 */
export function checkCommandIds(
  manifest: CatalogManifest,
  other: { readonly id: string; readonly title: string },
  otherHas: (commandId: string) => boolean,
): void {
  const taken = manifest.commands.map((command) => command.id).filter(otherHas);
  if (taken.length === 0) return;
  const shown = taken.slice(0, maxShownIds);
  const more = taken.length > shown.length ? ` and ${taken.length - shown.length} more` : '';
  throw conflict(
    `The catalog "${other.title}" already has ${shown.map((id) => `"${id}"`).join(', ')}${more}.`,
    {
      suggestedAction: `Give the import another vendor (--vendor), or remove the catalog ${other.id} first.`,
      context: { catalog_id: other.id, command_ids: shown, command_count: taken.length },
    },
  );
}

export function toEntry(
  save: CatalogSave,
  existing: CatalogEntry | undefined,
  { file, sha256 }: { readonly file: string; readonly sha256: string },
): CatalogEntry {
  const { manifest, source, sourceType, baseUrl, enabled } = save;
  const chosen = baseUrl === undefined ? (existing?.base_url ?? undefined) : checkBaseUrl(baseUrl);
  const baseUrls = [...new Set([...manifest.base_urls, ...(chosen === undefined ? [] : [chosen])])];
  return {
    id: manifest.id,
    title: manifest.title,
    vendor: manifest.vendor,
    description: manifest.description,
    kind: manifest.kind,
    source,
    source_type: sourceType,
    manifest: file,
    base_urls: baseUrls,
    base_url: chosen ?? baseUrls[0] ?? null,
    ...(isPublicOnly(save, existing) && { public_only: true }),
    headers: existing?.headers ?? {},
    auth: existing?.auth ?? {},
    secrets: existing?.secrets ?? [],
    idempotency: existing?.idempotency ?? save.idempotency ?? { header: 'Idempotency-Key', honoured: false },
    enabled: enabled ?? existing?.enabled ?? true,
    manifest_sha256: sha256,
    ...(manifest.document_version !== undefined && { document_version: manifest.document_version }),
    command_count: manifest.commands.length,
    provider_contract_count: manifest.providers.length,
  };
}

// --- internal ---

const maxIdLength = 100;
const maxShownIds = 10;
/** Saved workflows are commands of this vendor. */
const reservedVendor = 'workflow';

/** I5. A base URL that is kept keeps what was allowed for it. */
function isPublicOnly(
  { sourceType, baseUrl, allowPrivate, publicOnly }: CatalogSave,
  existing: CatalogEntry | undefined,
): boolean {
  if (baseUrl !== undefined) return publicOnly === true;
  if (allowPrivate === true) return false;
  const isKept = (existing?.base_url ?? null) !== null;
  return isKept ? existing?.public_only === true : sourceType === 'url';
}

function invalid(message: string, suggestedAction?: string): OattyError {
  return new OattyError(
    'ARGUMENT_INVALID',
    message,
    suggestedAction === undefined ? {} : { suggestedAction },
  );
}

function conflict(
  message: string,
  options: { readonly suggestedAction: string; readonly context: Readonly<Record<string, unknown>> },
): OattyError {
  return new OattyError('CATALOG_CONFLICT', message, options);
}
