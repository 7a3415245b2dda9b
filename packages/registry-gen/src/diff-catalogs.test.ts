import { describe, expect, it } from 'vitest';
import { aDescription } from '../test/a-description.ts';
import { diffCatalogs } from './diff-catalogs.ts';
import { generateCatalog } from './generate-catalog.ts';

function aCatalog(paths: object, schemas: object = {}) {
  return generateCatalog(aDescription({ paths, components: { schemas } })).manifest;
}

function answer(schema: object) {
  return { responses: { 200: { content: { 'application/json': { schema } } } } };
}

function body(type: string) {
  return { requestBody: { content: { 'application/json': { schema: { type } } } } };
}

/** A list whose answer has these words and a property called description. */
function withWords(description: string, property: object) {
  return aCatalog({ '/a': { get: answer({ description, properties: { description: property } }) } });
}

/** Two schemas in a circle; the second has a value of this type. */
function schemas(type: string) {
  return {
    A: { properties: { next: { $ref: '#/components/schemas/B' } } },
    B: { properties: { value: { type }, back: { $ref: '#/components/schemas/A' } } },
  };
}

describe('diffCatalogs', () => {
  it('finds nothing in two imports of one description', () => {
    const paths = { '/a': { get: answer({ type: 'string' }) } };

    expect(diffCatalogs(aCatalog(paths), aCatalog(paths))).toEqual({ added: [], removed: [], changed: [] });
  });

  it('lists commands that came and went, sorted', () => {
    const before = aCatalog({ '/a': { get: {} }, '/b': { get: {} } });
    const after = aCatalog({ '/d': { get: {} }, '/b': { get: {} }, '/c': { get: {} } });

    expect(diffCatalogs(before, after)).toEqual({
      added: ['shop c:list', 'shop d:list'],
      removed: ['shop a:list'],
      changed: [],
    });
  });

  it.each([
    ['a parameter', { get: { parameters: [{ name: 'q', in: 'query' }] } }],
    ['what it gives', { get: answer({ type: 'string' }) }],
  ])('calls a command changed for %s', (_, item) => {
    expect(diffCatalogs(aCatalog({ '/a': { get: {} } }), aCatalog({ '/a': item })).changed).toEqual([
      'shop a:list',
    ]);
  });

  it('calls a command changed for its path or body', () => {
    const before = aCatalog({ '/v1/a': { get: {} }, '/b': { post: body('string') } });
    const after = aCatalog({ '/v2/a': { get: {} }, '/b': { post: body('number') } });

    expect(diffCatalogs(before, after).changed).toEqual(['shop a:list', 'shop b:create']);
  });

  it('calls a command changed for a schema that it reaches through others', () => {
    const paths = {
      '/a': { get: answer({ $ref: '#/components/schemas/A' }) },
      '/b': { get: answer({ type: 'string' }) },
    };

    expect(
      diffCatalogs(aCatalog(paths, schemas('string')), aCatalog(paths, schemas('number'))).changed,
    ).toEqual(['shop a:list']);
  });

  it('does not count words, but does count a property called description', () => {
    expect(
      diffCatalogs(withWords('old', { type: 'string' }), withWords('new', { type: 'string' })).changed,
    ).toEqual([]);
    expect(
      diffCatalogs(withWords('old', { type: 'string' }), withWords('old', { type: 'null' })).changed,
    ).toEqual(['shop a:list']);
  });
});
