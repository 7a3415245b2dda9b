import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { checkBody, checkQuery, integerText } from '../http/check.ts';
import { pageByNumber } from '../http/pages.ts';
import { mustFind, mustRefer, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Shipment } from '../state/model.ts';
import { releaseReservations, saveOrder } from '../state/orders.ts';
import type { Shop } from '../state/shop.ts';
import { toStockKey } from '../state/stock.ts';

export const shipmentRoutes: readonly Route[] = [
  { operationId: 'listShipments', method: 'GET', path: '/shipments', answer: listShipments },
  { operationId: 'createShipment', method: 'POST', path: '/shipments', body: 'json', answer: createShipment },
  { operationId: 'getShipment', method: 'GET', path: '/shipments/{shipment}', answer: getShipment },
];

// --- internal ---

const listQuery = z.strictObject({
  page: integerText(1, 1_000_000).default(1),
  per_page: integerText(1, 100).default(20),
});

const newShipment = z.strictObject({
  order: z.string(),
  carrier: z.enum(['post', 'express']).default('post'),
});

function listShipments(request: ShopRequest, shop: Shop): Answer {
  const { page, per_page } = checkQuery(request, listQuery);
  return { status: 200, body: pageByNumber([...shop.shipments.values()], page, per_page) };
}

function createShipment(request: ShopRequest, shop: Shop): Answer {
  const { order: orderId, carrier } = checkBody(request, newShipment);
  const order = mustRefer(shop.orders, 'order', orderId);
  if (order.status !== 'paid') throw new Problem(409, `Order "${order.id}" is ${order.status}, not paid.`);
  const id = shop.nextId('shp');
  const tracking_code = `TRK-${id.slice('shp_'.length).padStart(8, '0')}`;
  const shipment: Shipment = { id, order: order.id, carrier, status: 'created', tracking_code };
  shop.shipments.set(id, shipment);
  takeReservedStock(shop, order.id);
  saveOrder(shop, order, { status: 'shipped' });
  return { status: 201, headers: { location: `/shipments/${id}` }, body: shipment };
}

function getShipment(request: ShopRequest, shop: Shop): Answer {
  return { status: 200, body: mustFind(shop.shipments, 'shipment', request.param('shipment')) };
}

/** What was reserved for the order leaves the shelf. */
function takeReservedStock(shop: Shop, orderId: string): void {
  for (const { order, sku, warehouse, quantity } of shop.reservations.values()) {
    const row = shop.stock.get(toStockKey(warehouse, sku));
    if (order === orderId && row !== undefined)
      shop.stock.set(toStockKey(warehouse, sku), { ...row, on_hand: row.on_hand - quantity });
  }
  releaseReservations(shop, orderId);
}
