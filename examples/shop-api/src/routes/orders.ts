import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { checkBody, checkQuery, integerText, skuSchema } from '../http/check.ts';
import { limitText, pageByCursor } from '../http/pages.ts';
import { mustFind, mustRefer, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Order } from '../state/model.ts';
import { createItem, mustBeReversible, releaseReservations, saveOrder, toTotal } from '../state/orders.ts';
import type { Shop } from '../state/shop.ts';

export const orderRoutes: readonly Route[] = [
  { operationId: 'listOrders', method: 'GET', path: '/orders', answer: listOrders },
  { operationId: 'createOrder', method: 'POST', path: '/orders', body: 'json', answer: createOrder },
  { operationId: 'getOrder', method: 'GET', path: '/orders/{order}', answer: getOrder },
  { operationId: 'updateOrder', method: 'PATCH', path: '/orders/{order}', body: 'json', answer: updateOrder },
  { operationId: 'deleteOrder', method: 'DELETE', path: '/orders/{order}', answer: deleteOrder },
  {
    operationId: 'cancelOrder',
    method: 'POST',
    path: '/orders/{order}/cancel',
    body: 'json',
    answer: cancelOrder,
  },
  { operationId: 'setOrderNote', method: 'PUT', path: '/orders/{order}/note', body: 'text', answer: setNote },
];

// --- internal ---

const listQuery = z.strictObject({
  status: z.enum(['open', 'paid', 'shipped', 'canceled']).optional(),
  customer: z.string().optional(),
  'total[gte]': integerText(0, 100_000_000).default(0),
  'total[lte]': integerText(0, 100_000_000).default(100_000_000),
  limit: limitText,
  cursor: z.string().optional(),
});

const note = z.string().max(500);

const newOrder = z.strictObject({
  customer: z.string(),
  items: z
    .array(z.strictObject({ sku: skuSchema, quantity: z.int().min(1).max(100) }))
    .min(1)
    .max(50),
  note: note.nullable().default(null),
});

const cancellation = z.strictObject({ reason: note.optional() }).default({});

function listOrders(request: ShopRequest, shop: Shop): Answer {
  const query = checkQuery(request, listQuery);
  const orders = [...shop.orders.values()]
    .filter((order) => query.status === undefined || order.status === query.status)
    .filter((order) => query.customer === undefined || order.customer === query.customer)
    .filter((order) => order.total >= query['total[gte]'] && order.total <= query['total[lte]']);
  return {
    status: 200,
    body: pageByCursor(orders, { ...query, cursor: query.cursor, idOf: ({ id }) => id }),
  };
}

function createOrder(request: ShopRequest, shop: Shop): Answer {
  const fields = checkBody(request, newOrder);
  mustRefer(shop.customers, 'customer', fields.customer);
  const items = fields.items.map((line, index) => createItem(shop, line, `items[${index}].sku`));
  const order: Order = {
    id: shop.nextId('ord'),
    customer: fields.customer,
    status: 'open',
    items,
    total: toTotal(items),
    note: fields.note,
    version: 1,
    created_at: shop.now(),
  };
  shop.orders.set(order.id, order);
  return toAnswer(201, order, { location: `/orders/${order.id}` });
}

function getOrder(request: ShopRequest, shop: Shop): Answer {
  return toAnswer(200, mustFind(shop.orders, 'order', request.param('order')));
}

function updateOrder(request: ShopRequest, shop: Shop): Answer {
  const order = mustFind(shop.orders, 'order', request.param('order'));
  const expected = request.header('if-match');
  if (expected !== undefined && expected !== toETag(order))
    throw new Problem(412, `Order "${order.id}" has the version ${toETag(order)} by now.`);
  const change = checkBody(request, z.strictObject({ note: note.nullable() }));
  return toAnswer(200, saveOrder(shop, order, change));
}

function deleteOrder(request: ShopRequest, shop: Shop): Answer {
  const order = mustFind(shop.orders, 'order', request.param('order'));
  mustBeReversible(shop, order);
  releaseReservations(shop, order.id);
  shop.orders.delete(order.id);
  return { status: 204 };
}

function cancelOrder(request: ShopRequest, shop: Shop): Answer {
  const order = mustFind(shop.orders, 'order', request.param('order'));
  const { reason } = checkBody(request, cancellation);
  if (order.status === 'canceled') throw new Problem(409, `Order "${order.id}" is canceled already.`);
  mustBeReversible(shop, order);
  releaseReservations(shop, order.id);
  return toAnswer(200, saveOrder(shop, order, { status: 'canceled', note: reason ?? order.note }));
}

function setNote(request: ShopRequest, shop: Shop): Answer {
  const order = mustFind(shop.orders, 'order', request.param('order'));
  return toAnswer(200, saveOrder(shop, order, { note: checkBody(request, note) }));
}

function toAnswer(status: number, order: Order, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...headers, etag: toETag(order) }, body: order };
}

function toETag(order: Order): string {
  return `"${order.version}"`;
}
