import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { startShopApi, type ShopApi } from '../src/index.ts';
import { call } from './client.ts';

let shop: ShopApi;
beforeAll(async () => {
  shop = await startShopApi({ slowMs: 60_000, retryAfterSeconds: 7 });
});
beforeEach(() => shop.reset());
afterAll(() => shop.close());

describe('the server', () => {
  it('serves its description with its own address', async () => {
    const response = await fetch(`${shop.url}/openapi.yaml`);
    expect(response.headers.get('content-type')).toBe('application/yaml');
    expect(await response.text()).toContain(`- url: ${shop.url}\n`);
  });

  it('asks for the key that it was started with', async () => {
    await using other = toDisposable(await startShopApi({ apiKey: 'other' }));
    expect((await call<unknown>(other, 'GET /orders')).status).toBe(401);
    expect((await call<unknown>(other, 'GET /orders', undefined, { 'x-api-key': 'other' })).status).toBe(200);
  });

  it.each([
    ['GET /nothing', 404],
    ['GET /orders/%zz', 404],
    ['PUT /orders', 405],
    ['HEAD /orders', 405],
  ])('answers %s with %d', async (line, status) => {
    expect((await call<unknown>(shop, line)).status).toBe(status);
  });

  it('names the methods that a path takes', async () => {
    expect((await call<unknown>(shop, 'PUT /orders')).headers.get('allow')).toBe('GET, POST');
  });

  it('refuses a body that is no JSON', async () => {
    const response = await fetch(`${shop.url}/orders`, {
      method: 'POST',
      headers: { 'x-api-key': 'shop-test-key', 'content-type': 'application/json' },
      body: '{"customer":',
    });
    expect([response.status, await response.json()]).toMatchObject([
      400,
      { detail: 'The body is not JSON.' },
    ]);
  });

  it('refuses a body of more than 1 MiB', async () => {
    const note = 'x'.repeat(1_048_576);
    expect((await call<unknown>(shop, 'PATCH /orders/ord_1', { note })).status).toBe(413);
  });

  it('fails to start on a port that is taken', async () => {
    const taken = createServer().listen(0, '127.0.0.1');
    await once(taken, 'listening');
    const { port } = taken.address() as AddressInfo;
    await expect(startShopApi({ port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
    taken.close();
  });

  it('forgets everything at a reset', async () => {
    await call<unknown>(shop, 'DELETE /orders/ord_1');
    shop.reset();
    expect((await call<unknown>(shop, 'GET /orders/ord_1')).status).toBe(200);
    expect(shop.calls()).toHaveLength(1);
  });
});

describe('faults', () => {
  it('of a flaky key end at the third call', async () => {
    const statuses = [];
    for (const key of ['a', 'a', 'b', 'a', 'a'])
      statuses.push((await call<unknown>(shop, `GET /flaky/${key}`)).status);
    expect(statuses).toEqual([503, 503, 503, 200, 200]);
  });

  it('of the rate limit name the seconds to wait', async () => {
    const replies = [];
    for (let count = 1; count <= 3; count++)
      replies.push(await call<unknown>(shop, 'POST /notifications', { customer: 'cus_1', message: 'Hi' }));
    expect(replies.map(({ status }) => status)).toEqual([429, 429, 201]);
    expect(replies[0]?.headers.get('retry-after')).toBe('7');
  });
});

describe('the log of calls', () => {
  it('keeps what arrived, without the API key', async () => {
    await call<unknown>(shop, 'POST /payments?x=1', { order: 'ord_1' }, { 'idempotency-key': 'k-1' });
    const [recorded] = shop.calls();
    expect(recorded).toMatchObject({
      operation_id: 'createPayment',
      method: 'POST',
      path: '/payments',
      query: '?x=1',
      idempotency_key: 'k-1',
      body: { order: 'ord_1' },
      outcome: 'answered',
      status: 202,
    });
    expect(recorded?.headers).not.toHaveProperty('x-api-key');
  });

  it('is served without a key and does not list itself', async () => {
    await call<unknown>(shop, 'GET /health');
    const response = await fetch(`${shop.url}/debug/calls`);
    expect(await response.json()).toEqual({ calls: shop.calls() });
    expect(shop.calls().map(({ operation_id }) => operation_id)).toEqual(['getHealth']);
  });

  it('tells a call in flight from one that was hung up', async () => {
    const hangUp = new AbortController();
    const slow = fetch(`${shop.url}/slow`, {
      headers: { 'x-api-key': 'shop-test-key' },
      signal: hangUp.signal,
    });
    await expect.poll(() => shop.calls()).toMatchObject([{ outcome: 'in_flight', status: null }]);
    hangUp.abort();
    await expect(slow).rejects.toMatchObject({ name: 'AbortError' });
    await expect.poll(() => shop.calls()).toMatchObject([{ outcome: 'aborted', status: null }]);
  });
});

// --- internal ---

function toDisposable(shop: ShopApi): ShopApi & AsyncDisposable {
  return { ...shop, [Symbol.asyncDispose]: () => shop.close() };
}
