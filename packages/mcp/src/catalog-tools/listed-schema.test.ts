import { describe, expect, it } from 'vitest';
import { toListedSchema } from './listed-schema.ts';

describe('a schema that a tool lists', () => {
  it('holds what it referred to', () => {
    const schemas = { Size: { type: 'string', enum: ['s', 'm'] } };
    const schema = { type: 'array', items: { $ref: '#/schemas/Size' } };
    expect(toListedSchema(schema, schemas)).toEqual({ type: 'array', items: schemas.Size });
    expect(toListedSchema({ $ref: '#/schemas/None' }, schemas)).toEqual({});
  });

  it('ends where it would hold itself', () => {
    const schemas = { Tree: { type: 'object', properties: { left: { $ref: '#/schemas/Tree' } } } };
    const text = JSON.stringify(toListedSchema({ $ref: '#/schemas/Tree' }, schemas));
    expect(text).not.toContain('$ref');
    expect(text.length).toBeLessThan(1_000);
  });

  it('has alternatives in place of several types', () => {
    const schema = { type: 'object', properties: { due: { type: ['string', 'null'], maxLength: 9 } } };
    expect(toListedSchema(schema, {}).properties?.['due']).toEqual({
      anyOf: [{ type: 'string' }, { type: 'null' }],
      maxLength: 9,
    });
  });

  it('has what is meant where anything is let in', () => {
    const task = { type: 'object', properties: { title: { type: 'string' } } };
    expect(toListedSchema({ type: 'array', items: { anyOf: [task, {}] } }, {}).items).toEqual(task);
    expect(toListedSchema({ anyOf: [task, { type: 'null' }, {}] }, {}).anyOf).toHaveLength(3);
  });

  it('shows examples in place of their pattern, and lets objects hold more', () => {
    const day = { type: 'string', pattern: '^2', examples: ['2026-03-29'] };
    expect(toListedSchema(day, {})).toEqual({ type: 'string', examples: ['2026-03-29'] });
    expect(toListedSchema({ type: 'string', pattern: '^2' }, {})).toEqual({ type: 'string', pattern: '^2' });
    expect(toListedSchema({ type: 'object', additionalProperties: false }, {})).toEqual({ type: 'object' });
  });
});
