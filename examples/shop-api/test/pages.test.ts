import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startShopApi, type ShopApi } from '../src/index.ts';
import type { Order, Product, Shipment } from '../src/state/model.ts';
import { call, type Invalid, type Page, type Reply } from './client.ts';

let shop: ShopApi;
beforeAll(async () => {
  shop = await startShopApi();
});
afterAll(() => shop.close());

describe('lists', () => {
  it('of orders go on at the cursor in the body', async () => {
    const pages: string[][] = [];
    let query = 'limit=3';
    for (;;) {
      const { body } = await call<Page<Order>>(shop, `GET /orders?${query}`);
      pages.push(body.items.map((order) => order.id));
      if (!body.has_more) break;
      query = `limit=3&cursor=${body.next_cursor}`;
    }
    expect(pages).toEqual([['ord_1', 'ord_2', 'ord_3'], ['ord_4', 'ord_5', 'ord_6'], ['ord_7']]);
  });

  it('of products go on at the Link header', async () => {
    const skus: string[] = [];
    let path: string | undefined = '/products?active=true&limit=2';
    while (path !== undefined) {
      const { headers, body }: Reply<Product[]> = await call(shop, `GET ${path}`);
      skus.push(...body.map((product) => product.sku));
      path = /^<([^>]+)>; rel="next"$/.exec(headers.get('link') ?? '')?.[1];
    }
    expect(skus).toEqual(['MUG-01', 'PLA-05', 'POT-02', 'SOA-04', 'TOW-03']);
  });

  it('of shipments go on at the next page number', async () => {
    for (const order of ['ord_3', 'ord_7']) await call<unknown>(shop, 'POST /shipments', { order });
    const { body } = await call<Page<Shipment>>(shop, 'GET /shipments?page=2&per_page=2');
    expect(body).toMatchObject({ items: [{ id: 'shp_3' }], page: 2, per_page: 2, total: 3, total_pages: 2 });
    expect((await call<Page<Shipment>>(shop, 'GET /shipments?page=3&per_page=2')).body.items).toEqual([]);
  });

  it.each([
    ['status=open', ['ord_1', 'ord_2', 'ord_6']],
    ['customer=cus_1', ['ord_1', 'ord_3']],
    ['total[gte]=3000', ['ord_1', 'ord_3', 'ord_7']],
    ['total[gte]=1801&total[lte]=2500', ['ord_5', 'ord_6']],
  ])('of orders with %s are filtered', async (query, ids) => {
    const { body } = await call<Page<Order>>(shop, `GET /orders?${query}`);
    expect(body.items.map((order) => order.id)).toEqual(ids);
  });

  it('refuse a query that they do not know', async () => {
    const { status, body } = await call<Invalid>(shop, 'GET /orders?state=open');
    expect([status, body.errors]).toEqual([400, [{ field: 'state', message: 'is not known' }]]);
  });
});
