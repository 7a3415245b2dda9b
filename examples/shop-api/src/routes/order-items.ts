import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { checkBody, skuSchema } from '../http/check.ts';
import { mustFind, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Order, OrderItem } from '../state/model.ts';
import { createItem, mustBeOpen, saveOrder } from '../state/orders.ts';
import type { Shop } from '../state/shop.ts';

export const orderItemRoutes: readonly Route[] = [
  { operationId: 'listOrderItems', method: 'GET', path: '/orders/{order}/items', answer: listItems },
  {
    operationId: 'addOrderItem',
    method: 'POST',
    path: '/orders/{order}/items',
    body: 'json',
    answer: addItem,
  },
  { operationId: 'getOrderItem', method: 'GET', path: '/orders/{order}/items/{item}', answer: getItem },
  {
    operationId: 'removeOrderItem',
    method: 'DELETE',
    path: '/orders/{order}/items/{item}',
    answer: removeItem,
  },
];

// --- internal ---

const newItem = z.strictObject({ sku: skuSchema, quantity: z.int().min(1).max(100) });

function listItems(request: ShopRequest, shop: Shop): Answer {
  return { status: 200, body: { items: findOrder(request, shop).items } };
}

function addItem(request: ShopRequest, shop: Shop): Answer {
  const order = findOrder(request, shop);
  const line = checkBody(request, newItem);
  mustBeOpen(order);
  const item = createItem(shop, line, 'sku');
  saveOrder(shop, order, { items: [...order.items, item] });
  return { status: 201, headers: { location: `/orders/${order.id}/items/${item.id}` }, body: item };
}

function getItem(request: ShopRequest, shop: Shop): Answer {
  return { status: 200, body: findItem(findOrder(request, shop), request.param('item')) };
}

function removeItem(request: ShopRequest, shop: Shop): Answer {
  const order = findOrder(request, shop);
  const item = findItem(order, request.param('item'));
  mustBeOpen(order);
  if (order.items.length === 1)
    throw new Problem(409, 'An order keeps at least one item; cancel it instead.');
  saveOrder(shop, order, { items: order.items.filter(({ id }) => id !== item.id) });
  return { status: 204 };
}

function findOrder(request: ShopRequest, shop: Shop): Order {
  return mustFind(shop.orders, 'order', request.param('order'));
}

function findItem(order: Order, id: string): OrderItem {
  return mustFind(new Map(order.items.map((item) => [item.id, item])), 'item', id);
}
