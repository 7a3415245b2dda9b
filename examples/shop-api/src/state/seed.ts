/** The shop as it is when the server starts. Tests and the example workflows rely on these records. */
import type { Order, OrderStatus, PaymentStatus, Tier, Warehouse } from './model.ts';
import { toTotal } from './orders.ts';
import { toStockKey } from './stock.ts';
import { Shop, type ShopSettings } from './shop.ts';

export function createShop(settings: ShopSettings): Shop {
  const shop = new Shop(settings);
  addCategories(shop);
  addProducts(shop);
  addStock(shop);
  addCustomers(shop);
  addOrders(shop);
  addPayments(shop);
  shop.shipments.set(shop.nextId('shp'), {
    id: 'shp_1',
    order: 'ord_4',
    carrier: 'post',
    status: 'in_transit',
    tracking_code: 'TRK-00000001',
  });
  return shop;
}

// --- internal ---

function addCategories(shop: Shop): void {
  const rows: readonly (readonly [name: string, parent: string | null])[] = [
    ['Home', null],
    ['Kitchen', 'cat_1'],
    ['Bath', 'cat_1'],
    ['Coffee', 'cat_2'],
    ['Garden', null],
  ];
  for (const [name, parent] of rows) {
    const id = shop.nextId('cat');
    shop.categories.set(id, { id, name, parent });
  }
}

function addProducts(shop: Shop): void {
  const rows: readonly (readonly [sku: string, name: string, price: number, category: string])[] = [
    ['LAM-06', 'Reading lamp', 5900, 'cat_1'],
    ['MUG-01', 'Stoneware mug', 1200, 'cat_4'],
    ['PLA-05', 'Clay planter', 2500, 'cat_5'],
    ['POT-02', 'French press', 3400, 'cat_4'],
    ['SOA-04', 'Olive soap', 600, 'cat_3'],
    ['TOW-03', 'Linen towel', 1800, 'cat_3'],
  ];
  for (const [sku, name, price, category] of rows)
    shop.products.set(sku, { sku, name, price, category, active: sku !== 'LAM-06' });
}

function addStock(shop: Shop): void {
  const rows: readonly (readonly [Warehouse, sku: string, on_hand: number, reorder_point: number])[] = [
    ['main', 'LAM-06', 12, 2],
    ['main', 'MUG-01', 40, 10],
    ['main', 'PLA-05', 4, 6],
    ['main', 'POT-02', 3, 5],
    ['main', 'SOA-04', 120, 20],
    ['main', 'TOW-03', 0, 8],
    ['outlet', 'MUG-01', 5, 0],
    ['outlet', 'TOW-03', 2, 0],
  ];
  for (const [warehouse, sku, on_hand, reorder_point] of rows)
    shop.stock.set(toStockKey(warehouse, sku), { sku, warehouse, on_hand, reorder_point });
}

function addCustomers(shop: Shop): void {
  const rows: readonly (readonly [name: string, email: string, Tier])[] = [
    ['Ada Okafor', 'ada@example.com', 'gold'],
    ['Bruno Keller', 'bruno@example.com', 'standard'],
    ['Chiara Sato', 'chiara@example.com', 'gold'],
    ['Dara Lindqvist', 'dara@example.com', 'standard'],
    ['Elif Moreau', 'elif@example.com', 'standard'],
  ];
  for (const [name, email, tier] of rows) {
    const id = shop.nextId('cus');
    shop.customers.set(id, { id, name, email, phone: null, tier, metadata: {}, created_at: day(1) });
  }
}

type Line = readonly [sku: string, quantity: number];

function addOrders(shop: Shop): void {
  const rows: readonly (readonly [customer: string, OrderStatus, ...Line[]])[] = [
    ['cus_1', 'open', ['MUG-01', 2], ['SOA-04', 1]],
    ['cus_2', 'open', ['TOW-03', 1]],
    ['cus_1', 'paid', ['POT-02', 1]],
    ['cus_3', 'shipped', ['SOA-04', 3]],
    ['cus_4', 'canceled', ['PLA-05', 1]],
    ['cus_3', 'open', ['SOA-04', 2], ['MUG-01', 1]],
    ['cus_5', 'paid', ['MUG-01', 1], ['TOW-03', 2]],
  ];
  for (const [index, [customer, status, ...lines]] of rows.entries()) {
    const items = lines.map(([sku, quantity]) => ({
      id: shop.nextId('itm'),
      sku,
      quantity,
      unit_price: shop.products.get(sku)?.price ?? 0,
    }));
    const order: Order = {
      id: shop.nextId('ord'),
      customer,
      status,
      items,
      total: toTotal(items),
      note: null,
      version: 1,
      created_at: day(index + 2),
    };
    shop.orders.set(order.id, order);
  }
}

function addPayments(shop: Shop): void {
  for (const order of ['ord_3', 'ord_4', 'ord_7']) {
    const id = shop.nextId('pay');
    const amount = shop.orders.get(order)?.total ?? 0;
    const status: PaymentStatus = 'done';
    const receipt_url = `/payments/${id}/receipt`;
    shop.payments.set(id, { id, order, amount, source: 'tok_visa', status, receipt_url, created_at: day(9) });
  }
}

function day(date: number): string {
  return new Date(Date.UTC(2026, 0, date, 9)).toISOString();
}
