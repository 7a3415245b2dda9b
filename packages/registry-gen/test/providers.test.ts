import { describe, expect, it } from 'vitest';
import type { ProviderBinding } from '@oatty/types';
import { generateCatalog } from '../src/index.ts';
import { aDescription, commandsOf } from './a-description.ts';

const string = { type: 'string' };

function listOf(properties: object) {
  const schema = { type: 'array', items: { type: 'object', properties } };
  return { responses: { 200: { content: { 'application/json': { schema } } } } };
}

const list = listOf({ id: string });

/** Providers by `<command> <parameter>`. */
function providersOf(paths: object): Record<string, ProviderBinding> {
  const entries = Object.entries(commandsOf({ paths })).flatMap(([id, command]) =>
    command.parameters.flatMap(({ name, provider }) => (provider ? [[`${id} ${name}`, provider]] : [])),
  );
  return Object.fromEntries(entries) as Record<string, ProviderBinding>;
}

describe('providers of path parameters', () => {
  it('are the list at the path before them', () => {
    expect(providersOf({ '/orders': { get: list }, '/orders/{id}': { get: {} } })).toEqual({
      'orders:info order': { command: 'shop orders:list' },
    });
  });

  it('are nested lists too, with the parents bound by position', () => {
    const paths = {
      '/services': { get: list },
      '/services/{serviceId}/deploys': { get: list },
      '/services/{service_id}/deploys/{deploy_id}': { delete: {} },
    };

    expect(providersOf(paths)).toMatchObject({
      'services:deploys:delete service_id': { command: 'shop services:list' },
      'services:deploys:delete deploy_id': {
        command: 'shop services:deploys:list',
        binds: { serviceId: 'service_id' },
      },
    });
  });

  it('are lists of another version of the API', () => {
    expect(providersOf({ '/v1/orders': { get: list }, '/v2/orders/{id}': { get: {} } })).toEqual({
      'orders:info order': { command: 'shop orders:list' },
    });
  });

  it.each([
    [
      'gives no list',
      { get: { responses: { 200: { content: { 'application/json': { schema: string } } } } } },
    ],
    [
      'requires what nobody has',
      { get: { ...list, parameters: [{ name: 'q', in: 'query', required: true }] } },
    ],
    ['changes something', { post: list }],
  ])('are not what %s', (_, item) => {
    expect(providersOf({ '/orders': item, '/orders/{id}': { get: {} } })).toEqual({});
  });
});

describe('providers of other parameters', () => {
  function providerOf(name: string, schema: object = string, more: object = {}) {
    const parameters = [{ name, in: 'query', schema }];
    const paths = {
      '/user-groups': { get: list },
      '/categories': { get: list },
      '/boxes': { get: list },
      ...more,
    };
    return providersOf({ ...paths, '/shops/{shop}/stock': { get: { parameters } } })[
      `shops:stock:list ${name}`
    ];
  }

  it.each([
    ['category_id', 'shop categories:list'],
    ['categoryId', 'shop categories:list'],
    ['categories', 'shop categories:list'],
    ['category', 'shop categories:list'],
    ['box_ids', 'shop boxes:list'],
    ['box_ids[]', 'shop boxes:list'],
    ['user_group_id', 'shop user-groups:list'],
    ['userGroupId', 'shop user-groups:list'],
  ])('%s is offered by %s', (name, command) => {
    expect(providerOf(name)).toEqual({ command });
  });

  it('is a nested list of the same parents, for a name that says id', () => {
    const nested = { '/shops/{shop}/shelves': { get: list } };

    expect(providerOf('shelve_id', string, nested)).toEqual({
      command: 'shop shops:shelves:list',
      binds: { shop: 'shop' },
    });
    expect(providerOf('shelve', string, nested)).toBeUndefined();
  });

  it.each([
    [{ type: 'boolean' }],
    [{ type: 'object' }],
    [{ ...string, enum: ['a', 'b'] }],
    [{ type: 'array', items: { type: 'object' } }],
  ])('there is none for %j', (schema) => {
    expect(providerOf('category', schema)).toBeUndefined();
  });
});

describe('provider contracts', () => {
  it('say what a provider takes and gives', () => {
    const teams = {
      ...listOf({ id: { type: 'integer' }, slug: string, name: string, owner: { type: 'object' } }),
    };
    const parameters = [
      { name: 'org', in: 'path' },
      { name: 'page', in: 'query', schema: { type: 'integer' } },
    ];
    const paths = {
      '/orgs/{org}/teams': { get: { ...teams, parameters } },
      '/orgs/{org}/teams/{team_slug}': { get: {} },
    };

    expect(generateCatalog(aDescription({ paths })).manifest.providers).toEqual([
      {
        command: 'shop orgs:teams:list',
        arguments: [
          { name: 'org', required: true },
          { name: 'page', required: false },
        ],
        list_path: '.',
        fields: [
          { name: 'id', type: 'integer' },
          { name: 'slug', type: 'string', tags: ['id'] },
          { name: 'name', type: 'string', tags: ['display'] },
        ],
      },
    ]);
  });

  it('tag a field that is both what to use and what to show', () => {
    const { manifest } = generateCatalog(
      aDescription({ paths: { '/labels': { get: listOf({ name: string }) } } }),
    );

    expect(manifest.providers[0]?.fields).toEqual([
      { name: 'name', type: 'string', tags: ['id', 'display'] },
    ]);
  });
});
