/** What a user may set for a catalog: pure functions from one entry to the next. */
import { OattyError } from '@oatty/types';
import type { CatalogCredential, CatalogEntry, SecurityScheme } from '@oatty/types';

export interface HeaderEdit {
  readonly set?: Readonly<Record<string, string>>;
  readonly unset?: readonly string[];
}

/**
 * Names are compared without regard to case; the spelling of the last edit stays.
 *
 * @throws {OattyError} `ARGUMENT_INVALID` for a name or value that cannot be sent, or when `unset` names no header
 */
export function withHeaders(entry: CatalogEntry, { set = {}, unset = [] }: HeaderEdit): CatalogEntry {
  const headers = new Map(
    Object.entries(entry.headers).map(([name, value]) => [name.toLowerCase(), { name, value }]),
  );
  for (const name of unset) {
    if (!headers.delete(name.trim().toLowerCase()))
      throw invalid(`${entry.title} has no header "${name}" to unset.`);
  }
  for (const [key, value] of Object.entries(set)) {
    const name = checkHeaderName(key);
    headers.set(name.toLowerCase(), { name, value: checkText(value, `header ${name}`) });
  }
  return {
    ...entry,
    headers: Object.fromEntries([...headers.values()].map(({ name, value }) => [name, value])),
  };
}

/**
 * Adds the URL to the known ones and selects it. Whoever sets it may name any address.
 *
 * @param publicOnly - set by somebody who may not
 */
export function withBaseUrl(entry: CatalogEntry, url: string, publicOnly = false): CatalogEntry {
  const { public_only, ...rest } = entry;
  const baseUrl = checkBaseUrl(url);
  const others = entry.base_urls.filter((known) => known !== baseUrl);
  const isKnown = others.length < entry.base_urls.length;
  return {
    ...rest,
    base_urls: isKnown ? entry.base_urls : [...others, baseUrl],
    base_url: baseUrl,
    ...(publicOnly && { public_only: true }),
  };
}

/**
 * @param schemes - the security schemes of the catalog
 * @param credential - `undefined` forgets it
 */
export function withAuth(
  entry: CatalogEntry,
  schemes: Readonly<Record<string, SecurityScheme>>,
  { scheme, credential }: { readonly scheme: string; readonly credential: CatalogCredential | undefined },
): CatalogEntry {
  const others = Object.entries(entry.auth).filter(([name]) => name !== scheme);
  if (credential === undefined) return { ...entry, auth: Object.fromEntries(others) };
  const known = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
  if (known === undefined) throw toUnknownScheme(entry, scheme, Object.keys(schemes));
  checkCredential(credential, known, scheme);
  return { ...entry, auth: Object.fromEntries([...others, [scheme, credential]]) };
}

export function withSecret(entry: CatalogEntry, name: string): CatalogEntry {
  checkSecretName(name);
  return entry.secrets.includes(name) ? entry : { ...entry, secrets: [...entry.secrets, name].sort() };
}

/** A name as `secrets.NAME` and `${secret:NAME}` can hold it. @throws {OattyError} `ARGUMENT_INVALID` */
export function checkSecretName(name: string): void {
  if (/^[A-Za-z_][A-Za-z0-9_]{0,63}$/.test(name)) return;
  throw invalid(`"${name.slice(0, 80)}" is no name for a secret: use up to 64 letters, digits and _.`);
}

/**
 * @returns the URL without a slash at its end
 * @throws {OattyError} `ARGUMENT_INVALID`
 */
export function checkBaseUrl(url: string): string {
  const parsed = URL.parse(url.trim());
  if (parsed === null || (parsed.protocol !== 'http:' && parsed.protocol !== 'https:')) {
    throw invalid('The base URL must be an absolute http or https URL.');
  }
  if (parsed.username !== '' || parsed.password !== '') {
    throw invalid(
      'The base URL must not hold a user name or a password; set a header or credentials instead.',
    );
  }
  if (parsed.search !== '' || parsed.hash !== '')
    throw invalid('The base URL must not have a query or a fragment.');
  return parsed.href.replace(/\/+$/, '');
}

// --- internal ---

function checkHeaderName(key: string): string {
  const name = key.trim();
  if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(name)) throw invalid(`"${key}" is no name for a header.`);
  return name;
}

/** Text that an HTTP header can carry: printable, one line. The value itself is not shown: it may be a token. */
function checkText(value: string, name: string): string {
  if (!/^[\t\u{20}-\u{7e}\u{80}-\u{ff}]*$/u.test(value)) {
    throw invalid(`The value of ${name} has line breaks or characters that a header cannot carry.`);
  }
  return value;
}

function checkCredential(credential: CatalogCredential, scheme: SecurityScheme, name: string): void {
  const forms = credentialForms[scheme.kind];
  const given = Object.keys(credential).sort().join(' and ');
  if (!forms.includes(given)) {
    throw invalid(`Credentials for "${name}" (${scheme.kind}) consist of ${forms.join(', or of ')}.`);
  }
  for (const value of Object.values<unknown>(credential)) {
    if (typeof value !== 'string' || value === '')
      throw invalid(`Credentials for "${name}" must be texts and not empty.`);
    checkText(value, `the credentials for ${name}`);
  }
}

/** The fields of a credential, sorted. */
const credentialForms: Readonly<Record<SecurityScheme['kind'], readonly string[]>> = {
  api_key: ['value'],
  bearer: ['value'],
  token: ['value'],
  basic: ['password and username'],
  oauth2_client_credentials: ['client_id and client_secret', 'value'], // a ready token
};

function toUnknownScheme(entry: CatalogEntry, scheme: string, known: readonly string[]): OattyError {
  const names = known.length === 0 ? 'It has none.' : `It has: ${known.join(', ')}.`;
  return invalid(`${entry.title} has no security scheme "${scheme}". ${names}`);
}

function invalid(message: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', message);
}
