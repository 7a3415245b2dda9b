import { describe, expect, it } from 'vitest';
import type { Pagination } from '@oatty/types';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import type { CallChanges, CommandChanges } from './a-call.ts';
import { sendJson, startServer } from './local-server.ts';
import type { LocalServer } from './local-server.ts';

const all = ['a', 'b', 'c', 'd', 'e'];

function list(
  server: LocalServer,
  pagination: Pagination,
  command: CommandChanges,
  changes: CallChanges = {},
) {
  return executeHttpCommand(
    aCall({
      baseUrl: server.origin,
      command: aCommand({ pagination, ...command }),
      paginate: { maxPages: 10 },
      ...changes,
    }),
  );
}

/** Pages of two by `?page=` or `?offset=`. */
function startNumbered(parameter: 'page' | 'offset', first = 1): Promise<LocalServer> {
  return startServer((request, response) => {
    const number = Number(new URL(request.url, 'http://x').searchParams.get(parameter) ?? first);
    const start = parameter === 'page' ? (number - first) * 2 : number;
    sendJson(response, all.slice(start, start + 2));
  });
}

describe('the pages of a list', () => {
  it('follow the next link', async () => {
    const server = await startServer((request, response) => {
      const page = Number(new URL(request.url, 'http://x').searchParams.get('page') ?? 1);
      const next = page < 3 ? `</things?page=${page + 1}>; rel="next", ` : '';
      response.setHeader('link', `${next}</things?page=1>; rel="first"`);
      sendJson(response, all.slice(page * 2 - 2, page * 2));
    });
    const entry = { headers: { 'X-Own': '1' }, base_url: server.origin };
    const result = await list(server, { kind: 'link' }, {}, { entry });
    expect(result.body).toEqual(all);
    expect(server.requests.map(({ url, headers }) => [url, headers['x-own']])).toEqual([
      ['/things', '1'],
      ['/things?page=2', '1'],
      ['/things?page=3', '1'],
    ]);
  });

  it('follow a cursor, and give the last page with the whole list', async () => {
    const server = await startServer((request, response) => {
      const start = Number(new URL(request.url, 'http://x').searchParams.get('after') ?? 0);
      const next = start + 2 < all.length ? String(start + 2) : null;
      sendJson(response, { data: { items: all.slice(start, start + 2) }, meta: { next }, page: start });
    });
    const result = await list(
      server,
      { kind: 'cursor', parameter: 'after', next_path: 'meta.next' },
      { list_path: 'data.items', parameters: [aParameter({ name: 'after', in: 'query' })] },
    );
    expect(result.body).toEqual({ data: { items: all }, meta: { next: null }, page: 4 });
  });

  it('follow a cursor within the body', async () => {
    const server = await startServer((request, response) => {
      const { from = 0 } = JSON.parse(request.body) as { from?: number };
      sendJson(response, { items: all.slice(from, from + 3), next: from + 3, more: from + 3 < all.length });
    });
    const pagination = {
      kind: 'cursor',
      parameter: 'start',
      next_path: 'next',
      has_more_path: 'more',
    } as const;
    const command: CommandChanges = {
      method: 'POST',
      list_path: 'items',
      parameters: [aParameter({ name: 'start', wire_name: 'from', in: 'body' })],
      body: { media_type: 'application/json', schema: {}, required: true },
    };
    const idempotencyKey = 'k1';
    const whole = await list(server, pagination, command, { body: { q: 'x' }, idempotencyKey });
    const properties = await list(server, pagination, command);
    expect([whole.body, properties.body]).toMatchObject([{ items: all }, { items: all }]);
    expect(server.requests.map(({ body }) => body)).toEqual([
      '{"q":"x"}',
      '{"q":"x","from":3}',
      '{}',
      '{"from":3}',
    ]);
    expect(server.requests.slice(0, 2).map(({ headers }) => headers['idempotency-key'])).toEqual([
      'k1',
      undefined,
    ]);
  });

  it('follow the last item, as Stripe does', async () => {
    const items = all.map((id) => ({ id }));
    const server = await startServer((request, response) => {
      const after = new URL(request.url, 'http://x').searchParams.get('starting_after');
      const start = items.findIndex(({ id }) => id === after) + 1;
      sendJson(response, { data: items.slice(start, start + 2), has_more: start + 2 < items.length });
    });
    const pagination = {
      kind: 'last_item',
      parameter: 'starting_after',
      item_field: 'id',
      has_more_path: 'has_more',
    } as const;
    const result = await list(server, pagination, {
      list_path: 'data',
      parameters: [aParameter({ name: 'starting_after', in: 'query' })],
    });
    expect(result.body).toEqual({ data: items, has_more: false });
  });

  it.each([
    ['page', { kind: 'page', parameter: 'page', first: 1 }, {}, ['', '?page=2', '?page=3', '?page=4']],
    ['page', { kind: 'page', parameter: 'page', first: 1 }, { page: '2' }, ['?page=2', '?page=3', '?page=4']],
    [
      'offset',
      { kind: 'offset', parameter: 'offset' },
      { offset: 1 },
      ['?offset=1', '?offset=3', '?offset=5'],
    ],
  ] as const)('count %s from %j and %j', async (parameter, pagination, given, expected) => {
    const server = await startNumbered(parameter, parameter === 'page' ? 1 : 0);
    await list(
      server,
      pagination,
      { parameters: [aParameter({ name: parameter, in: 'query' })] },
      { with: given },
    );
    expect(server.requests.map(({ url }) => url)).toEqual(expected.map((query) => `/things${query}`));
  });

  it.each([
    ['page', (page: number) => ({ next: page < 3 ? '/things?page=x' : null })],
    ['page', (page: number) => ({ meta: { last_page: 3, current_page: page } })],
    ['page', (page: number) => ({ totalPages: 3, last: page === 3 })],
    ['offset', (offset: number) => ({ more: offset < 4 })],
    ['offset', (offset: number) => ({ isLast: offset >= 4, total: 5 })],
  ] as const)('counted by %s end where the answer says so', async (parameter, tell) => {
    const first = parameter === 'page' ? 1 : 0;
    const server = await startServer((request, response) => {
      const number = Number(new URL(request.url, 'http://x').searchParams.get(parameter) ?? first);
      const start = parameter === 'page' ? (number - 1) * 2 : number;
      sendJson(response, { items: all.slice(start, start + 2), ...tell(number) });
    });
    const pagination: Pagination =
      parameter === 'page' ? { kind: 'page', parameter, first } : { kind: 'offset', parameter };
    const parameters = [aParameter({ name: parameter, in: 'query' })];
    const result = await list(server, pagination, { list_path: 'items', parameters });
    expect(result.body).toMatchObject({ items: all });
    expect(server.requests).toHaveLength(3);
  });

  it('end where a counted page is not found, and only there', async () => {
    const server = await startServer((request, response) => {
      const page = Number(new URL(request.url, 'http://x').searchParams.get('page') ?? 1);
      if (page > 3) response.writeHead(404).end();
      else sendJson(response, { items: all.slice(page * 2 - 2, page * 2) });
    });
    const parameters = [aParameter({ name: 'page', in: 'query' })];
    const pagination = { kind: 'page', parameter: 'page', first: 1 } as const;
    const result = await list(server, pagination, { list_path: 'items', parameters });
    expect(result).toMatchObject({ status: 200, body: { items: all } });
    const beyond = list(server, pagination, { list_path: 'items', parameters }, { with: { page: 9 } });
    await expect(beyond).rejects.toMatchObject({ code: 'HTTP_ERROR', status: 404 });
  });

  it('end at the limit of pages, and of items', async () => {
    const server = await startNumbered('page');
    const pagination = { kind: 'page', parameter: 'page', first: 1 } as const;
    const command = { parameters: [aParameter({ name: 'page', in: 'query' })] };
    const pages = await list(server, pagination, command, { paginate: { maxPages: 2 } });
    const items = await list(server, pagination, command, { paginate: { maxPages: 10, maxItems: 3 } });
    expect([pages.body, items.body]).toEqual([
      ['a', 'b', 'c', 'd'],
      ['a', 'b', 'c'],
    ]);
    expect(server.requests).toHaveLength(4);
  });

  it('end when the API gives the same page again', async () => {
    const server = await startServer((_, response) => sendJson(response, ['a', 'b']));
    const result = await list(
      server,
      { kind: 'page', parameter: 'page', first: 1 },
      { parameters: [aParameter({ name: 'page', in: 'query' })] },
    );
    expect([result.body, server.requests.length]).toEqual([['a', 'b'], 2]);
  });

  it('end when the API gives the same cursor again', async () => {
    const server = await startServer((_, response) =>
      sendJson(response, { items: [server.requests.length], next: 'same' }),
    );
    const result = await list(
      server,
      { kind: 'cursor', parameter: 'after', next_path: 'next' },
      { list_path: 'items', parameters: [aParameter({ name: 'after', in: 'query' })] },
    );
    expect(result.body).toEqual({ items: [1, 2], next: 'same' });
  });

  it.each([
    ['@odata.nextLink', (next: string | null) => ({ '@odata.nextLink': next })],
    ['links.next', (next: string | null) => ({ links: { next } })],
    ['_links.next', (next: string | null) => ({ _links: next === null ? {} : { next: { href: next } } })],
  ])('follow the address at %s of the body, also past an empty page', async (next_path, toMembers) => {
    const server = await startServer((request, response) => {
      const start = Number(new URL(request.url, 'http://x').searchParams.get('$skiptoken') ?? 0);
      const next = start < 4 ? `${server.origin}/things?$skiptoken=${start + 1}` : null;
      sendJson(response, { value: start === 1 ? [] : all.slice(start, start + 1), ...toMembers(next) });
    });
    const { body } = await list(server, { kind: 'next_url', next_path }, { list_path: 'value' });
    expect(body).toMatchObject({ value: ['a', 'c', 'd', 'e'] });
    expect(server.requests).toHaveLength(5);
  });

  it('never follow an address of the body to another host', async () => {
    const other = await startServer();
    const server = await startServer((_, response) => {
      sendJson(response, { items: [1], next: `${other.origin}/things` });
    });
    const listing = list(server, { kind: 'next_url', next_path: 'next' }, { list_path: 'items' });
    await expect(listing).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(other.requests).toEqual([]);
  });

  it('never leave the hosts of the catalog', async () => {
    const other = await startServer();
    const server = await startServer((_, response) => {
      response.setHeader('link', `<${other.origin}/things?page=2>; rel=next`);
      sendJson(response, ['a']);
    });
    await expect(list(server, { kind: 'link' }, {})).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    expect(other.requests).toEqual([]);
  });

  it('carry the credential of the query where the link repeats it', async () => {
    const server = await startServer((request, response) => {
      if (!request.url.includes('page=2')) response.setHeader('link', `<${request.url}&page=2>; rel="next"`);
      sendJson(response, [request.url.length]);
    });
    const entry = { base_url: server.origin, auth: { key: { value: 'hun ter2' } } };
    await list(
      server,
      { kind: 'link' },
      { security: [{ key: [] }] },
      { entry, securitySchemes: { key: { kind: 'api_key', in: 'query', name: 'api_key' } } },
    );
    expect(server.requests.map(({ url }) => url)).toEqual([
      '/things?api_key=hun%20ter2',
      '/things?api_key=hun+ter2&page=2',
    ]);
  });

  it('are one page when nobody asks for more', async () => {
    const server = await startNumbered('page');
    const command = aCommand({
      pagination: { kind: 'page', parameter: 'page', first: 1 },
      parameters: [aParameter({ name: 'page', in: 'query' })],
    });
    expect((await executeHttpCommand(aCall({ baseUrl: server.origin, command }))).body).toEqual(['a', 'b']);
  });

  it('are one page where the command knows no pages, or the answer has no list', async () => {
    const server = await startServer((_, response) => sendJson(response, { message: 'none', next: 'x' }));
    const paginate = { maxPages: 10 };
    const unpaged = await executeHttpCommand(aCall({ baseUrl: server.origin, paginate }));
    const unlisted = await list(
      server,
      { kind: 'cursor', parameter: 'a', next_path: 'next' },
      { list_path: 'items' },
    );
    expect([unpaged.body, unlisted.body, server.requests.length]).toEqual([
      { message: 'none', next: 'x' },
      { message: 'none', next: 'x' },
      2,
    ]);
  });
});
