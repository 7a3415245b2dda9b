/** Where a command's requests go, and which hosts belong to its catalog. */
import { OattyError } from '@oatty/types';
import type { CatalogEntry, HttpExecution } from '@oatty/types';

/** What the URLs of requests begin with. */
export interface BaseUrl {
  /** Origin and path, without a slash at the end. */
  readonly prefix: string;
  /** Without the question mark. */
  readonly query: string;
}

/**
 * The server of the operation where it has its own, else the base URL of the catalog.
 *
 * @throws {OattyError} `ARGUMENT_INVALID` where there is none, or it cannot be used
 */
export function resolveBaseUrl(entry: CatalogEntry, execution: HttpExecution): BaseUrl {
  const [server] = execution.servers ?? [];
  const text = server ?? entry.base_url;
  if (text === null) throw toError(entry, `The catalog "${entry.id}" has no base URL.`);
  const parsed = parseServer(text, entry);
  if (parsed === undefined || text.includes('{')) {
    throw toError(entry, `The catalog "${entry.id}" has a base URL that is no http(s) address.`);
  }
  if (parsed.hasCredentials) {
    throw toError(entry, `The base URL of the catalog "${entry.id}" holds a user name or a password.`, {
      suggestedAction: `Take them out of the base URL and set them with "oatty catalog auth ${entry.id}".`,
    });
  }
  return parsed.base;
}

/** Origins that may get the catalog's headers and credentials. Gathered once for each command of a catalog. */
export function listOwnOrigins(entry: CatalogEntry, execution: HttpExecution): ReadonlySet<string> {
  const known = ownOrigins.get(entry) ?? new WeakMap<HttpExecution, ReadonlySet<string>>();
  ownOrigins.set(entry, known);
  const origins = known.get(execution) ?? gatherOrigins(entry, execution);
  known.set(execution, origins);
  return origins;
}

/** The host of the catalog's base URL; `undefined` where there is none. */
export function baseHostOf(entry: BaseOf): string | undefined {
  return entry.base_url === null ? undefined : parseServer(entry.base_url, entry)?.hostname;
}

/** Whether a URL may get what only the catalog's own hosts get. Never on the way from https to http. */
export function isOwnUrl(target: URL, from: URL, ownOrigins: ReadonlySet<string>): boolean {
  if (from.protocol === 'https:' && target.protocol === 'http:') return false;
  return target.origin === from.origin || ownOrigins.has(target.origin) || isUpgrade(target, from);
}

// --- internal ---

type BaseOf = Pick<CatalogEntry, 'base_url'>;

/** What is asked of the address of a server. */
interface Server {
  readonly origin: string;
  readonly hostname: string;
  readonly hasCredentials: boolean;
  readonly base: BaseUrl;
}

/** Of each catalog, since the same settings serve many calls. */
const servers = new WeakMap<BaseOf, Map<string, Server | undefined>>();
const ownOrigins = new WeakMap<CatalogEntry, WeakMap<HttpExecution, ReadonlySet<string>>>();

function gatherOrigins(entry: CatalogEntry, execution: HttpExecution): ReadonlySet<string> {
  const texts = [entry.base_url, ...entry.base_urls, ...(execution.servers ?? [])];
  return new Set(texts.flatMap((text) => (text && parseServer(text, entry)?.origin) || []));
}

function parseServer(text: string, entry: BaseOf): Server | undefined {
  const parsed = servers.get(entry) ?? new Map<string, Server | undefined>();
  servers.set(entry, parsed);
  if (!parsed.has(text)) parsed.set(text, toServer(text, entry));
  return parsed.get(text);
}

function toServer(text: string, entry: BaseOf): Server | undefined {
  const url = URL.parse(text, entry.base_url ?? undefined);
  if (url === null || !/^https?:$/.test(url.protocol)) return undefined;
  const { origin, hostname, pathname, search, username, password } = url;
  const hasCredentials = username !== '' || password !== '';
  const base = { prefix: origin + pathname.replace(/\/+$/, ''), query: search.slice(1) };
  return { origin, hostname, hasCredentials, base };
}

/** `http://host` → `https://host`, both on their usual ports. */
function isUpgrade(target: URL, from: URL): boolean {
  const isSecured = from.protocol === 'http:' && target.protocol === 'https:';
  return isSecured && target.hostname === from.hostname && target.port === '' && from.port === '';
}

function toError(entry: CatalogEntry, message: string, options?: { suggestedAction: string }): OattyError {
  return new OattyError('ARGUMENT_INVALID', message, {
    suggestedAction: `Set one with "oatty catalog base-url ${entry.id} <url>".`,
    context: { catalog_id: entry.id },
    ...options,
  });
}
