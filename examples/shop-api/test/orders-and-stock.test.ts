import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startShopApi, type ShopApi } from '../src/index.ts';
import type { Order, Reservation } from '../src/state/model.ts';
import type { StockLevel } from '../src/state/stock.ts';
import { call, type Invalid, type Page } from './client.ts';

let shop: ShopApi;
beforeAll(async () => {
  shop = await startShopApi({ now: () => new Date('2026-02-03T04:05:06Z') });
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

describe('an order', () => {
  it('takes the prices of today and the next ids', async () => {
    const items = [{ sku: 'MUG-01', quantity: 2 }];
    const { body } = await call<Order>(shop, 'POST /orders', { customer: 'cus_2', items });
    expect(body).toEqual({
      id: 'ord_8',
      customer: 'cus_2',
      status: 'open',
      items: [{ id: 'itm_11', sku: 'MUG-01', quantity: 2, unit_price: 1_200 }],
      total: 2_400,
      note: null,
      version: 1,
      created_at: '2026-02-03T04:05:06.000Z',
    });
  });

  it('names every field that is wrong', async () => {
    const items = [{ sku: 'mug', quantity: 0 }];
    const { status, headers, body } = await call<Invalid>(shop, 'POST /orders', {
      customer: 'cus_2',
      items,
      gift: true,
    });
    expect([status, headers.get('content-type')]).toEqual([400, 'application/problem+json']);
    expect(body.errors.map((error) => error.field)).toEqual(['items[0].sku', 'items[0].quantity', 'gift']);
  });

  it('changes its total and its version with its items', async () => {
    await call<unknown>(shop, 'POST /orders/ord_1/items', { sku: 'SOA-04', quantity: 1 });
    expect((await call<Order>(shop, 'GET /orders/ord_1')).body).toMatchObject({ total: 3_600, version: 2 });
    await call<null>(shop, 'DELETE /orders/ord_1/items/itm_1');
    expect((await call<Order>(shop, 'GET /orders/ord_1')).body).toMatchObject({ total: 1_200, version: 3 });
  });

  it('is changed only at the version that If-Match names', async () => {
    const first = await call<Order>(shop, 'PATCH /orders/ord_1', { note: 'a' }, { 'if-match': '"1"' });
    const second = await call<Order>(shop, 'PATCH /orders/ord_1', { note: 'b' }, { 'if-match': '"1"' });
    expect([first.status, first.headers.get('etag'), second.status]).toEqual([200, '"2"', 412]);
  });

  it('takes its note as plain text', async () => {
    const response = await fetch(`${shop.url}/orders/ord_1/note`, {
      method: 'PUT',
      headers: { 'x-api-key': 'shop-test-key', 'content-type': 'text/plain; charset=utf-8' },
      body: 'Läuten',
    });
    expect(await response.json()).toMatchObject({ note: 'Läuten' });
  });
});

describe('stock', () => {
  it('is reserved until there is no more', async () => {
    const reserve = (quantity: number) =>
      call<Reservation>(shop, 'POST /stock/POT-02/reservations', { quantity });
    expect((await reserve(2)).body).toMatchObject({ id: 'rsv_1', sku: 'POT-02', quantity: 2, order: null });
    expect((await reserve(2)).status).toBe(409);
    expect((await reserve(1)).status).toBe(201);
    expect((await call<StockLevel>(shop, 'GET /stock/POT-02')).body).toMatchObject({
      on_hand: 3,
      reserved: 3,
      available: 0,
    });
  });

  it('of the outlet is another shelf than that of the main warehouse', async () => {
    const outlet = { 'x-warehouse': 'outlet' };
    const here = await call<StockLevel>(shop, 'GET /stock/MUG-01');
    const there = await call<StockLevel>(shop, 'GET /stock/MUG-01', undefined, outlet);
    expect([here.body.on_hand, there.body.on_hand]).toEqual([40, 5]);
  });

  it('leaves the shelf when its order ships', async () => {
    await call<Reservation>(shop, 'POST /stock/POT-02/reservations', { quantity: 1, order: 'ord_3' });
    await call<unknown>(shop, 'POST /shipments', { order: 'ord_3' });
    expect((await call<StockLevel>(shop, 'GET /stock/POT-02')).body).toMatchObject({
      on_hand: 2,
      reserved: 0,
    });
    expect((await call<Order>(shop, 'GET /orders/ord_3')).body.status).toBe('shipped');
  });

  it('is released when its order is canceled', async () => {
    await call<Reservation>(shop, 'POST /stock/MUG-01/reservations', { quantity: 2, order: 'ord_1' });
    await call<Order>(shop, 'POST /orders/ord_1/cancel', { reason: 'Too late' });
    expect((await call<StockLevel>(shop, 'GET /stock/MUG-01')).body.reserved).toBe(0);
    expect((await call<Order>(shop, 'GET /orders/ord_1')).body.note).toBe('Too late');
  });

  it('below the reorder point is listed on demand', async () => {
    const { body } = await call<Page<StockLevel>>(shop, 'GET /stock?below_reorder_point=true');
    expect(body.items.map((level) => level.sku)).toEqual(['PLA-05', 'POT-02', 'TOW-03']);
  });
});

describe('a category', () => {
  it('shows its parent and the tree below it', async () => {
    expect((await call<unknown>(shop, 'GET /categories/cat_2')).body).toEqual({
      id: 'cat_2',
      name: 'Kitchen',
      parent: { id: 'cat_1', name: 'Home', parent: null },
      children: [
        { id: 'cat_4', name: 'Coffee', parent: { id: 'cat_2', name: 'Kitchen', parent: null }, children: [] },
      ],
    });
  });
});
