/**
 * Payments take a while: `POST` answers 202 with `processing`, and some polls later the payment is `done`
 * (or `declined`, for the source `tok_declined`). Polls are counted, so no clock decides.
 */
import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { answerOnce } from '../http/answer-once.ts';
import { checkBody, checkQuery } from '../http/check.ts';
import { limitText, pageByCursor } from '../http/pages.ts';
import { mustFind, mustRefer, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Payment } from '../state/model.ts';
import { mustBeOpen, saveOrder } from '../state/orders.ts';
import { createReceipt } from '../state/receipt-pdf.ts';
import type { Shop } from '../state/shop.ts';

export const paymentRoutes: readonly Route[] = [
  { operationId: 'listPayments', method: 'GET', path: '/payments', answer: listPayments },
  { operationId: 'createPayment', method: 'POST', path: '/payments', body: 'json', answer: createPayment },
  { operationId: 'getPayment', method: 'GET', path: '/payments/{payment}', answer: getPayment },
  { operationId: 'getReceipt', method: 'GET', path: '/payments/{payment}/receipt', answer: getReceipt },
];

// --- internal ---

const listQuery = z.strictObject({
  order: z.string().optional(),
  status: z.enum(['processing', 'done', 'declined']).optional(),
  limit: limitText,
  cursor: z.string().optional(),
});

const newPayment = z.strictObject({
  order: z.string(),
  source: z.enum(['tok_visa', 'tok_invoice', 'tok_declined']).default('tok_visa'),
});

function listPayments(request: ShopRequest, shop: Shop): Answer {
  const { order, status, limit, cursor } = checkQuery(request, listQuery);
  const payments = [...shop.payments.values()]
    .filter((payment) => order === undefined || payment.order === order)
    .filter((payment) => status === undefined || payment.status === status);
  return { status: 200, body: pageByCursor(payments, { limit, cursor, idOf: ({ id }) => id }) };
}

function createPayment(request: ShopRequest, shop: Shop): Answer {
  const { order: orderId, source } = checkBody(request, newPayment);
  return answerOnce(request, shop, () => {
    const order = mustRefer(shop.orders, 'order', orderId);
    mustBeOpen(order);
    if (isBeingPaid(shop, order.id)) throw new Problem(409, `Order "${order.id}" is being paid already.`);
    const payment: Payment = {
      id: shop.nextId('pay'),
      order: order.id,
      amount: order.total,
      source,
      status: 'processing',
      receipt_url: null,
      created_at: shop.now(),
    };
    shop.payments.set(payment.id, payment);
    shop.pollsLeft.set(payment.id, shop.settings.paymentPolls);
    return { status: 202, headers: { location: `/payments/${payment.id}` }, body: payment };
  });
}

function getPayment(request: ShopRequest, shop: Shop): Answer {
  const payment = mustFind(shop.payments, 'payment', request.param('payment'));
  return { status: 200, body: payment.status === 'processing' ? poll(shop, payment) : payment };
}

function getReceipt(request: ShopRequest, shop: Shop): Answer {
  const payment = mustFind(shop.payments, 'payment', request.param('payment'));
  if (payment.status !== 'done') throw new Problem(409, `Payment "${payment.id}" is ${payment.status}.`);
  const headers = {
    'content-type': 'application/pdf',
    'content-disposition': `attachment; filename="${payment.id}.pdf"`,
  };
  return { status: 200, headers, body: createReceipt(payment) };
}

function isBeingPaid(shop: Shop, orderId: string): boolean {
  return [...shop.payments.values()].some(
    ({ order, status }) => order === orderId && status === 'processing',
  );
}

/** The last poll that `paymentPolls` asks for settles the payment. */
function poll(shop: Shop, payment: Payment): Payment {
  const left = (shop.pollsLeft.get(payment.id) ?? 0) - 1;
  shop.pollsLeft.set(payment.id, left);
  return left > 0 ? payment : settle(shop, payment);
}

function settle(shop: Shop, payment: Payment): Payment {
  const isDeclined = payment.source === 'tok_declined';
  const settled: Payment = isDeclined
    ? { ...payment, status: 'declined' }
    : { ...payment, status: 'done', receipt_url: `/payments/${payment.id}/receipt` };
  shop.payments.set(payment.id, settled);
  const order = shop.orders.get(payment.order);
  if (!isDeclined && order !== undefined) saveOrder(shop, order, { status: 'paid' });
  return settled;
}
