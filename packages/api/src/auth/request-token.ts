/**
 * One OAuth 2.0 client credentials request (RFC 6749 §4.4).
 *
 *   T1. The client authenticates with HTTP Basic, which every server must support (§2.3.1).
 *   T2. A redirect is refused: the client's secret goes to the token URL and nowhere else.
 *   T3. Without `expires_in` a token is kept for five minutes.
 */
import { OattyError, isRecord } from '@oatty/types';
import { percentEncode } from '../request/percent-encode.ts';
import { createRedactor } from '../redaction/redact.ts';
import { readBytes } from '../response/read-bytes.ts';
import { toUpstreamError } from '../upstream-error.ts';
import { sendRequest } from '../transport/send-request.ts';
import type { OutgoingRequest, Transport } from '../transport/send-request.ts';
import type { ClientCredentialsGrant } from './place-credentials.ts';
import type { AccessToken } from './token-cache.ts';

/** @throws {OattyError} `HTTP_ERROR`, `NETWORK_ERROR`, `RESPONSE_INVALID`, `ADDRESS_NOT_ALLOWED` */
export async function requestToken(
  grant: ClientCredentialsGrant,
  transport: Transport,
  secrets: ReadonlySet<string>,
  now: () => number,
): Promise<AccessToken> {
  const client = `${percentEncode(grant.clientId)}:${percentEncode(grant.clientSecret)}`;
  const basic = Buffer.from(client).toString('base64');
  const request = toTokenRequest(grant, basic);
  const response = await sendRequest(request, transport, { refuseRedirect: toRedirectRefusal });
  if (response.status >= 400) {
    const redactor = createRedactor([...secrets, grant.clientSecret, basic]);
    throw await toUpstreamError(response, { method: 'POST', redactor, now: now() });
  }
  const bytes = await readBytes(response, {
    maxBytes: transport.limits.maxResponseBytes,
    limit: 'max_response_bytes',
  });
  return readToken(bytes, request.url, now());
}

// --- internal ---

const defaultLifetimeS = 300;

function toTokenRequest({ tokenUrl, scopes }: ClientCredentialsGrant, basic: string): OutgoingRequest {
  const url = URL.parse(tokenUrl);
  if (url === null || !/^https?:$/.test(url.protocol)) {
    throw new OattyError('ARGUMENT_INVALID', 'The token URL of the description is no http(s) address.', {
      suggestedAction: 'Set a ready token as the credential instead.',
    });
  }
  const scope = scopes.length > 0 ? `&scope=${percentEncode(scopes.join(' '))}` : '';
  return {
    method: 'POST',
    url,
    headers: {
      accept: 'application/json',
      authorization: `Basic ${basic}`,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'oatty',
    },
    body: Buffer.from(`grant_type=client_credentials${scope}`),
  };
}

function readToken(bytes: Buffer, url: URL, now: number): AccessToken {
  const { access_token: value, expires_in: expiresIn } = parseObject(bytes);
  if (typeof value !== 'string' || value === '') {
    throw new OattyError('RESPONSE_INVALID', `The token URL at ${url.host} gave no access token.`, {
      suggestedAction: 'Check the token URL of the description, or set a ready token as the credential.',
      context: { host: url.host },
    });
  }
  const lifetimeS = Number(expiresIn ?? defaultLifetimeS);
  return { value, expiresAt: now + (Number.isFinite(lifetimeS) ? lifetimeS * 1_000 : 0) };
}

function parseObject(bytes: Buffer): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(bytes.toString());
    return isRecord(value) ? value : {};
  } catch {
    return {};
  }
}

function toRedirectRefusal(url: URL): OattyError {
  return new OattyError(
    'RESPONSE_INVALID',
    `The token URL at ${url.host} redirects, which token URLs must not.`,
    {
      suggestedAction: 'Correct the token URL of the description, or set a ready token as the credential.',
      context: { host: url.host },
    },
  );
}
