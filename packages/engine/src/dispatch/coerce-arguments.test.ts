import { describe, expect, it } from 'vitest';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import { aCommand, aParameter } from '../testing/builders.ts';
import { aCatalogSummary } from '../testing/fake-api.ts';
import { coerceArguments } from './coerce-arguments.ts';

describe('texts of a command line', () => {
  it.each<[string, JsonSchema, unknown, unknown]>([
    ['an integer', { type: 'integer' }, '42', 42],
    ['a negative number', { type: 'number' }, '-1.5e3', -1500],
    ['true', { type: 'boolean' }, 'true', true],
    ['false', { type: 'boolean' }, 'false', false],
    ['an object', { type: 'object' }, '{"a": 1}', { a: 1 }],
    ['a list as JSON', { type: 'array' }, '[1, "b"]', [1, 'b']],
    ['a list with commas', { type: 'array', items: { type: 'integer' } }, '1, 2,3', [1, 2, 3]],
    ['a repeated flag', { type: 'array', items: { type: 'integer' } }, ['1', '2'], [1, 2]],
    ['an empty list', { type: 'array' }, '', []],
    ['null where it is allowed', { type: ['integer', 'null'] }, 'null', null],
    ['a number of an enum', { enum: [1, 2] }, '2', 2],
    ['a constant', { const: true }, 'true', true],
    ['a variant', { anyOf: [{ type: 'integer' }, { type: 'boolean' }] }, 'true', true],
    ['a reference', { $ref: '#/schemas/Size' }, '9', 9],
  ])('become %s', (_, schema, text, value) => {
    expect(coerce(schema, text)).toEqual(value);
  });

  it.each<[string, JsonSchema, unknown]>([
    ['the schema takes text', { type: 'string' }, '007'],
    ['text is one of the types', { type: ['string', 'integer'] }, '42'],
    ['the schema says nothing', {}, '42'],
    ['it is no integer', { type: 'integer' }, '4.2'],
    ['it is too large to be exact', { type: 'integer' }, '12345678901234567890'],
    ['it is no number', { type: 'number' }, '0x10'],
    ['it is neither true nor false', { type: 'boolean' }, 'yes'],
    ['it is broken JSON', { type: 'object' }, '{"a": 1'],
    ['it is empty', { type: 'integer' }, ''],
    ['it is no text', { type: 'integer' }, 4.5],
    ['the reference dangles', { $ref: '#/schemas/None' }, '1'],
  ])('stay as they are where %s', (_, schema, text) => {
    expect(coerce(schema, text)).toEqual(text);
  });

  it.each<[string, JsonSchema, unknown, unknown]>([
    ['a file', text, '{"file": "a.png"}', { file: 'a.png' }],
    ['a list of one', { type: 'array', items: text }, '{"base64": "aGk="}', [{ base64: 'aGk=' }]],
    [
      'a list',
      { type: 'array', items: text },
      ['{"file": "a"}', '{"file": "b"}'],
      [{ file: 'a' }, { file: 'b' }],
    ],
    ['text where it is none', text, '{"name": "a.png"}', '{"name": "a.png"}'],
    [
      'texts where one is none',
      { type: 'array', items: text },
      ['{"file": "a"}', 'b'],
      ['{"file": "a"}', 'b'],
    ],
  ])('become %s in a multipart body', (_, schema, given, value) => {
    expect(coerce(schema, given, 'multipart/form-data')).toEqual(value);
    expect(coerce({ type: 'string' }, '{"file": "a"}', 'application/json')).toBe('{"file": "a"}');
  });

  it('leave parameters alone that the command does not have', () => {
    const given = { with: { colour: '3' }, body: { a: '1' } };
    const found = { command: aCommand('shop get'), catalog: aCatalogSummary(), schemas: {} };
    expect(coerceArguments(found, given)).toEqual(given);
  });
});

const schemas: SchemaTable = { Size: { type: 'integer' } };

const text: JsonSchema = { type: 'string' };

/** @param mediaType - of the body that the value is a property of */
function coerce(schema: JsonSchema, value: unknown, mediaType?: string): unknown {
  const command = aCommand('shop get', 'GET', {
    parameters: [aParameter('value', { schema, ...(mediaType !== undefined && { in: 'body' }) })],
    ...(mediaType !== undefined && { body: { media_type: mediaType, schema: {}, required: true } }),
  });
  const found = { command, catalog: aCatalogSummary(), schemas };
  return coerceArguments(found, { with: { value } }).with['value'];
}
