import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../src/index.ts';
import { aDescription, commandsOf } from './a-description.ts';

const paths = { '/a': { get: {} } };

describe('servers', () => {
  it('have variables replaced by their defaults, no slash at the end, and are there once', () => {
    const servers = [
      {
        url: 'https://{region}.shop.test/{base}/',
        variables: { region: { default: 'eu' }, base: { default: '' } },
      },
      { url: 'https://eu.shop.test' },
    ];

    expect(generateCatalog(aDescription({ servers, paths })).manifest.base_urls).toEqual([
      'https://eu.shop.test',
    ]);
  });

  it('have variables replaced once, so values that name variables explode nothing', () => {
    const variables = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [`v${index}`, { default: `{v${index + 1}}{v${index + 1}}` }]),
    );
    const { manifest, warnings } = generateCatalog(
      aDescription({ servers: [{ url: 'https://shop.test/{v0}', variables }], paths }),
    );

    expect(manifest.base_urls).toEqual([]);
    expect(warnings[0]).toBe(
      'servers: the server "https://shop.test/{v1}{v1}" is not an address that can be used.',
    );
  });

  it('without http, or with a variable that has no value, are left out with a warning', () => {
    const servers = [
      { url: 'wss://shop.test' },
      { url: 'https://{tenant}.shop.test' },
      { url: 'https://b.shop.test' },
    ];

    const { manifest, warnings } = generateCatalog(aDescription({ servers, paths }));

    expect(manifest).toMatchObject({ base_urls: ['https://b.shop.test'], vendor: 'shop' });
    expect(warnings).toEqual([
      'servers: the server "wss://shop.test" is not an address that can be used.',
      'servers: the server "https://{tenant}.shop.test" is not an address that can be used.',
    ]);
  });

  it('give the vendor: the first one whose variables have values, as it is written', () => {
    const servers = ['https://{tenant}.other.test', '/v1', 'https://api.shop.test'].map((url) => ({ url }));

    expect(generateCatalog(aDescription({ servers, paths })).manifest.vendor).toBe('misc');
    expect(generateCatalog(aDescription({ servers: [servers[0], servers[2]], paths })).manifest.vendor).toBe(
      'shop',
    );
  });

  it('are relative to where the description was read', () => {
    const loaded = {
      ...aDescription({ servers: [{ url: '/v1' }], paths }),
      location: 'https://docs.shop.test:8443/x/api.json',
    };

    expect(generateCatalog(loaded).manifest.base_urls).toEqual(['https://docs.shop.test:8443/v1']);
  });

  it('that are relative cannot be used when the description is a file, which is said', () => {
    const { manifest, warnings } = generateCatalog(aDescription({ servers: [{ url: '/api/v3' }], paths }));

    expect(manifest.base_urls).toEqual([]);
    expect(warnings[0]).toBe(
      'servers: the server "/api/v3" is relative, and a file has no address; set a base URL that ends with it.',
    );
  });

  it('of an operation stay relative to the base URL when the description is a file', () => {
    const servers = [{ url: '/upload/' }, { url: '/' }, { url: '../v2' }, { url: '{x}/y' }];
    const { manifest, warnings } = generateCatalog(aDescription({ paths: { '/a': { get: { servers } } } }));

    expect(manifest.commands[0]?.execution).toMatchObject({ servers: ['/upload', '/', '../v2'] });
    expect(warnings).toEqual(['GET /a: the server "{x}/y" is not an address that can be used.']);
  });

  it('are missing: then it is the place the description was read from, or nothing', () => {
    const fromWeb = {
      ...aDescription({ servers: [], paths }),
      location: 'http://localhost:8000/openapi.json',
    };
    const web = generateCatalog(fromWeb);
    const file = generateCatalog(aDescription({ servers: undefined, paths }));

    expect(web.manifest).toMatchObject({ base_urls: ['http://localhost:8000'], vendor: 'misc' });
    expect(web.warnings).toEqual([
      'servers: the description names no server that can be used; requests go to http://localhost:8000.',
    ]);
    expect(file.manifest.base_urls).toEqual([]);
    expect(file.warnings).toEqual([
      'servers: the description names no server that can be used; set a base URL before running commands.',
    ]);
  });

  it('of an operation or its path go with the command', () => {
    const commands = commandsOf({
      paths: {
        '/a': {
          servers: [{ url: 'https://up.shop.test' }],
          get: {},
          post: { servers: [{ url: 'https://own.shop.test' }] },
        },
        '/b': { get: {} },
      },
    });

    expect(commands['a:list']?.execution).toMatchObject({ servers: ['https://up.shop.test'] });
    expect(commands['a:create']?.execution).toMatchObject({ servers: ['https://own.shop.test'] });
    expect(commands['b:list']?.execution).not.toHaveProperty('servers');
  });
});

