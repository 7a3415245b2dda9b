/** A small shop: commands with schemas, for tests of validation, plans and inputs. */
import { nearestNames } from '@oatty/types';
import type { Command, JsonSchema, SchemaTable } from '@oatty/types';
import type { CatalogSummary, CommandSource } from '../src/ports/command-source.ts';

const shop: CatalogSummary = {
  id: 'shop-api',
  title: 'Shop API',
  vendor: 'shop',
  enabled: true,
  secrets: ['SHOP_TOKEN'],
  idempotency: { header: 'Idempotency-Key', honoured: false },
  document_version: '1.4',
};

const legacy: CatalogSummary = { ...shop, id: 'old', title: 'Old', vendor: 'old', enabled: false };

const schemas: SchemaTable = {
  Order: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      status: { enum: ['open', 'paid', 'canceled'] },
      customer: { $ref: '#/schemas/Customer' },
      items: { type: 'array', items: { $ref: '#/schemas/Line' } },
      tags: { type: 'array', items: { type: 'string' } },
      metadata: { type: 'object' },
    },
  },
  Customer: { type: 'object', properties: { id: { type: 'string' }, name: { type: 'string' } } },
  Line: {
    type: 'object',
    required: ['sku'],
    properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
    additionalProperties: false,
  },
};

const orderRef: JsonSchema = { $ref: '#/schemas/Order' };
const orderParameter = { name: 'order', in: 'path', required: true, schema: { type: 'string' } } as const;

const shopCommands: readonly Command[] = [
  {
    id: 'shop orders:list',
    summary: 'Lists orders',
    effect: 'safe',
    parameters: [
      { name: 'status', in: 'query', required: false, schema: { enum: ['open', 'paid', 'canceled'] } },
      { name: 'limit', in: 'query', required: false, schema: { type: 'integer', maximum: 100 } },
      { name: 'code', in: 'query', required: false, schema: { type: 'string', pattern: '^c_' } },
    ],
    output_schema: { type: 'object', properties: { items: { type: 'array', items: orderRef }, next: {} } },
    list_path: 'items',
    execution: { kind: 'http', method: 'GET', path: '/orders' },
  },
  {
    id: 'shop orders:info',
    summary: 'Reads an order',
    effect: 'safe',
    parameters: [orderParameter],
    output_schema: orderRef,
    execution: { kind: 'http', method: 'GET', path: '/orders/{order}' },
  },
  {
    id: 'shop orders:create',
    summary: 'Creates an order',
    effect: 'standard',
    parameters: [
      { name: 'customer', in: 'body', required: true, schema: { type: 'string' } },
      {
        name: 'items',
        in: 'body',
        required: true,
        schema: { type: 'array', items: { $ref: '#/schemas/Line' } },
      },
      { name: 'note', in: 'body', required: false, schema: { type: 'string' } },
    ],
    body: {
      media_type: 'application/json',
      required: true,
      schema: {
        type: 'object',
        required: ['customer', 'items'],
        properties: {
          customer: { type: 'string' },
          items: { type: 'array', items: { $ref: '#/schemas/Line' } },
          note: { type: 'string' },
        },
      },
    },
    output_schema: orderRef,
    execution: { kind: 'http', method: 'POST', path: '/orders' },
  },
  {
    id: 'shop orders:delete',
    summary: 'Deletes an order',
    effect: 'destructive',
    parameters: [orderParameter],
    execution: { kind: 'http', method: 'DELETE', path: '/orders/{order}' },
  },
  {
    id: 'shop customers:list',
    summary: 'Lists customers',
    effect: 'safe',
    parameters: [{ name: 'region', in: 'query', required: true, schema: { type: 'string' } }],
    output_schema: { type: 'array', items: { $ref: '#/schemas/Customer' } },
    list_path: '.',
    execution: { kind: 'http', method: 'GET', path: '/customers' },
  },
  {
    id: 'shop files:create',
    summary: 'Uploads a file',
    effect: 'standard',
    parameters: [],
    body: { media_type: 'text/csv', required: true, schema: { type: 'string' } },
    execution: { kind: 'http', method: 'POST', path: '/files' },
  },
  {
    id: 'old things:list',
    summary: 'Lists things',
    effect: 'safe',
    deprecated: true,
    parameters: [],
    execution: { kind: 'http', method: 'GET', path: '/things' },
  },
  {
    id: 'workflow ship',
    summary: 'Ships an order',
    effect: 'standard',
    parameters: [{ name: 'order_id', in: 'body', required: true, schema: { type: 'string' } }],
    execution: { kind: 'workflow', workflow_id: 'ship' },
  },
];

export function createCommands(commands: readonly Command[] = shopCommands): CommandSource {
  const byId = new Map(commands.map((command) => [command.id, command]));
  return {
    find(id) {
      const command = byId.get(id);
      return command && { command, catalog: id.startsWith('old ') ? legacy : shop, schemas };
    },
    nearest: (id, limit) => nearestNames(id, byId.keys(), limit),
    catalogs: () => [shop, legacy],
  };
}
