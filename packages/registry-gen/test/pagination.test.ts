import { describe, expect, it } from 'vitest';
import { commandsOf } from './a-description.ts';

const string = { type: 'string' };
const integer = { type: 'integer' };
const boolean = { type: 'boolean' };
const items = { type: 'array', items: { type: 'object', properties: { id: string } } };

interface ListOperation {
  readonly query?: Readonly<Record<string, unknown>>;
  readonly output?: unknown;
  readonly headers?: Readonly<Record<string, unknown>>;
}

function paginationOf({ query = {}, output = items, headers = {} }: ListOperation) {
  const parameters = Object.entries(query).map(([name, schema]) => ({ name, in: 'query', schema }));
  const responses = { 200: { headers, content: { 'application/json': { schema: output } } } };
  return commandsOf({ paths: { '/a': { get: { parameters, responses } } } })['a:list']?.pagination;
}

function page(properties: object) {
  return { type: 'object', properties: { items, ...properties } };
}

describe('pagination', () => {
  it('goes by links where the response has them', () => {
    expect(paginationOf({ headers: { Link: { schema: string } }, query: { page: integer } })).toEqual({
      kind: 'link',
    });
  });

  it.each([
    ['cursor', page({ next_cursor: string }), 'next_cursor'],
    ['pageToken', page({ nextPageToken: string }), 'nextPageToken'],
    [
      'cursor',
      page({ response_metadata: { properties: { next_cursor: string } } }),
      'response_metadata.next_cursor',
    ],
    ['marker', page({ next_marker: { type: ['string', 'null'] } }), 'next_marker'],
    ['after', page({ last_id: string, has_more: boolean }), 'last_id'],
    ['continue', page({ metadata: { properties: { continue: string } } }), 'metadata.continue'],
    ['pagination_token', page({ meta: { properties: { next_token: string } } }), 'meta.next_token'],
    [
      'page[after]',
      page({ meta: { properties: { page: { properties: { after: string } } } } }),
      'meta.page.after',
    ],
    ['page[after]', page({ meta: { properties: { after_cursor: string } } }), 'meta.after_cursor'],
    [
      'after',
      page({ paging: { properties: { next: { properties: { after: string } } } } }),
      'paging.next.after',
    ],
  ])('goes by the cursor %s', (name, output, nextPath) => {
    expect(paginationOf({ query: { [name]: string }, output })).toMatchObject({
      kind: 'cursor',
      parameter: name,
      next_path: nextPath,
    });
  });

  it('knows the field that says whether there is more', () => {
    const output = page({
      page: { type: 'object', properties: { endCursor: string, hasNextPage: boolean } },
    });

    expect(paginationOf({ query: { after: string }, output })).toEqual({
      kind: 'cursor',
      parameter: 'after',
      next_path: 'page.endCursor',
      has_more_path: 'page.hasNextPage',
    });
  });

  it('goes by the id of the last item', () => {
    expect(paginationOf({ query: { starting_after: string }, output: page({ has_more: boolean }) })).toEqual({
      kind: 'last_item',
      parameter: 'starting_after',
      item_field: 'id',
      has_more_path: 'has_more',
    });
  });

  it.each([
    [integer, 1],
    [{ ...integer, default: 0 }, 0],
    [{ ...integer, minimum: 0 }, 0],
    [{ ...integer, minimum: 0, default: 1 }, 1],
  ])('goes by the page number %j', (schema, first) => {
    expect(paginationOf({ query: { page: schema, per_page: integer } })).toEqual({
      kind: 'page',
      parameter: 'page',
      first,
    });
  });

  it('goes by an offset together with a limit', () => {
    expect(paginationOf({ query: { offset: integer, limit: integer } })).toEqual({
      kind: 'offset',
      parameter: 'offset',
    });
    expect(paginationOf({ query: { startAt: integer, maxResults: integer } })).toEqual({
      kind: 'offset',
      parameter: 'startAt',
    });
    expect(paginationOf({ query: { offset: integer } })).toBeUndefined();
  });

  it.each([
    [
      '@odata.nextLink',
      { '@odata.nextLink': { type: ['string', 'null'] } },
      { $skip: integer, $top: integer },
    ],
    ['next_page_url', { next_page_url: string }, { page: integer }],
    ['next', { next: string }, {}],
    ['links.next', { links: { properties: { next: string } } }, {}],
    ['_links.next', { _links: { properties: { next: { properties: { href: string } } } } }, {}],
  ])('goes by the address in %s', (next_path, properties, query) => {
    expect(paginationOf({ query, output: page(properties) })).toEqual({ kind: 'next_url', next_path });
  });

  it('goes by numbers where "next" may or may not be an address', () => {
    expect(paginationOf({ query: { page: integer }, output: page({ next: string }) })?.kind).toBe('page');
    expect(paginationOf({ output: page({ next: integer }) })).toBeUndefined();
  });

  it.each([
    ['a cursor that no response gives', { query: { cursor: string } }],
    ['a page that is no number', { query: { page: string } }],
    [
      'an output that is no list',
      { query: { page: integer }, output: { type: 'object', properties: { id: string } } },
    ],
  ])('is not guessed from %s', (_, operation) => {
    expect(paginationOf(operation)).toBeUndefined();
  });
});
