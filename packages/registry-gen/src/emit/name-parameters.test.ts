import { describe, expect, it } from 'vitest';
import { nameParameters } from './name-parameters.ts';

const inPath = (name: string) => ({ name, in: 'path' as const });

describe('nameParameters', () => {
  it.each([
    ['/orders/{id}', 'id', 'order'],
    ['/order-items/{id}', 'id', 'order_item'],
    ['/orders/v1/{id}', 'id', 'order'],
    ['/addresses/{id}', 'id', 'addresse'],
    ['/v1/{id}', 'id', 'id'],
    ['/orders/{order-id}', 'order-id', 'order_id'],
    ['/orders/{orderId}', 'orderId', 'orderId'],
    ['/orders/{id}.json', 'id', 'order'],
    ['/orders/{id}:cancel/items/all', 'id', 'order'],
  ])('names the parameter of %s', (path, wireName, name) => {
    expect(nameParameters(path, [inPath(wireName)])).toEqual([name]);
  });

  it('adds the place where a name is taken, then a number', () => {
    const parameters = [
      { name: 'name', in: 'path' as const },
      { name: 'name', in: 'query' as const },
      { name: 'name', in: 'body' as const },
      { name: 'name_body', in: 'body' as const },
    ];

    expect(nameParameters('/a/{name}', parameters)).toEqual([
      'name',
      'name_query',
      'name_body',
      'name_body_body',
    ]);
  });
});
