/** Reads credentials for a request that is sent: looks references up, asks for tokens, remembers what is secret. */
import { OattyError } from '@oatty/types';
import type { CatalogEntry, SettingReference } from '@oatty/types';
import type { ClientCredentialsGrant, CredentialReader } from './place-credentials.ts';
import { replaceReferences } from './references.ts';
import type { AccessToken, TokenCache } from './token-cache.ts';

export interface LiveCredentials extends CredentialReader {
  /** Every secret value that was read so far. */
  readonly secrets: ReadonlySet<string>;
  /** The API refused the request: a token that it carried is not used again. */
  forgetTokens(): void;
}

export interface LiveCredentialPorts {
  readonly entry: CatalogEntry;
  /** Values that are secret from the start. */
  readonly secrets: ReadonlySet<string>;
  readonly resolveReference: (
    reference: SettingReference,
  ) => string | undefined | Promise<string | undefined>;
  readonly tokenCache: TokenCache;
  readonly now: () => number;
  readonly requestToken: (
    grant: ClientCredentialsGrant,
    secrets: ReadonlySet<string>,
  ) => Promise<AccessToken>;
}

export function createLiveCredentials(ports: LiveCredentialPorts): LiveCredentials {
  const secrets = new Set(ports.secrets);
  const usedTokens = new Map<string, string>();
  const remember = (value: string) => {
    secrets.add(value);
    return value;
  };
  const text = (template: string) =>
    replaceReferences(template, (reference) => lookUp(reference, ports, remember));
  return {
    secrets,
    text,
    async secret(template) {
      const value = await text(template);
      // `Bearer abc`: the token is secret on its own too.
      const token = /^[A-Za-z][\w-]* (\S+)$/.exec(value)?.[1];
      if (token !== undefined) remember(token);
      return remember(value);
    },
    derived: remember,
    async token(grant) {
      const key = toKey(ports.entry, grant);
      const token = await ports.tokenCache.get(key, ports.now(), () => ports.requestToken(grant, secrets));
      usedTokens.set(key, token);
      return remember(token);
    },
    forgetTokens() {
      for (const [key, token] of usedTokens) ports.tokenCache.forget(key, token);
    },
  };
}

// --- internal ---

async function lookUp(
  reference: SettingReference,
  { entry, resolveReference }: LiveCredentialPorts,
  remember: (value: string) => string,
): Promise<string> {
  const value = await resolveReference(reference);
  if (value !== undefined && value !== '') return remember(value);
  const { kind, name } = reference;
  const what = kind === 'env' ? 'environment variable' : 'secret';
  throw new OattyError(
    'ARGUMENT_INVALID',
    `The catalog "${entry.id}" uses the ${what} "${name}", which is not set.`,
    {
      suggestedAction:
        kind === 'env' ? `Set the variable ${name}.` : `Set it with "oatty secret set ${name}".`,
      context: { catalog_id: entry.id, reference: `${kind}:${name}` },
    },
  );
}

/** The client secret is part of the key, so that a corrected one is used at once. */
function toKey(
  entry: CatalogEntry,
  { tokenUrl, clientId, clientSecret, scopes }: ClientCredentialsGrant,
): string {
  return JSON.stringify([entry.id, tokenUrl, clientId, clientSecret, [...scopes].sort()]);
}
