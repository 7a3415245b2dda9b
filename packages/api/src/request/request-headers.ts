/**
 * The headers of a request, later sources above earlier ones:
 * ours, the caller's extra ones, the catalog's, the credentials, header parameters, the idempotency key.
 *
 * What the transport sets (`Host`, `Content-Length`, …) is its own: values given for these are not sent.
 */
import { isJsonType } from '@oatty/types';
import type { CatalogEntry, HttpExecution } from '@oatty/types';
import type { PlacedCredentials } from '../auth/place-credentials.ts';
import type { GivenArguments } from '../arguments/read-arguments.ts';
import { includesJson } from '../response/media-type.ts';
import { checkHeader } from './check-header.ts';
import type { BodyPlan } from './plan-body.ts';
import { serializeParameterPairs, serializeParameterText } from './serialize-parameter.ts';
import type { Pair } from './serialize-style.ts';

export interface HeaderSources {
  readonly execution: HttpExecution;
  readonly entry: CatalogEntry;
  readonly extraHeaders: Readonly<Record<string, string>>;
  readonly credentials: PlacedCredentials;
  readonly given: GivenArguments;
  readonly body: BodyPlan | undefined;
  readonly idempotencyKey: string | undefined;
}

/**
 * @returns names in lower case
 * @throws {OattyError} `ARGUMENT_INVALID` for a name or a value that no header can have
 */
export function buildHeaders(sources: HeaderSources): Readonly<Record<string, string>> {
  const headers = new Map<string, string>();
  const set = (name: string, value: string) => headers.set(name.toLowerCase(), value);
  set('accept', acceptOf(sources.execution));
  set('accept-encoding', 'gzip, br');
  set('user-agent', 'oatty');
  for (const [name, value] of Object.entries(sources.extraHeaders)) set(name, value);
  for (const [name, value] of sources.credentials.headers) set(name, value);
  for (const given of sources.given.header) set(given.wireName, serializeParameterText(given));
  setCookies(headers, sources);
  setIdempotencyKey(headers, sources);
  setContentType(headers, sources);
  const sent = [...headers].filter(([name]) => !transportHeaders.has(name));
  for (const [name, value] of sent) checkHeader(name, value);
  return Object.fromEntries(sent);
}

// --- internal ---

const transportHeaders = new Set([
  'connection',
  'content-length',
  'expect',
  'host',
  'keep-alive',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const mutatingMethods = new Set(['POST', 'PUT', 'PATCH', 'DELETE']);

/** Of each command. */
const accepts = new WeakMap<HttpExecution, string>();

function acceptOf(execution: HttpExecution): string {
  const accept = accepts.get(execution) ?? toAccept(execution.accept ?? []);
  accepts.set(execution, accept);
  return accept;
}

/** JSON first, because it is what the rest of the program can look into. */
function toAccept(mediaTypes: readonly string[]): string {
  if (mediaTypes.length === 0) return 'application/json, */*;q=0.5';
  const json = mediaTypes.filter((mediaType) => isJsonType(mediaType));
  const others = mediaTypes.filter((mediaType) => !isJsonType(mediaType));
  if (json.length === 0 && !others.some(includesJson)) return others.join(', ');
  const preferred = json.length === 0 ? ['application/json'] : json;
  return [...preferred, ...others.map((mediaType) => `${mediaType};q=0.5`)].join(', ');
}

function setCookies(headers: Map<string, string>, { given, credentials }: HeaderSources): void {
  const fromParameters = given.cookie.flatMap(serializeParameterPairs);
  const names = new Set(fromParameters.map(([name]) => name));
  const pairs: Pair[] = [...fromParameters, ...credentials.cookies.filter(([name]) => !names.has(name))];
  if (pairs.length === 0) return;
  const cookies = pairs.map((pair) => pair.join('='));
  const byHand = headers.get('cookie');
  headers.set('cookie', [...(byHand === undefined ? [] : [byHand]), ...cookies].join('; '));
}

function setIdempotencyKey(headers: Map<string, string>, sources: HeaderSources): void {
  const { execution, entry, idempotencyKey } = sources;
  if (idempotencyKey === undefined || !mutatingMethods.has(execution.method)) return;
  if (entry.idempotency.header === null) return;
  const name = (execution.idempotency?.header ?? entry.idempotency.header).toLowerCase();
  if (!headers.has(name)) headers.set(name, idempotencyKey);
}

/** A header parameter may name the type of a body, except where the type carries the boundary of its parts. */
function setContentType(headers: Map<string, string>, { body, given }: HeaderSources): void {
  if (body === undefined) return;
  const isGiven = given.header.some(({ wireName }) => wireName.toLowerCase() === 'content-type');
  if (!isGiven || body.kind === 'multipart') headers.set('content-type', body.mediaType);
}
