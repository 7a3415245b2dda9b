import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startShopApi, type ShopApi } from '../src/index.ts';
import type { Order, Payment, Refund } from '../src/state/model.ts';
import { call, type Invalid, type Page } from './client.ts';

let shop: ShopApi;
beforeAll(async () => {
  shop = await startShopApi({ paymentPolls: 3 });
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

describe('a payment', () => {
  it('is done at the poll that the settings name', async () => {
    const created = await call<Payment>(shop, 'POST /payments', { order: 'ord_1' });
    const statuses = [];
    for (let poll = 1; poll <= 4; poll++)
      statuses.push((await call<Payment>(shop, 'GET /payments/pay_4')).body.status);
    expect(created.body).toMatchObject({
      id: 'pay_4',
      amount: 3_000,
      status: 'processing',
      receipt_url: null,
    });
    expect(statuses).toEqual(['processing', 'processing', 'done', 'done']);
  });

  it('turns the order to paid once it is done', async () => {
    await call<Payment>(shop, 'POST /payments', { order: 'ord_1' });
    const before = await call<Order>(shop, 'GET /orders/ord_1');
    for (let poll = 1; poll <= 3; poll++) await call<Payment>(shop, 'GET /payments/pay_4');
    const after = await call<Order>(shop, 'GET /orders/ord_1');
    expect([before.body.status, after.body.status]).toEqual(['open', 'paid']);
  });

  it('leaves the order open when the card is declined', async () => {
    await call<Payment>(shop, 'POST /payments', { order: 'ord_1', source: 'tok_declined' });
    for (let poll = 1; poll <= 3; poll++) await call<Payment>(shop, 'GET /payments/pay_4');
    expect((await call<Payment>(shop, 'GET /payments/pay_4')).body).toMatchObject({
      status: 'declined',
      receipt_url: null,
    });
    expect((await call<Order>(shop, 'GET /orders/ord_1')).body.status).toBe('open');
  });

  it('is refused while another one for the order is processing', async () => {
    await call<Payment>(shop, 'POST /payments', { order: 'ord_1' });
    expect((await call<Payment>(shop, 'POST /payments', { order: 'ord_1' })).status).toBe(409);
  });

  it('has a receipt in PDF with its id inside', async () => {
    const response = await fetch(`${shop.url}/payments/pay_1/receipt`, {
      headers: { 'x-api-key': 'shop-test-key' },
    });
    const text = Buffer.from(await response.arrayBuffer()).toString('latin1');
    expect(text.startsWith('%PDF-1.4')).toBe(true);
    expect(text).toContain('Receipt pay_1');
  });
});

describe('an idempotency key', () => {
  const key = { 'idempotency-key': 'k-1' };

  it('gives the same payment for the same request', async () => {
    const first = await call<Payment>(shop, 'POST /payments', { order: 'ord_1' }, key);
    const again = await call<Payment>(shop, 'POST /payments', { order: 'ord_1' }, key);
    expect(again.body).toEqual(first.body);
    expect([first, again].map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, 'true']);
    expect((await call<Page<Payment>>(shop, 'GET /payments?order=ord_1')).body.items).toHaveLength(1);
  });

  it('is refused with another body', async () => {
    await call<Payment>(shop, 'POST /payments', { order: 'ord_1' }, key);
    expect((await call<Payment>(shop, 'POST /payments', { order: 'ord_2' }, key)).status).toBe(422);
  });

  it('tries again after a failure', async () => {
    await call<Payment>(shop, 'POST /payments', { order: 'ord_99' }, key);
    expect((await call<Payment>(shop, 'POST /payments', { order: 'ord_1' }, key)).status).toBe(202);
  });

  it('has at most 200 characters', async () => {
    const long = { 'idempotency-key': 'k'.repeat(201) };
    const reply = await call<Invalid>(shop, 'POST /payments', { order: 'ord_1' }, long);
    expect(reply.body.errors).toMatchObject([{ field: 'Idempotency-Key' }]);
  });
});

describe('a refund', () => {
  it('gives back what is left when no amount is named', async () => {
    await call<Refund>(shop, 'POST /payments/pay_1/refunds', { amount: 1_000 });
    expect((await call<Refund>(shop, 'POST /payments/pay_1/refunds', {})).body.amount).toBe(2_400);
    expect((await call<Refund>(shop, 'POST /payments/pay_1/refunds', {})).status).toBe(409);
  });

  it('must come before a paid order is canceled', async () => {
    expect((await call<Order>(shop, 'POST /orders/ord_3/cancel')).status).toBe(409);
    await call<Refund>(shop, 'POST /payments/pay_1/refunds', {});
    expect((await call<Order>(shop, 'POST /orders/ord_3/cancel')).body.status).toBe('canceled');
  });
});
