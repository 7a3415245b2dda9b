import { describe, expect, it } from 'vitest';
import type { CatalogCredential, SecurityRequirement, SecurityScheme } from '@oatty/types';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import type { CallChanges } from './a-call.ts';
import { sendJson, startServer } from './local-server.ts';

const schemes: Readonly<Record<string, SecurityScheme>> = {
  key: { kind: 'api_key', in: 'header', name: 'X-Api-Key' },
  query_key: { kind: 'api_key', in: 'query', name: 'api key' },
  cookie_key: { kind: 'api_key', in: 'cookie', name: 'sid' },
  login: { kind: 'basic' },
  bearer: { kind: 'bearer' },
  browser: { kind: 'token', note: 'authorization code' },
};

interface Setting extends CallChanges {
  readonly security?: readonly SecurityRequirement[];
  readonly auth?: Readonly<Record<string, CatalogCredential>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Sends one request and gives what arrived. */
async function send({ security = [], auth = {}, headers = {}, ...changes }: Setting) {
  const server = await startServer();
  const command = aCommand({ security });
  const entry = { auth, headers, base_url: server.origin };
  await executeHttpCommand(aCall({ securitySchemes: schemes, command, ...changes, entry }));
  const [request] = server.requests;
  if (request === undefined) throw new Error('nothing arrived');
  return { url: request.url, ...request.headers };
}

describe('credentials', () => {
  it.each<[string, CatalogCredential, Record<string, string>]>([
    ['key', { value: '${secret:KEY}' }, { 'x-api-key': 'k/1' }],
    ['query_key', { value: '${secret:KEY}' }, { url: '/things?api%20key=k%2F1' }],
    ['cookie_key', { value: '${secret:KEY}' }, { cookie: 'sid=k%2F1' }],
    ['login', { username: 'ann', password: '${env:PASS}' }, { authorization: `Basic ${btoa('ann:p:w')}` }],
    ['bearer', { value: '${env:PASS}' }, { authorization: 'Bearer p:w' }],
    ['bearer', { value: 'Bearer ${env:PASS}' }, { authorization: 'Bearer p:w' }],
    ['browser', { value: 'literal' }, { authorization: 'Bearer literal' }],
  ])('of the scheme %s stand where it says', async (name, credential, expected) => {
    const values = { 'secret:KEY': 'k/1', 'env:PASS': 'p:w' };
    expect(await send({ security: [{ [name]: [] }], auth: { [name]: credential }, values })).toMatchObject(
      expected,
    );
  });

  it('are those of the first alternative that is complete', async () => {
    const sent = await send({
      security: [{ key: [], login: [] }, { bearer: [] }, { browser: [] }],
      auth: { key: { value: 'k' }, bearer: { value: 'b1' }, browser: { value: 'b2' } },
    });
    expect(sent).toMatchObject({ authorization: 'Bearer b1' });
    expect(sent).not.toHaveProperty('x-api-key');
  });

  it('go together where an alternative names several', async () => {
    const sent = await send({
      security: [{ key: [], bearer: [] }],
      auth: { key: { value: 'k' }, bearer: { value: 'b' } },
    });
    expect(sent).toMatchObject({ 'x-api-key': 'k', authorization: 'Bearer b' });
  });

  it('are sent where they are optional', async () => {
    const sent = await send({ security: [{}, { key: [] }], auth: { key: { value: 'k' } } });
    expect(sent).toMatchObject({ 'x-api-key': 'k' });
  });

  it('set by hand as a header win over the scheme', async () => {
    const sent = await send({
      security: [{ bearer: [] }],
      auth: { bearer: { value: 'from auth' } },
      headers: { Authorization: 'Token ${env:T}' },
      values: { 'env:T': 'by hand' },
    });
    expect(sent).toMatchObject({ authorization: 'Token by hand' });
  });

  it('complete an alternative when one of them is set by hand', async () => {
    const sent = await send({
      security: [{ key: [], bearer: [] }],
      auth: { bearer: { value: 'b' } },
      headers: { 'x-api-key': 'by hand' },
    });
    expect(sent).toMatchObject({ 'x-api-key': 'by hand', authorization: 'Bearer b' });
  });

  it('are not sent with a command that asks for none', async () => {
    expect(await send({ auth: { key: { value: 'k' } } })).not.toHaveProperty('x-api-key');
  });

  it('stand aside for a parameter of their name, and are there once', async () => {
    const auth = { query_key: { value: 'q' }, twin: { value: 't' }, cookie_key: { value: 'c' } };
    const securitySchemes = { ...schemes, twin: schemes['query_key']! };
    const security = [{ query_key: [], twin: [], cookie_key: [] }];
    const parameters = [
      aParameter({ name: 'api key', in: 'query' }),
      aParameter({ name: 'sid', in: 'cookie' }),
    ];
    const command = aCommand({ security, parameters });

    expect(await send({ security, auth, securitySchemes })).toMatchObject({ url: '/things?api%20key=t' });
    expect(
      await send({ auth, securitySchemes, command, with: { 'api key': 'own', sid: 's' } }),
    ).toMatchObject({
      url: '/things?api%20key=own',
      cookie: 'sid=s',
    });
  });

  it('that nobody has set leave the request without any', async () => {
    expect(await send({ security: [{ key: [] }] })).not.toHaveProperty('x-api-key');
  });

  it('of a scheme that the catalog does not have are not sent', async () => {
    const sent = await send({ security: [{ constructor: [] }], auth: { constructor: { value: 'x' } } });
    expect(sent).not.toHaveProperty('authorization');
  });

  it('join the cookies of the catalog and of the parameters', async () => {
    const sent = await send({
      security: [{ cookie_key: [] }],
      auth: { cookie_key: { value: 'k' } },
      headers: { Cookie: 'a=1' },
    });
    expect(sent).toMatchObject({ cookie: 'a=1; sid=k' });
  });

  it.each<[string, CatalogCredential]>([
    ['login', { value: 'x' }],
    ['key', { username: 'a', password: 'b' }],
  ])('of the wrong form for the scheme %s are refused', async (name, credential) => {
    await expect(send({ security: [{ [name]: [] }], auth: { [name]: credential } })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { context: { scheme: name } },
    });
  });
});

