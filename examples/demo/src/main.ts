/**
 * The demo, all of it real: a shop's HTTP API, its OpenAPI description imported, a workflow saved, and an MCP client
 * that runs it as a task over stdio and shows what happens.
 *
 * Everything is written below a temporary directory, which is removed at the end.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import { emphasize } from './emphasis.ts';
import { createOattyProcess } from './oatty-process.ts';
import { runAsTask } from './run-as-task.ts';
import type { RunResult } from './run-as-task.ts';

const repository = fileURLToPath(new URL('../../..', import.meta.url));
const heading = (text: string) => console.log(`\n${emphasize(text)}`);

const home = await mkdtemp(join(tmpdir(), 'oatty-demo-'));
const shop = await startShopApi();
const oatty = createOattyProcess({
  REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
  SHOP_API_KEY: 'shop-test-key',
  OATTY_SECRETS_BACKEND: 'env',
});

try {
  heading(`1. A shop with an HTTP API listens on ${shop.url}`);

  heading('2. Its OpenAPI description becomes commands');
  await oatty.show(
    'import',
    join(repository, 'examples/shop-api/openapi.yaml'),
    '--vendor',
    'shop',
    '--base-url',
    shop.url,
  );
  await oatty.show('catalog', 'auth', 'shop-api', 'apiKey', '--set', 'value=${env:SHOP_API_KEY}');
  await oatty.show('search', 'create a payment', '--limit', '3');
  await oatty.show('shop', 'orders:list', '--status', 'open');

  heading('3. Two workflows are validated and saved');
  const manifests = ['charge_and_wait', 'fulfil_order'].map((id) =>
    join(repository, 'workflows', `${id}.yaml`),
  );
  for (const manifest of manifests) await oatty.show('workflow', 'save', manifest);

  heading('4. An MCP client runs one of them as a task, over stdio');
  const run = await runAsTask({
    server: oatty.command('mcp'),
    workflowId: 'fulfil_order',
    inputs: { order_id: 'ord_1', carrier: 'express' },
    onProgress: (line) => console.log(`  ${line}`),
  });

  heading('5. What came of it');
  showRun(run);
  console.log(`\nThe shop received ${shop.calls().length} calls.`);
  process.exitCode = run.status === 'succeeded' ? 0 : 1;
} finally {
  await shop.close();
  await rm(home, { recursive: true, force: true });
}

// --- internal ---

function showRun({ run_id, status, steps, final_output }: RunResult): void {
  for (const step of steps)
    console.log(
      `  ${step.id.padEnd(10)} ${step.status}${step.reason === undefined ? '' : ` (${step.reason})`}`,
    );
  console.log(`Run ${run_id} ${status}. Final output:`);
  console.log(JSON.stringify(final_output, null, 2));
}
