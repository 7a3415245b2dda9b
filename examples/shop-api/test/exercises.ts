/** One request for each documented answer of each operation, on a fresh server. */

export interface Exercise {
  readonly operation: string;
  readonly status: number;
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Objects are sent as JSON, text as text/plain, forms as forms. */
  readonly body?: unknown;
  /** Calls that come first. */
  readonly before?: readonly Omit<Exercise, 'status'>[];
}

const key = { 'idempotency-key': 'k-1' };
const outlet = { 'x-warehouse': 'outlet' };
const unknownWarehouse = { 'x-warehouse': 'moon' };
const bigFile = new File([new Uint8Array(1_100_000)], 'big.png', { type: 'image/png' });
const image = new File([new Uint8Array([137, 80, 78, 71])], 'mug.png', { type: 'image/png' });

export const exercises: readonly Exercise[] = [
  { operation: 'listCustomers', status: 200, query: '?tier=gold&limit=1' },
  { operation: 'listCustomers', status: 400, query: '?tier=silver' },
  { operation: 'createCustomer', status: 201, body: { name: 'Finn Okoye', email: 'finn@example.com' } },
  { operation: 'createCustomer', status: 400, body: { name: '' } },
  { operation: 'createCustomer', status: 409, body: { name: 'Ada', email: 'ada@example.com' } },
  { operation: 'getCustomer', status: 200, params: { customer: 'cus_1' } },
  { operation: 'getCustomer', status: 404, params: { customer: 'cus_99' } },
  { operation: 'updateCustomer', status: 200, params: { customer: 'cus_2' }, body: { tier: 'gold' } },
  { operation: 'updateCustomer', status: 400, params: { customer: 'cus_2' }, body: { tier: 'silver' } },
  { operation: 'updateCustomer', status: 404, params: { customer: 'cus_99' }, body: {} },
  {
    operation: 'updateCustomer',
    status: 409,
    params: { customer: 'cus_2' },
    body: { email: 'ada@example.com' },
  },
  {
    operation: 'deleteCustomer',
    status: 204,
    params: { customer: 'cus_6' },
    before: [{ operation: 'createCustomer', body: { name: 'Finn', email: 'finn@example.com' } }],
  },
  { operation: 'deleteCustomer', status: 404, params: { customer: 'cus_99' } },
  { operation: 'deleteCustomer', status: 409, params: { customer: 'cus_1' } },

  { operation: 'listOrders', status: 200, query: '?status=open&total[gte]=2000&total[lte]=2500' },
  { operation: 'listOrders', status: 400, query: '?cursor=unknown' },
  {
    operation: 'createOrder',
    status: 201,
    body: { customer: 'cus_1', items: [{ sku: 'MUG-01', quantity: 2 }] },
  },
  { operation: 'createOrder', status: 400, body: { customer: 'cus_1', items: [] } },
  { operation: 'getOrder', status: 200, params: { order: 'ord_1' } },
  { operation: 'getOrder', status: 404, params: { order: 'ord_99' } },
  {
    operation: 'updateOrder',
    status: 200,
    params: { order: 'ord_1' },
    headers: { 'if-match': '"1"' },
    body: { note: 'Ring twice.' },
  },
  { operation: 'updateOrder', status: 400, params: { order: 'ord_1' }, body: { status: 'paid' } },
  { operation: 'updateOrder', status: 404, params: { order: 'ord_99' }, body: { note: null } },
  {
    operation: 'updateOrder',
    status: 412,
    params: { order: 'ord_1' },
    headers: { 'if-match': '"7"' },
    body: { note: null },
  },
  { operation: 'deleteOrder', status: 204, params: { order: 'ord_1' } },
  { operation: 'deleteOrder', status: 404, params: { order: 'ord_99' } },
  { operation: 'deleteOrder', status: 409, params: { order: 'ord_3' } },
  { operation: 'cancelOrder', status: 200, params: { order: 'ord_1' } },
  { operation: 'cancelOrder', status: 400, params: { order: 'ord_1' }, body: { reason: 7 } },
  { operation: 'cancelOrder', status: 404, params: { order: 'ord_99' } },
  { operation: 'cancelOrder', status: 409, params: { order: 'ord_4' } },
  { operation: 'setOrderNote', status: 200, params: { order: 'ord_1' }, body: 'Ring twice.' },
  { operation: 'setOrderNote', status: 400, params: { order: 'ord_1' }, body: 'x'.repeat(501) },
  { operation: 'setOrderNote', status: 404, params: { order: 'ord_99' }, body: 'Ring twice.' },
  { operation: 'listOrderItems', status: 200, params: { order: 'ord_1' } },
  { operation: 'listOrderItems', status: 404, params: { order: 'ord_99' } },
  {
    operation: 'addOrderItem',
    status: 201,
    params: { order: 'ord_1' },
    body: { sku: 'SOA-04', quantity: 3 },
  },
  {
    operation: 'addOrderItem',
    status: 400,
    params: { order: 'ord_1' },
    body: { sku: 'LAM-06', quantity: 1 },
  },
  { operation: 'addOrderItem', status: 404, params: { order: 'ord_99' }, body: {} },
  {
    operation: 'addOrderItem',
    status: 409,
    params: { order: 'ord_3' },
    body: { sku: 'SOA-04', quantity: 1 },
  },
  { operation: 'getOrderItem', status: 200, params: { order: 'ord_1', item: 'itm_1' } },
  { operation: 'getOrderItem', status: 404, params: { order: 'ord_1', item: 'itm_3' } },
  { operation: 'removeOrderItem', status: 204, params: { order: 'ord_1', item: 'itm_1' } },
  { operation: 'removeOrderItem', status: 404, params: { order: 'ord_1', item: 'itm_3' } },
  { operation: 'removeOrderItem', status: 409, params: { order: 'ord_2', item: 'itm_3' } },

  { operation: 'listPayments', status: 200, query: '?order=ord_3&status=done' },
  { operation: 'listPayments', status: 400, query: '?status=lost' },
  { operation: 'createPayment', status: 202, headers: key, body: { order: 'ord_1' } },
  { operation: 'createPayment', status: 400, body: { order: 'ord_99' } },
  { operation: 'createPayment', status: 409, body: { order: 'ord_3' } },
  {
    operation: 'createPayment',
    status: 422,
    headers: key,
    body: { order: 'ord_2' },
    before: [{ operation: 'createPayment', headers: key, body: { order: 'ord_1' } }],
  },
  { operation: 'getPayment', status: 200, params: { payment: 'pay_1' } },
  { operation: 'getPayment', status: 404, params: { payment: 'pay_99' } },
  { operation: 'getReceipt', status: 200, params: { payment: 'pay_1' } },
  { operation: 'getReceipt', status: 404, params: { payment: 'pay_99' } },
  {
    operation: 'getReceipt',
    status: 409,
    params: { payment: 'pay_4' },
    before: [{ operation: 'createPayment', body: { order: 'ord_1' } }],
  },
  { operation: 'listRefunds', status: 200, params: { payment: 'pay_1' } },
  { operation: 'listRefunds', status: 404, params: { payment: 'pay_99' } },
  { operation: 'createRefund', status: 201, params: { payment: 'pay_1' }, body: { amount: 100 } },
  { operation: 'createRefund', status: 400, params: { payment: 'pay_1' }, body: { amount: 0 } },
  { operation: 'createRefund', status: 404, params: { payment: 'pay_99' }, body: {} },
  { operation: 'createRefund', status: 409, params: { payment: 'pay_1' }, body: { amount: 9_000 } },
  {
    operation: 'createRefund',
    status: 422,
    params: { payment: 'pay_1' },
    headers: key,
    body: { amount: 200 },
    before: [
      { operation: 'createRefund', params: { payment: 'pay_1' }, headers: key, body: { amount: 100 } },
    ],
  },

  { operation: 'listProducts', status: 200, query: '?active=true&limit=2' },
  { operation: 'listProducts', status: 400, query: '?limit=0' },
  { operation: 'getProduct', status: 200, params: { product: 'MUG-01' } },
  { operation: 'getProduct', status: 404, params: { product: 'XXX-99' } },
  { operation: 'updateProduct', status: 200, params: { product: 'MUG-01' }, body: { price: 1_300 } },
  { operation: 'updateProduct', status: 400, params: { product: 'MUG-01' }, body: { price: '1300' } },
  { operation: 'updateProduct', status: 404, params: { product: 'XXX-99' }, body: {} },
  { operation: 'listProductImages', status: 200, params: { product: 'MUG-01' } },
  { operation: 'listProductImages', status: 404, params: { product: 'XXX-99' } },
  {
    operation: 'uploadProductImage',
    status: 201,
    params: { product: 'MUG-01' },
    body: toForm({ file: image, alt: 'A mug' }),
  },
  { operation: 'uploadProductImage', status: 400, params: { product: 'MUG-01' }, body: toForm({ alt: 'x' }) },
  {
    operation: 'uploadProductImage',
    status: 404,
    params: { product: 'XXX-99' },
    body: toForm({ file: image }),
  },
  {
    operation: 'uploadProductImage',
    status: 413,
    params: { product: 'MUG-01' },
    body: toForm({ file: bigFile }),
  },
  { operation: 'listCategories', status: 200 },
  { operation: 'getCategory', status: 200, params: { category: 'cat_2' } },
  { operation: 'getCategory', status: 404, params: { category: 'cat_99' } },

  { operation: 'listStock', status: 200, query: '?sku=MUG-01,POT-02', headers: outlet },
  { operation: 'listStock', status: 400, query: '?sku=mug' },
  { operation: 'getStock', status: 200, params: { sku: 'MUG-01' } },
  { operation: 'getStock', status: 400, params: { sku: 'MUG-01' }, headers: unknownWarehouse },
  { operation: 'getStock', status: 404, params: { sku: 'SOA-04' }, headers: outlet },
  { operation: 'setStock', status: 200, params: { sku: 'TOW-03' }, body: { on_hand: 20 } },
  { operation: 'setStock', status: 400, params: { sku: 'TOW-03' }, body: { on_hand: -1 } },
  { operation: 'setStock', status: 404, params: { sku: 'XXX-99' }, body: { on_hand: 1 } },
  {
    operation: 'listReservations',
    status: 200,
    params: { sku: 'MUG-01' },
    before: [{ operation: 'reserveStock', params: { sku: 'MUG-01' }, body: { quantity: 2, order: 'ord_1' } }],
  },
  { operation: 'listReservations', status: 400, params: { sku: 'MUG-01' }, headers: unknownWarehouse },
  { operation: 'listReservations', status: 404, params: { sku: 'XXX-99' } },
  { operation: 'reserveStock', status: 201, params: { sku: 'MUG-01' }, body: { quantity: 2 } },
  {
    operation: 'reserveStock',
    status: 400,
    params: { sku: 'MUG-01' },
    body: { quantity: 1, order: 'ord_99' },
  },
  { operation: 'reserveStock', status: 404, params: { sku: 'XXX-99' }, body: { quantity: 1 } },
  { operation: 'reserveStock', status: 409, params: { sku: 'TOW-03' }, body: { quantity: 1 } },
  {
    operation: 'releaseStock',
    status: 204,
    params: { sku: 'MUG-01', reservation: 'rsv_1' },
    before: [{ operation: 'reserveStock', params: { sku: 'MUG-01' }, body: { quantity: 2 } }],
  },
  {
    operation: 'releaseStock',
    status: 400,
    params: { sku: 'MUG-01', reservation: 'rsv_1' },
    headers: unknownWarehouse,
  },
  { operation: 'releaseStock', status: 404, params: { sku: 'MUG-01', reservation: 'rsv_1' } },

  { operation: 'listShipments', status: 200, query: '?page=1&per_page=10' },
  { operation: 'listShipments', status: 400, query: '?page=0' },
  { operation: 'createShipment', status: 201, body: { order: 'ord_3', carrier: 'express' } },
  { operation: 'createShipment', status: 400, body: { order: 'ord_99' } },
  { operation: 'createShipment', status: 409, body: { order: 'ord_1' } },
  { operation: 'getShipment', status: 200, params: { shipment: 'shp_1' } },
  { operation: 'getShipment', status: 404, params: { shipment: 'shp_99' } },

  {
    operation: 'listNotifications',
    status: 200,
    query: '?customer=cus_1',
    before: [1, 2, 3].map(() => ({
      operation: 'sendNotification',
      body: { customer: 'cus_1', message: 'Hi' },
    })),
  },
  { operation: 'listNotifications', status: 400, query: '?limit=many' },
  {
    operation: 'sendNotification',
    status: 201,
    body: { customer: 'cus_1', message: 'Hi' },
    before: [1, 2].map(() => ({ operation: 'sendNotification', body: { customer: 'cus_1', message: 'Hi' } })),
  },
  { operation: 'sendNotification', status: 400, body: { customer: 'cus_99', message: 'Hi' } },
  { operation: 'sendNotification', status: 429, body: { customer: 'cus_1', message: 'Hi' } },
  {
    operation: 'subscribe',
    status: 201,
    body: new URLSearchParams('email=finn@example.com&topics=news&topics=offers'),
  },
  { operation: 'subscribe', status: 400, body: new URLSearchParams('topics=weather') },

  { operation: 'getHealth', status: 200 },
  {
    operation: 'getFlaky',
    status: 200,
    params: { key: 'supplier' },
    before: [1, 2].map(() => ({ operation: 'getFlaky', params: { key: 'supplier' } })),
  },
  { operation: 'getFlaky', status: 503, params: { key: 'supplier' } },
  { operation: 'getBroken', status: 500 },
  { operation: 'getSlow', status: 200, query: '?delay_ms=1' },
  { operation: 'getSlow', status: 400, query: '?delay_ms=soon' },
];

// --- internal ---

function toForm(fields: Readonly<Record<string, string | File>>): FormData {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
}
