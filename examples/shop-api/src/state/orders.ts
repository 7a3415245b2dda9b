/** The rules of an order that more than one endpoint needs. */
import { Problem } from '../http/problem.ts';
import type { Order, OrderItem } from './model.ts';
import type { Shop } from './shop.ts';

export interface Line {
  readonly sku: string;
  readonly quantity: number;
}

/** A line at today's price. @throws {Problem} 400 for a product that is not for sale */
export function createItem(shop: Shop, { sku, quantity }: Line, field: string): OrderItem {
  const product = shop.products.get(sku);
  if (product?.active !== true) {
    const errors = [{ field, message: 'is not for sale' }];
    throw new Problem(400, `Product "${sku}" is not for sale.`, { errors });
  }
  return { id: shop.nextId('itm'), sku, quantity, unit_price: product.price };
}

/** Keeps the changed order; total and version follow. */
export function saveOrder(shop: Shop, order: Order, change: Partial<Order>): Order {
  const changed = { ...order, ...change };
  const saved = { ...changed, total: toTotal(changed.items), version: order.version + 1 };
  shop.orders.set(saved.id, saved);
  return saved;
}

export function toTotal(items: readonly OrderItem[]): number {
  return items.reduce((sum, item) => sum + item.quantity * item.unit_price, 0);
}

/** @throws {Problem} 409 unless the order is open */
export function mustBeOpen(order: Order): void {
  if (order.status !== 'open') throw new Problem(409, `Order "${order.id}" is ${order.status}.`);
}

/** @throws {Problem} 409 when the order was shipped or holds money */
export function mustBeReversible(shop: Shop, order: Order): void {
  if (order.status === 'shipped') throw new Problem(409, `Order "${order.id}" is shipped.`);
  if (toPaidAmount(shop, order.id) > 0)
    throw new Problem(409, `Order "${order.id}" is paid; refund it first.`);
}

export function releaseReservations(shop: Shop, orderId: string): void {
  for (const reservation of shop.reservations.values())
    if (reservation.order === orderId) shop.reservations.delete(reservation.id);
}

export function toRefundedAmount(shop: Shop, paymentId: string): number {
  const refunds = [...shop.refunds.values()].filter((refund) => refund.payment === paymentId);
  return refunds.reduce((sum, refund) => sum + refund.amount, 0);
}

// --- internal ---

/** What was paid for an order and not given back. */
function toPaidAmount(shop: Shop, orderId: string): number {
  const payments = [...shop.payments.values()].filter(
    ({ order, status }) => order === orderId && status === 'done',
  );
  return payments.reduce((sum, payment) => sum + payment.amount - toRefundedAmount(shop, payment.id), 0);
}
