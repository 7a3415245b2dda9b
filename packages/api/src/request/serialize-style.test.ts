import { describe, expect, it } from 'vitest';
import { keepText, percentEncode, percentEncodeReserved } from './percent-encode.ts';
import { serializePairs, serializeText } from './serialize-style.ts';
import type { ParameterStyle } from '@oatty/types';

const array = ['blue', 'black', 'brown'];
const object = { R: 100, G: 200, B: 150 };

/** As it stands in a query, with `&` between pairs. */
function toQuery(value: unknown, style: ParameterStyle, explode: boolean, encode = percentEncode): string {
  return serializePairs('color', value, { style, explode, encode })
    .map((pair) => pair.join('='))
    .join('&');
}

function toPath(value: unknown, style: ParameterStyle, explode: boolean): string {
  return serializeText('color', value, { style, explode, encode: percentEncode });
}

describe('the style examples of OpenAPI 3.1.1', () => {
  it.each([
    ['matrix', false, '', ';color'],
    ['matrix', false, 'blue', ';color=blue'],
    ['matrix', false, array, ';color=blue,black,brown'],
    ['matrix', false, object, ';color=R,100,G,200,B,150'],
    ['matrix', true, '', ';color'],
    ['matrix', true, 'blue', ';color=blue'],
    ['matrix', true, array, ';color=blue;color=black;color=brown'],
    ['matrix', true, object, ';R=100;G=200;B=150'],
    ['label', false, '', '.'],
    ['label', false, 'blue', '.blue'],
    ['label', false, array, '.blue,black,brown'],
    ['label', false, object, '.R,100,G,200,B,150'],
    ['label', true, '', '.'],
    ['label', true, 'blue', '.blue'],
    ['label', true, array, '.blue.black.brown'],
    ['label', true, object, '.R=100.G=200.B=150'],
    ['simple', false, '', ''],
    ['simple', false, 'blue', 'blue'],
    ['simple', false, array, 'blue,black,brown'],
    ['simple', false, object, 'R,100,G,200,B,150'],
    ['simple', true, '', ''],
    ['simple', true, 'blue', 'blue'],
    ['simple', true, array, 'blue,black,brown'],
    ['simple', true, object, 'R=100,G=200,B=150'],
  ] as const)('%s with explode %s writes %j as %s', (style, explode, value, expected) => {
    expect(toPath(value, style, explode)).toBe(expected);
  });

  it.each([
    ['form', false, '', 'color='],
    ['form', false, 'blue', 'color=blue'],
    ['form', false, array, 'color=blue,black,brown'],
    ['form', false, object, 'color=R,100,G,200,B,150'],
    ['form', true, '', 'color='],
    ['form', true, 'blue', 'color=blue'],
    ['form', true, array, 'color=blue&color=black&color=brown'],
    ['form', true, object, 'R=100&G=200&B=150'],
    ['spaceDelimited', false, array, 'color=blue%20black%20brown'],
    ['spaceDelimited', false, object, 'color=R%20100%20G%20200%20B%20150'],
    ['pipeDelimited', false, array, 'color=blue%7Cblack%7Cbrown'],
    ['pipeDelimited', false, object, 'color=R%7C100%7CG%7C200%7CB%7C150'],
    ['deepObject', true, object, 'color%5BR%5D=100&color%5BG%5D=200&color%5BB%5D=150'],
  ] as const)('%s with explode %s writes %j as %s', (style, explode, value, expected) => {
    expect(toQuery(value, style, explode)).toBe(expected);
  });
});

describe('serializePairs', () => {
  it('writes the tab separated lists of Swagger 2.0', () => {
    expect(toQuery(array, 'tabDelimited', false)).toBe('color=blue%09black%09brown');
  });

  it('repeats the name for a delimited style with explode', () => {
    expect(toQuery(array, 'pipeDelimited', true)).toBe('color=blue&color=black&color=brown');
  });

  it('nests deep objects and numbers the members of lists', () => {
    const value = { price: { gte: 5, in: [1, 2] }, items: [{ id: 'a' }, { id: 'b' }] };
    expect(serializePairs('f', value, { style: 'deepObject', explode: true, encode: keepText })).toEqual([
      ['f[price][gte]', '5'],
      ['f[price][in][0]', '1'],
      ['f[price][in][1]', '2'],
      ['f[items][0][id]', 'a'],
      ['f[items][1][id]', 'b'],
    ]);
  });

  it('writes a plain value of a deep object parameter as it is', () => {
    expect(toQuery(1_700_000_000, 'deepObject', true)).toBe('color=1700000000');
  });

  it('refuses deep objects that never end', () => {
    const deep: unknown = JSON.parse(`${'{"a":'.repeat(40)}1${'}'.repeat(40)}`);
    expect(() => toQuery(deep, 'deepObject', true)).toThrow(
      expect.objectContaining({ code: 'LIMIT_EXCEEDED' }),
    );
  });

  it('writes what is nested as JSON text in other styles', () => {
    expect(toQuery([{ a: 1 }], 'form', true, keepText)).toBe('color={"a":1}');
    expect(toQuery({ a: [1, 2] }, 'form', true, keepText)).toBe('a=[1,2]');
  });

  it('leaves out members without a value, and lists without members', () => {
    expect(toQuery(['blue', null, undefined], 'form', false)).toBe('color=blue');
    expect(toQuery({ R: 1, G: null }, 'form', true)).toBe('R=1');
    expect(toQuery([], 'form', true)).toBe('');
    expect(toQuery([], 'form', false)).toBe('');
    expect(toQuery({}, 'form', false)).toBe('');
  });

  it('encodes members and not the delimiters between them', () => {
    expect(toQuery(['a,b', 'c&d'], 'form', false)).toBe('color=a%2Cb,c%26d');
  });

  it('treats a key named __proto__ as any other key', () => {
    const value: unknown = JSON.parse('{"__proto__":{"admin":true}}');
    expect(toQuery(value, 'deepObject', true, keepText)).toBe('color[__proto__][admin]=true');
  });
});

describe('percentEncode', () => {
  it('keeps the unreserved characters of RFC 3986 and no others', () => {
    expect(percentEncode('AZaz09-._~')).toBe('AZaz09-._~');
    expect(percentEncode(`:/?#[]@!$&'()*+,;= %é`)).toBe(
      '%3A%2F%3F%23%5B%5D%40%21%24%26%27%28%29%2A%2B%2C%3B%3D%20%25%C3%A9',
    );
  });

  it('encodes half a surrogate pair as the replacement character', () => {
    expect(percentEncode('\ud800')).toBe('%EF%BF%BD');
  });

  it('keeps reserved characters that cannot end a value where that is allowed', () => {
    expect(percentEncodeReserved(`a/b?c:d@e!f$g'h(i)*j,k;l=m`)).toBe(`a/b?c:d@e!f$g'h(i)*j,k;l=m`);
    expect(percentEncodeReserved('a#b&c+d[e] f')).toBe('a%23b%26c%2Bd%5Be%5D%20f');
  });
});
