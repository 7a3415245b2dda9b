/** A workflow that was exported as Arazzo, run by another program: the calls that arrive are the same. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { outcomeOf } from './command-line.ts';
import { openShop } from './open-shop.ts';
import type { OpenShop } from './open-shop.ts';

const manifest = {
  workflow: 'charge',
  inputs: { order_id: { type: 'string' } },
  steps: [
    { id: 'order', run: 'shop orders:info', with: { order: '${{ inputs.order_id }}' } },
    {
      id: 'pay',
      run: 'shop payments:create',
      if: "lower(to_string(steps.order.status)) == 'open'",
      body: { order: '${{ steps.order.id }}', source: 'tok_visa' },
    },
    {
      id: 'note',
      run: 'shop orders:note:update',
      with: { order: '${{ steps.order.id }}' },
      body: 'Total ${{ steps.order.total }}',
    },
  ],
};

/** @returns the path of the document; the key of the shop is added, which no export contains */
async function exportCharge({ oatty }: OpenShop): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'oatty-arazzo-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  const path = join(dir, 'charge.arazzo.json');
  await oatty.workflows.save({ content: manifest });
  const { document } = await oatty.workflows.exportArazzo('charge', { outputPath: path });
  const [workflow] = document['workflows'] as object[]; // made by the export, and checked by its tests
  const parameters = [{ name: 'X-Api-Key', in: 'header', value: 'shop-test-key' }];
  await writeFile(path, JSON.stringify({ ...document, workflows: [{ ...workflow, parameters }] }));
  return path;
}

const redocly = fileURLToPath(import.meta.resolve('@redocly/cli/bin/cli.js'));

async function respect(path: string, url: string, orderId: string): Promise<number | null> {
  const input = JSON.stringify({ order_id: orderId });
  const words = [redocly, 'respect', path, '--input', input, '--server', `shop-api=${url}`];
  const env = { PATH: process.env['PATH'], REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' };
  return (await outcomeOf(spawn(process.execPath, words, { env }))).exitCode;
}

describe('an exported workflow', () => {
  it('does the same in a runner of Arazzo', async () => {
    await using world = await openShop();
    const path = await exportCharge(world);
    const { oatty, shop } = world;
    const calls = () =>
      shop.calls().map(({ operation_id, status, body }) => ({ operation_id, status, body }));
    const seen: (readonly [string, number])[] = [];
    for (const order_id of ['ord_1', 'ord_99']) {
      shop.reset();
      const handle = await oatty.runs.start({ workflow: { workflowId: 'charge' }, inputs: { order_id } });
      const { status } = await handle.wait();
      const own = calls();
      shop.reset();
      expect(await respect(path, shop.url, order_id)).toBe(status === 'succeeded' ? 0 : 1);
      expect(calls()).toEqual(own);
      seen.push([status, own.length]);
    }
    expect(seen).toEqual([
      ['succeeded', 3],
      ['failed', 1],
    ]);
  }, 60_000);
});
