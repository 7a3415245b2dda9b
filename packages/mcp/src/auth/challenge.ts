/** What a caller without the right token is told (RFC 6750, RFC 9728): the status, and where to get a token. */
import { OattyError } from '@oatty/types';
import { HttpRefusal } from '../transports/http-refusal.ts';
import { toScopeText } from './scopes.ts';

/** The first scope is enough to connect. Without any token nothing is wrong yet, so no error is named. */
export function tokenRefused(error: OattyError, hasToken: boolean, metadataUrl: string): HttpRefusal {
  const reason: Parameter[] = [
    ['error', 'invalid_token'],
    ['error_description', error.message],
  ];
  return challenge(error, 401, [...(hasToken ? reason : []), ['scope', toScopeText('safe')]], metadataUrl);
}

/** The token is good, and allows less than what was asked for. */
export function scopeInsufficient(needed: readonly string[], metadataUrl: string): HttpRefusal {
  const scope = needed.join(' ');
  const error = new OattyError('SCOPE_INSUFFICIENT', `This needs the scopes ${scope}.`, {
    context: { scope },
  });
  const parameters: Parameter[] = [
    ['error', 'insufficient_scope'],
    ['scope', scope],
    ['error_description', error.message],
  ];
  return challenge(error, 403, parameters, metadataUrl);
}

// --- internal ---

type Parameter = readonly [name: string, value: string];

function challenge(
  error: OattyError,
  status: 401 | 403,
  parameters: readonly Parameter[],
  metadataUrl: string,
): HttpRefusal {
  const all = [...parameters, ['resource_metadata', metadataUrl] as const];
  const text = all.map(([name, value]) => `${name}="${value.replaceAll(/[^ !#-[\]-~]/g, "'")}"`).join(', ');
  return new HttpRefusal(error, status, { 'www-authenticate': `Bearer ${text}` });
}
