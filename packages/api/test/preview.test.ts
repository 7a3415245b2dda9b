import { describe, expect, it } from 'vitest';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { previewRequest } from '../src/preview-request.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import { startServer } from './local-server.ts';

const creation = aCommand({
  method: 'POST',
  path: '/orders/{order}/notes',
  parameters: [aParameter({ name: 'order', in: 'path' }), aParameter({ name: 'tags', in: 'query' })],
  body: { media_type: 'application/json', schema: {}, required: true },
});

describe('a preview', () => {
  it('is what would be sent', async () => {
    const server = await startServer();
    const call = aCall({
      baseUrl: server.origin,
      command: creation,
      with: { order: 'a/b', tags: ['x', 'y'] },
      body: { text: 'hi' },
      idempotencyKey: 'k1',
    });
    const preview = await previewRequest(call);
    expect(server.requests).toEqual([]);
    await executeHttpCommand(call);
    const { method, url, headers, body } = server.requests[0] ?? {};
    expect(preview).toMatchObject({ method, url: server.origin + url, body: JSON.parse(body ?? '') });
    expect(headers).toMatchObject(preview.headers);
  });

  it('masks credentials without looking them up', async () => {
    const call = aCall({
      baseUrl: 'https://api.test',
      command: aCommand({ security: [{ query: [], cookie: [], oauth: [] }] }),
      securitySchemes: {
        query: { kind: 'api_key', in: 'query', name: 'key' },
        cookie: { kind: 'api_key', in: 'cookie', name: 'sid' },
        oauth: { kind: 'oauth2_client_credentials', token_url: 'https://api.test/token', scopes: [] },
      },
      entry: {
        base_url: 'https://api.test',
        headers: { 'X-Tenant': 'acme-${env:STAGE}', 'X-Plain': 'literal', Accept: 'text/csv' },
        auth: {
          query: { value: 'literal' },
          cookie: { value: '${secret:SID}' },
          oauth: { client_id: 'a', client_secret: '${secret:B}' },
        },
      },
      resolveReference: () => Promise.reject(new Error('nothing is looked up')),
    });
    expect(await previewRequest(call)).toMatchObject({
      url: 'https://api.test/things?key=[secret]',
      headers: {
        'x-tenant': 'acme-[secret]',
        'x-plain': '[secret]',
        accept: 'text/csv',
        cookie: 'sid=[secret]',
        authorization: 'Bearer [secret]',
      },
      body: null,
    });
  });

  it.each([
    ['Bearer abc', 'Bearer [secret]'],
    ['Token ${env:T}', 'Token [secret]'],
    ['abc def', '[secret]'],
  ])('shows an Authorization of %j as %j', async (header, expected) => {
    const { headers } = await previewRequest(aCall({ entry: { headers: { Authorization: header } } }));
    expect(headers['authorization']).toBe(expected);
  });

  it('masks basic credentials as a whole', async () => {
    const call = aCall({
      command: aCommand({ security: [{ login: [] }] }),
      securitySchemes: { login: { kind: 'basic' } },
      entry: { auth: { login: { username: 'ann', password: 'pw' } } },
    });
    expect((await previewRequest(call)).headers['authorization']).toBe('Basic [secret]');
  });

  it('leaves templates and masks secrets of the arguments, wherever they travel', async () => {
    const preview = await previewRequest(
      aCall({
        baseUrl: 'https://api.test',
        command: creation,
        with: { order: '${{ steps.find.id }}', tags: ['hunter2', 'a b'] },
        body: { text: 'to ${{ inputs.name ?? "you" }}', pin: 123456, n: 7 },
        secrets: new Set(['hunter2', '123456']),
      }),
    );
    expect(preview).toMatchObject({
      url: 'https://api.test/orders/${{ steps.find.id }}/notes?tags=[secret]&tags=a%20b',
      body: { text: 'to ${{ inputs.name ?? "you" }}', pin: '[secret]', n: 7 },
    });
  });

  it('lists the parts of a multipart body, and names files without reading them', async () => {
    const command = aCommand({
      method: 'POST',
      body: { media_type: 'multipart/form-data', schema: {}, required: true },
    });
    const body = {
      a: 'x',
      meta: { k: 1 },
      photo: { file: './p.png' },
      data: { base64: 'AA==', filename: 'd.bin' },
    };
    expect(await previewRequest(aCall({ command, body }))).toMatchObject({
      headers: { 'content-type': 'multipart/form-data' },
      body: [
        { name: 'a', value: 'x' },
        { name: 'meta', media_type: 'application/json', value: '{"k":1}' },
        { name: 'photo', value: '[file ./p.png]' },
        { name: 'data', value: '[d.bin in base64]' },
      ],
    });
  });

  it('shows the text of a form, and the name of a file', async () => {
    const form = aCommand({
      method: 'POST',
      body: { media_type: 'application/x-www-form-urlencoded', schema: {}, required: true },
    });
    const upload = aCommand({
      method: 'POST',
      body: { media_type: 'image/png', schema: {}, required: true },
    });
    expect((await previewRequest(aCall({ command: form, body: { a: '${{ x }}', b: 1 } }))).body).toBe(
      'a=${{ x }}&b=1',
    );
    expect((await previewRequest(aCall({ command: upload, body: { file: 'p.png' } }))).body).toBe(
      '[file p.png]',
    );
  });

  it('refuses what the call would refuse', async () => {
    const deep: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
    const call = aCall({ command: creation, with: { order: 'a' }, body: deep });
    await expect(previewRequest(call)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(previewRequest(aCall({ command: creation }))).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});
