/** Notifications, with a rate limit, and newsletter subscriptions, which come as a form. */
import * as z from 'zod';
import type { Answer } from '../http/answer.ts';
import { checkBody, checkForm, checkQuery } from '../http/check.ts';
import { limitText, pageByCursor } from '../http/pages.ts';
import { mustRefer, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Shop } from '../state/shop.ts';

export const messageRoutes: readonly Route[] = [
  { operationId: 'listNotifications', method: 'GET', path: '/notifications', answer: listNotifications },
  { operationId: 'sendNotification', method: 'POST', path: '/notifications', body: 'json', answer: notify },
  { operationId: 'subscribe', method: 'POST', path: '/subscriptions', body: 'form', answer: subscribe },
];

// --- internal ---

const listQuery = z.strictObject({
  customer: z.string().optional(),
  limit: limitText,
  cursor: z.string().optional(),
});

const newNotification = z.strictObject({
  customer: z.string(),
  channel: z.enum(['email', 'sms']).default('email'),
  message: z.string().min(1).max(500),
});

const topic = z.enum(['news', 'offers', 'restocks']);

const newSubscription = z.strictObject({
  email: z.email(),
  topics: z.union([z.array(topic), topic.transform((one) => [one])]).default(['news']),
});

function listNotifications(request: ShopRequest, shop: Shop): Answer {
  const { customer, limit, cursor } = checkQuery(request, listQuery);
  const notifications = [...shop.notifications.values()].filter(
    (notification) => customer === undefined || notification.customer === customer,
  );
  return { status: 200, body: pageByCursor(notifications, { limit, cursor, idOf: ({ id }) => id }) };
}

function notify(request: ShopRequest, shop: Shop): Answer {
  const fields = checkBody(request, newNotification);
  mustRefer(shop.customers, 'customer', fields.customer);
  refuseOverQuota(shop);
  const notification = { id: shop.nextId('ntf'), ...fields, created_at: shop.now() };
  shop.notifications.set(notification.id, notification);
  return { status: 201, body: notification };
}

/** The first calls meet a quota that is used up, as after a busy minute; no clock decides. */
function refuseOverQuota(shop: Shop): void {
  shop.notificationCalls += 1;
  const { refusedNotifications, retryAfterSeconds } = shop.settings;
  if (shop.notificationCalls > refusedNotifications) return;
  const headers = { 'retry-after': String(retryAfterSeconds) };
  throw new Problem(429, `Too many notifications; try again in ${retryAfterSeconds} s.`, { headers });
}

function subscribe(request: ShopRequest, shop: Shop): Answer {
  const subscription = { id: shop.nextId('sub'), ...checkForm(request, newSubscription) };
  shop.subscriptions.set(subscription.id, subscription);
  return { status: 201, body: subscription };
}
