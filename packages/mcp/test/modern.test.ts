import { Client as LegacyClient } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { connectModern, overHttp, overStdio } from './modern-client.ts';
import type { ModernClientOptions } from './modern-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let server: HttpServer;
const cleanups: (() => Promise<void>)[] = [];

beforeAll(async () => {
  world = await openShop();
  server = await serveHttp({
    oatty: world.oatty,
    version: '1',
    log: () => undefined,
    host: '127.0.0.1',
    port: 0,
  });
});
beforeEach(() => world.shop.reset());
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(async () => {
  await server.close();
  await world.close();
});

describe('a client of 2026-07-28 over HTTP', () => {
  it('discovers what there is', async () => {
    const { client } = await connect();
    expect(client.getServerCapabilities()).toMatchObject({
      tools: {},
      resources: {},
      completions: {},
      extensions: { 'io.modelcontextprotocol/tasks': {} },
    });
    expect(client.getServerCapabilities()).not.toHaveProperty('tasks');
    expect(client.getInstructions()).toContain('discover, draft, validate, save, run');
    const { tools } = await client.listTools();
    expect(tools[0]).toMatchObject({ name: 'workflow_list', title: 'workflow.list' });
    expect(tools[0]).not.toHaveProperty('execution');
  });

  it('is told how long it may keep an answer', async () => {
    const { client } = await connect();
    expect(await client.listTools()).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
    expect(await client.listPrompts()).toMatchObject({ ttlMs: 3_600_000, cacheScope: 'public' });
    expect(await client.listResources()).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
    const uri = 'oatty://workflow/manifests';
    expect(await client.readResource({ uri })).toMatchObject({ ttlMs: 0, cacheScope: 'private' });
  });

  it('gets the same errors as an older one', async () => {
    const { client } = await connect();
    const wrong = await client.callTool({ name: 'workflow_get', arguments: { workflow: 'x' } });
    expect(wrong).toMatchObject({
      isError: true,
      structuredContent: { data: { error_code: 'ARGUMENT_INVALID', suggested_action: expect.any(String) } },
    });
    await expect(client.callTool({ name: 'workflow_lst' })).rejects.toMatchObject({
      code: -32_602,
      data: { error_code: 'ARGUMENT_INVALID', suggested_action: 'Did you mean "workflow_list"?' },
    });
  });

  it('reads an address without a resource as invalid', async () => {
    const { client } = await connect();
    await expect(client.readResource({ uri: 'oatty://nothing' })).rejects.toMatchObject({
      code: -32_602,
      data: { error_code: 'RESOURCE_NOT_FOUND' },
    });
  });

  it('shows its person what a destructive call will do', async () => {
    const { client, forms } = await connect({ person: () => ({ action: 'accept', content: {} }) });
    const result = await client.callTool(aDeletion);
    expect(forms).toMatchObject([{ message: expect.stringContaining('shop orders:delete') }]);
    expect(result.structuredContent).toMatchObject({ status: 204 });
    expect(deletions().length).toBe(1);
  });

  it('does nothing when its person says no', async () => {
    const { client } = await connect({ person: () => ({ action: 'decline' }) });
    const result = await client.callTool(aDeletion);
    expect(result).toMatchObject({ isError: true, structuredContent: { data: { error_code: 'CANCELED' } } });
    expect(deletions()).toEqual([]);
  });

  it('without a person confirms itself', async () => {
    const { client } = await connect();
    const refused = await client.callTool(aDeletion);
    expect(refused.structuredContent).toMatchObject({ data: { error_code: 'CONFIRMATION_REQUIRED' } });
    const { name, arguments: args } = aDeletion;
    const confirmed = await client.callTool({ name, arguments: { ...args, confirm: true } });
    expect(confirmed.structuredContent).toMatchObject({ status: 204 });
  });
});

describe('a client of 2026-07-28 that listens', () => {
  it('hears of a workflow that was saved elsewhere', async () => {
    const { client } = await connect();
    const heard: string[] = [];
    client.setNotificationHandler('notifications/resources/list_changed', () => void heard.push('list'));
    client.setNotificationHandler('notifications/resources/updated', ({ params }) => {
      heard.push(params.uri);
    });
    const uri = 'oatty://workflow/manifest/look';
    const listening = await client.listen({ resourcesListChanged: true, resourceSubscriptions: [uri] });
    cleanups.push(() => listening.close());
    const steps = [{ id: 'a', run: 'shop orders:list' }];
    await world.oatty.workflows.save({ content: { workflow: 'look', steps } });
    await expect.poll(() => heard.toSorted(), { timeout: 10_000 }).toEqual(['list', uri]);
  });
});

describe('one endpoint', () => {
  it('serves clients of both revisions side by side', async () => {
    const older = new LegacyClient({ name: 'test', version: '1' });
    await older.connect(new StreamableHTTPClientTransport(new URL(server.url)));
    cleanups.push(() => older.close());
    const { client } = await connect();
    const [fromOlder, fromNewer] = await Promise.all([older.listTools(), client.listTools()]);
    expect(fromOlder.tools.map(({ name }) => name)).toEqual(fromNewer.tools.map(({ name }) => name));
    expect(await older.callTool({ name: 'catalog_list' })).toMatchObject({
      structuredContent: { items: [{ catalog_id: 'shop-api' }] },
    });
  });
});

describe('a client of 2026-07-28 over stdio', () => {
  it('discovers, calls and confirms in one process', async () => {
    const { client, forms, close } = await connectModern(overStdio(world.env), {
      person: () => ({ action: 'accept', content: {} }),
    });
    cleanups.push(close);
    expect((await client.listTools()).tools[0]).toMatchObject({ name: 'workflow_list' });
    const result = await client.callTool(aDeletion);
    expect(result.structuredContent).toMatchObject({ status: 204 });
    expect(forms.length).toBe(1);
  });
});

// --- internal ---

const aDeletion = {
  name: 'command_run_destructive',
  arguments: { command_id: 'shop orders:delete', with: { order: 'ord_1' } },
};

async function connect(options?: ModernClientOptions) {
  const client = await connectModern(overHttp(server.url), options);
  cleanups.push(client.close);
  return client;
}

function deletions() {
  return world.shop.calls().filter(({ method }) => method === 'DELETE');
}
