import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { booleanText, checkBody, checkHeader, checkQuery, skuSchema } from '../http/check.ts';
import { mustFind, mustRefer, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { StockRow, Warehouse } from '../state/model.ts';
import type { Shop } from '../state/shop.ts';
import { toStockKey, toStockLevel } from '../state/stock.ts';

export const stockRoutes: readonly Route[] = [
  { operationId: 'listStock', method: 'GET', path: '/stock', answer: listStock },
  { operationId: 'getStock', method: 'GET', path: '/stock/{sku}', answer: getStock },
  { operationId: 'setStock', method: 'PUT', path: '/stock/{sku}', body: 'json', answer: setStock },
  {
    operationId: 'listReservations',
    method: 'GET',
    path: '/stock/{sku}/reservations',
    answer: listReservations,
  },
  {
    operationId: 'reserveStock',
    method: 'POST',
    path: '/stock/{sku}/reservations',
    body: 'json',
    answer: reserveStock,
  },
  {
    operationId: 'releaseStock',
    method: 'DELETE',
    path: '/stock/{sku}/reservations/{reservation}',
    answer: releaseStock,
  },
];

// --- internal ---

const listQuery = z.strictObject({
  /** One value with commas: `MUG-01,POT-02`. */
  sku: z
    .string()
    .transform((text) => text.split(','))
    .pipe(z.array(skuSchema).max(20))
    .optional(),
  below_reorder_point: booleanText.default(false),
});

const newLevel = z.strictObject({
  on_hand: z.int().min(0).max(1_000_000),
  reorder_point: z.int().min(0).max(1_000_000).exactOptional(),
});

const newReservation = z.strictObject({
  quantity: z.int().min(1).max(1_000),
  order: z.string().nullable().default(null),
});

function listStock(request: ShopRequest, shop: Shop): Answer {
  const warehouse = readWarehouse(request);
  const { sku, below_reorder_point } = checkQuery(request, listQuery);
  const levels = [...shop.stock.values()]
    .filter((row) => row.warehouse === warehouse && (sku === undefined || sku.includes(row.sku)))
    .map((row) => toStockLevel(shop, row))
    .filter((level) => !below_reorder_point || level.available < level.reorder_point);
  return { status: 200, body: { items: levels } };
}

function getStock(request: ShopRequest, shop: Shop): Answer {
  return { status: 200, body: toStockLevel(shop, findRow(request, shop)) };
}

function setStock(request: ShopRequest, shop: Shop): Answer {
  const row = findRow(request, shop);
  const changed = { ...row, ...checkBody(request, newLevel) };
  shop.stock.set(toStockKey(row.warehouse, row.sku), changed);
  return { status: 200, body: toStockLevel(shop, changed) };
}

function listReservations(request: ShopRequest, shop: Shop): Answer {
  const { sku, warehouse } = findRow(request, shop);
  const reservations = [...shop.reservations.values()].filter(
    (reservation) => reservation.sku === sku && reservation.warehouse === warehouse,
  );
  return { status: 200, body: { items: reservations } };
}

function reserveStock(request: ShopRequest, shop: Shop): Answer {
  const row = findRow(request, shop);
  const { quantity, order } = checkBody(request, newReservation);
  if (order !== null) mustRefer(shop.orders, 'order', order);
  const { available } = toStockLevel(shop, row);
  if (quantity > available)
    throw new Problem(409, `${quantity} of "${row.sku}" are asked for, ${available} are available.`);
  const { sku, warehouse } = row;
  const reservation = { id: shop.nextId('rsv'), sku, warehouse, quantity, order };
  shop.reservations.set(reservation.id, reservation);
  return { status: 201, body: reservation };
}

function releaseStock(request: ShopRequest, shop: Shop): Answer {
  const { sku } = findRow(request, shop);
  const reservation = mustFind(shop.reservations, 'reservation', request.param('reservation'));
  if (reservation.sku !== sku) throw new Problem(404, `Product "${sku}" has no such reservation.`);
  shop.reservations.delete(reservation.id);
  return { status: 204 };
}

function findRow(request: ShopRequest, shop: Shop): StockRow {
  return mustFind(shop.stock, 'stock', toStockKey(readWarehouse(request), request.param('sku')));
}

function readWarehouse(request: ShopRequest): Warehouse {
  return checkHeader(request, 'X-Warehouse', z.enum(['main', 'outlet']).default('main'));
}
