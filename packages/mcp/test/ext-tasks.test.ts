/** The requester of `@modelcontextprotocol/ext-tasks` over the client of SDK 2.x, in revision 2025-11-25. */
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import {
  createApplicationInputHandler,
  createTaskSessionFromClient,
  resultFromTaskOutcome,
  toolDeclarationFromMcpTool,
} from '@modelcontextprotocol/ext-tasks/client';
import type { ApplicationInputRequest, TaskState } from '@modelcontextprotocol/ext-tasks/client';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let server: HttpServer;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await openShop({ slowMs: 60_000 });
  const options = { oatty: world.oatty, version: '1', log: () => undefined };
  server = await serveHttp({ ...options, host: '127.0.0.1', port: 0 });
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(async () => {
  await server.close();
  await world.close();
});

const look = `workflow: look
inputs:
  order_id: { type: string }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
`;

describe('the requester of ext-tasks', () => {
  it('runs a task to its result', async () => {
    const { session } = await open();
    const args = { manifest_content: look, inputs: { order_id: 'ord_1' } };
    const execution = await session.callTool('workflow_run', args);
    expect(execution.kind).toBe('task');
    const { outcome } = await execution.settle();
    expect(resultFromTaskOutcome(outcome)).toMatchObject({ structuredContent: { status: 'succeeded' } });
  });

  it('is asked over its own stream, since it never waits for a result then', async () => {
    const { session, asked } = await open();
    const execution = await session.callTool('workflow_run', { manifest_content: look });
    const { outcome } = await execution.settle();
    expect(asked.map(({ kind }) => kind)).toEqual(['elicitation']);
    expect(resultFromTaskOutcome(outcome)).toMatchObject({
      structuredContent: { inputs: { order_id: 'ord_2' } },
    });
  });

  it('lets its model write, and is asked for what the call did not bring', async () => {
    const { session, asked } = await open();
    const execution = await session.callTool('workflow_author_and_run', { goal: 'look an order up' });
    const { outcome } = await execution.settle();
    expect(asked.map(({ kind }) => kind)).toEqual(['sampling', 'elicitation']);
    expect(resultFromTaskOutcome(outcome)).toMatchObject({
      structuredContent: { workflow_id: 'look', status: 'succeeded', outputs: { order: { id: 'ord_2' } } },
    });
  });

  it('sees the states of a task, and that a failed one has failed', async () => {
    const { session } = await open();
    const args = { manifest_content: look, inputs: { order_id: 'nobody' } };
    const execution = await session.callTool('workflow_run', args);
    const states = new Set<TaskState>();
    for await (const event of execution.updates()) if (event.type === 'task') states.add(event.task.status);
    expect([...states].at(-1)).toBe('failed');
    expect((await execution.result()).status).toBe('failed');
  });

  it('cancels a task, and with it the request in flight', async () => {
    const { session } = await open();
    world.shop.reset();
    const slow = { workflow: 'slow', steps: [{ id: 'slow', run: 'shop slow:list' }] };
    const execution = await session.callTool('workflow_run', { manifest_content: slow });
    await expect.poll(() => world.shop.calls()[0]?.outcome).toBe('in_flight');
    await execution.cancel();
    await expect.poll(() => world.shop.calls()[0]?.outcome).toBe('aborted');
    expect((await execution.result()).status).toBe('cancelled');
  });
});

// --- internal ---

async function open() {
  const client = new Client(
    { name: 'test', version: '1' },
    { capabilities: { elicitation: { form: {} }, sampling: {} } },
  );
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  cleanups.push(() => client.close());
  const { tools } = await client.listTools();
  const declarations = new Map(tools.map((tool) => [tool.name, toolDeclarationFromMcpTool(tool)]));
  const asked: ApplicationInputRequest[] = [];
  const note = <Answer>(request: ApplicationInputRequest, answer: Answer): Answer => {
    asked.push(request);
    return answer;
  };
  const session = createTaskSessionFromClient(client, {
    endpointId: 'test',
    tools: { currentTool: (name) => declarations.get(name) },
    onInputRequest: createApplicationInputHandler({
      elicitation: (request) => note(request, { action: 'accept', content: { order_id: 'ord_2' } }),
      sampling: (request) =>
        note(request, { model: 'test', role: 'assistant', content: { type: 'text', text: look } }),
      roots: (request) => note(request, { roots: [] }),
    }),
  });
  cleanups.push(() => session.close());
  return { session, asked };
}
