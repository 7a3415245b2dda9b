/**
 * Servers of a description → base URLs.
 *
 *   V1. Variables take their defaults; a server with a variable that has none is left out, with a warning.
 *   V2. Relative addresses are relative to where the document was read; a file has no such place.
 *   V3. A relative server of an operation or a path that was read from a file stays relative: to the base URL.
 *   V4. Only http and https; no slash at the end; each once.
 */
import type { Document } from './document.ts';
import { listOf, memberOf, textOf } from './json-value.ts';

/** Of the whole document; empty when it names none that can be used. */
export function readBaseUrls(document: Document): string[] {
  if (document.version === '2.0') return readSwaggerServers(document);
  return readServers(document, document.root['servers'], 'servers', () => undefined);
}

/** The first server as it is written, variables apart: the vendor of a catalog is read from it. */
export function readFirstServer(document: Document): string | undefined {
  if (document.version === '2.0') return readSwaggerServers(document)[0];
  const urls = listOf(document.root['servers']).map(substituted);
  return urls.find((url) => url !== undefined && !/[{}]/.test(url));
}

/** `servers` of a path item or an operation. */
export function readOwnServers(document: Document, servers: unknown, where: string): string[] {
  return readServers(document, servers, where, (written) => written.replace(/(.)\/+$/, '$1')); // V3
}

/** Where requests go when the description names no server: OpenAPI says, to the place it was read from. */
export function defaultBaseUrls(document: Document): string[] {
  const url = toBaseUrl('/', document.location);
  return url === undefined ? [] : [url];
}

/** V2, and http(s) only; `undefined` for what is no address. */
export function toAbsoluteUrl(address: string, location: string): string | undefined {
  if (/[{}\s]/.test(address)) return undefined;
  const base = location.startsWith('file:') ? undefined : location;
  if (!URL.canParse(address, base)) return undefined;
  const url = new URL(address, base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return undefined;
  return /^https?:\/\//i.test(address) ? address : url.href;
}

// --- internal ---

/** @param keepRelative - what becomes of a relative address that has nothing to be relative to */
function readServers(
  document: Document,
  servers: unknown,
  where: string,
  keepRelative: (written: string) => string | undefined,
): string[] {
  const urls = listOf(servers).flatMap((server) => {
    const written = substituted(server);
    if (written === undefined) return [];
    const isRelative = /^\.{0,2}\/(?!\/)[^{}\s]*$/.test(written);
    const url = toBaseUrl(written, document.location) ?? (isRelative ? keepRelative(written) : undefined);
    if (url === undefined) document.warnings.add(where, `the server "${written}" ${reasonOf(isRelative)}`);
    return url ?? [];
  });
  return [...new Set(urls)];
}

function reasonOf(isRelative: boolean): string {
  return isRelative
    ? 'is relative, and a file has no address; set a base URL that ends with it.'
    : 'is not an address that can be used.';
}

/** V2, V4 */
function toBaseUrl(address: string, location: string): string | undefined {
  return toAbsoluteUrl(address, location)?.replace(/\/+$/, '');
}

/** No address is longer. */
const maxAddressLength = 2_000;

/** V1; values are taken as they are, whatever braces are in them. */
function substituted(server: unknown): string | undefined {
  const url = textOf(memberOf(server, 'url'))?.slice(0, maxAddressLength);
  const variables = memberOf(server, 'variables');
  return url
    ?.replaceAll(/\{([^{}]*)\}/g, (written: string, name: string) => {
      const value = memberOf(memberOf(variables, name), 'default'); // may be empty
      const isValue = typeof value === 'string' || typeof value === 'number';
      return isValue ? String(value).slice(0, maxAddressLength) : written;
    })
    .slice(0, maxAddressLength);
}

/** `schemes`, `host` and `basePath` of Swagger 2.0; whatever is missing comes from where the document was read. */
function readSwaggerServers(document: Document): string[] {
  const { host, basePath, schemes } = document.root;
  const path = textOf(basePath) ?? '/';
  const name = textOf(host);
  if (name === undefined) {
    const url = basePath === undefined ? undefined : toBaseUrl(path, document.location);
    return url === undefined ? [] : [url];
  }
  const named = listOf(schemes).filter((scheme) => scheme === 'https' || scheme === 'http');
  const fallback = document.location.startsWith('http:') ? ['http'] : ['https'];
  const urls = (named.length > 0 ? named : fallback)
    .map((scheme) =>
      toBaseUrl(`${scheme}://${name}${path.startsWith('/') ? '' : '/'}${path}`, document.location),
    )
    .filter((url) => url !== undefined);
  return [...new Set(urls)].sort((a, b) => Number(b.startsWith('https:')) - Number(a.startsWith('https:')));
}
