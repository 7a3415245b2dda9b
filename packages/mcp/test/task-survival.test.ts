import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createOatty } from '@oatty/runtime';
import { describe, expect, it } from 'vitest';
import type { TestContext } from 'vitest';
import { builtProgram } from '../../../test/e2e/built-program.ts';
import { serveHttp } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

type CleanUp = TestContext['onTestFinished'];

const others: Readonly<
  Record<string, (world: ShopWorld, options: TestClientOptions, cleanUp: CleanUp) => Promise<TestClient>>
> = {
  'over stdio': async (world, options, cleanUp) => (await serverInProcess(world, options, cleanUp)).client,
  'over HTTP': async (world, options, cleanUp) => {
    const oatty = await createOatty({ env: world.env, cwd: world.dir });
    oatty.runs.takeOver();
    const server = await serveHttp({ oatty, version: '1', log: () => {}, host: '127.0.0.1', port: 0 });
    cleanUp(() => oatty.close());
    cleanUp(() => server.close());
    return connectClient(new StreamableHTTPClientTransport(new URL(server.url)), options);
  },
};

describe.concurrent.each(Object.entries(others))(
  'tasks of one server, in another one %s, before and after the first is killed',
  (_, connectTo) => {
    it(
      'are listed, read, answered, canceled and carried on',
      { timeout: 60_000 },
      async ({ onTestFinished }) => {
        const world = await openShop({ slowMs: 3_000 });
        onTestFinished(() => world.close());
        for (const content of [aLook, aSlowOne, aVerySlowOne]) await world.oatty.workflows.save({ content });
        const unanswered = { person: () => new Promise<never>(() => {}) };
        const accepting = { person: () => ({ action: 'accept' as const, content: { order_id: 'ord_2' } }) };
        const [first, second] = await Promise.all([
          serverInProcess(world, unanswered, onTestFinished),
          connectTo(world, accepting, onTestFinished),
        ]);
        const start = async (workflow_id: string, inputs = {}) =>
          (await first.client.startTask({ workflow_id, inputs })).task.taskId;
        const done = await start('look', { order_id: 'ord_1' });
        await first.client.request('tasks/result', { taskId: done });
        const [asking, askingToo] = [await start('look'), await start('look')];
        const [canceled, canceledToo] = [await start('very_slow'), await start('very_slow')];
        await expect.poll(() => countSlow(world)).toBe(2);

        expect(await second.request('tasks/get', { taskId: canceled })).toMatchObject({ status: 'working' });
        expect(await second.request('tasks/result', { taskId: askingToo })).toMatchObject({
          structuredContent: { status: 'succeeded', final_output: { id: 'ord_2' } },
        });
        await second.request('tasks/cancel', { taskId: canceledToo });
        const slow = await start('slow');
        const awaited = second.request('tasks/result', { taskId: slow });
        await expect.poll(() => countSlow(world)).toBe(3);
        process.kill(first.pid, 'SIGKILL');

        const { tasks } = (await second.request('tasks/list')) as {
          tasks: readonly { taskId: string; status: string }[];
        };
        expect(Object.fromEntries(tasks.map(({ taskId, status }) => [taskId, status]))).toEqual({
          [done]: 'completed',
          [askingToo]: 'completed',
          [canceledToo]: 'cancelled',
          [asking]: 'input_required',
          [slow]: 'working',
          [canceled]: 'working',
        });
        expect(await second.request('tasks/result', { taskId: done })).toMatchObject({
          structuredContent: { status: 'succeeded', final_output: { id: 'ord_1' } },
        });
        expect(await second.request('tasks/result', { taskId: asking })).toMatchObject({
          structuredContent: { status: 'succeeded', final_output: { id: 'ord_2' } },
        });
        await second.request('tasks/cancel', { taskId: canceled });
        await expect
          .poll(() => second.request('tasks/get', { taskId: canceled }), { timeout: 15_000 })
          .toMatchObject({ status: 'cancelled' });
        expect(await awaited).toMatchObject({
          structuredContent: { status: 'succeeded', steps: [{ attempts: 2 }] },
        });
      },
    );
  },
);

// --- internal ---

const aLook = `workflow: look
inputs:
  order_id: { type: string }
steps:
  - { id: order, run: 'shop orders:info', with: { order: '\${{ inputs.order_id }}' } }
final_output: \${{ steps.order }}
`;
const aSlowOne = "workflow: slow\nsteps: [{ id: wait, run: 'shop slow:list' }]\n";
const aVerySlowOne =
  "workflow: very_slow\nsteps: [{ id: wait, run: 'shop slow:list', with: { delay_ms: 60000 } }]\n";

function countSlow({ shop }: ShopWorld): number {
  return shop.calls().filter(({ operation_id }) => operation_id === 'getSlow').length;
}

/** A server of its own on stdio, as a host starts it. */
async function serverInProcess(
  { env }: ShopWorld,
  options: TestClientOptions,
  cleanUp: CleanUp,
): Promise<{ readonly client: TestClient; readonly pid: number }> {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [builtProgram('stdio-server')],
    env: { ...env, PATH: process.env.PATH ?? '' },
  });
  const client = await connectClient(transport, options);
  cleanUp(() => client.close());
  return { client, pid: transport.pid ?? 0 };
}
