import { describe, expect, it } from 'vitest';
import type { Command } from '@oatty/types';
import { commandsOf } from './a-description.ts';

const string = { type: 'string' };
const list = { type: 'array', items: string };

function get(operation: Record<string, unknown>, path = '/a'): Command | undefined {
  return Object.values(commandsOf({ paths: { [path]: { get: operation } } }))[0];
}

function answer(schema: unknown, mediaType = 'application/json') {
  return { description: '', content: { [mediaType]: { schema } } };
}

describe('output schemas', () => {
  it.each([
    ['200 before 201', { 201: answer(list), 200: answer(string) }, string],
    ['201 before 202', { 202: answer(list), 201: answer(string) }, string],
    ['204 before other successes', { 206: answer(string), 204: {} }, undefined],
    ['a range of successes', { '2XX': answer(string), 404: answer(list) }, string],
    ['the first other success', { 206: answer(string) }, string],
    ['the default where no success is named', { default: answer(string), 404: answer(list) }, string],
    ['no error', { 404: answer(list) }, undefined],
  ])('are those of %s', (_, responses, schema) => {
    expect(get({ responses })?.output_schema).toEqual(schema);
  });

  it.each([
    ['application/json; charset=utf-8', string],
    ['application/problem+json', string],
    ['*/*', string],
    ['text/csv', undefined],
  ])('of %s are %j', (mediaType, schema) => {
    expect(get({ responses: { 200: answer(string, mediaType) } })?.output_schema).toEqual(schema);
  });

  it('go with the media types to accept, JSON first', () => {
    const responses = {
      200: { content: { 'text/csv': {}, 'application/json': {} } },
      202: answer({}, 'image/png'),
    };

    expect(get({ responses })?.execution).toMatchObject({
      accept: ['application/json', 'text/csv', 'image/png'],
    });
  });
});

describe('list paths', () => {
  it.each([
    ['a list', '/orders', list, '.'],
    ['a usual name', '/orders', { properties: { meta: list, items: list } }, 'items'],
    [
      'a list inside a usual name',
      '/orders',
      { properties: { data: { properties: { orders: list } } } },
      'data.orders',
    ],
    ['the name of the path', '/orders', { properties: { errors: list, orders: list } }, 'orders'],
    ['the only list', '/orders', { properties: { total: { type: 'integer' }, found: list } }, 'found'],
    ['two strange lists', '/orders', { properties: { x: list, y: list } }, undefined],
    ['a list of a single thing', '/orders/{id}', { properties: { items: list } }, undefined],
    ['no list', '/orders', { properties: { id: string } }, undefined],
  ])('of %s', (_, path, schema, listPath) => {
    expect(get({ responses: { 200: answer({ type: 'object', ...schema }) } }, path)?.list_path).toBe(
      listPath,
    );
  });
});

describe('words and effects', () => {
  it.each([
    [{ summary: 'List <b>orders</b>\n of `shop`', description: 'Long.' }, 'List orders of shop'],
    [{ description: 'Lists [orders](http://x). More words.\n\nEven more.' }, 'Lists orders.'],
    [{ operationId: 'listOrders' }, 'listOrders'],
    [{}, 'GET /a'],
  ])('of %j have the summary %j', (operation, summary) => {
    expect(get(operation)?.summary).toBe(summary);
  });

  it('are bounded', () => {
    const command = get({ summary: 's'.repeat(5_000), description: 'd'.repeat(50_000) });

    expect(command?.summary).toHaveLength(200);
    expect(command?.description).toHaveLength(2_000);
  });

  it('keep tags, operation id and deprecation for search', () => {
    expect(get({ tags: ['Orders', 7], operationId: 'x', deprecated: true })).toMatchObject({
      tags: ['Orders'],
      operation_id: 'x',
      deprecated: true,
    });
  });

  it('follow the method', () => {
    const methods = ['get', 'head', 'options', 'post', 'put', 'patch', 'delete', 'trace'];
    const item = Object.fromEntries(methods.map((method) => [method, {}]));
    const effects = Object.values(commandsOf({ paths: { '/a': item } })).map((command) => {
      return [command.execution.kind === 'http' ? command.execution.method : '', command.effect];
    });

    expect(Object.fromEntries(effects)).toEqual({
      GET: 'safe',
      HEAD: 'safe',
      OPTIONS: 'safe',
      POST: 'standard',
      PUT: 'standard',
      PATCH: 'standard',
      DELETE: 'destructive',
      TRACE: 'standard',
    });
  });
});
