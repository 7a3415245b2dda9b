import { describe, expect, it } from 'vitest';
import { aHome } from '../../test/builders/a-home.ts';
import { aCommand, aManifest } from '../../test/builders/a-manifest.ts';
import { createCatalogStore } from './catalog-store.ts';
import { createCommandIndex } from './command-index.ts';

async function aShopAndABank() {
  const store = createCatalogStore(aHome());
  const commands = Array.from({ length: 30 }, (_, number) =>
    aCommand(`shop orders:x${number}`, { summary: 'Orders' }),
  );
  await store.save({ manifest: aManifest({ commands }), source: 'x', sourceType: 'path' });
  const bank = aManifest({
    title: 'bank',
    vendor: 'bank',
    commands: [aCommand('bank orders:list', { summary: 'Orders at the bank' })],
  });
  await store.save({ manifest: bank, source: 'x', sourceType: 'path' });
  const index = createCommandIndex(store);
  await index.refresh();
  return { store, index };
}

describe('search', () => {
  it('filters before it ranks: nothing of another vendor takes a place', async () => {
    const { index } = await aShopAndABank();
    expect(index.search('orders', { vendor: 'bank' })).toMatchObject({
      items: [{ id: 'bank orders:list' }],
      total: 1,
    });
  });

  it('gives 20 results unless told otherwise, and the number of all', async () => {
    const { index } = await aShopAndABank();
    const { items, total } = index.search('orders');
    expect([items.length, total]).toEqual([20, 31]);
    expect(index.search('orders', { limit: 200 }).items).toHaveLength(31);
  });

  it('shows what a list shows, and the score', async () => {
    const { index } = await aShopAndABank();
    expect(index.search('bank orders').items[0]).toEqual({
      id: 'bank orders:list',
      summary: 'Orders at the bank',
      effect: 'safe',
      method: 'GET',
      path: '/bank/orders/list',
      catalog_id: 'bank',
      score: expect.any(Number) as number,
    });
  });

  it('puts the command first whose id was typed', async () => {
    const { index } = await aShopAndABank();
    expect(index.search(' shop orders:x17 ').items[0]).toMatchObject({ id: 'shop orders:x17' });
  });

  it('marks commands of disabled catalogs where they are asked for', async () => {
    const { store, index } = await aShopAndABank();
    await store.setEnabled('bank', false);
    await index.refresh();
    expect(index.search('bank').items).toEqual([]);
    expect(index.search('bank', { includeDisabled: true }).items).toMatchObject([
      { id: 'bank orders:list', enabled: false },
    ]);
  });

  it.each([
    ['', {}, 'ARGUMENT_INVALID'],
    ['  ', {}, 'ARGUMENT_INVALID'],
    ['x'.repeat(1_001), {}, 'LIMIT_EXCEEDED'],
    ['x', { limit: 0 }, 'ARGUMENT_INVALID'],
    ['x', { limit: 201 }, 'ARGUMENT_INVALID'],
  ])('refuses %j with %j', async (query, options, code) => {
    const { index } = await aShopAndABank();
    expect(() => index.search(query, options)).toThrow(expect.objectContaining({ code }));
  });
});
