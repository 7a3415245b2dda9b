/**
 * What a change to a catalog would let out, for callers who must not decide that alone (a model).
 *
 *   X1. What a catalog sends (headers, credentials, bound secrets) belongs to the origins that its description names and
 *       to the one that its requests go to. A change that sends it to any other one exposes it.
 *   X2. A reference (`${env:NAME}`, `${secret:NAME}`) belongs to the catalogs that have it. A header that brings another
 *       one exposes that.
 *   X3. A base URL at a private address exposes what listens there, unless requests go to that origin already.
 *   X4. Servers that a new description names beside the one that is used are exposed too, since they count as the
 *       catalog's own from then on; but for those of the source that the catalog came from.
 *   X5. An import is judged by the description that is written, not by one that is read before or after it.
 */
import { OattyError, parseSettingText } from '@oatty/types';
import type { CatalogEntry, CatalogManifest } from '@oatty/types';
import type { HeaderEdit } from '@oatty/registry';
import type { World } from '../world.ts';

export interface CatalogExposure {
  readonly catalog_id: string;
  readonly title: string;
  /** Where requests go afterwards. */
  readonly base_url: string | null;
  /** Origins that would get what the catalog sends, and do not now (X1). */
  readonly origins: readonly string[];
  /** Names of what would go there: headers, security schemes, bound secrets. */
  readonly sends: readonly string[];
  /** As they are written: those that are sent to `origins`, or that the catalog does not have yet (X2). */
  readonly references: readonly string[];
  /** X3 */
  readonly private_hosts: readonly string[];
}

/** Asked before anything is written, where there is something to agree to. Throws to refuse. */
export type ApproveExposure = (exposure: CatalogExposure) => Promise<void>;

export async function exposureOfBaseUrl(
  { catalogStore }: World,
  entry: CatalogEntry,
  baseUrl: string,
): Promise<CatalogExposure> {
  const manifest = await loadUnlessBroken(catalogStore, entry.id);
  const own = new Set(toOrigins([entry.base_url, ...(manifest?.base_urls ?? [])], entry.base_url));
  const isNew = toOrigins([baseUrl], null).filter((origin) => !own.has(origin));
  return toExposure(entry, { baseUrl, origins: isNew, privateHosts: await privateHostsOf(isNew) });
}

export function exposureOfHeaders(entry: CatalogEntry, { set = {} }: HeaderEdit): CatalogExposure {
  const known = new Set([...referencesOf(entry), ...entry.secrets.map((name) => `\${secret:${name}}`)]);
  const references = Object.values(set)
    .flatMap(toReferences)
    .filter((reference) => !known.has(reference));
  return { ...toExposure(entry, { baseUrl: entry.base_url, origins: [], privateHosts: [] }), references };
}

export interface PlannedReplacement {
  readonly manifest: CatalogManifest;
  /** Where the description was read. */
  readonly source: string;
  /** The catalog that is replaced. */
  readonly existing: CatalogEntry | undefined;
  /** As the caller gave it. */
  readonly baseUrl: string | undefined;
}

export async function exposureOfImport(
  { catalogStore }: World,
  { manifest, source, existing, baseUrl }: PlannedReplacement,
): Promise<CatalogExposure> {
  const previous = existing === undefined ? undefined : await loadUnlessBroken(catalogStore, existing.id);
  const base = baseUrl ?? existing?.base_url ?? manifest.base_urls[0] ?? null;
  const own = new Set([
    ...toOrigins([existing?.base_url ?? null], null),
    ...toOrigins(previous?.base_urls ?? [], existing?.base_url ?? null),
    ...destinationsOf(previous, existing?.base_url ?? null),
  ]);
  const others = existing?.source === source ? [] : manifest.base_urls; // X4
  const added = (origins: readonly string[]) => [...new Set(origins)].filter((origin) => !own.has(origin));
  const chosen = added(toOrigins([baseUrl ?? null], null));
  const origins = added([...toOrigins([base, ...others], base), ...destinationsOf(manifest, base)]);
  const privateHosts = await privateHostsOf(chosen);
  const entry = existing ?? { id: manifest.id, title: manifest.title, headers: {}, auth: {}, secrets: [] };
  return toExposure(entry, { baseUrl: base, origins, privateHosts });
}

