import { describe, expect, it } from 'vitest';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import { findProperty } from './find-property.ts';
import type { PathKey } from './find-property.ts';

const schemas: SchemaTable = {
  Order: {
    type: 'object',
    properties: {
      id: { type: 'string' },
      customer: { $ref: '#/schemas/Customer' },
      lines: { type: 'array', items: { properties: { sku: { type: 'string' } } } },
      labels: { type: 'object', additionalProperties: { type: 'string' } },
      extra: { type: 'object' },
      parent: { anyOf: [{ $ref: '#/schemas/Order' }, { type: 'null' }] },
    },
  },
  Customer: { allOf: [{ properties: { name: {} } }, { properties: { email: {} } }, { required: ['name'] }] },
};
const order: JsonSchema = { $ref: '#/schemas/Order' };

function look(keys: readonly PathKey[], schema: JsonSchema = order) {
  const { kind, ...rest } = findProperty(schema, schemas, keys);
  return 'schema' in rest ? [kind] : [kind, rest.at];
}

describe('findProperty', () => {
  it.each<[readonly PathKey[]]>([
    [[]],
    [['id']],
    [['customer', 'name']],
    [['customer', 'email']],
    [['lines', 0, 'sku']],
    [['lines', '1', 'sku']],
    [['lines', null, 'sku']],
    [['labels', 'anything']],
    [['parent', 'parent', 'id']],
  ])('%j is there', (keys) => {
    expect(look(keys)).toEqual(['exists']);
  });

  it.each<[readonly PathKey[], number]>([
    [['ID'], 0],
    [['customer', 'phone'], 1],
    [['lines', 0, 'price'], 2],
    [['id', 'length'], 1],
    [['parent', 'nope'], 1],
    [['constructor'], 0],
  ])('%j is missing', (keys, at) => {
    expect(look(keys)).toEqual(['missing', at]);
  });

  it('offers the names that are there, from every part', () => {
    expect(findProperty(order, schemas, ['customer', 'phone'])).toEqual({
      kind: 'missing',
      at: 1,
      available: ['name', 'email'],
    });
  });

  it('asks for an index where the schema has a list', () => {
    expect(look(['lines', 'sku'])).toEqual(['missing_index', 1]);
  });

  it.each<[readonly PathKey[], JsonSchema]>([
    [['extra', 'x'], order],
    [['x'], {}],
    [['x'], { properties: { a: {} }, additionalProperties: true }],
    [['x'], { properties: { a: {} }, patternProperties: { '^x': {} } }],
    [['x'], { anyOf: [{ properties: { a: {} } }, {}] }],
    [['x'], { $ref: '#/schemas/Nowhere' }],
    [[null], order],
  ])('%j of %j cannot be told', (keys, schema) => {
    expect(look(keys, schema)[0]).toBe('unknown');
  });

  it('is not misled by variants that only require something', () => {
    const schema: JsonSchema = { properties: { a: {} }, anyOf: [{ required: ['a'] }, { required: ['b'] }] };
    expect(look(['x'], schema)).toEqual(['missing', 0]);
  });

  it('one variant that has the property is enough', () => {
    const schema: JsonSchema = { oneOf: [{ properties: { a: {} } }, { properties: { x: {} } }] };
    expect(look(['x'], schema)).toEqual(['exists']);
  });

  it('stops at a schema that only refers to itself', () => {
    const looping: SchemaTable = { Loop: { allOf: [{ $ref: '#/schemas/Loop' }] } };
    expect(findProperty({ $ref: '#/schemas/Loop' }, looping, ['x']).kind).toBe('unknown');
  });
});
