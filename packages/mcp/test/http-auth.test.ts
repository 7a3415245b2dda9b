import { createHmac } from 'node:crypto';
import { request } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import type { JWK } from 'jose';
import { serveHttp } from '../src/index.ts';
import type { HttpOptions } from '../src/index.ts';
import { aPing, anInitialize, initialize, post, sessionOf } from './http-calls.ts';
import { ScriptedRuns } from './scripted-runs.ts';
import { startTokenIssuer } from './token-issuer.ts';
import type { TokenIssuer } from './token-issuer.ts';

const resource = 'https://oatty.example.com/mcp';
const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('a server with authentication', () => {
  it('takes a good token', async () => {
    const { url, good } = await protect();
    const { status, id } = await post(url, anInitialize, bearer(await good()));
    expect([status, id]).toEqual([200, expect.stringMatching(/^[0-9a-f-]{36}$/)]);
  });

  it('tells a client without a token where to get one', async () => {
    const { url } = await protect();
    const { status, headers, body } = await post(url, anInitialize);
    expect([status, body.error.data.error_code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
    expect(headers['www-authenticate']).toBe(
      'Bearer scope="oatty:read", resource_metadata="https://oatty.example.com/.well-known/oauth-protected-resource/mcp"',
    );
  });

  it.each(['/.well-known/oauth-protected-resource', '/.well-known/oauth-protected-resource/mcp'])(
    'describes itself at %s',
    async (path) => {
      const { url, server } = await protect();
      const response = await fetch(new URL(path, url));
      expect(await response.json()).toEqual({
        resource,
        resource_name: 'oatty',
        authorization_servers: [server.issuer],
        scopes_supported: ['oatty:read', 'oatty:write', 'oatty:destructive'],
        bearer_methods_supported: ['header'],
      });
      expect(response.headers.get('access-control-allow-origin')).toBe('*');
    },
  );

  it('reads metadata and keys once for many tokens', async () => {
    const { url, good, server } = await protect();
    await Promise.all([1, 2, 3].map(async () => post(url, anInitialize, bearer(await good()))));
    await post(url, anInitialize, bearer(await good()));
    expect(server.fetched).toEqual(['/.well-known/oauth-authorization-server', '/keys']);
  });

  it('finds the keys of an issuer that only has OpenID metadata', async () => {
    const { url, good, server } = await protect();
    const metadata = server.answers.get('/.well-known/oauth-authorization-server');
    server.answers.delete('/.well-known/oauth-authorization-server');
    server.answers.set('/.well-known/openid-configuration', metadata);
    expect((await post(url, anInitialize, bearer(await good()))).status).toBe(200);
  });

  it('takes the address of the keys as it is configured', async () => {
    const { url, good, server } = await protect((issuer) => ({ jwksUrl: `${issuer.issuer}/keys` }));
    expect((await post(url, anInitialize, bearer(await good()))).status).toBe(200);
    expect(server.fetched).toEqual(['/keys']);
  });

  it('takes an access token without the mark when that is configured', async () => {
    const { url, good } = await protect(() => ({ tokenType: 'jwt' }));
    const [plain, marked] = [await good({}, { typ: 'JWT' }), await good()];
    const statuses = [plain, marked].map(
      async (token) => (await post(url, anInitialize, bearer(token))).status,
    );
    expect(await Promise.all(statuses)).toEqual([200, 200]);
  });

  it('takes scopes of a list', async () => {
    const { url, good } = await protect();
    const token = await good({ scope: undefined, scp: ['oatty:write', 'openid'] });
    expect((await post(url, anInitialize, bearer(token))).status).toBe(200);
  });

  it.each([
    [
      { name: 'Ann Lee', email: 'ann@example.com' },
      { name: 'Ann Lee', email: 'ann@example.com' },
    ],
    [{ preferred_username: 'ann' }, { name: 'ann' }],
    [{ name: 'a\u0000b', email: 'x'.repeat(300) }, {}],
    [{ name: 7, email: [''] }, {}],
  ])('hears from the token what people are called: %j', async (claims, person) => {
    const { url, good, runs, server } = await protect();
    const headers = bearer(await good({ ...claims, scope: 'oatty:write' }));
    await post(url, aRun, { ...headers, ...sessionOf(await initialize(url, headers)) });
    expect(runs.started[0]?.caller).toEqual({ principal: `${server.issuer}#ann`, via: 'mcp', ...person });
  });

  it('allows for clocks that differ', async () => {
    const { url, good } = await protect();
    const token = await good({ exp: seconds() - 10, nbf: seconds() + 10 });
    expect((await post(url, anInitialize, bearer(token))).status).toBe(200);
  });
});

describe('a bad token', () => {
  const cases: Readonly<Record<string, (world: World) => Promise<string>>> = {
    expired: ({ good }) => good({ exp: seconds() - 60 }),
    'not yet valid': ({ good }) => good({ nbf: seconds() + 600 }),
    'without an end': ({ good }) => good({ exp: undefined }),
    'for another audience': ({ good }) => good({ aud: 'https://other.example.com/mcp' }),
    'for no audience': ({ good }) => good({ aud: undefined }),
    'of another issuer': ({ good }) => good({ iss: 'https://evil.example.com' }),
    'without a subject': ({ good }) => good({ sub: undefined }),
    'for a subject that databases would change': ({ good }) => good({ sub: 'ann\ud800' }),
    'for a subject with a zero in it': ({ good }) => good({ sub: 'ann\0' }),
    'for a subject without an end': ({ good }) => good({ sub: 'a'.repeat(1_001) }),
    'that is an ID token': ({ good }) => good({}, { typ: 'JWT' }),
    'that is bound to a key': ({ good }) => good({ cnf: { jkt: 'x' } }),
    'for several audiences, and this is none of them': ({ good }) =>
      good({ aud: ['https://other.example.com/mcp', `${resource}/more`] }),
    'of an unknown type': ({ good }) => good({}, { typ: 'logout+jwt' }),
    'with an unknown key': ({ good }) => good({}, { kid: 'k9' }),
    'with the id of another key': async ({ good, server }) => {
      await server.addKey('k2');
      return good({}, { kid: 'k1' });
    },
    'that names no key where there are two': async ({ good, server }) => {
      await server.addKey('k2');
      return good({}, { kid: undefined });
    },
    'signed by another server with the same key id': async ({ server }) => {
      const other = await startTokenIssuer();
      cleanups.push(() => other.close());
      return other.token(resource, { iss: server.issuer });
    },
    'that brings a key of its own': async ({ server }) => {
      const other = await startTokenIssuer();
      cleanups.push(() => other.close());
      const { keys } = other.answers.get('/keys') as { readonly keys: readonly [JWK] };
      return other.token(resource, { iss: server.issuer }, { jwk: keys[0], jku: `${other.issuer}/keys` });
    },
    'that was changed': async ({ good }) => {
      const [header, payload = '', signature] = (await good()).split('.');
      const claims = {
        ...JSON.parse(Buffer.from(payload, 'base64url').toString()),
        scope: 'oatty:destructive',
      };
      return [header, encode(claims), signature].join('.');
    },
    'without a signature': async ({ good }) => {
      const [, payload] = (await good()).split('.');
      return `${encode({ alg: 'none', typ: 'at+jwt' })}.${payload}.`;
    },
    'signed with the public key as a secret': async ({ good, server }) => {
      const [, payload] = (await good()).split('.');
      const signed = `${encode({ alg: 'HS256', kid: 'k1', typ: 'at+jwt' })}.${payload}`;
      const secret = JSON.stringify(server.answers.get('/keys'));
      return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
    },
    'that is no JWT': async () => 'opaque',
    'that is far too long': async () => 'a'.repeat(20_000),
  };

  it.each(Object.keys(cases))('%s is refused', async (name) => {
    const world = await protect();
    const token = (await cases[name]?.(world)) ?? '';
    const { status, headers, body, text } = await post(world.url, anInitialize, bearer(token));
    expect([status, body.error.data.error_code]).toEqual([401, 'AUTHENTICATION_REQUIRED']);
    expect(headers['www-authenticate']).toContain('error="invalid_token"');
    expect(text + world.log.join('')).not.toContain(token);
  });

  it('in the address is refused, and has no other chance', async () => {
    const { url, good, log } = await protect();
    const token = await good();
    const { status, body } = await post(`${url}?access_token=${token}`, anInitialize, bearer(token));
    expect([status, body.error.data.error_code]).toEqual([400, 'ARGUMENT_INVALID']);
    expect(log.join('')).not.toContain(token);
  });

  it('beside a good one is refused, and so is the good one', async () => {
    const { url, good } = await protect();
    const twice = [await good(), await good({ sub: 'eve' })].flatMap((token) => [
      'authorization',
      `Bearer ${token}`,
    ]);
    const { promise, resolve } = Promise.withResolvers<number | undefined>();
    const headers = [...twice, 'content-type', 'application/json', 'host', new URL(url).host];
    request(url, { method: 'POST', headers }, (response) => resolve(response.resume().statusCode)).end(aPing);
    expect(await promise).toBe(400);
  });

  it('is refused in the middle of a session too', async () => {
    const { url, good } = await protect();
    const session = sessionOf(await initialize(url, bearer(await good())));
    const expired = await good({ exp: seconds() - 60 });
    expect((await post(url, aPing, { ...session, ...bearer(expired) })).status).toBe(401);
    expect((await post(url, aPing, session)).status).toBe(401);
  });

  it('with an unknown key does not make us fetch the keys each time', async () => {
    const { url, good, server } = await protect();
    expect((await post(url, anInitialize, bearer(await good()))).status).toBe(200);
    for (const kid of ['k7', 'k8', 'k9']) {
      expect((await post(url, anInitialize, bearer(await good({}, { kid })))).status).toBe(401);
    }
    expect(server.fetched.filter((path) => path === '/keys')).toEqual(['/keys']);
  });
});

describe('scopes', () => {
  it.each([
    ['oatty:read', 'workflow_list', 200],
    ['oatty:read', 'run_start', 403],
    ['oatty:write', 'workflow_list', 200],
    ['oatty:write', 'run.start', 200],
    ['oatty:write', 'workflow_delete', 403],
    ['oatty:destructive', 'workflow_delete', 200],
    ['oatty:destructive', 'workflow_list', 200],
    ['oatty:read', 'no_such_tool', 200],
  ])('%s and the tool %s: %i', async (scope, name, expected) => {
    const { url, good } = await protect();
    const headers = bearer(await good({ scope }));
    const session = sessionOf(await initialize(url, headers));
    const { status } = await post(url, aCall(name), { ...headers, ...session });
    expect(status).toBe(expected);
  });

  it('that are missing are named, all of the operation at once', async () => {
    const { url, good } = await protect();
    const headers = bearer(await good({ scope: 'oatty:read profile' }));
    const session = sessionOf(await initialize(url, headers));
    const refused = await post(url, aCall('workflow_delete'), { ...headers, ...session });
    expect([refused.status, refused.body.error.data.error_code]).toEqual([403, 'SCOPE_INSUFFICIENT']);
    const challenge = refused.headers['www-authenticate'];
    expect(challenge).toContain(
      'Bearer error="insufficient_scope", scope="oatty:read oatty:write oatty:destructive"',
    );
    expect(challenge).toContain('resource_metadata="https://oatty.example.com/');
  });

  it('are needed even to connect', async () => {
    const { url, good } = await protect();
    for (const scope of ['openid', '', undefined]) {
      const { status, headers } = await post(url, anInitialize, bearer(await good({ scope })));
      expect([status, headers['www-authenticate']]).toEqual([
        403,
        expect.stringContaining('error="insufficient_scope", scope="oatty:read"'),
      ]);
    }
  });

  it('may grow within a session', async () => {
    const { url, good } = await protect();
    const session = sessionOf(await initialize(url, bearer(await good())));
    const stepUp = bearer(await good({ scope: 'oatty:read oatty:write' }));
    expect((await post(url, aCall('run_start'), { ...session, ...stepUp })).status).toBe(200);
  });

  it('that are taken away count no more, also within a session', async () => {
    const { url, good } = await protect();
    const session = sessionOf(await initialize(url, bearer(await good({ scope: 'oatty:destructive' }))));
    const calls = ['workflow_delete', 'run_start', 'workflow_list'].map(async (name) => {
      const lowered = bearer(await good({ scope: 'oatty:read' }));
      return (await post(url, aCall(name), { ...session, ...lowered })).status;
    });
    expect(await Promise.all(calls)).toEqual([403, 403, 200]);
  });

  it('say of each call whether it is an admin who makes it', async () => {
    const { url, good, runs } = await protect();
    const session = sessionOf(
      await initialize(url, bearer(await good({ scope: 'oatty:write oatty:admin' }))),
    );
    for (const scope of ['oatty:write oatty:admin', 'oatty:destructive']) {
      await post(url, aRun, { ...session, ...bearer(await good({ scope })) });
    }
    expect(runs.started.map(({ caller }) => caller?.role)).toEqual(['admin', undefined]);
  });

  it('of an admin alone allow nothing', async () => {
    const { url, good } = await protect();
    const { status } = await post(url, anInitialize, bearer(await good({ scope: 'oatty:admin' })));
    expect(status).toBe(403);
  });

  it('count for every message of a batch', async () => {
    const { url, good } = await protect();
    const headers = bearer(await good());
    const session = sessionOf(await initialize(url, headers));
    const batch = `[${aPing},${aCall('run_start')}]`;
    expect((await post(url, batch, { ...headers, ...session })).status).toBe(403);
  });
});

describe('another principal', () => {
  it('cannot use the session', async () => {
    const { url, good } = await protect();
    const session = sessionOf(await initialize(url, bearer(await good())));
    const other = bearer(await good({ sub: 'bob' }));
    const { status, body } = await post(url, aPing, { ...session, ...other });
    expect([status, body.error.data.error_code]).toEqual([404, 'RESOURCE_NOT_FOUND']);
    for (const method of ['GET', 'DELETE']) {
      const headers = { ...session, ...other, accept: 'text/event-stream' };
      expect((await fetch(url, { method, headers })).status).toBe(404);
    }
    const never = { 'mcp-session-id': '00000000-0000-4000-8000-000000000000' };
    const answer = (await post(url, aPing, { ...never, ...other })).body;
    expect({ ...body.error.data, correlation_id: '' }).toEqual({ ...answer.error.data, correlation_id: '' });
    expect((await post(url, aPing, { ...session, ...bearer(await good()) })).status).toBe(200);
  });

  it('does not find the tasks', async () => {
    const { url, good, runs, server } = await protect();
    const ann = bearer(await good({ scope: 'oatty:write' }));
    const annsSession = sessionOf(await initialize(url, ann));
    const start = { name: 'workflow_run', arguments: { workflow_id: 'pay' }, task: {} };
    await post(url, aRequest('tools/call', start), { ...ann, ...annsSession });
    expect(runs.started[0]?.caller).toEqual({ principal: `${server.issuer}#ann`, via: 'mcp' });
    const bob = bearer(await good({ sub: 'bob', scope: 'oatty:write' }));
    const bobsSession = sessionOf(await initialize(url, bob));
    const ask = aRequest('tasks/get', { taskId: 'run-1' });
    expect((await post(url, ask, { ...bob, ...bobsSession })).text).toContain('RUN_NOT_FOUND');
    expect((await post(url, ask, { ...ann, ...annsSession })).text).toContain('"taskId":"run-1"');
  });
});

describe('the authorization server', () => {
  it('that cannot be reached is no fault of the token', async () => {
    const { url, good, server, log } = await protect();
    const token = await good();
    await server.close();
    const { status, headers, body } = await post(url, anInitialize, bearer(token));
    expect([status, body.error.data.error_code, headers['retry-after']]).toEqual([503, 'NETWORK_ERROR', '5']);
    expect(log.join('')).toContain(body.error.data.correlation_id);
  });

  it.each([
    [
      'metadata of another issuer',
      '/.well-known/oauth-authorization-server',
      { issuer: 'https://evil.example' },
    ],
    ['metadata that is none', '/.well-known/oauth-authorization-server', '<html>'],
    ['keys that are none', '/keys', '<html>'],
    ['keys without an end', '/keys', `{"keys":[],"x":"${'x'.repeat(600_000)}"}`],
  ])('with %s is not believed', async (_, path, answer) => {
    const { url, good, server } = await protect();
    server.answers.set(path, answer);
    expect((await post(url, anInitialize, bearer(await good()))).status).toBe(503);
  });

  it.each(['http://keys.example.com/', 'https://169.254.169.254/keys', 'file:///etc/passwd'])(
    'does not lead to %s',
    async (jwks_uri) => {
      const { url, good, server, log } = await protect();
      const { issuer } = server;
      server.answers.set('/.well-known/oauth-authorization-server', { issuer, jwks_uri });
      expect((await post(url, anInitialize, bearer(await good()))).status).toBe(503);
      expect(server.fetched).toEqual(['/.well-known/oauth-authorization-server']);
      expect(log.join('')).toContain('NETWORK_ERROR');
    },
  );
});

describe('beyond this machine', () => {
  it('is not served without authentication, or without knowing the address', async () => {
    const options = { ...someOptions(new ScriptedRuns(), []), host: '0.0.0.0' };
    await expect(serveHttp(options)).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    const authentication = { issuer: 'https://login.example.com' };
    await expect(serveHttp({ ...options, authentication })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });

  it('is served with both', async () => {
    const server = await startTokenIssuer();
    cleanups.push(() => server.close());
    const options = { ...someOptions(new ScriptedRuns(), []), host: '0.0.0.0', publicUrl: resource };
    const http = await serveHttp({ ...options, authentication: { issuer: server.issuer } });
    cleanups.push(() => http.close());
    const url = http.url.replace('0.0.0.0', '127.0.0.1');
    const headers = { ...bearer(await server.token(resource)), host: 'oatty.example.com' };
    expect((await post(url, anInitialize, headers)).status).toBe(200);
    expect((await post(url, anInitialize, { ...headers, host: 'evil.example.com' })).status).toBe(403);
  });

  it.each([
    [{ authentication: { issuer: 'http://login.example.com' } }, 'ADDRESS_NOT_ALLOWED'],
    [{ authentication: { issuer: 'login' } }, 'ARGUMENT_INVALID'],
    [{ authentication: { issuer: 'https://a:b@login.example.com' } }, 'ARGUMENT_INVALID'],
    [
      { authentication: { issuer: 'https://login.example.com', jwksUrl: 'http://x.example' } },
      'ADDRESS_NOT_ALLOWED',
    ],
    [{ authentication: { issuer: 'https://login.example.com', algorithms: ['HS256'] } }, 'ARGUMENT_INVALID'],
    [{ publicUrl: 'http://oatty.example.com/mcp' }, 'ADDRESS_NOT_ALLOWED'],
    [{ publicUrl: 'https://oatty.example.com/mcp?x=1' }, 'ARGUMENT_INVALID'],
    [{ allowedOrigins: ['app.example.com'] }, 'ARGUMENT_INVALID'],
  ])('refuses the options %j', async (wrong, code) => {
    await expect(serveHttp({ ...someOptions(new ScriptedRuns(), []), ...wrong })).rejects.toMatchObject({
      code,
    });
  });
});

// --- internal ---

type World = Awaited<ReturnType<typeof protect>>;

async function protect(more: (issuer: TokenIssuer) => Partial<HttpOptions['authentication']> = () => ({})) {
  const server = await startTokenIssuer();
  cleanups.push(() => server.close());
  const runs = new ScriptedRuns();
  const log: string[] = [];
  const http = await serveHttp({
    ...someOptions(runs, log),
    publicUrl: resource,
    authentication: { issuer: server.issuer, ...more(server) },
  });
  cleanups.push(() => http.close());
  const good = (...[claims, header]: TokenClaims) => server.token(resource, claims, header);
  return { url: http.url, server, runs, log, good };
}

type TokenClaims = [
  claims?: Parameters<TokenIssuer['token']>[1],
  header?: Parameters<TokenIssuer['token']>[2],
];

function someOptions(runs: ScriptedRuns, log: string[]): HttpOptions {
  return {
    oatty: runs.toOatty(),
    version: '1',
    log: (entry) => void log.push(JSON.stringify(entry)),
    host: '127.0.0.1',
    port: 0,
  };
}

function bearer(token: string): Record<string, string> {
  return { authorization: `Bearer ${token}` };
}

function aRequest(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 2, method, params });
}

function aCall(name: string): string {
  return aRequest('tools/call', { name, arguments: {} });
}

const aRun = aRequest('tools/call', { name: 'run_start', arguments: { workflow_id: 'pay' } });

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function seconds(): number {
  return Math.floor(Date.now() / 1_000);
}