describe('security schemes', () => {
  it.each([
    [
      { type: 'apiKey', in: 'header', name: 'X-Key' },
      { kind: 'api_key', in: 'header', name: 'X-Key' },
    ],
    [{ type: 'http', scheme: 'Basic' }, { kind: 'basic' }],
    [{ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }, { kind: 'bearer' }],
    [
      {
        type: 'oauth2',
        flows: { clientCredentials: { tokenUrl: 'https://id.shop.test/token/', scopes: { b: '', a: '' } } },
      },
      { kind: 'oauth2_client_credentials', token_url: 'https://id.shop.test/token/', scopes: ['a', 'b'] },
    ],
  ])('%j', (scheme, result) => {
    const components = { securitySchemes: { main: scheme } };

    expect(generateCatalog(aDescription({ components, paths })).manifest.security_schemes).toEqual({
      main: result,
    });
  });

  it.each([
    { type: 'oauth2', flows: { implicit: { authorizationUrl: 'https://id.shop.test' } } },
    { type: 'openIdConnect', openIdConnectUrl: 'https://id.shop.test' },
    { type: 'mutualTLS' },
    { type: 'http', scheme: 'digest' },
    { type: 'apiKey', in: 'body', name: 'key' },
    {},
  ])('%j is a token that the user brings, with a warning', (scheme) => {
    const components = { securitySchemes: { main: scheme } };

    const { manifest, warnings } = generateCatalog(aDescription({ components, paths }));

    expect(manifest.security_schemes).toEqual({
      main: { kind: 'token', note: expect.stringContaining('token') },
    });
    expect(warnings).toEqual([expect.stringContaining('security scheme "main"')]);
  });
});

describe('security requirements', () => {
  const components = {
    securitySchemes: {
      key: { type: 'apiKey', in: 'header', name: 'K' },
      basic: { type: 'http', scheme: 'basic' },
    },
  };

  it('of an operation replace those of the description; an empty list means none', () => {
    const commands = commandsOf({
      components,
      security: [{ key: [] }],
      paths: {
        '/a': { get: {}, post: { security: [{}, { basic: [], key: ['write'] }] }, delete: { security: [] } },
      },
    });

    expect(commands['a:list']?.execution).toMatchObject({ security: [{ key: [] }] });
    expect(commands['a:create']?.execution).toMatchObject({ security: [{}, { basic: [], key: ['write'] }] });
    expect(commands['a:delete']?.execution).not.toHaveProperty('security');
  });

  it('make the parameter that they fill an optional one', () => {
    const key = { name: 'K', in: 'header', required: true, schema: {} };
    const parameters = [key, { ...key, in: 'query' }];
    const commands = commandsOf({
      components,
      paths: { '/a': { parameters, get: { security: [{ key: [] }] }, post: {} } },
    });
    const required = (id: string) => commands[id]?.parameters.map((one) => one.required);

    expect(required('a:list')).toEqual([false, true]);
    expect(required('a:create')).toEqual([true, true]);
  });

  it('that name an undeclared scheme are left out with a warning', () => {
    const security: Record<string, never[]>[] = [{ constructor: [] }, { key: [] }];
    const { manifest, warnings } = generateCatalog(aDescription({ components, security, paths }));

    expect(manifest.commands[0]?.execution).toHaveProperty('security', [{ key: [] }]);
    expect(warnings).toEqual(['GET /a: asks for the security scheme "constructor", which is not declared.']);
  });
});
