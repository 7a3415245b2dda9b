import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@oatty/types';
import { defaultLimits } from './limits.ts';
import { findReferences } from './walk-document.ts';

function find(document: unknown, limits = {}) {
  const references = findReferences(
    document as JsonValue,
    'api.yaml',
    { ...defaultLimits, ...limits },
    { nodes: 0 },
  );
  return references.map((reference) => reference.$ref);
}

describe('findReferences', () => {
  it('finds references wherever the specification has them', () => {
    const document = {
      paths: { '/orders': { $ref: 'orders.yaml' } },
      components: {
        responses: { default: { $ref: 'default.yaml' } },
        schemas: {
          example: { $ref: 'example.yaml' },
          Order: { properties: { default: { $ref: 'id.yaml' } } },
        },
      },
    };

    expect(find(document).sort()).toEqual(['default.yaml', 'example.yaml', 'id.yaml', 'orders.yaml']);
  });

  it('leaves data alone: examples, defaults, enumerations and extensions', () => {
    const data = { $ref: 'no-reference.yaml' };
    const document = {
      'x-internal': data,
      components: {
        schemas: { Order: { example: data, examples: [data], default: data, enum: [data], const: data } },
        examples: { one: { value: data } },
      },
    };

    expect(find(document)).toEqual([]);
  });

  it('takes a property named $ref for a property', () => {
    expect(find({ properties: { $ref: { type: 'string' } } })).toEqual([]);
  });

  it('reads nothing for links, callbacks and webhooks', () => {
    const other = { $ref: 'other.yaml' };

    expect(find({ webhooks: { a: other }, paths: { '/a': { post: { callbacks: { b: other } } } } })).toEqual(
      [],
    );
  });

  it('limits nesting without recursion', () => {
    const nested = JSON.parse(`${'['.repeat(100_000)}${']'.repeat(100_000)}`) as unknown;

    expect(() => find({ nested })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it('counts shared values as often as they are used', () => {
    let bomb: unknown = ['x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x', 'x'];
    for (let level = 0; level < 12; level++) bomb = Array.from({ length: 10 }, () => bomb);

    expect(() => find({ bomb })).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });

  it('limits a value that contains itself', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;

    expect(() => find(circle)).toThrow(expect.objectContaining({ code: 'LIMIT_EXCEEDED' }));
  });
});
