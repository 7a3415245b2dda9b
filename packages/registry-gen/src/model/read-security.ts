/**
 * Security schemes and requirements.
 *
 *   S1. What needs a browser, a certificate or a scheme we do not speak is `token`: the user brings a ready one.
 *   S2. A requirement that names an undeclared scheme cannot be met and is left out, with a warning.
 *   S3. An operation's own requirements replace those of the document; an empty list means none.
 */
import type { SecurityRequirement, SecurityScheme } from '@oatty/types';
import type { Document } from './document.ts';
import { entriesOf, isJsonObject, listOf, memberOf, textOf } from './json-value.ts';
import { toAbsoluteUrl } from './read-servers.ts';

export function readSecuritySchemes(document: Document): Record<string, SecurityScheme> {
  return Object.fromEntries(
    declaredSchemes(document).map(([name, value]) => {
      const scheme = toScheme(document, name, value);
      if (scheme.kind === 'token') document.warnings.add(`security scheme "${name}"`, scheme.note);
      return [name, scheme];
    }),
  );
}

/** @returns alternatives in order; `undefined` where no credentials are asked for */
export function readSecurity(
  document: Document,
  schemes: Readonly<Record<string, SecurityScheme>>,
  ownSecurity: unknown,
  where: string,
): SecurityRequirement[] | undefined {
  const requirements = listOf(ownSecurity ?? document.root['security']); // S3
  const usable = requirements.filter(isJsonObject).filter((requirement) => {
    const unknown = Object.keys(requirement).find((name) => !Object.hasOwn(schemes, name));
    if (unknown === undefined) return true;
    document.warnings.add(where, `asks for the security scheme "${unknown}", which is not declared.`);
    return false;
  });
  return usable.length === 0 ? undefined : usable.map(toRequirement);
}

// --- internal ---

function declaredSchemes(document: Document): [string, unknown][] {
  const { root, version } = document;
  const schemes =
    version === '2.0' ? root['securityDefinitions'] : memberOf(root['components'], 'securitySchemes');
  return entriesOf(document.follow(schemes, 'security schemes'));
}

function toRequirement(requirement: Record<string, unknown>): SecurityRequirement {
  return Object.fromEntries(Object.entries(requirement).map(([name, scopes]) => [name, textsOf(scopes)]));
}

function textsOf(value: unknown): string[] {
  return listOf(value).filter((one) => typeof one === 'string');
}

function toScheme(document: Document, name: string, value: unknown): SecurityScheme {
  const scheme = document.follow(value, `security scheme "${name}"`) ?? {};
  const type = textOf(scheme['type']) ?? '?';
  switch (type) {
    case 'apiKey':
      return toApiKey(scheme);
    case 'basic':
      return { kind: 'basic' };
    case 'http':
      return toHttpScheme(textOf(scheme['scheme'])?.toLowerCase());
    case 'oauth2':
      return toOauth2(document, scheme);
    case 'openIdConnect':
      return token('OpenID Connect needs a browser');
    case 'mutualTLS':
      return token('client certificates are not supported');
    default:
      return token(`schemes of type "${type}" are not supported`);
  }
}

function token(reason: string): SecurityScheme {
  return { kind: 'token', note: `${reason}; give a ready token, which is sent as "Authorization: Bearer".` };
}

function toApiKey(scheme: Record<string, unknown>): SecurityScheme {
  const name = textOf(scheme['name']);
  const location = scheme['in'];
  const isKnown = location === 'header' || location === 'query' || location === 'cookie';
  return name !== undefined && isKnown
    ? { kind: 'api_key', in: location, name }
    : token('the API key has no place');
}

function toHttpScheme(scheme: string | undefined): SecurityScheme {
  if (scheme === 'basic' || scheme === 'bearer') return { kind: scheme };
  return token(`HTTP authentication "${scheme ?? '?'}" is not supported`);
}

function toOauth2(document: Document, scheme: Record<string, unknown>): SecurityScheme {
  const isSwagger = document.version === '2.0';
  const ownFlow = scheme['flow'] === 'application' ? scheme : undefined;
  const flow = isSwagger ? ownFlow : memberOf(scheme['flows'], 'clientCredentials');
  const address = textOf(memberOf(flow, 'tokenUrl'));
  const tokenUrl = address === undefined ? undefined : toAbsoluteUrl(address, document.location);
  if (tokenUrl === undefined) return token('it has no OAuth 2 flow that works without a browser');
  const scopes = Object.keys(memberOf(flow, 'scopes') ?? {}).sort();
  return { kind: 'oauth2_client_credentials', token_url: tokenUrl, scopes };
}
