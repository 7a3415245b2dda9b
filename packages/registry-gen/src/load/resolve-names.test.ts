import { describe, expect, it } from 'vitest';
import type { JsonValue } from '@oatty/types';
import { resolveNames } from './resolve-names.ts';

/** The schemas of a description in which references by name have been resolved. */
function resolved(
  schemas: Readonly<Record<string, unknown>>,
  members: Readonly<Record<string, unknown>> = {},
) {
  const text = JSON.stringify({ openapi: '3.1.0', ...members, components: { schemas } });
  const root = JSON.parse(text) as { readonly components: { readonly schemas: unknown } } & JsonValue;
  resolveNames(root, text, new URL('file:///api/shop.json'));
  return root.components.schemas;
}

describe('resolveNames', () => {
  it('finds schemas by $id, relative to the $id around the reference', () => {
    const schemas = {
      Address: { $id: 'https://shop.test/schemas/address', $defs: { City: { type: 'string' } } },
      Customer: {
        $id: 'https://shop.test/schemas/customer',
        properties: { home: { $ref: 'address' }, city: { $ref: 'address#/$defs/City' }, self: { $ref: '#' } },
      },
      Order: { properties: { to: { $ref: 'https://shop.test/schemas/address' } } },
    };

    expect(resolved(schemas)).toMatchObject({
      Customer: {
        properties: {
          home: { $ref: '#/components/schemas/Address' },
          city: { $ref: '#/components/schemas/Address/$defs/City' },
          self: { $ref: '#/components/schemas/Customer' },
        },
      },
      Order: { properties: { to: { $ref: '#/components/schemas/Address' } } },
    });
  });

  it('finds anchors within the nearest $id', () => {
    const schemas = {
      A: { $id: 'https://shop.test/a', $defs: { 'x/y': { $anchor: 'part' } }, items: { $ref: '#part' } },
      B: { $anchor: 'part', items: { $ref: '#part' } },
    };

    expect(resolved(schemas)).toMatchObject({
      A: { items: { $ref: '#/components/schemas/A/$defs/x~1y' } },
      B: { items: { $ref: '#/components/schemas/B' } },
    });
  });

  it('reads a dynamic reference as a plain one, unless it may mean several schemas', () => {
    const tree = { $dynamicAnchor: 'node', items: { $dynamicRef: '#node' } };

    expect(resolved({ Tree: tree })).toMatchObject({
      Tree: { items: { $ref: '#/components/schemas/Tree' } },
    });
    expect(resolved({ Tree: tree, Strict: { $dynamicAnchor: 'node' } })).toMatchObject({
      Tree: { items: { $dynamicRef: '#node' } },
    });
  });

  it('knows the document by its $self', () => {
    const schemas = { A: { items: { $ref: 'https://shop.test/api#/components/schemas/B' } }, B: {} };

    expect(resolved(schemas, { $self: 'https://shop.test/api' })).toMatchObject({
      A: { items: { $ref: '#/components/schemas/B' } },
    });
  });

  it('reads relative references as its $self says', () => {
    const schemas = {
      A: { items: { $ref: 'shop.json#/components/schemas/B' }, not: { $ref: '#/components/schemas/B' } },
      B: { $id: 'b' },
      C: { items: { $ref: '/v2/b' }, not: { $ref: 'other.json' } },
    };

    expect(resolved(schemas, { $self: 'https://shop.test/v2/shop.json' })).toMatchObject({
      A: { items: { $ref: '#/components/schemas/B' }, not: { $ref: '#/components/schemas/B' } },
      C: { items: { $ref: '#/components/schemas/B' }, not: { $ref: 'other.json' } },
    });
  });

  it('leaves what no name answers to', () => {
    const schemas = {
      A: {
        $id: 'https://shop.test/a',
        items: { $ref: '#/components/schemas/B' },
        not: { $ref: 'other.yaml' },
      },
      B: { properties: { $id: { type: 'string' } }, items: { $ref: '#nothing' }, example: { $ref: '#part' } },
    };

    expect(resolved(schemas)).toEqual(schemas);
  });

  it('visits what aliases share once, however deep', () => {
    let node: Record<string, unknown> = { $anchor: 'deep' };
    for (let level = 0; level < 5_000; level++) node = { allOf: [node, node] };
    const root = { openapi: '3.1.0', components: { schemas: { A: node, B: { $ref: '#deep' } } } };

    resolveNames(root as unknown as JsonValue, '$anchor', new URL('file:///api/shop.json'));

    expect(root.components.schemas.B.$ref).toMatch(/^#\/components\/schemas\/A\/allOf\//);
  });
});
