/**
 * The catalog's headers and the chosen credentials → what stands in headers, query and cookies.
 *
 * How text becomes a value is the reader's: `live-credentials.ts` looks references up and remembers what is secret,
 * `preview-request.ts` masks.
 */
import { OattyError } from '@oatty/types';
import type { CatalogEntry, HttpExecution, SecurityScheme } from '@oatty/types';
import { percentEncode } from '../request/percent-encode.ts';
import type { Pair } from '../request/serialize-style.ts';
import { chooseSecurity, toCredentialHeader } from './choose-security.ts';
import type { ChosenScheme } from './choose-security.ts';

export interface PlacedCredentials {
  /** The catalog's own headers first. */
  readonly headers: readonly Pair[];
  /** Encoded. */
  readonly query: readonly Pair[];
  /** Encoded. */
  readonly cookies: readonly Pair[];
}

export interface CredentialReader {
  /** Text in which only the references are secret. */
  text(template: string): Promise<string>;
  /** Text that is secret as a whole. */
  secret(template: string): Promise<string>;
  /** Something made from a secret, and as secret. */
  derived(value: string): string;
  /** An access token for client credentials. */
  token(grant: ClientCredentialsGrant): Promise<string>;
}

export interface ClientCredentialsGrant {
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly scopes: readonly string[];
}

export interface CredentialSources {
  readonly execution: HttpExecution;
  readonly schemes: Readonly<Record<string, SecurityScheme>>;
  readonly entry: CatalogEntry;
}

/** @throws {OattyError} `ARGUMENT_INVALID` for a reference without a value, or a credential of the wrong form */
export async function placeCredentials(
  { execution, schemes, entry }: CredentialSources,
  reader: CredentialReader,
): Promise<PlacedCredentials> {
  const placed = { headers: [] as Pair[], query: [] as Pair[], cookies: [] as Pair[] };
  for (const [name, template] of Object.entries(entry.headers)) {
    const value = isCredentialHeader(name, schemes)
      ? await reader.secret(template)
      : await reader.text(template);
    placed.headers.push([name, value]);
  }
  for (const chosen of chooseSecurity(execution, schemes, entry) ?? []) {
    const { place, pair } = await toPlacedPair(chosen, reader, entry);
    placed[place].push(pair);
  }
  return placed;
}

// --- internal ---

function isCredentialHeader(name: string, schemes: Readonly<Record<string, SecurityScheme>>): boolean {
  const header = name.toLowerCase();
  if (header === 'authorization' || header === 'cookie') return true;
  return Object.values(schemes).some((scheme) => toCredentialHeader(scheme) === header);
}

async function toPlacedPair(
  chosen: ChosenScheme,
  reader: CredentialReader,
  entry: CatalogEntry,
): Promise<{ place: keyof PlacedCredentials; pair: Pair }> {
  const { scheme } = chosen;
  if (scheme.kind !== 'api_key') {
    return { place: 'headers', pair: ['authorization', await toAuthorization(chosen, reader, entry)] };
  }
  const value = await reader.secret(readValue(chosen, entry));
  if (scheme.in === 'header') return { place: 'headers', pair: [scheme.name, value] };
  const place = scheme.in === 'query' ? 'query' : 'cookies';
  return { place, pair: [percentEncode(scheme.name), percentEncode(value)] };
}

async function toAuthorization(
  chosen: ChosenScheme,
  reader: CredentialReader,
  entry: CatalogEntry,
): Promise<string> {
  const { scheme, credential } = chosen;
  if (scheme.kind === 'basic') return toBasic(chosen, reader, entry);
  if (scheme.kind === 'oauth2_client_credentials' && 'client_id' in credential) {
    const token = await reader.token({
      tokenUrl: scheme.token_url,
      clientId: await reader.text(credential.client_id),
      clientSecret: await reader.secret(credential.client_secret),
      scopes: chosen.scopes.length > 0 ? chosen.scopes : scheme.scopes,
    });
    return `Bearer ${token}`;
  }
  const token = await reader.secret(readValue(chosen, entry).replace(/^bearer\s+/i, ''));
  return `Bearer ${token}`;
}

async function toBasic(chosen: ChosenScheme, reader: CredentialReader, entry: CatalogEntry): Promise<string> {
  const { credential } = chosen;
  if (!('username' in credential)) throw toFormError(chosen, entry, 'a user name and a password');
  const username = await reader.text(credential.username);
  const password = await reader.secret(credential.password);
  return `Basic ${reader.derived(Buffer.from(`${username}:${password}`).toString('base64'))}`;
}

function readValue(chosen: ChosenScheme, entry: CatalogEntry): string {
  if ('value' in chosen.credential) return chosen.credential.value;
  throw toFormError(chosen, entry, 'one value');
}

function toFormError({ name }: ChosenScheme, entry: CatalogEntry, wanted: string): OattyError {
  return new OattyError(
    'ARGUMENT_INVALID',
    `The security scheme "${name}" of "${entry.id}" takes ${wanted}.`,
    {
      suggestedAction: `Set it with "oatty catalog auth ${entry.id} ${name}".`,
      context: { catalog_id: entry.id, scheme: name },
    },
  );
}
