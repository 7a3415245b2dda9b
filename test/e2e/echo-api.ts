/** An API that wants a credential for each call, issues tokens, takes webhooks, and gives back everything that it gets. */
import { startService } from '../../packages/runtime/test/a-service.ts';

export interface EchoApi {
  readonly url: string;
  /** Names of its security schemes, which are its paths as well. */
  readonly schemes: readonly string[];
  readonly description: string;
  /** How many webhooks have come. */
  hooks(): number;
  /** Those of all other requests, in order. */
  credentials(): readonly unknown[];
}

/** Its answers are so long that a journal compresses them. What says "refuse" is refused. */
export async function startEchoApi(accessToken: string): Promise<EchoApi> {
  const service = await startService(({ path, headers, text }) => {
    if (path === '/token')
      return { body: { access_token: accessToken, token_type: 'Bearer', expires_in: 600 } };
    const status = text.includes('refuse') ? 422 : 200;
    const more = 'more '.repeat(3_000);
    return { status, headers: { 'x-echo': JSON.stringify(headers) }, body: { headers, text, more } };
  });
  const { requests } = service;
  return {
    url: service.url,
    schemes,
    description: JSON.stringify(aDescription(service.url)),
    hooks: () => requests.filter(({ path }) => path === '/hook').length,
    credentials: () =>
      requests
        .filter(({ path }) => path !== '/hook')
        .map(({ headers }) => headers['x-key'] ?? headers.authorization),
  };
}

// --- internal ---

const schemes = ['key', 'oauth', 'basic'];

function aDescription(url: string) {
  const schema = { type: 'object', properties: { text: { type: 'string' } } };
  const content = { 'application/json': { schema } };
  const aPath = (scheme: string) => ({
    post: {
      security: [{ [scheme]: [] }],
      requestBody: { required: true, content },
      responses: { 200: { description: 'Done.', content: { 'application/json': { schema: {} } } } },
    },
  });
  return {
    openapi: '3.1.0',
    info: { title: 'Echo', version: '1' },
    paths: Object.fromEntries(schemes.map((scheme) => [`/${scheme}`, aPath(scheme)])),
    components: {
      securitySchemes: {
        key: { type: 'apiKey', in: 'header', name: 'X-Key' },
        oauth: {
          type: 'oauth2',
          flows: { clientCredentials: { tokenUrl: `${url}/token`, scopes: {} } },
        },
        basic: { type: 'http', scheme: 'basic' },
      },
    },
  };
}
