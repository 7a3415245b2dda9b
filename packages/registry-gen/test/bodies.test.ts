import { describe, expect, it } from 'vitest';
import { generateCatalog } from '../src/index.ts';
import { aDescription, commandsOf } from './a-description.ts';

const string = { type: 'string' };

/** POST /a with this body. */
function create(requestBody: unknown, components: unknown = {}) {
  return commandsOf({ components, paths: { '/a': { post: { requestBody } } } })['a:create'];
}

function json(schema: unknown) {
  return { required: true, content: { 'application/json': { schema } } };
}

/** An object with one property, which it requires. */
function objectWith(property: string) {
  return { type: 'object', required: [property], properties: { [property]: string } };
}

function names(command: ReturnType<typeof create>) {
  return command?.parameters.map(({ name, required }) => (required ? `${name}*` : name));
}

describe('bodies', () => {
  it.each([
    [['text/plain', 'application/xml', 'application/json'], 'application/json'],
    [['multipart/form-data', 'application/vnd.shop+json'], 'application/vnd.shop+json'],
    [['multipart/form-data', 'application/x-www-form-urlencoded'], 'application/x-www-form-urlencoded'],
    [['application/octet-stream', 'text/csv'], 'text/csv'],
    [['image/png', 'application/octet-stream'], 'application/octet-stream'],
    [['*/*'], 'application/json'],
    [['text/xml', 'application/x-amz-json-1.1'], 'application/x-amz-json-1.1'],
    [['application/json-patch+json', 'application/merge-patch+json'], 'application/merge-patch+json'],
  ])('of %j are sent as %s', (mediaTypes, chosen) => {
    const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: string }]));

    expect(create({ content })?.body).toEqual({ media_type: chosen, schema: string, required: false });
  });

  it('that are objects give their properties as parameters', () => {
    const schema = {
      type: 'object',
      required: ['name'],
      properties: { name: { ...string, description: 'Full name' }, age: { type: 'integer' } },
    };

    expect(create(json(schema))?.parameters).toEqual([
      { name: 'name', in: 'body', required: true, description: 'Full name', schema: string },
      { name: 'age', in: 'body', required: false, schema: { type: 'integer' } },
    ]);
  });

  it('that are optional have required properties all the same, for when one is given', () => {
    const schema = { type: 'object', required: ['name'], properties: { name: string, age: string } };
    const command = create({ content: { 'application/json': { schema } } });

    expect(names(command)).toEqual(['name*', 'age']);
    expect(command?.body?.required).toBe(false);
  });

  it('add up what allOf and references say', () => {
    const schemas = {
      Base: { type: 'object', required: ['id'], properties: { id: string } },
      Order: {
        allOf: [{ $ref: '#/components/schemas/Base' }, { properties: { note: string }, required: ['note'] }],
      },
    };

    expect(names(create(json({ $ref: '#/components/schemas/Order' }), { schemas }))).toEqual([
      'id*',
      'note*',
    ]);
  });

  it('with variants have the properties of all, required where every variant requires them', () => {
    const card = {
      type: 'object',
      required: ['kind', 'number'],
      properties: { kind: { const: 'card' }, number: string },
    };
    const cash = { type: 'object', required: ['kind'], properties: { kind: { const: 'cash' } } };
    const command = create(json({ oneOf: [card, cash] }));

    expect(names(command)).toEqual(['kind*', 'number']);
    expect(command?.parameters[0]?.schema).toEqual({ anyOf: [{ const: 'card' }, { const: 'cash' }] });
  });

  it('have the properties of the schemas that a discriminator maps to', () => {
    const pet = { $ref: '#/components/schemas/Pet' };
    const discriminator = { propertyName: 'kind', mapping: { dog: '#/components/schemas/Dog', cat: 'Cat' } };
    const schemas = {
      Pet: { ...objectWith('kind'), discriminator },
      Dog: { allOf: [pet, objectWith('bark')] },
      Cat: { allOf: [pet], ...objectWith('claws') },
    };

    expect(names(create(json(pet), { schemas }))).toEqual(expect.arrayContaining(['kind*', 'bark', 'claws']));
    expect(names(create(json({ $ref: '#/components/schemas/Dog' }), { schemas }))).toEqual([
      'kind*',
      'bark*',
    ]);
  });

  it('leave out what only the server gives', () => {
    const schemas = { Id: { ...string, readOnly: true } };
    const properties = {
      id: { $ref: '#/components/schemas/Id' },
      at: { ...string, readOnly: true },
      name: string,
    };

    expect(names(create(json({ type: 'object', properties }), { schemas }))).toEqual(['name']);
  });

  it('that are no objects have no parameters', () => {
    expect(create(json({ type: 'array', items: string }))).toMatchObject({
      parameters: [],
      body: { media_type: 'application/json', schema: { type: 'array', items: string }, required: true },
    });
  });

  it('say how the properties of a form are written', () => {
    const encoding = { tags: { style: 'deepObject', explode: true }, file: { contentType: 'image/png' } };
    const schema = { type: 'object', properties: { tags: { type: 'array', items: string }, file: string } };

    expect(create({ content: { 'multipart/form-data': { schema, encoding } } })?.body?.encoding).toEqual({
      tags: { style: 'deepObject', explode: true },
      file: { content_type: 'image/png' },
    });
  });

  it('say which headers the parts of a multipart body have', () => {
    const headers = {
      'X-Kind': { schema: { enum: ['image'] } },
      'X-Version': { schema: { const: 2 } },
      'X-Tag': { required: true, description: 'Where from', schema: string },
      'X-Meta': { content: { 'application/json': { schema: { type: 'object' } } } },
      'Content-Type': { schema: { const: 'image/gif' } },
    };
    const schema = { type: 'object', required: ['photo'], properties: { photo: string } };
    const command = create({
      required: true,
      content: { 'multipart/form-data': { schema, encoding: { photo: { headers } } } },
    });

    expect(command?.body?.encoding).toEqual({ photo: { headers: { 'X-Kind': 'image', 'X-Version': '2' } } });
    expect(command?.parameters).toEqual([
      {
        name: 'photo_X-Tag',
        wire_name: 'X-Tag',
        in: 'header',
        part: 'photo',
        required: true,
        description: 'Where from',
        schema: string,
        style: 'simple',
        explode: false,
      },
      {
        name: 'photo_X-Meta',
        wire_name: 'X-Meta',
        in: 'header',
        part: 'photo',
        required: false,
        schema: { type: 'object' },
        media_type: 'application/json',
      },
      { name: 'photo', in: 'body', required: true, schema: string },
    ]);
  });

  it('of forms have no headers of parts', () => {
    const encoding = { photo: { headers: { 'X-Kind': { schema: { const: 'image' } } } } };
    const schema = { type: 'object', properties: { photo: string } };
    const command = create({ content: { 'application/x-www-form-urlencoded': { schema, encoding } } });

    expect(command?.body?.encoding).toEqual({ photo: {} });
    expect(names(command)).toEqual(['photo']);
  });

  const leftOut = ['GET /a: a GET request has no body; the described one is left out.'];

  it.each([
    [{ type: 'object', properties: { query: string } }, leftOut],
    [{ type: 'object' }, leftOut],
    [{ $ref: '#/components/schemas/Query' }, leftOut],
    [{ type: 'object', properties: {}, additionalProperties: false }, []],
    [{}, []],
    [undefined, []],
  ])('of GET requests are left out before 3.1; %j gives the warnings %j', (schema, expected) => {
    const { manifest, warnings } = generateCatalog(
      aDescription({ paths: { '/a': { get: { requestBody: json(schema) } } } }),
    );

    expect(manifest.commands[0]).not.toHaveProperty('body');
    expect(warnings).toEqual(expected);
  });

  it('of GET requests are sent where OpenAPI 3.1 describes them', () => {
    const requestBody = json({ type: 'object', properties: { query: string } });
    const { manifest, warnings } = generateCatalog(
      aDescription({ openapi: '3.1.0', paths: { '/a': { get: { requestBody }, head: { requestBody } } } }),
    );

    expect(warnings).toEqual(['HEAD /a: a HEAD request has no body; the described one is left out.']);
    const empty = json({ type: 'object', properties: {} });
    expect(
      commandsOf({ openapi: '3.1.0', paths: { '/a': { get: { requestBody: empty } } } })['a:list'],
    ).not.toHaveProperty('body');
    expect(manifest.commands).toMatchObject([
      { effect: 'safe', parameters: [] },
      {
        effect: 'safe',
        parameters: [{ name: 'query', in: 'body' }],
        body: { media_type: 'application/json' },
      },
    ]);
  });

  it.each(['application/xml', 'text/plain', 'application/x-ndjson', 'application/octet-stream'])(
    'that are sent as %s are given as a whole',
    (mediaType) => {
      const schema = { type: 'object', properties: { a: string } };

      expect(create({ required: true, content: { [mediaType]: { schema } } })).toMatchObject({
        parameters: [],
        body: { media_type: mediaType, required: true },
      });
    },
  );

  it.each([
    [
      ['application/json', 'application/xml'],
      ['POST /a: the body is sent as application/json, never as application/xml.'],
    ],
    [['application/json', 'text/json', 'application/*+json', '*/*'], []],
    [
      ['application/json-patch+json', 'application/merge-patch+json'],
      ['POST /a: the body is sent as application/merge-patch+json, never as application/json-patch+json.'],
    ],
  ])('of %j give the warnings %j', (mediaTypes, expected) => {
    const content = Object.fromEntries(mediaTypes.map((mediaType) => [mediaType, { schema: string }]));
    const loaded = aDescription({ paths: { '/a': { post: { requestBody: { content } } } } });

    expect(generateCatalog(loaded).warnings).toEqual(expected);
  });

  it('survive schemas that are composed of each other in a circle', () => {
    const schemas = {
      A: { allOf: [{ $ref: '#/components/schemas/B' }], properties: { a: string } },
      B: { allOf: [{ $ref: '#/components/schemas/A' }], properties: { b: string } },
    };

    expect(names(create(json({ $ref: '#/components/schemas/A' }), { schemas }))).toEqual(['a', 'b']);
  });

  it('survive a chain of 5,000 compositions', () => {
    const chain = Array.from({ length: 5_000 }, (_, index) => [
      `S${index}`,
      { allOf: [{ $ref: `#/components/schemas/S${index + 1}` }], properties: { [`p${index}`]: string } },
    ]);

    const command = create(json({ $ref: '#/components/schemas/S0' }), { schemas: Object.fromEntries(chain) });

    expect(names(command)).toContain('p0');
  });
});
