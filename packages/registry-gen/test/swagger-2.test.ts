import { describe, expect, it } from 'vitest';
import { generateCatalog, validateDescription } from '../src/index.ts';
import { aDescription } from './a-description.ts';

function aSwagger(members: Record<string, unknown>) {
  const root = {
    openapi: undefined,
    servers: undefined,
    swagger: '2.0',
    host: 'api.shop.test',
    basePath: '/v1',
  };
  return aDescription({ ...root, ...members });
}

/** The command of POST /a with these parameters. */
function create(parameters: unknown[], more: Record<string, unknown> = {}) {
  const loaded = aSwagger({ paths: { '/a': { post: { parameters } } }, ...more });
  return generateCatalog(loaded).manifest.commands[0];
}

describe('Swagger 2.0', () => {
  it('is a description of its own kind', () => {
    const loaded = aSwagger({ paths: { '/a': { get: {} } } });

    expect(validateDescription(loaded)).toMatchObject({
      valid: true,
      document_kind: 'openapi_2',
      operation_count: 1,
    });
    expect(generateCatalog(loaded).manifest).toMatchObject({ document: 'swagger 2.0', vendor: 'shop' });
  });

  it.each([
    [{}, ['https://api.shop.test/v1']],
    [{ schemes: ['http', 'https', 'ws'] }, ['https://api.shop.test/v1', 'http://api.shop.test/v1']],
    [{ schemes: ['http'], basePath: undefined }, ['http://api.shop.test']],
    [{ host: undefined }, []],
  ])('with %j has the base URLs %j', (members, urls) => {
    expect(
      generateCatalog(aSwagger({ ...members, paths: { '/a': { get: {} } } })).manifest.base_urls,
    ).toEqual(urls);
  });

  it.each([
    [undefined, { style: 'form', explode: false }],
    ['csv', { style: 'form', explode: false }],
    ['multi', { style: 'form', explode: true }],
    ['ssv', { style: 'spaceDelimited', explode: false }],
    ['tsv', { style: 'tabDelimited', explode: false }],
    ['pipes', { style: 'pipeDelimited', explode: false }],
  ])('writes lists in the collection format %s', (collectionFormat, written) => {
    const parameter = {
      name: 'ids',
      in: 'query',
      type: 'array',
      items: { type: 'string' },
      collectionFormat,
    };

    expect(create([parameter])?.parameters).toEqual([
      {
        name: 'ids',
        in: 'query',
        required: false,
        schema: { type: 'array', items: { type: 'string' } },
        ...written,
      },
    ]);
  });

  it('has the schema of a parameter in the parameter', () => {
    const parameter = {
      name: 'n',
      in: 'query',
      description: 'How many',
      type: 'integer',
      minimum: 1,
      required: true,
    };

    expect(create([parameter])?.parameters).toMatchObject([
      { name: 'n', required: true, description: 'How many', schema: { type: 'integer', minimum: 1 } },
    ]);
  });

  it('has the body among the parameters', () => {
    const definitions = {
      Order: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' } } },
    };
    const body = { name: 'order', in: 'body', required: true, schema: { $ref: '#/definitions/Order' } };

    expect(create([body], { definitions, consumes: ['application/xml', 'application/json'] })).toMatchObject({
      parameters: [{ name: 'sku', in: 'body', required: true }],
      body: { media_type: 'application/json', required: true, schema: { $ref: '#/schemas/Order' } },
    });
  });

  it('sends form fields as a form', () => {
    const fields = [
      { name: 'title', in: 'formData', type: 'string', required: true },
      { name: 'tags', in: 'formData', type: 'array', items: { type: 'string' }, collectionFormat: 'multi' },
    ];

    expect(create(fields)).toMatchObject({
      parameters: [
        { name: 'title', in: 'body', required: true },
        { name: 'tags', in: 'body', required: false },
      ],
      body: {
        media_type: 'application/x-www-form-urlencoded',
        required: true,
        schema: { type: 'object', required: ['title'] },
        encoding: { tags: { style: 'form', explode: true } },
      },
    });
  });

  it('sends a file in a multipart form', () => {
    const command = create([{ name: 'photo', in: 'formData', type: 'file' }]);

    expect(command).toMatchObject({
      parameters: [{ name: 'photo', schema: { type: 'string', format: 'binary' } }],
      body: { media_type: 'multipart/form-data', required: false },
    });
  });

  it('says what it gives with schema and produces', () => {
    const responses = { 200: { schema: { type: 'array', items: { type: 'string' } } } };
    const paths = { '/a': { get: { responses } }, '/b': { get: { responses, produces: ['text/csv'] } } };
    const [json, csv] = generateCatalog(aSwagger({ paths, produces: ['application/json'] })).manifest
      .commands;

    expect(json).toMatchObject({ list_path: '.', execution: { accept: ['application/json'] } });
    expect(csv?.execution).toMatchObject({ accept: ['text/csv'] });
    expect(csv).not.toHaveProperty('output_schema');
  });

  it.each([
    [{ type: 'basic' }, { kind: 'basic' }],
    [
      { type: 'apiKey', in: 'query', name: 'k' },
      { kind: 'api_key', in: 'query', name: 'k' },
    ],
    [
      { type: 'oauth2', flow: 'application', tokenUrl: 'https://id.shop.test', scopes: { a: '' } },
      { kind: 'oauth2_client_credentials', token_url: 'https://id.shop.test', scopes: ['a'] },
    ],
    [
      { type: 'oauth2', flow: 'implicit' },
      { kind: 'token', note: expect.any(String) },
    ],
  ])('knows the security %j', (scheme, result) => {
    const loaded = aSwagger({ securityDefinitions: { main: scheme }, paths: { '/a': { get: {} } } });

    expect(generateCatalog(loaded).manifest.security_schemes).toEqual({ main: result });
  });
});
