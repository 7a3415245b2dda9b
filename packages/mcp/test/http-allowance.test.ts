/** What a token allows, beyond the level of the tool that is called. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import { openShop } from './shop-world.ts';
import { startTokenIssuer } from './token-issuer.ts';
import { call, failure } from './tool-calls.ts';

const aRemoval = `
workflow: remove
inputs:
  order_id: { type: string }
steps:
  - id: order
    run: shop orders:delete
    with: { order: '\${{ inputs.order_id }}' }
`;

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('a token that allows to write', () => {
  it.each([
    ['command_run', { command_id: 'shop orders:delete', with: { order: 'ord_1' } }],
    ['run_start', { manifest_content: aRemoval, inputs: { order_id: 'ord_1' } }],
    ['run_start', { manifest_content: aRemoval }],
  ])('removes nothing through %s, whatever is confirmed', async (tool, args) => {
    const { client, world } = await connect('oatty:write');
    expect(await failure(client, tool, { ...args, confirm: true })).toMatchObject({
      error_code: 'SCOPE_INSUFFICIENT',
      context: { scope: 'oatty:read oatty:write oatty:destructive' },
    });
    expect(world.shop.calls()).toEqual([]);
    expect(client.forms).toEqual([]);
  });
});

describe('a token that does not allow everything', () => {
  it.each([
    ['oatty:write', 'catalog_set_base_url', { catalog_id: 'shop-api', base_url: 'https://evil.example' }],
    ['oatty:write', 'catalog_edit_headers', { catalog_id: 'shop-api', set: { 'X-A': '${env:HOME}' } }],
    ['oatty:write', 'catalog_import_openapi', { source: 'http://127.0.0.1:1', allow_private: true }],
  ])('(%s) exposes nothing through %s, whatever is confirmed', async (scope, tool, args) => {
    const { client } = await connect(scope);
    const refused = await failure(client, tool, { ...args, confirm: true });
    expect([refused.error_code, client.forms]).toEqual(['SCOPE_INSUFFICIENT', []]);
  });

  it('reads no description from a private address', async () => {
    const { client } = await connect('oatty:read');
    const args = { source: 'http://127.0.0.1:1', allow_private: true };
    expect((await failure(client, 'catalog_validate_openapi', args)).error_code).toBe('SCOPE_INSUFFICIENT');
  });
});

describe('a token that allows everything', () => {
  it('removes after a confirmation', async () => {
    const { client } = await connect('oatty:destructive');
    const args = { command_id: 'shop orders:delete', with: { order: 'ord_1' }, confirm: true };
    expect(await call(client, 'command_run', args)).toMatchObject({ status: 204 });
    expect(client.forms.length).toBe(1);
  });
});

// --- internal ---

async function connect(scope: string) {
  const world = await openShop();
  cleanups.push(() => world.close());
  const issuer = await startTokenIssuer();
  cleanups.push(() => issuer.close());
  const server = await serveHttp({
    oatty: world.oatty,
    version: '1',
    log: () => undefined,
    host: '127.0.0.1',
    port: 0,
    authentication: { issuer: issuer.issuer },
  });
  cleanups.push(() => server.close());
  const token = await issuer.token(server.url, { scope });
  const requestInit = { headers: { authorization: `Bearer ${token}` } };
  const transport = new StreamableHTTPClientTransport(new URL(server.url), { requestInit });
  const client = await connectClient(transport, { person: () => ({ action: 'accept' }) });
  cleanups.push(() => client.close());
  return { client, world };
}
