import { describe, expect, it } from 'vitest';
import type { JsonSchema, SchemaTable } from '@oatty/types';
import { checkValue, checkValueLimits } from './check-value.ts';

/** Rules by dotted path: what a test looks at. */
function rulesOf(value: unknown, schema: JsonSchema, schemas: SchemaTable = {}) {
  return checkValue(value, schema, schemas).map((issue) => [issue.path.join('.'), issue.rule]);
}

const isUnknown = (value: unknown) => typeof value === 'string' && value.startsWith('?');

describe('checkValue', () => {
  it.each<[unknown, JsonSchema]>([
    ['text', { type: 'string' }],
    [3, { type: 'integer' }],
    [3, { type: 'number' }],
    [3.0, { type: 'integer' }],
    [null, { type: ['string', 'null'] }],
    ['a', { enum: ['a', 'b'] }],
    [{ a: 1 }, { const: { a: 1 } }],
    [0.3, { multipleOf: 0.1 }],
    ['😀', { maxLength: 1 }],
    ['xyz', { pattern: 'y' }],
    [['a', 1], { prefixItems: [{ type: 'string' }], items: { type: 'integer' } }],
    [{ x: 1, y: 'free' }, { properties: { x: { type: 'integer' } } }],
    ['anything', { format: 'date-time', type: 'string' }],
    ['x', { pattern: '(?=look)around' }],
    ['x', { $ref: '#/schemas/Nowhere' }],
  ])('%j fits %j', (value, schema) => {
    expect(checkValue(value, schema, {})).toEqual([]);
  });

  it.each<[unknown, JsonSchema, string]>([
    ['3', { type: 'integer' }, 'type'],
    [3.5, { type: 'integer' }, 'type'],
    [null, { type: 'string' }, 'type'],
    [[], { type: 'object' }, 'type'],
    ['c', { enum: ['a', 'b'] }, 'enum'],
    [1, { const: 2 }, 'enum'],
    [1, { minimum: 2 }, 'minimum'],
    [2, { exclusiveMinimum: 2 }, 'minimum'],
    [3, { maximum: 2 }, 'maximum'],
    [2, { exclusiveMaximum: 2 }, 'maximum'],
    [3, { multipleOf: 2 }, 'multiple_of'],
    ['', { minLength: 1 }, 'min_length'],
    ['abc', { maxLength: 2 }, 'max_length'],
    ['abc', { pattern: '^b' }, 'pattern'],
    [[], { minItems: 1 }, 'min_items'],
    [[1, 2], { maxItems: 1 }, 'max_items'],
    [[{ a: 1 }, { a: 1 }], { uniqueItems: true }, 'unique_items'],
    [{}, { required: ['a'] }, 'required'],
    ['a', { not: { type: 'string' } }, 'not'],
  ])('%j breaks a rule of %j', (value, schema, rule) => {
    expect(rulesOf(value, schema)).toEqual([['', rule]]);
  });

  it('reports every issue with its path', () => {
    const schema: JsonSchema = {
      type: 'object',
      required: ['id'],
      properties: { lines: { type: 'array', items: { properties: { count: { type: 'integer' } } } } },
      additionalProperties: false,
    };
    expect(rulesOf({ lines: [{ count: 1 }, { count: 'two' }], lnes: [] }, schema)).toEqual([
      ['', 'required'],
      ['lines.1.count', 'type'],
      ['lnes', 'additional_property'],
    ]);
  });

  it('suggests the property or the value that was probably meant', () => {
    const schema: JsonSchema = {
      properties: { size: { enum: ['small', 'large'] } },
      additionalProperties: false,
    };
    expect(checkValue({ size: 'lage', sise: 1 }, schema, {}).map((issue) => issue.suggestion)).toEqual([
      'Did you mean "large"?',
      'Did you mean "size"?',
    ]);
  });

  it('follows circular references as deep as the value goes', () => {
    const schemas = {
      Node: { type: 'object', properties: { next: { $ref: '#/schemas/Node' }, id: { type: 'string' } } },
    };
    expect(
      rulesOf({ next: { next: { id: 7 } } }, { $ref: '#/schemas/Node', description: 'head' }, schemas),
    ).toEqual([['next.next.id', 'type']]);
  });

  it('asks nothing of a schema that only refers to itself', () => {
    const schemas: SchemaTable = { Loop: { allOf: [{ $ref: '#/schemas/Loop' }] } };
    expect(rulesOf('x', { $ref: '#/schemas/Loop' }, schemas)).toEqual([]);
  });

  it('stops at a bounded depth', () => {
    const schemas: SchemaTable = { Tree: { items: { $ref: '#/schemas/Tree' } } };
    const deep: unknown = JSON.parse('['.repeat(500) + ']'.repeat(500));
    expect(rulesOf(deep, { $ref: '#/schemas/Tree' }, schemas)).toMatchObject([
      [expect.any(String), 'too_large'],
    ]);
  });

  it('stops after a bounded number of comparisons', () => {
    const list = Array.from({ length: checkValueLimits.maxVisits + 10 }, () => 'x');
    const issues = checkValue(list, { items: { type: 'string' } }, {});
    expect(issues[0]?.rule).toBe('too_large');
    expect(issues.length).toBeLessThanOrEqual(checkValueLimits.maxIssues);
  });

  it('shows examples that fit in place of a pattern', () => {
    const schema = { pattern: String.raw`^\d{4}$`, examples: ['none', '2026', 7, '2027'] };
    expect(checkValue('abc', schema, {}, {})).toMatchObject([
      { rule: 'pattern', message: 'must be written like 2026 or 2027', expected: schema.pattern },
    ]);
  });

  it('does not search a huge text with a large pattern', () => {
    expect(rulesOf('a'.repeat(200_000), { pattern: '(a|b){100}c' })).toEqual([['', 'too_large']]);
  });

  it('skips what is not known yet, but checks what is around it', () => {
    const schema: JsonSchema = {
      properties: { a: { type: 'integer' }, b: { type: 'integer' }, c: { enum: [['x']] } },
    };
    const issues = checkValue({ a: '?later', b: 'now', c: ['?later'] }, schema, {}, { isUnknown });
    expect(issues.map(({ path }) => path)).toEqual([['b']]);
  });

  it('does not ask callers for read-only properties', () => {
    const schemas = { Id: { type: 'string', readOnly: true } };
    const schema: JsonSchema = {
      required: ['id', 'created', 'name'],
      properties: { id: { $ref: '#/schemas/Id' }, created: { readOnly: true }, name: {} },
    };
    expect(checkValue({}, schema, schemas).map(({ expected }) => expected)).toEqual(['name']);
  });

  it('treats numbers and texts alike where the value travels as text', () => {
    const schema: JsonSchema = { items: { type: 'integer' } };
    expect(checkValue(['1', 2], schema, {}, { asText: true })).toEqual([]);
    expect(checkValue(5, { type: 'string' }, {}, { asText: true })).toEqual([]);
    expect(checkValue(2, { enum: ['1', '2'] }, {}, { asText: true })).toEqual([]);
    expect(checkValue('many', { type: 'integer' }, {}, { asText: true })).toHaveLength(1);
  });

  it.each([
    [5, 'string', 'Write it in quotes: "5".'],
    ['5', 'integer', 'Write it without quotes: 5.'],
    ['five', 'integer', undefined],
  ])('advises on quotes for %j as %s', (value, type, suggestion) => {
    expect(checkValue(value, { type }, {})[0]?.suggestion).toBe(suggestion);
  });

  it('takes what any part of an allOf declares, and nothing else', () => {
    const schemas: SchemaTable = {
      Base: { type: 'object', properties: { id: { type: 'integer' } }, additionalProperties: false },
      Note: {
        allOf: [{ $ref: '#/schemas/Base' }, { properties: { text: {} }, additionalProperties: false }],
      },
    };
    const whole: JsonSchema = { allOf: [{ $ref: '#/schemas/Note' }], properties: { own: {} } };

    expect(rulesOf({ id: 1, text: 'a', own: 2 }, whole, schemas)).toEqual([]);
    expect(rulesOf({ id: 'a' }, whole, schemas)).toEqual([['id', 'type']]);
    expect(rulesOf({ other: 1 }, whole, schemas)).toContainEqual(['other', 'additional_property']);
    const list: JsonSchema = { allOf: [{ properties: { a: { $ref: '#/schemas/Base' } } }] };
    expect(rulesOf({ a: { a: 1 } }, list, schemas)).toEqual([['a.a', 'additional_property']]);
  });

  it('checks a base that lists the variants which include it', () => {
    const schemas: SchemaTable = {
      Pet: { required: ['kind'], oneOf: [{ $ref: '#/schemas/Cat' }, { $ref: '#/schemas/Dog' }] },
      Cat: { allOf: [{ $ref: '#/schemas/Pet' }, { properties: { kind: { const: 'cat' } } }] },
      Dog: { allOf: [{ $ref: '#/schemas/Pet' }, { properties: { kind: { const: 'dog' } } }] },
    };

    expect(rulesOf({ kind: 'dog' }, { $ref: '#/schemas/Pet' }, schemas)).toEqual([]);
    expect(rulesOf({ kind: 'cow' }, { $ref: '#/schemas/Pet' }, schemas)).not.toEqual([]);
    expect(rulesOf({}, { $ref: '#/schemas/Cat' }, schemas)).toContainEqual(['', 'required']);
  });

  it('takes integers beyond 2^53 as text, and none that lost digits', () => {
    const schema: JsonSchema = { type: 'integer' };

    expect(rulesOf('12345678901234567890', schema)).toEqual([]);
    expect(rulesOf('12345678901234567890', { type: 'number' })).toEqual([]);
    expect(rulesOf('123', schema)).toEqual([['', 'type']]);
    expect(checkValue(2 ** 53, schema, {})).toMatchObject([
      { rule: 'type', suggestion: 'Write it in quotes, digit by digit.' },
    ]);
    expect(rulesOf(2 ** 53, { type: 'number' })).toEqual([]);
  });

  it('keeps values out of messages', () => {
    const schema: JsonSchema = { type: 'string', pattern: '^a', maxLength: 3, enum: ['a'] };
    const messages = checkValue('s3cret', schema, {}).map(({ message }) => message);
    expect(messages).toHaveLength(3);
    expect(messages.join(' ')).not.toContain('s3cret');
  });

  it('takes __proto__ and constructor as ordinary names', () => {
    const value: unknown = JSON.parse('{"__proto__": 1, "constructor": 2}');
    const schema: JsonSchema = { properties: { ok: {} }, additionalProperties: false };
    expect(rulesOf(value, schema)).toEqual([
      ['__proto__', 'additional_property'],
      ['constructor', 'additional_property'],
    ]);
    expect(rulesOf({}, { required: ['constructor'] })).toEqual([['', 'required']]);
  });
});

