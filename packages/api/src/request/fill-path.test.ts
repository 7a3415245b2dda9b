import { describe, expect, it } from 'vitest';
import { aParameter } from '../../test/a-call.ts';
import { fillPath } from './fill-path.ts';
import { parsePathTemplate } from './path-template.ts';

function fill(template: string, values: Readonly<Record<string, unknown>>): string {
  return fillPath(
    parsePathTemplate(template),
    Object.entries(values).map(([name, value]) => ({
      parameter: aParameter({ name, in: 'path' }),
      wireName: name,
      value,
    })),
  );
}

describe('fillPath', () => {
  it('puts encoded values into their places', () => {
    expect(fill('/orders/{order}/items/{item}', { order: 'a b', item: 7 })).toBe('/orders/a%20b/items/7');
  });

  it('fills a place whose name has a slash', () => {
    expect(fill('/v1/{name=projects/*}/items', { 'name=projects/*': 'projects/a' })).toBe(
      '/v1/projects%2Fa/items',
    );
  });

  it('keeps a value from changing the structure of the path', () => {
    expect(fill('/orders/{id}', { id: '../../admin?all=1#x' })).toBe('/orders/..%2F..%2Fadmin%3Fall%3D1%23x');
    expect(fill('/orders/{id}', { id: String.raw`..\admin` })).toBe('/orders/..%5Cadmin');
    expect(fill('/orders/{id}', { id: '%2e%2e' })).toBe('/orders/%252e%252e');
  });

  it.each(['.', '..'])('refuses %s as a whole segment', (id) => {
    expect(() => fill('/orders/{id}', { id })).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });

  it('refuses a segment that becomes .. out of several values', () => {
    expect(() => fill('/orders/{a}{b}', { a: '.', b: '.' })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
    expect(() => fill('/orders/%2e{a}', { a: '.' })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });

  it('keeps dots that are part of a longer value', () => {
    expect(fill('/files/{name}', { name: '..hidden' })).toBe('/files/..hidden');
  });

  it.each([
    ['an empty text', ''],
    ['an empty list', []],
    ['a list of nothing', ['', null]],
    ['an empty object', {}],
  ])('refuses %s', (_, id) => {
    expect(() => fill('/orders/{id}', { id })).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });

  it('refuses a place that no parameter fills', () => {
    expect(() => fill('/orders/{id}', {})).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
  });

  it('does not look for places within a value', () => {
    expect(fill('/{a}/{b}', { a: '{b}', b: '$&' })).toBe('/%7Bb%7D/%24%26');
  });
});
