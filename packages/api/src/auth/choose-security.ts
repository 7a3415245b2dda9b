/**
 * Which credentials a command is called with.
 *
 *   C1. The first alternative of the description wins whose schemes all have a credential, or a header set by hand.
 *   C2. An alternative without schemes (anonymous) never wins over one that has credentials.
 *   C3. With none, the request goes out without credentials: the API says what it wants.
 */
import type { CatalogCredential, CatalogEntry, HttpExecution, SecurityScheme } from '@oatty/types';

export interface ChosenScheme {
  readonly name: string;
  readonly scheme: SecurityScheme;
  readonly credential: CatalogCredential;
  /** Scopes that the command asks for. */
  readonly scopes: readonly string[];
}

/** `undefined` where no alternative has credentials (C3); empty where all headers are set by hand. */
export function chooseSecurity(
  execution: HttpExecution,
  schemes: Readonly<Record<string, SecurityScheme>>,
  entry: CatalogEntry,
): readonly ChosenScheme[] | undefined {
  for (const requirement of execution.security ?? []) {
    const required = Object.entries(requirement);
    const states = required.map(([name, scopes]) => findState(name, scopes, schemes, entry));
    if (states.length === 0 || states.includes('missing')) continue;
    return states.filter((state) => typeof state === 'object');
  }
  return undefined;
}

/** The header that carries a scheme's credential; `undefined` for query and cookie. */
export function toCredentialHeader(scheme: SecurityScheme): string | undefined {
  if (scheme.kind !== 'api_key') return 'authorization';
  return scheme.in === 'header' ? scheme.name.toLowerCase() : undefined;
}

// --- internal ---

function findState(
  name: string,
  scopes: readonly string[],
  schemes: Readonly<Record<string, SecurityScheme>>,
  entry: CatalogEntry,
): ChosenScheme | 'by_hand' | 'missing' {
  const scheme = Object.hasOwn(schemes, name) ? schemes[name] : undefined;
  if (scheme === undefined) return 'missing';
  const header = toCredentialHeader(scheme);
  if (header !== undefined && Object.keys(entry.headers).some((key) => key.toLowerCase() === header))
    return 'by_hand';
  const credential = Object.hasOwn(entry.auth, name) ? entry.auth[name] : undefined;
  return credential === undefined ? 'missing' : { name, scheme, credential, scopes };
}
