import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../src/index.ts';
import { aDescription, commandsOf } from './a-description.ts';

const string = { type: 'string' };

describe('parameters', () => {
  it('come from path item and operation; the operation wins', () => {
    const item = {
      parameters: [
        { name: 'limit', in: 'query', schema: { type: 'integer' } },
        { name: 'trace', in: 'header', schema: string },
      ],
      get: { parameters: [{ name: 'limit', in: 'query', required: true, schema: string }] },
    };

    expect(commandsOf({ paths: { '/a': item } })['a:list']?.parameters).toMatchObject([
      { name: 'limit', in: 'query', required: true, schema: string },
      { name: 'trace', in: 'header', required: false, schema: string },
    ]);
  });

  it('are found behind references, whose words may be replaced', () => {
    const components = {
      parameters: { Limit: { name: 'limit', in: 'query', description: 'far', schema: string } },
    };
    const parameters = [{ $ref: '#/components/parameters/Limit', description: 'near' }];

    expect(
      commandsOf({ components, paths: { '/a': { get: { parameters } } } })['a:list']?.parameters,
    ).toMatchObject([{ name: 'limit', description: 'near' }]);
  });

  it.each([
    ['path', {}, { style: 'simple', explode: false }],
    ['path', { style: 'label', explode: true }, { style: 'label', explode: true }],
    ['query', {}, { style: 'form', explode: true }],
    ['query', { style: 'pipeDelimited' }, { style: 'pipeDelimited', explode: false }],
    [
      'query',
      { style: 'deepObject', allowReserved: true },
      { style: 'deepObject', explode: true, allow_reserved: true },
    ],
    ['header', {}, { style: 'simple', explode: false }],
    ['cookie', { explode: false }, { style: 'form', explode: false }],
  ])('in %s with %j are written as %j', (place, given, written) => {
    const parameters = [{ name: 'p', in: place, schema: string, ...given }];

    expect(
      commandsOf({ paths: { '/a/{p}': { post: { parameters } } } })['a:create']?.parameters,
    ).toContainEqual(expect.objectContaining({ name: expect.stringMatching(/^p/), in: place, ...written }));
  });

  it('with content are sent as that media type', () => {
    const content = { 'text/plain': { schema: string }, 'application/json': { schema: { type: 'object' } } };
    const parameters = [{ name: 'filter', in: 'query', content }];

    expect(commandsOf({ paths: { '/a': { get: { parameters } } } })['a:list']?.parameters).toEqual([
      {
        name: 'filter',
        in: 'query',
        required: false,
        schema: { type: 'object' },
        media_type: 'application/json',
      },
    ]);
  });

  it('are not the headers that the request builder sets', () => {
    const parameters = ['Accept', 'content-type', 'AUTHORIZATION', 'Host', 'Content-Length', 'X-Mine'].map(
      (name) => ({
        name,
        in: 'header',
      }),
    );

    const command = commandsOf({ paths: { '/a': { get: { parameters } } } })['a:list'];

    expect(command?.parameters.map((parameter) => parameter.name)).toEqual(['X-Mine']);
  });

  it('are there for every placeholder of the path, in its order, with the name on the wire', () => {
    const parameters = [
      { name: 'id', in: 'path', schema: { type: 'integer' } },
      { name: 'gone', in: 'path', schema: string },
    ];
    const { manifest, warnings } = generateCatalog(
      aDescription({ paths: { '/shops/{shop-id}/orders/{id}': { get: { parameters } } } }),
    );

    expect(manifest.commands[0]).toMatchObject({
      parameters: [
        { name: 'shop_id', wire_name: 'shop-id', in: 'path', required: true, schema: string },
        { name: 'order', wire_name: 'id', in: 'path', required: true, schema: { type: 'integer' } },
      ],
      execution: { path: '/shops/{shop-id}/orders/{id}' },
    });
    expect(warnings).toEqual([
      'GET /shops/{shop-id}/orders/{id}: the path has no place for the path parameter "gone".',
      'GET /shops/{shop-id}/orders/{id}: the path parameter "shop-id" is not declared; it is taken as text.',
    ]);
  });

  it('have names of their own within a command', () => {
    const parameters = [{ name: 'name', in: 'query', schema: string }];
    const schema = { type: 'object', properties: { name: string } };
    const requestBody = { content: { 'application/json': { schema } } };
    const { manifest, warnings } = generateCatalog(
      aDescription({ paths: { '/users/{name}': { put: { parameters, requestBody } } } }),
    );

    expect(manifest.commands[0]?.parameters.map(({ name, wire_name: wireName }) => [name, wireName])).toEqual(
      [
        ['name', undefined],
        ['name_query', 'name'],
        ['name_body', 'name'],
      ],
    );
    expect(warnings).toContain(
      'PUT /users/{name}: the body parameter "name" is called "name_body": another parameter of the command has that name.',
    );
  });

  it('of an unknown place are a warning', () => {
    const parameters = [{ name: 'all', in: 'querystring', content: {} }];

    expect(generateCatalog(aDescription({ paths: { '/a': { get: { parameters } } } })).warnings).toEqual([
      'GET /a: the parameter "all" travels in "querystring", which is not supported.',
    ]);
  });
});

function header(required: boolean) {
  return { name: 'Idempotency-Key', in: 'header', required, schema: string };
}

describe('a header for idempotency keys', () => {
  it('is filled by oatty on what changes something', () => {
    const command = commandsOf({ paths: { '/a': { post: { parameters: [header(false)] } } } })['a:create'];

    expect(command?.parameters).toEqual([]);
    expect(command?.execution).toMatchObject({ idempotency: { header: 'Idempotency-Key', honoured: true } });
  });

  it('may still be given where it is required', () => {
    const command = commandsOf({ paths: { '/a': { post: { parameters: [header(true)] } } } })['a:create'];

    expect(command?.parameters).toMatchObject([{ name: 'Idempotency-Key', required: false }]);
  });

  it('is an ordinary parameter of what changes nothing, even when both share it', () => {
    const components = { parameters: { Key: header(true) } };
    const operation = { parameters: [{ $ref: '#/components/parameters/Key' }] };
    const commands = commandsOf({ components, paths: { '/a': { get: operation, post: operation } } });

    expect(commands['a:list']?.parameters).toMatchObject([{ name: 'Idempotency-Key', required: true }]);
    expect(commands['a:create']?.parameters).toMatchObject([{ name: 'Idempotency-Key', required: false }]);
    expect(commands['a:list']?.execution).not.toHaveProperty('idempotency');
  });
});
