import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { answerOnce } from '../http/answer-once.ts';
import { checkBody } from '../http/check.ts';
import { mustFind, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import { toRefundedAmount } from '../state/orders.ts';
import type { Shop } from '../state/shop.ts';

export const refundRoutes: readonly Route[] = [
  { operationId: 'listRefunds', method: 'GET', path: '/payments/{payment}/refunds', answer: listRefunds },
  {
    operationId: 'createRefund',
    method: 'POST',
    path: '/payments/{payment}/refunds',
    body: 'json',
    answer: createRefund,
  },
];

// --- internal ---

const newRefund = z.strictObject({
  amount: z.int().min(1).optional(),
  reason: z.string().max(500).nullable().default(null),
});

function listRefunds(request: ShopRequest, shop: Shop): Answer {
  const payment = mustFind(shop.payments, 'payment', request.param('payment'));
  const refunds = [...shop.refunds.values()].filter((refund) => refund.payment === payment.id);
  return { status: 200, body: { items: refunds } };
}

function createRefund(request: ShopRequest, shop: Shop): Answer {
  const payment = mustFind(shop.payments, 'payment', request.param('payment'));
  const fields = checkBody(request, newRefund);
  return answerOnce(request, shop, () => {
    const open = payment.status === 'done' ? payment.amount - toRefundedAmount(shop, payment.id) : 0;
    const amount = fields.amount ?? open;
    if (amount === 0 || amount > open)
      throw new Problem(409, `Payment "${payment.id}" has ${open} left to refund.`);
    const { reason } = fields;
    const refund = { id: shop.nextId('ref'), payment: payment.id, amount, reason, created_at: shop.now() };
    shop.refunds.set(refund.id, refund);
    return { status: 201, body: refund };
  });
}
