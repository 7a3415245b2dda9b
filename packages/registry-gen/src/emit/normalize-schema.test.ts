import { describe, expect, it } from 'vitest';
import type { SpecificationVersion } from '../model/identify-document.ts';
import { normalizeSchema } from './normalize-schema.ts';

function normalize(raw: unknown, version: SpecificationVersion = '3.0') {
  return normalizeSchema(raw, {
    version,
    toReference: (reference) =>
      reference.endsWith('Gone') ? undefined : reference.replace('components/', ''),
  });
}

const order = { $ref: '#/components/schemas/Order' };
const orderReference = { $ref: '#/schemas/Order' };

describe('nullable', () => {
  it.each([
    ['a type', { type: 'string', nullable: true }, { type: ['string', 'null'] }],
    ['a type of Swagger 2.0', { type: 'string', 'x-nullable': true }, { type: ['string', 'null'] }],
    [
      'an enumeration',
      { type: 'string', enum: ['a'], nullable: true },
      { type: ['string', 'null'], enum: ['a', null] },
    ],
    ['a reference', { ...order, nullable: true }, { anyOf: [orderReference, { type: 'null' }] }],
    [
      'a composition',
      { description: 'x', allOf: [order], nullable: true },
      { description: 'x', anyOf: [{ allOf: [orderReference] }, { type: 'null' }] },
    ],
    ['nothing that would refuse null', { nullable: true, description: 'x' }, { description: 'x' }],
  ])('becomes a type null beside %s', (_, raw, schema) => {
    expect(normalize(raw)).toEqual(schema);
  });
});

describe('keywords of older dialects', () => {
  it.each([
    ['exclusive bounds', { minimum: 1, exclusiveMinimum: true }, { exclusiveMinimum: 1 }],
    ['exclusive bounds switched off', { maximum: 9, exclusiveMaximum: false }, { maximum: 9 }],
    ['files', { type: 'file' }, { type: 'string', format: 'binary' }],
    [
      'tuples',
      { type: 'array', items: [{ type: 'string' }], additionalItems: false },
      { type: 'array', prefixItems: [{ type: 'string' }], items: { not: {} } },
    ],
  ])('%s become JSON Schema 2020-12', (_, raw, schema) => {
    expect(normalize(raw)).toEqual(schema);
  });

  it('keeps what 3.1 writes already', () => {
    const schema = {
      type: ['string', 'null'],
      const: 'a',
      exclusiveMinimum: 3,
      prefixItems: [{ type: 'string' }],
    };

    expect(normalize(schema, '3.1')).toEqual(schema);
  });
});

describe('what is no JSON Schema', () => {
  it('goes: examples, extensions, and words of other standards', () => {
    const raw = {
      type: 'string',
      example: 1,
      examples: [1],
      'x-a': 1,
      xml: {},
      discriminator: {},
      externalDocs: {},
    };

    expect(normalize(raw)).toEqual({ type: 'string' });
  });

  it('goes: keywords with a value of the wrong kind', () => {
    const raw = { type: 'datetime', required: true, enum: 'a', minimum: '1', properties: [], items: true };

    expect(normalize(raw)).toEqual({ items: {} });
  });

  it.each([
    [true, {}],
    [false, { not: {} }],
    [undefined, {}],
    ['text', {}],
  ])('%j becomes %j', (raw, schema) => {
    expect(normalize(raw)).toEqual(schema);
  });
});

describe('a discriminator', () => {
  const variants = [order, { $ref: '#/components/schemas/Draft' }, { type: 'null' }];

  it('stays beside variants, and names schemas of the catalog', () => {
    const mapping = { order: '#/components/schemas/Order', draft: 'Draft', gone: 'Gone', odd: 1 };
    const discriminator = { propertyName: 'kind', mapping };

    expect(normalize({ oneOf: variants, discriminator })).toMatchObject({
      discriminator: {
        propertyName: 'kind',
        mapping: { order: '#/schemas/Order', draft: '#/schemas/Draft' },
      },
    });
    expect(normalize({ anyOf: variants, discriminator: { propertyName: 'kind' } })).toMatchObject({
      discriminator: { propertyName: 'kind' },
    });
  });

  it.each([
    { discriminator: { propertyName: 'kind' } },
    { oneOf: [{ type: 'object' }], discriminator: { propertyName: 'kind' } },
    { oneOf: variants, discriminator: { mapping: {} } },
    { oneOf: variants, discriminator: 'kind' },
  ])('goes where it chooses nothing: %j', (raw) => {
    expect(normalize(raw)).not.toHaveProperty('discriminator');
  });
});

describe('an enumeration', () => {
  it.each([
    [
      'of a list is one of its items',
      { type: 'array', items: { type: 'string' }, enum: ['a', 'b'] },
      { type: 'array', items: { type: 'string', enum: ['a', 'b'] } },
    ],
    [
      'of a list stays where its items have their own',
      { type: 'array', items: { enum: ['a'] }, enum: ['a', 'b'] },
      { type: 'array', items: { enum: ['a'] } },
    ],
    ['of lists stays', { type: 'array', enum: [['a'], []] }, { type: 'array', enum: [['a'], []] }],
    [
      'of numbers in quotes has numbers',
      { type: 'integer', enum: ['6', 12] },
      { type: 'integer', enum: [6, 12] },
    ],
    [
      'of text without quotes has text',
      { type: 'string', enum: [true, 43, 'c'] },
      { type: 'string', enum: ['true', '43', 'c'] },
    ],
    [
      'of flags in quotes has flags',
      { type: 'boolean', enum: ['true', 'false'] },
      { type: 'boolean', enum: [true, false] },
    ],
    [
      'that the type rules out takes the type away',
      { type: 'integer', enum: ['', 'x'] },
      { enum: ['', 'x'] },
    ],
    [
      'with null beside text stays',
      { type: 'string', enum: ['a', null] },
      { type: 'string', enum: ['a', null] },
    ],
    [
      'that may be null is repaired all the same',
      { type: 'integer', enum: ['6'], nullable: true },
      { type: ['integer', 'null'], enum: [6, null] },
    ],
  ])('%s', (_, raw, schema) => {
    expect(normalize(raw)).toEqual(schema);
  });
});

describe('references', () => {
  it('keep only words beside them before 3.1, and everything since', () => {
    const raw = { ...order, description: 'mine', type: 'object' };

    expect(normalize(raw, '3.0')).toEqual({ ...orderReference, description: 'mine' });
    expect(normalize(raw, '3.1')).toEqual({ ...orderReference, description: 'mine', type: 'object' });
  });

  it('that lead nowhere allow anything', () => {
    expect(normalize({ properties: { a: { $ref: '#/components/schemas/Gone' } } })).toEqual({
      properties: { a: {} },
    });
  });
});

describe('names of properties', () => {
  it('survive, whatever they are', () => {
    const raw = JSON.parse(
      '{"properties": {"$ref": {"type": "string"}, "__proto__": {"type": "number"}}}',
    ) as unknown;

    const schema = normalize(raw);

    expect(JSON.stringify(schema)).toBe(
      '{"properties":{"$ref":{"type":"string"},"__proto__":{"type":"number"}}}',
    );
    expect(Object.getPrototypeOf(schema.properties)).toBe(Object.prototype);
  });
});
