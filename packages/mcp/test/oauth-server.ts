/** A certified authorization server (oidc-provider) on this machine, and a person who logs in and agrees. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair } from 'jose';
import { Provider } from 'oidc-provider';

export interface OAuthServer {
  readonly issuer: string;
  /** Goes through the pages as a person would; gives the code that the client is sent back with. */
  logIn(authorizationUrl: URL): Promise<string>;
  close(): Promise<void>;
}

export const publicClient = { client_id: 'desk', redirect_uri: 'http://127.0.0.1:9/callback' };

const scope = 'oatty:read oatty:write oatty:destructive';

export async function startOAuthServer(): Promise<OAuthServer> {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const { privateKey } = await generateKeyPair('ES256', { extractable: true });
  const provider = new Provider(issuer, {
    jwks: { keys: [{ ...(await exportJWK(privateKey)), kid: 'k1', alg: 'ES256', use: 'sig' }] },
    cookies: { keys: ['for tests'] },
    scopes: scope.split(' '),
    clients: [
      {
        client_id: publicClient.client_id,
        redirect_uris: [publicClient.redirect_uri],
        token_endpoint_auth_method: 'none',
        application_type: 'native',
        id_token_signed_response_alg: 'ES256',
        scope,
      },
    ],
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id }) }),
    ttl: { AccessToken: 600, Grant: 600, Interaction: 600, Session: 600 },
    features: {
      devInteractions: { enabled: true },
      resourceIndicators: {
        enabled: true,
        getResourceServerInfo: (_, resource) => ({
          scope,
          audience: resource,
          accessTokenFormat: 'jwt',
          jwt: { sign: { alg: 'ES256' } },
        }),
      },
    },
  });
  const answer = provider.callback();
  server.on('request', (request, response) => void answer(request, response));
  return {
    issuer,
    logIn,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// --- internal ---

const maxPages = 12;

async function logIn(start: URL): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  let form: URLSearchParams | undefined;
  for (let page = 0; page < maxPages; page += 1) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { cookie },
      ...(form && { method: 'POST', body: form }),
    });
    for (const text of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(text) ?? [];
      cookies.set(name, value);
    }
    const body = await response.text();
    const location = response.headers.get('location');
    form = location === null ? fillForm(body) : undefined;
    if (location === null) continue;
    url = new URL(location, url);
    const code = url.searchParams.get('code');
    if (url.href.startsWith(publicClient.redirect_uri)) return code ?? `no code: ${url.search}`;
  }
  throw new Error('the pages have no end');
}

/** The page of a login or of a consent. */
function fillForm(html: string): URLSearchParams {
  const prompt = /name="prompt" value="([^"]+)"/.exec(html)?.[1] ?? '';
  return new URLSearchParams({ prompt, login: 'ann', password: 'any' });
}
