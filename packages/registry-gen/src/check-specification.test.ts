import { describe, expect, it } from 'vitest';
import { aDescription } from '../test/a-description.ts';
import { checkSpecification } from './check-specification.ts';

const good = { get: { responses: { 200: { description: 'Orders.' } } } };

describe('checkSpecification', () => {
  it('finds nothing in a good description, and changes nothing in it', async () => {
    const loaded = aDescription({ paths: { '/orders': good }, servers: [{ url: '/v1' }] });
    const before = JSON.stringify(loaded);

    expect(await checkSpecification(loaded)).toEqual([]);
    expect(JSON.stringify(loaded)).toBe(before);
  });

  it('names the operation and the part of it', async () => {
    const paths = { '/orders': { get: { responses: { 200: {} }, tags: 'Orders' } } };
    const components = { schemas: { Order: { type: 'thing' } } };

    expect(await checkSpecification(aDescription({ paths, components }))).toEqual([
      'GET /orders: "responses.200" must have required property \'description\'.',
      'GET /orders: "tags" must be array.',
      'document: "components.schemas.Order.type" must be equal to one of the allowed values.',
    ]);
  });

  it.each(['3.0.3', '3.1.0'])('knows version %s', async (openapi) => {
    const warnings = await checkSpecification(
      aDescription({ openapi, info: { title: 'Shop' }, paths: { '/a': good } }),
    );

    expect(warnings).toEqual(['document: "info" must have required property \'version\'.']);
  });

  it('follows no reference, so one that explodes does no harm', async () => {
    const schemas = Object.fromEntries(
      Array.from({ length: 40 }, (_, level) => {
        const next = { $ref: `#/components/schemas/L${(level + 1) % 40}` };
        return [`L${level}`, { properties: { a: next, b: next, c: next } }];
      }),
    );

    expect(
      await checkSpecification(aDescription({ paths: { '/a': good }, components: { schemas } })),
    ).toEqual([]);
  });

  it('names properties that should not be there', async () => {
    const paths = { '/a': { get: { ...good.get, sumary: 'Orders' } } };

    expect(await checkSpecification(aDescription({ paths }))).toEqual([
      'GET /a: it must not have the property "sumary".',
    ]);
    expect(await checkSpecification(aDescription({ openapi: '3.1.0', paths }))).toEqual([
      'GET /a: it must not have the property "sumary".',
    ]);
  });

  it('looks on behind versions that are numbers or that it does not know', async () => {
    const paths = { '/a': { get: {} } };
    const missing = "GET /a: it must have required property 'responses'.";

    expect(await checkSpecification(aDescription({ info: { title: 'Shop', version: 1 }, paths }))).toEqual([
      'document: "info.version" must be string.',
      missing,
    ]);
    expect(await checkSpecification(aDescription({ openapi: 3, paths }))).toEqual([
      'document: "openapi" must be string.',
      missing,
    ]);
    expect(await checkSpecification(aDescription({ openapi: '3.0.0-rc1', paths }))).toEqual([missing]);
  });

  it('reads operations that are in other files', async () => {
    const files = { 'x-oatty-files': { 'list.yaml': good.get } };
    const paths = { '/a': { get: { $ref: '#/x-oatty-files/list.yaml' } } };

    expect(await checkSpecification(aDescription({ paths, ...files }))).toEqual([]);
  });

  it('gives nothing for 3.2 and for other documents', async () => {
    expect(await checkSpecification(aDescription({ openapi: '3.2.0', paths: 7 }))).toEqual([]);
    expect(await checkSpecification({ ...aDescription(), document: [] })).toEqual([]);
  });
});