export function exposesSomething({ origins, references, private_hosts }: CatalogExposure): boolean {
  return origins.length > 0 || references.length > 0 || private_hosts.length > 0;
}

/** The origin of an http(s) address, if it is one. */
export function toOrigin(url: string | null): string | undefined {
  return toOrigins([url], null)[0];
}

// --- internal ---

type Holder = Pick<CatalogEntry, 'id' | 'title' | 'headers' | 'auth' | 'secrets'>;

interface Change {
  readonly baseUrl: string | null;
  readonly origins: readonly string[];
  readonly privateHosts: readonly string[];
}

/** Where a catalog sends nothing, new origins get nothing. */
function toExposure(entry: Holder, { baseUrl, origins, privateHosts }: Change): CatalogExposure {
  const sends = [...Object.keys(entry.headers), ...Object.keys(entry.auth), ...entry.secrets];
  const isExposed = sends.length > 0 && origins.length > 0;
  return {
    catalog_id: entry.id,
    title: entry.title,
    base_url: baseUrl,
    origins: isExposed ? origins : [],
    sends: isExposed ? sends : [],
    references: isExposed ? referencesOf(entry) : [],
    private_hosts: privateHosts,
  };
}

/** Whatever gets credentials besides the base URL: servers of operations, and the addresses where tokens are fetched. */
function destinationsOf(manifest: CatalogManifest | undefined, base: string | null): readonly string[] {
  if (manifest === undefined) return [];
  const servers = manifest.commands.flatMap(({ execution }) =>
    execution.kind === 'http' ? (execution.servers ?? []) : [],
  );
  const tokenUrls = Object.values(manifest.security_schemes).flatMap((scheme) =>
    scheme.kind === 'oauth2_client_credentials' ? [scheme.token_url] : [],
  );
  return toOrigins([...servers, ...tokenUrls], base);
}

function toOrigins(urls: readonly (string | null)[], base: string | null): readonly string[] {
  return urls.flatMap((text) => {
    const url = text === null ? null : URL.parse(text, base ?? undefined);
    return url !== null && /^https?:$/.test(url.protocol) ? [url.origin] : [];
  });
}

function referencesOf({ headers, auth }: Pick<CatalogEntry, 'headers' | 'auth'>): readonly string[] {
  const credentials = Object.values(auth).flatMap((credential) => Object.values<string>(credential));
  return [...new Set([...Object.values(headers), ...credentials].flatMap(toReferences))];
}

/** `Bearer ${env:TOKEN}` → `['${env:TOKEN}']` */
function toReferences(text: string): readonly string[] {
  return parseSettingText(text).flatMap((part) =>
    typeof part === 'string' ? [] : [`\${${part.kind}:${part.name}}`],
  );
}

async function privateHostsOf(origins: readonly string[]): Promise<readonly string[]> {
  if (origins.length === 0) return [];
  const { isPrivateHost } = await import('@oatty/api');
  const hosts = origins.map((origin) => new URL(origin));
  const judged = await Promise.all(hosts.map(({ hostname }) => isPrivateHost(hostname)));
  return hosts.filter((_, index) => judged[index] === true).map(({ host }) => host);
}

/** A broken manifest names no server. */
async function loadUnlessBroken(
  catalogStore: World['catalogStore'],
  id: string,
): Promise<CatalogManifest | undefined> {
  try {
    return (await catalogStore.load(id)).manifest;
  } catch (thrown) {
    if (OattyError.from(thrown).code === 'STORAGE_FAILED') return undefined;
    throw thrown;
  }
}
