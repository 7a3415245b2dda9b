/** The workflows of `workflows/` do what their table says. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { outcomes } from '../../workflows/outcomes.ts';
import { openShop, repository } from './open-shop.ts';
import type { OpenShop } from './open-shop.ts';

describe('the example workflows', () => {
  it('are all in the table', () => {
    const files = readdirSync(join(repository, 'workflows')).filter((file) => file.endsWith('.yaml'));
    const named = new Set(outcomes.map(({ workflow }) => `${workflow}.yaml`));
    expect([...named].sort()).toEqual(files.sort());
  });

  it.each(outcomes)(
    '$workflow shows $shows',
    async ({ workflow, inputs, status, steps, final_output, calls = {} }) => {
      await using world = await openShop();
      await world.save('charge_and_wait', 'fulfil_order');
      const { valid, violations } = await world.oatty.workflows.validate(readExample(workflow));
      expect({ valid, violations }).toEqual({ valid: true, violations: [] });

      const handle = await world.oatty.runs.start({ workflow: readExample(workflow), inputs });
      const run = await handle.wait();

      expect(run).toMatchObject({ workflow_id: workflow, status, final_output });
      expect(Object.fromEntries(run.steps.map((step) => [step.id, step.status]))).toEqual(steps);
      expect(countCalls(world, Object.keys(calls))).toEqual(calls);
    },
  );

  it('track_shipment takes the shipment of the last order that was fulfilled', async () => {
    await using world = await openShop();
    await world.save('charge_and_wait', 'fulfil_order', 'track_shipment');
    const start = (workflowId: string, inputs = {}) =>
      world.oatty.runs.start({ workflow: { workflowId }, inputs });

    await expect(start('track_shipment')).rejects.toMatchObject({ code: 'WORKFLOW_INPUTS_INCOMPLETE' });
    const fulfilled = await (await start('fulfil_order', { order_id: 'ord_1' })).wait();
    const tracked = await (await start('track_shipment')).wait();

    expect(fulfilled.final_output).toMatchObject({ shipment: 'shp_2' });
    expect(tracked).toMatchObject({
      status: 'succeeded',
      inputs: { shipment_id: 'shp_2' },
      final_output: 'TRK-00000002 with post: created',
    });
  });
});

// --- internal ---

function readExample(workflow: string) {
  return { manifest: readFileSync(join(repository, 'workflows', `${workflow}.yaml`), 'utf8') };
}

function countCalls({ shop }: OpenShop, operations: readonly string[]) {
  const made = shop.calls().map(({ operation_id }) => operation_id);
  return Object.fromEntries(operations.map((id) => [id, made.filter((call) => call === id).length]));
}
