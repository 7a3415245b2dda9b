/** People at a terminal answer and cancel what an MCP server runs, while it lives and after it was killed. */
import { describe, expect, it, vi } from 'vitest';
import type { TestContext } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { CreateTaskResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { join } from 'node:path';
import { openCommandLine, openShopCommandLines, repository } from './command-line.ts';
import type { CommandLine } from './command-line.ts';
import { forgetfulDescription, startForgetfulApi } from './forgetful-api.ts';

const ask = `workflow: ask
steps:
  - { id: ok, run: oatty approval, with: { message: 'Go on?' } }
  - { id: wait, run: shop slow:list, with: { delay_ms: 1500 } }
final_output: '\${{ steps.ok.choice }}'
`;
const slow = "workflow: slow\nsteps: [{ id: wait, run: 'shop slow:list', with: { delay_ms: 60000 } }]\n";

const charge = `workflow: charge
steps: [{ id: charge, run: 'forgetful charges:create', body: { name: ann } }]
final_output: \${{ steps.charge.number }}
`;

describe.concurrent('a run of an MCP server', () => {
  it('is answered and canceled from a terminal', { timeout: 60_000 }, async ({ onTestFinished }) => {
    const shops = await openShopCommandLines();
    onTestFinished(() => shops.close());
    await using oatty = await shops.open();
    for (const [name, text] of Object.entries({ ask, slow })) {
      await oatty.run('import', await oatty.write(`${name}.yaml`, text));
    }
    const server = await serve(oatty, onTestFinished);
    const [asked, left, canceled, orphaned] = [
      await server.start('ask'),
      await server.start('ask'),
      await server.start('slow'),
      await server.start('slow'),
    ];
    await untilAsked(oatty, asked);
    expect((await oatty.binary.json('runs', 'respond', asked, 'approve')).document.final_output).toBe(
      'approve',
    );
    expect((await oatty.binary.json('runs', 'cancel', canceled)).exitCode).toBe(0);
    await vi.waitFor(async () => expect(await statusOf(oatty, canceled)).toBe('canceled'), 10_000);

    server.kill();
    expect((await oatty.json('runs', 'cancel', orphaned)).document.status).toBe('canceled');
    await untilAsked(oatty, left);
    expect((await oatty.json('runs', 'respond', left, 'reject')).document.final_output).toBe('reject');
  });

  it(
    'is asked about by the next server when a call was in flight',
    { timeout: 60_000 },
    async ({ onTestFinished }) => {
      await using api = await startForgetfulApi({ ann: ['silence'] });
      await using oatty = await openCommandLine();
      const description = await oatty.write('forgetful.yaml', forgetfulDescription);
      await oatty.run('import', description, '--vendor', 'forgetful', '--base-url', api.url);
      await oatty.run('import', await oatty.write('charge.yaml', charge));
      const server = await serve(oatty, onTestFinished);
      const runId = await server.start('charge');
      await vi.waitFor(() => expect(api.charges('ann')).toHaveLength(1), 15_000);
      server.kill();
      await serve(oatty, onTestFinished);
      await untilAsked(oatty, runId);
      const { document } = await oatty.binary.json('runs', 'respond', runId, 'retry');
      expect(document).toMatchObject({ status: 'succeeded', final_output: 2 });
    },
  );
});

// --- internal ---

async function statusOf(oatty: CommandLine, runId: string): Promise<unknown> {
  return (await oatty.json('runs', 'show', runId)).document.status;
}

async function untilAsked(oatty: CommandLine, runId: string): Promise<void> {
  await vi.waitFor(async () => {
    expect((await oatty.json('runs', 'show', runId)).document.open_questions).toHaveLength(1);
  }, 15_000);
}

async function serve({ home }: CommandLine, onTestFinished: TestContext['onTestFinished']) {
  const transport = new StdioClientTransport({
    command: process.execPath,
    args: [join(repository, 'packages/cli/dist/main.js'), 'mcp'],
    env: {
      PATH: process.env['PATH'] ?? '',
      REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
      OATTY_SECRETS_BACKEND: 'env',
      SHOP_API_KEY: 'shop-test-key',
    },
  });
  const client = new Client({ name: 'test', version: '1' });
  await client.connect(transport);
  onTestFinished(() => client.close());
  return {
    async start(workflow_id: string): Promise<string> {
      const params = { name: 'workflow_run', arguments: { workflow_id }, task: {} };
      const { task } = await client.request({ method: 'tools/call', params }, CreateTaskResultSchema);
      return task.taskId;
    },
    kill: () => process.kill(transport.pid ?? 0, 'SIGKILL'),
  };
}
