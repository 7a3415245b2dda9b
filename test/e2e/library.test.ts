/** A program that uses oatty as a library: imported commands, commands of its own and workflows, together. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOatty, defineCatalog, defineCommand, OattyError } from '@oatty/runtime';
import type { ModuleCatalog } from '@oatty/runtime';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { z as z3 } from 'zod/v3';
import { openShop } from './open-shop.ts';

/** One command with a schema of zod 4, one with a schema of zod 3. */
function aPricing(): ModuleCatalog {
  return defineCatalog({
    title: 'Pricing',
    commands: {
      quote: defineCommand({
        summary: 'Quote a price with discount.',
        effect: 'safe',
        input: z.object({ total: z.int().min(0), tier: z.enum(['gold', 'standard']).default('standard') }),
        output: z.object({ price: z.number() }),
        handler: async ({ total, tier }) => ({ price: tier === 'gold' ? total * 0.9 : total }),
      }),
      'letters:create': defineCommand({
        summary: 'Write a letter.',
        effect: 'standard',
        input: z3.object({ to: z3.string(), lines: z3.array(z3.string()).optional() }),
        handler: async ({ to, lines = [] }) => {
          if (to === '') throw new OattyError('ARGUMENT_INVALID', 'Nobody to write to.');
          return [`Dear ${to},`, ...lines].join('\n');
        },
      }),
    },
  });
}

const offer = `
workflow: offer
inputs:
  order_id: { type: string, provider: shop orders:list, select: { value_field: id } }
steps:
  - { id: order, run: shop orders:info, with: { order: '\${{ inputs.order_id }}' } }
  - { id: customer, run: shop customers:info, with: { customer: '\${{ steps.order.customer }}' } }
  - id: quote
    run: pricing quote
    with: { total: '\${{ steps.order.total }}', tier: '\${{ steps.customer.tier }}' }
  - id: letter
    run: pricing letters:create
    with: { to: '\${{ steps.customer.name }}', lines: ['Now for \${{ steps.quote.price }} cents.'] }
final_output: \${{ steps.letter }}
`;

describe('a program that uses the library', () => {
  it('mixes imported commands with its own, in search and in workflows', async () => {
    await using world = await openShop({ modules: [aPricing()] });
    const { commands, workflows, runs } = world.oatty;
    const { items } = await commands.search('quote a price');
    expect(items[0]).toMatchObject({ id: 'pricing quote', catalog_id: 'pricing' });

    await workflows.save({ content: offer });
    const run = await (
      await runs.start({ workflow: { workflowId: 'offer' }, inputs: { order_id: 'ord_1' } })
    ).wait();

    expect(run).toMatchObject({ status: 'succeeded', final_output: 'Dear Ada Okafor,\nNow for 2700 cents.' });
    const asCommand = await commands.run('workflow offer', { with: { order_id: 'ord_2' } });
    expect(asCommand.body).toBe('Dear Bruno Keller,\nNow for 1800 cents.');
  });

  it('has what a step gives to its own command checked by the schema', async () => {
    await using world = await openShop({ modules: [aPricing()] });
    const manifest = offer.replace("'${{ steps.customer.tier }}'", 'platinum');
    expect(await world.oatty.workflows.validate({ manifest })).toMatchObject({
      valid: false,
      violations: [{ path: '$.steps[2].with.tier', rule: 'parameter_value', line: 10 }],
    });
  });

  it('follows a run, asks its user, and stops it', async () => {
    await using world = await openShop();
    const { runs } = world.oatty;
    await world.save('charge_and_wait');
    const stop = new AbortController();
    const handle = await runs.start({
      workflow: { workflowId: 'charge_and_wait' },
      ask: true,
      signal: stop.signal,
    });
    const seen: string[] = [];
    for await (const event of handle.events()) {
      seen.push(event.type === 'step_finished' ? `${event.step_id} ${event.result.status}` : event.type);
      if (event.type === 'run_waiting') await runs.respond(handle.run_id, { order_id: 'ord_1' });
      if (event.type === 'step_finished' && event.step_id === 'charge') stop.abort();
    }
    expect(seen.filter((line) => !line.startsWith('step_'))).toEqual([
      'run_waiting',
      'run_started',
      'order succeeded',
      'charge succeeded',
      'wait canceled',
      'paid skipped',
      'run_finished',
    ]);
    expect((await handle.wait()).status).toBe('canceled');
  });

  it('gets errors with a code, a message and what to do', async () => {
    await using world = await openShop();
    const failure: unknown = await world.oatty.commands
      .run('shop order:list')
      .catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(OattyError);
    expect((failure as OattyError).toPayload()).toMatchObject({
      error_code: 'COMMAND_NOT_FOUND',
      category: 'not_found',
      suggested_action: expect.stringContaining('"shop orders:list"'),
    });
  });

  it('leaves a disk alone that has no settings, until there is something to keep', async () => {
    const home = join(tmpdir(), `oatty-nothing-${process.pid}`);
    const oatty = await createOatty({ env: { REGISTRY_CONFIG_PATH: join(home, 'registry.json') } });
    expect((await oatty.catalogs.list()).items).toEqual([]);
    expect((await oatty.workflows.list()).items).toEqual([]);
    expect((await oatty.runs.list()).items).toEqual([]);
    expect((await oatty.commands.search('anything')).items).toEqual([]);
    await oatty.close();
    expect(existsSync(home)).toBe(false);
  });
});
