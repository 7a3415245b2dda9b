import { describe, expect, it } from 'vitest';
import { join } from 'node:path';
import { generateCatalog, loadDescription } from '../src/index.ts';
import { aDescription } from './a-description.ts';
import { aDirectory } from './a-directory.ts';

/** GET /a answers with this schema. */
function catalogOf(schema: unknown, schemas: unknown = {}, more: Record<string, unknown> = {}) {
  const responses = { 200: { content: { 'application/json': { schema } } } };
  const components = { ...(more['components'] as object), schemas };
  return generateCatalog(aDescription({ ...more, components, paths: { '/a': { get: { responses } } } }));
}

function ref(name: string) {
  return { $ref: `#/components/schemas/${name}` };
}

describe('schemas of a catalog', () => {
  it('are found by their names within the file, and nothing is fetched for them', async () => {
    const address = 'https://shop.invalid/schemas/address';
    const content = { 'application/json': { schema: { $ref: address } } };
    const description = {
      openapi: '3.1.0',
      info: { title: 'Shop', version: '1' },
      paths: { '/a': { get: { responses: { 200: { content } } } } },
      components: { schemas: { Address: { $id: address, properties: { city: { type: 'string' } } } } },
    };
    const directory = await aDirectory({ 'shop.json': description });

    const loaded = await loadDescription({ source: join(directory, 'shop.json') });

    expect(generateCatalog(loaded).manifest).toMatchObject({
      commands: [{ output_schema: { $ref: '#/schemas/Address' } }],
      schemas: { Address: { properties: { city: { type: 'string' } } } },
    });
  });

  it('are there once, by name, and only where a command reaches them', () => {
    const schemas = {
      Order: { properties: { customer: ref('Customer'), previous: ref('Order') } },
      Customer: { type: 'object' },
      Unused: { type: 'object' },
    };

    const { manifest } = catalogOf({ type: 'array', items: ref('Order') }, schemas);

    expect(manifest.commands[0]?.output_schema).toEqual({
      type: 'array',
      items: { $ref: '#/schemas/Order' },
    });
    expect(manifest.schemas).toEqual({
      Customer: { type: 'object' },
      Order: {
        properties: { customer: { $ref: '#/schemas/Customer' }, previous: { $ref: '#/schemas/Order' } },
      },
    });
  });

  it('are found through references to any place', () => {
    const shared = {
      200: { content: { 'application/json': { schema: { type: 'object', title: 'Shared' } } } },
    };
    const schemas = { Order: { properties: { 'a/b': { type: 'string' } } } };
    const schema = {
      properties: {
        inner: { $ref: '#/components/schemas/Order/properties/a~1b' },
        answer: { $ref: '#/components/responses/200/content/application~1json/schema' },
      },
    };

    const { manifest, warnings } = catalogOf(schema, schemas, { components: { responses: shared } });

    expect(warnings).toEqual([]);
    expect(manifest.schemas).toEqual({
      'Order.a_b': { type: 'string' },
      'responses.200.content.application_json.schema': { type: 'object', title: 'Shared' },
    });
    expect(manifest.commands[0]?.output_schema?.properties?.['inner']).toEqual({
      $ref: '#/schemas/Order.a_b',
    });
  });

  it('lose references that say nothing else', () => {
    const schemas = { A: ref('B'), B: ref('C'), C: { type: 'string' } };

    expect(catalogOf(ref('A'), schemas).manifest).toMatchObject({
      commands: [{ output_schema: { $ref: '#/schemas/C' } }],
      schemas: { C: { type: 'string' } },
    });
  });

  it.each([
    ['does not exist', {}, ref('Gone')],
    ['leads only to itself', { A: ref('B'), B: ref('A') }, ref('A')],
  ])('allow anything where a reference %s, with a warning', (problem, schemas, schema) => {
    const { manifest, warnings } = catalogOf({ properties: { a: schema } }, schemas);

    expect(manifest.commands[0]?.output_schema).toEqual({ properties: { a: {} } });
    expect(warnings).toEqual([`GET /a: refers to "${schema.$ref}", which ${problem}.`]);
  });

  it('of other files are named in warnings as the author knows them', () => {
    const $ref = '#/x-oatty-files/schemas~1order.yaml/Gone/a~1b';
    const { warnings } = catalogOf({ $ref }, {}, { 'x-oatty-files': { 'schemas/order.yaml': {} } });

    expect(warnings).toEqual(['GET /a: refers to "schemas/order.yaml#/Gone/a~1b", which does not exist.']);
  });

  it('may have any name', () => {
    const names = ['__proto__', 'constructor', 'a/b~c', 'mit Leerzeichen', '$ref'];
    const schemas = JSON.parse(
      `{${names.map((name) => `${JSON.stringify(name)}: {"title": "x"}`).join()}}`,
    ) as object;
    const pointers = ['__proto__', 'constructor', 'a~1b~0c', 'mit%20Leerzeichen', '$ref'];

    const { manifest, warnings } = catalogOf({ allOf: pointers.map(ref) }, schemas);

    expect(warnings).toEqual([]);
    expect(Object.keys(manifest.schemas).sort()).toEqual([...names].sort());
    expect(Object.getPrototypeOf(manifest.schemas)).toBe(Object.prototype);
  });

  it('survive a chain of 5,000 references', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => [
      `S${index}`,
      { properties: { next: ref(`S${index + 1}`) } },
    ]);
    const aliases = Array.from({ length: 5_000 }, (_, index) => [
      `A${index}`,
      ref(index === 4_999 ? 'S0' : `A${index + 1}`),
    ]);

    const { manifest } = catalogOf(ref('A0'), Object.fromEntries([...chain, ...aliases]));

    expect(Object.keys(manifest.schemas)).toHaveLength(5_000);
  });
});