describe('checkValue with variants', () => {
  const card: JsonSchema = {
    title: 'Card',
    type: 'object',
    required: ['kind', 'number'],
    properties: { kind: { const: 'card' }, number: { type: 'string' } },
  };
  const bank: JsonSchema = {
    title: 'Bank',
    type: 'object',
    required: ['kind', 'iban', 'holder'],
    properties: { kind: { const: 'bank' }, iban: { type: 'string' } },
  };

  it('accepts a value that fits more than one variant', () => {
    expect(checkValue(1, { oneOf: [{ type: 'integer' }, { type: 'number' }] }, {})).toEqual([]);
  });

  it('says which types are possible', () => {
    const [issue] = checkValue(true, { anyOf: [{ type: 'string' }, card] }, {});
    expect(issue).toMatchObject({ rule: 'type', expected: ['string', 'object'], actual: 'boolean' });
  });

  it('merges the values of several lists', () => {
    const [issue] = checkValue('z', { anyOf: [{ enum: ['a'] }, { const: 'b' }] }, {});
    expect(issue).toMatchObject({ rule: 'enum', expected: ['a', 'b'], actual: 'z' });
  });

  it('explains the only variant of the right type', () => {
    expect(rulesOf({ kind: 'card' }, { anyOf: [{ type: 'string' }, card] })).toEqual([['', 'required']]);
  });

  it('explains the variant that the discriminator names', () => {
    const schemas = { Card: card, Bank: bank };
    const schema: JsonSchema = {
      oneOf: [{ $ref: '#/schemas/Bank' }, { $ref: '#/schemas/Card' }],
      discriminator: { propertyName: 'kind', mapping: { card: '#/schemas/Card' } },
    };
    expect(checkValue({ kind: 'card' }, schema, schemas).map(({ expected }) => expected)).toEqual(['number']);
  });

  it('names the shapes and explains the nearest one', () => {
    const [issue, ...rest] = checkValue({ kind: 'card' }, { oneOf: [bank, card] }, {});
    expect(rest).toEqual([]);
    expect(issue).toMatchObject({ rule: 'any_of', expected: ['Bank', 'Card'] });
    expect(issue?.message).toContain('as Card it must have the property "number"');
  });
});
