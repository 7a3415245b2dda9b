import * as z from 'zod';
import { checkBody, checkQuery } from '../http/check.ts';
import type { Answer } from '../http/answer.ts';
import { limitText, pageByCursor } from '../http/pages.ts';
import { mustFind, Problem } from '../http/problem.ts';
import type { Route, ShopRequest } from '../http/route.ts';
import type { Shop } from '../state/shop.ts';

export const customerRoutes: readonly Route[] = [
  { operationId: 'listCustomers', method: 'GET', path: '/customers', answer: listCustomers },
  { operationId: 'createCustomer', method: 'POST', path: '/customers', body: 'json', answer: createCustomer },
  { operationId: 'getCustomer', method: 'GET', path: '/customers/{customer}', answer: getCustomer },
  {
    operationId: 'updateCustomer',
    method: 'PATCH',
    path: '/customers/{customer}',
    body: 'json',
    answer: updateCustomer,
  },
  { operationId: 'deleteCustomer', method: 'DELETE', path: '/customers/{customer}', answer: deleteCustomer },
];

// --- internal ---

const tier = z.enum(['standard', 'gold']);

const listQuery = z.strictObject({
  tier: tier.optional(),
  email: z.email().optional(),
  limit: limitText,
  cursor: z.string().optional(),
});

const newCustomer = z.strictObject({
  name: z.string().min(1).max(100),
  email: z.email(),
  phone: z.string().max(30).nullable().default(null),
  tier: tier.default('standard'),
  metadata: z.record(z.string().max(40), z.string().max(500)).default({}),
});

const customerChange = z.strictObject({
  name: z.string().min(1).max(100).exactOptional(),
  email: z.email().exactOptional(),
  phone: z.string().max(30).nullable().exactOptional(),
  tier: tier.exactOptional(),
  metadata: z.record(z.string().max(40), z.string().max(500)).exactOptional(),
});

function listCustomers(request: ShopRequest, shop: Shop): Answer {
  const { tier, email, limit, cursor } = checkQuery(request, listQuery);
  const customers = [...shop.customers.values()]
    .filter((customer) => tier === undefined || customer.tier === tier)
    .filter((customer) => email === undefined || customer.email === email);
  return { status: 200, body: pageByCursor(customers, { limit, cursor, idOf: ({ id }) => id }) };
}

function createCustomer(request: ShopRequest, shop: Shop): Answer {
  const fields = checkBody(request, newCustomer);
  refuseTakenEmail(shop, fields.email);
  const customer = { id: shop.nextId('cus'), ...fields, created_at: shop.now() };
  shop.customers.set(customer.id, customer);
  return { status: 201, headers: { location: `/customers/${customer.id}` }, body: customer };
}

function getCustomer(request: ShopRequest, shop: Shop): Answer {
  return { status: 200, body: mustFind(shop.customers, 'customer', request.param('customer')) };
}

function updateCustomer(request: ShopRequest, shop: Shop): Answer {
  const customer = mustFind(shop.customers, 'customer', request.param('customer'));
  const change = checkBody(request, customerChange);
  if (change.email !== undefined && change.email !== customer.email) refuseTakenEmail(shop, change.email);
  const changed = { ...customer, ...change };
  shop.customers.set(customer.id, changed);
  return { status: 200, body: changed };
}

function deleteCustomer(request: ShopRequest, shop: Shop): Answer {
  const customer = mustFind(shop.customers, 'customer', request.param('customer'));
  if ([...shop.orders.values()].some((order) => order.customer === customer.id))
    throw new Problem(409, `Customer "${customer.id}" has orders.`);
  shop.customers.delete(customer.id);
  return { status: 204 };
}

function refuseTakenEmail(shop: Shop, email: string): void {
  if ([...shop.customers.values()].some((customer) => customer.email === email))
    throw new Problem(409, `There is a customer with the address ${email} already.`);
}
