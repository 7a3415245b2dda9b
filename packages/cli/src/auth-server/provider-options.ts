/**
 * How the authorization server for development behaves.
 *
 *   P1. It does what clients meet elsewhere: PKCE with S256, resource indicators, registration, metadata documents as
 *       client ids. Access tokens are JWTs for the one MCP endpoint.
 *   P2. A client that names no resource gets tokens for that endpoint: some name none.
 *   P3. A client registers with the scopes of its first challenge, and would then be refused those of the next one. So
 *       what it registers says nothing about scopes.
 *   P4. A person gives at most the scopes of the role.
 *   P5. There are no refresh tokens: clients of SDK 1.x that have one refresh the token that lacks a scope, and never ask
 *       the person for more.
 *   P6. It asks nobody for anything but the documents that clients name as their ids.
 */
import { randomBytes } from 'node:crypto';
import type { JWK } from 'jose';
import { errors } from 'oidc-provider';
import type { Configuration } from 'oidc-provider';
import type { DevUser } from './dev-users.ts';
import { createMemoryAdapters } from './memory-adapter.ts';
import { pageHeaders, toErrorPage } from './pages.ts';
import type { ReadDocument } from './read-client-document.ts';

export interface ProviderWorld {
  /** The MCP endpoint. */
  readonly resource: string;
  readonly users: readonly DevUser[];
  /** All that anybody may be given. */
  readonly scopes: readonly string[];
  readonly signingKey: JWK;
  readonly readDocument: ReadDocument;
}

export const signatureAlgorithm = 'ES256';
export const tokenSeconds = 3_600;
export const consentPath = '/consent/';

export function toProviderOptions({
  resource,
  users,
  scopes,
  signingKey,
  readDocument,
}: ProviderWorld): Configuration {
  return {
    adapter: createMemoryAdapters(),
    jwks: { keys: [signingKey] },
    fetch: async (url) => new Response(await readDocument(new URL(url))), // P6
    cookies: { keys: [randomBytes(32).toString('hex')], long: { signed: true }, short: { signed: true } },
    scopes: ['openid', 'offline_access'],
    responseTypes: ['code'],
    pkce: { required: () => true },
    clientDefaults: { id_token_signed_response_alg: signatureAlgorithm },
    clientBasedCORS: () => true,
    issueRefreshToken: () => false, // P5
    findAccount: (_, name) => {
      const user = users.find((known) => known.name === name);
      return user && { accountId: name, claims: () => ({ sub: name, ...toClaims(user) }) };
    },
    extraTokenClaims: (_, token) => {
      const user = users.find(({ name }) => 'accountId' in token && name === token.accountId);
      return user && toClaims(user);
    },
    interactions: { url: (_, { uid }) => consentPath + uid },
    renderError: (context, { error, error_description: description }) => {
      context.set(pageHeaders);
      context.body = toErrorPage(description ?? error);
    },
    ttl: {
      AccessToken: tokenSeconds,
      IdToken: tokenSeconds,
      AuthorizationCode: 60,
      Grant: day,
      Session: day,
      Interaction: tokenSeconds,
    },
    features: {
      devInteractions: { enabled: false },
      rpInitiatedLogout: { enabled: false },
      userinfo: { enabled: false },
      clientIdMetadataDocument: { enabled: true, ack: 'draft-02' },
      registration: { enabled: true, idFactory: forgetScopes },
      resourceIndicators: {
        enabled: true,
        defaultResource: () => resource,
        useGrantedResource: () => true,
        getResourceServerInfo: (_, named) => {
          if (named !== resource) throw new errors.InvalidTarget();
          return {
            scope: scopes.join(' '),
            audience: resource,
            accessTokenFormat: 'jwt',
            accessTokenTTL: tokenSeconds,
            jwt: { sign: { alg: signatureAlgorithm } },
          };
        },
      },
    },
  };
}

/** What people are called, as an authorization server of a company says it. */
export function toClaims({ name }: DevUser): { readonly name: string; readonly email: string } {
  return { name, email: name.includes('@') ? name : `${name}@example.com` };
}

// --- internal ---

const day = 86_400;

/** P3. The provider asks for an id when it has read the body, and before it looks at it. */
function forgetScopes(context: RegistrationContext): string {
  if (typeof context.oidc.body === 'object') delete context.oidc.body['scope'];
  return randomBytes(16).toString('base64url');
}

type RegistrationContext = Parameters<
  Extract<
    NonNullable<NonNullable<NonNullable<Configuration['features']>['registration']>['idFactory']>,
    (...args: never[]) => unknown
  >
>[0];
