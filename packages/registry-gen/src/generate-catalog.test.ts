import { describe, expect, it } from 'vitest';
import { aDescription } from '../test/a-description.ts';
import { generateCatalog } from './generate-catalog.ts';

const paths = { '/orders': { get: { responses: {} } } };

describe('generateCatalog', () => {
  it('makes a manifest from the facts of the description', () => {
    const info = { title: 'Shop API (v2)', version: 2, description: 'Sells things.' };

    const { manifest, warnings } = generateCatalog(aDescription({ info, paths }));

    expect(manifest).toEqual({
      format_version: 1,
      id: 'shop-api-v2',
      title: 'Shop API (v2)',
      vendor: 'shop',
      description: 'Sells things.',
      kind: 'openapi',
      document: 'openapi 3.0.3',
      document_version: '2',
      base_urls: ['https://api.shop.test'],
      security_schemes: {},
      commands: [
        {
          id: 'shop orders:list',
          summary: 'GET /orders',
          effect: 'safe',
          parameters: [],
          execution: { kind: 'http', method: 'GET', path: '/orders' },
        },
      ],
      providers: [],
      schemas: {},
    });
    expect(warnings).toEqual([]);
  });

  it('lets the caller choose title, vendor and base URL', () => {
    const options = { title: 'Mine', vendor: 'My Shop', baseUrl: 'http://localhost:8080/v1/' };

    const { manifest } = generateCatalog(aDescription({ paths }), options);

    expect(manifest).toMatchObject({
      id: 'mine',
      title: 'Mine',
      vendor: 'my-shop',
      base_urls: ['http://localhost:8080/v1'],
    });
    expect(manifest.commands[0]?.id).toBe('my-shop orders:list');
  });

  it('has an id even where the title has no Latin letter', () => {
    expect(generateCatalog(aDescription({ info: { title: '注文' }, paths })).manifest).toMatchObject({
      id: 'shop',
      title: '注文',
    });
  });

  it.each([{ baseUrl: 'ftp://shop.test' }, { baseUrl: 'shop' }, { vendor: '  ' }])(
    'refuses the option %j',
    (options) => {
      expect(() => generateCatalog(aDescription({ paths }), options)).toThrow(
        expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
      );
    },
  );

  it('refuses what is no description, with the violations', () => {
    const loaded = { ...aDescription(), document: { asyncapi: '3.0.0' } };

    expect(() => generateCatalog(loaded)).toThrow(
      expect.objectContaining({
        code: 'OPENAPI_SOURCE_VALIDATION_FAILED',
        options: expect.objectContaining({
          violations: [expect.objectContaining({ rule: 'openapi_version' })],
        }),
      }),
    );
  });

  it('gives each warning once, and not without end', () => {
    const parameters = [{ name: 'a', in: 'nowhere' }];
    const many = Object.fromEntries(
      Array.from({ length: 300 }, (_, index) => [`/p${index}`, { get: { parameters } }]),
    );

    const { warnings } = generateCatalog(aDescription({ paths: many }));

    expect(warnings).toHaveLength(201);
    expect(warnings.at(-1)).toBe('There are 100 more warnings.');
  });

  it('sorts commands by id and makes every id once', () => {
    const twins = Object.fromEntries(
      ['/v2/a', '/v1/a', '/v3/a', '/b'].map((path) => [path, { get: {}, head: {} }]),
    );

    const ids = generateCatalog(aDescription({ paths: twins })).manifest.commands.map(
      (command) => command.id,
    );

    expect(ids).toEqual([...ids].sort());
    expect(new Set(ids).size).toBe(8);
  });
});
