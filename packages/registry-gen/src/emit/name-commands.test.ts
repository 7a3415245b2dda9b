import { describe, expect, it } from 'vitest';
import { nameCommands, vendorOf } from './name-commands.ts';

function namesOf(...lines: string[]) {
  const operations = lines.map((line) => {
    const [method = '', path = '', ...summary] = line.split(' ');
    return { method, path, ...(summary.length > 0 && { summary: summary.join(' ') }) };
  });
  return [...nameCommands(operations).values()];
}

describe('nameCommands', () => {
  it('names by concrete segments and an action', () => {
    expect(
      namesOf(
        'DELETE /orders/{id}',
        'GET /orders',
        'GET /orders/{id}',
        'GET /orders/{id}/items',
        'PATCH /orders/{id}',
        'POST /orders',
        'PUT /users/{name}/config-vars',
      ),
    ).toEqual([
      'orders:delete',
      'orders:list',
      'orders:info',
      'orders:items:list',
      'orders:update',
      'orders:create',
      'users:config:update',
    ]);
  });

  it('leaves out versions, and the prefix that all operations share', () => {
    expect(namesOf('GET /api/v1/orders', 'GET /api/v2/users')).toEqual(['orders:list', 'users:list']);
    expect(namesOf('GET /api/orders', 'GET /users')).toEqual(['api:orders:list', 'users:list']);
    expect(namesOf('GET /2/orders', 'GET /2/api/users')).toEqual(['orders:list', 'api:users:list']);
    expect(namesOf('GET /', 'GET /v1')).toEqual(['list', 'get']);
  });

  it('takes a slash at the end for a list', () => {
    expect(namesOf('GET /orders/{id}/')).toEqual(['orders:list']);
  });

  it('goes on to the summary and then to the method where a name is taken', () => {
    expect(
      namesOf(
        'GET /api/auth/introspect',
        'GET /api/v2/auth/introspect Performs introspection of the provided Bearer JWT token',
        'GET /api/v3/auth/introspect Performs introspection of the provided Bearer JWT token',
      ),
    ).toEqual([
      'auth:introspect:list',
      'auth:introspect:performs-introspection-of-the-provided-bearer-jwt-token',
      'auth:introspect:get',
    ]);
  });

  it('goes on to digits of the path, whatever other paths there are', () => {
    const two = ['GET /v1/a', 'GET /v2/a'];
    expect(namesOf(...two, 'GET /v4/a')).toEqual(['a:list', 'a:get', 'a:get-6c808f']);
    expect(namesOf(...two, 'GET /v3/a', 'GET /v4/a').at(-1)).toBe('a:get-6c808f');
  });

  it('lets other methods change no name of the usual five', () => {
    const usual = ['GET /api/a/get Get', 'GET /api/v2/a/get Get', 'PUT /api/a'];
    const others = ['COPY /api/a', 'HEAD /a', 'QUERY /api/a'];

    expect(namesOf(...others, ...usual)).toEqual([...namesOf(...usual), 'a:copy', 'a:head', 'a:query']);
  });

  it('names other methods after themselves', () => {
    expect(namesOf('GET /a', 'HEAD /a', 'TRACE /a/{id}')).toEqual(['a:list', 'a:head', 'a:trace']);
  });

  it('takes a name in braces for one segment, slashes included', () => {
    expect(namesOf('GET /items/{name=projects/*}', 'POST /items/{a/b}/tags')).toEqual([
      'items:info',
      'items:tags:create',
    ]);
  });

  it('leaves no space in a name', () => {
    expect(namesOf('GET /order\titems/{id}')).toEqual(['order-items:info']);
  });
});

describe('vendorOf', () => {
  it.each([
    ['https://api.shop.com/v1', 'shop'],
    ['https://shop.com', 'shop'],
    ['https://api.shop.co.uk', 'shop'],
    ['https://my-app.herokuapp.com', 'my-app'],
    ['https://API.Shop.com', 'shop'],
    ['http://localhost:8080', 'localhost'],
    ['http://127.0.0.1:8080', 'misc'],
    ['http://[::1]:8080', 'misc'],
    ['/v1', 'misc'],
    [undefined, 'misc'],
  ])('reads %s as %s', (url, vendor) => {
    expect(vendorOf(url)).toBe(vendor);
  });
});