describe('a reference', () => {
  it.each(['secret:MISSING', 'env:MISSING'])('to %s that has no value is refused', async (reference) => {
    const sending = send({ headers: { 'x-token': `\${${reference}}` } });
    await expect(sending).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { context: { catalog_id: 'shop-api', reference } },
    });
  });

  it('in an argument is text and never looked up', async () => {
    const server = await startServer();
    const command = aCommand({
      method: 'POST',
      body: { media_type: 'application/json', schema: {}, required: true },
    });
    const values = { 'secret:KEY': 'hunter2' };
    await executeHttpCommand(
      aCall({ baseUrl: server.origin, command, values, body: { a: '${secret:KEY}' } }),
    );
    expect(server.requests[0]?.body).toBe('{"a":"${secret:KEY}"}');
  });

  it('is asked for only when the arguments are right', async () => {
    const call = aCall({ entry: { headers: { 'x-token': '${secret:MISSING}' } }, with: { unknown: 1 } });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({
      options: { violations: [{ path: '$.with.unknown' }] },
    });
  });
});

describe('a refusal by the API', () => {
  it.each([
    ['names the scheme to set', [{ key: [] }], {}, /"oatty catalog auth shop-api key"/],
    ['names the headers where the description knows no scheme', [], {}, /"oatty catalog headers shop-api/],
    [
      'doubts the credentials that were sent',
      [{ key: [] }],
      { key: { value: 'k' } },
      /Check the credentials/,
    ],
  ] as const)('%s', async (_, security, auth, advice) => {
    const server = await startServer((__, response) => sendJson(response, {}, 401));
    const command = aCommand({ security });
    const call = aCall({ baseUrl: server.origin, securitySchemes: schemes, command, entry: { auth } });
    await expect(executeHttpCommand(call)).rejects.toMatchObject({
      code: 'HTTP_ERROR',
      suggestedAction: expect.stringMatching(advice),
    });
  });
});
