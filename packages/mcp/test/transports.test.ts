import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { afterEach, describe, expect, it } from 'vitest';
import { builtProgram } from '../../../test/e2e/built-program.ts';
import { serveHttp } from '../src/index.ts';
import { connectClient, connectInMemory } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

const connectors: Readonly<
  Record<string, (world: ShopWorld, options: TestClientOptions) => Promise<TestClient>>
> = {
  'in memory': (world, options) => connectInMemory(serverOptions(world), options),
  'over stdio': (world, options) => {
    const args = [builtProgram('stdio-server')];
    const env = { ...world.env, PATH: process.env.PATH ?? '' };
    return connectClient(new StdioClientTransport({ command: process.execPath, args, env }), options);
  },
  'over HTTP': async (world, options) => {
    const server = await serveHttp({ ...serverOptions(world), host: '127.0.0.1', port: 0 });
    cleanups.push(() => server.close());
    return connectClient(new StreamableHTTPClientTransport(new URL(server.url)), options);
  },
};

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe.each(Object.entries(connectors))('a client %s', (_, connectTo) => {
  it('discovers, validates, saves and runs', async () => {
    const { client } = await open(connectTo);
    const { items } = await call(client, 'command_search', { query: 'get an order' });
    expect(items).toContainEqual(expect.objectContaining({ id: 'shop orders:info' }));
    expect(await call(client, 'workflow_validate', { manifest_content: aManifest })).toMatchObject({
      valid: true,
    });
    await call(client, 'workflow_save', { manifest_content: aManifest });
    const { task } = await client.startTask({ workflow_id: 'look', inputs: { order_id: 'ord_1' } });
    const result = await client.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({
      structuredContent: { workflow_id: 'look', status: 'succeeded', final_output: { id: 'ord_1' } },
    });
    await expect
      .poll(() => client.statuses.at(-1))
      .toMatchObject({
        taskId: task.taskId,
        status: 'completed',
        _meta: { 'oatty/progress': { run_id: task.taskId, step_id: 'order', state: 'succeeded' } },
      });
  });

  it('is asked for what is missing', async () => {
    const { client } = await open(connectTo, {
      person: () => ({ action: 'accept', content: { order_id: 'ord_2' } }),
    });
    const { task } = await client.startTask({ manifest_content: aManifest });
    const result = await client.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({ structuredContent: { final_output: { id: 'ord_2' } } });
    expect(client.forms.length).toBe(1);
  });

  it('gets the error of the step that failed', async () => {
    const { client } = await open(connectTo);
    const { task } = await client.startTask({ manifest_content: aManifest, inputs: { order_id: 'nobody' } });
    const result = await client.request('tasks/result', { taskId: task.taskId });
    expect(result).toMatchObject({
      isError: true,
      structuredContent: { data: { category: 'execution', step_id: 'order', command: 'shop orders:info' } },
    });
  });

  it('gets the error of a call that is wrong', async () => {
    const { client } = await open(connectTo);
    expect(await failure(client, 'workflow_get', { workflow: 'x' })).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      suggested_action: 'Did you mean "workflow_id"?',
    });
    const unknown = await client.refusal('tools/call', { name: 'workflow_lst' });
    expect([unknown.code, unknown.data.suggested_action]).toEqual([-32_602, 'Did you mean "workflow_list"?']);
  });

  it('may use dots', async () => {
    const { client } = await open(connectTo);
    expect(await call(client, 'catalog.list')).toMatchObject({ items: [{ catalog_id: 'shop-api' }] });
  });
});

// --- internal ---

async function open(
  connectTo: (world: ShopWorld, options: TestClientOptions) => Promise<TestClient>,
  options: TestClientOptions = {},
) {
  const world = await openShop();
  cleanups.push(() => world.close());
  const client = await connectTo(world, options);
  cleanups.push(() => client.close());
  return { world, client };
}

function serverOptions({ oatty }: ShopWorld) {
  return { oatty, version: '1', log: () => undefined };
}

const aManifest = `
workflow: look
inputs:
  order_id: { type: string }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
final_output: \${{ steps.order }}
`;
