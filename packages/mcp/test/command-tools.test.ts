import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  client = await connect();
});

beforeEach(() => world.shop.reset());

afterAll(() => world.close());

describe('command.search', () => {
  it('finds commands by what they do', async () => {
    const { items, total } = await call(client, 'command_search', { query: 'list orders' });
    expect(items).toMatchObject({
      0: { id: 'shop orders:list', effect: 'safe', method: 'GET', path: '/orders', catalog_id: 'shop-api' },
    });
    expect(total).toBeGreaterThan(0);
  });

  it('gives no more than was asked for, and only of the vendor', async () => {
    expect((await call(client, 'command_search', { query: 'orders', limit: 2 })).items).toHaveLength(2);
    expect((await call(client, 'command_search', { query: 'orders', vendor: 'nobody' })).items).toEqual([]);
  });

  it.each([0, 101, 1.5])('refuses the limit %d', async (limit) => {
    expect((await failure(client, 'command_search', { query: 'x', limit })).error_code).toBe(
      'ARGUMENT_INVALID',
    );
  });
});

describe('command.list', () => {
  it('lists commands by id with their parameters in brief', async () => {
    const { items } = await call(client, 'command_list', { vendor: 'shop' });
    const ids = (items as { id: string }[]).map(({ id }) => id);
    expect(ids).toEqual(ids.toSorted());
    expect(items).toContainEqual({
      id: 'shop orders:info',
      summary: expect.any(String),
      effect: 'safe',
      method: 'GET',
      path: '/orders/{order}',
      catalog_id: 'shop-api',
      parameters: [
        {
          name: 'order',
          in: 'path',
          required: true,
          schema: { type: 'string' },
          provider: 'shop orders:list',
        },
      ],
    });
  });

  it('goes on where a page ended, to the last command', async () => {
    const { items: all } = await call(client, 'command_list');
    const found: unknown[] = [];
    let cursor: unknown;
    do {
      const page = await call(client, 'command_list', { limit: 3, ...(cursor !== undefined && { cursor }) });
      found.push(...(page.items as unknown[]));
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(found).toEqual(all);
  });

  it('refuses a cursor that no page has given', async () => {
    for (const name of ['command_list', 'provider_list']) {
      expect((await failure(client, name, { cursor: '§' })).error_code).toBe('ARGUMENT_INVALID');
    }
  });

  it('shows no schema in full and no description', async () => {
    const text = JSON.stringify(await call(client, 'command_list'));
    expect(text).not.toMatch(/"(description|properties|pattern|examples?)":/);
  });
});

describe('provider.list', () => {
  it('shows what a provider needs, and the fields for select', async () => {
    const { items } = await call(client, 'provider_list', { vendor: 'shop' });
    expect(items).toContainEqual({
      id: 'shop orders:list',
      summary: expect.any(String),
      arguments: expect.any(Array),
      required_arguments: [],
      list_path: expect.any(String),
      select: { value_field: 'id' },
      fields: expect.arrayContaining([expect.objectContaining({ name: 'id', tags: ['id'] })]),
    });
  });

  it('goes on where a page ended', async () => {
    const { items: all } = await call(client, 'provider_list');
    const first = await call(client, 'provider_list', { limit: 1 });
    const rest = await call(client, 'provider_list', { cursor: first.next_cursor });
    expect([...(first.items as unknown[]), ...(rest.items as unknown[])]).toEqual(all);
  });
});

describe('command.get', () => {
  it('describes a command with the schemas that it uses', async () => {
    expect(await call(client, 'command_get', { command_id: 'shop orders:info' })).toMatchObject({
      command: { id: 'shop orders:info', effect: 'safe', parameters: [{ name: 'order', required: true }] },
      catalog_id: 'shop-api',
      enabled: true,
      schemas: { Order: expect.any(Object) },
    });
  });

  it('offers the nearest id for one that is not there', async () => {
    expect(await failure(client, 'command_get', { command_id: 'shop orders:inf' })).toMatchObject({
      error_code: 'COMMAND_NOT_FOUND',
      suggested_action: expect.stringContaining('shop orders:info'),
    });
  });
});

describe('command.run_safe', () => {
  it('reads', async () => {
    const result = await call(client, 'command_run_safe', {
      command_id: 'shop orders:info',
      with: { order: 'ord_1' },
    });
    expect(result).toMatchObject({ status: 200, body: { id: 'ord_1' }, headers: expect.any(Object) });
  });

  it('tells the first of very many mistakes, and how many there are', async () => {
    const given = Object.fromEntries(Array.from({ length: 50_000 }, (_, index) => [`p${index}`, index]));
    const error = await failure(client, 'command_run_safe', { command_id: 'shop orders:info', with: given });
    expect(error.violations).toHaveLength(101);
    expect(error.violations?.at(-1)).toMatchObject({ message: 'There are 49901 more.' });
    expect(JSON.stringify(error).length).toBeLessThan(100_000);
  });

  it.each(['__proto__', 'constructor', 'prototype'])('knows no parameter named %s', async (name) => {
    const given = JSON.parse(`{"order": "ord_1", "${name}": {"polluted": true}}`) as object;
    const error = await failure(client, 'command_run_safe', { command_id: 'shop orders:info', with: given });
    expect(error.violations).toMatchObject([{ path: `$.with.${name}`, rule: 'parameter_unknown' }]);
    expect({}).not.toHaveProperty('polluted');
  });

  it('refuses what changes, and names the tool for it', async () => {
    expect(await failure(client, 'command_run_safe', { command_id: 'shop orders:create' })).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      context: { effect: 'standard', tool: 'command.run' },
    });
    expect(await failure(client, 'command_run_safe', { command_id: 'shop orders:delete' })).toMatchObject({
      context: { effect: 'destructive', tool: 'command.run_destructive' },
    });
    expect(world.shop.calls()).toEqual([]);
  });

  it('says what the API answered when it fails', async () => {
    const args = { command_id: 'shop orders:info', with: { order: 'nobody' } };
    expect(await failure(client, 'command_run_safe', args)).toMatchObject({
      error_code: 'HTTP_ERROR',
      category: 'execution',
      command: 'shop orders:info',
      response_payload: expect.anything(),
    });
  });

  it('refuses a body where there is none', async () => {
    const args = { command_id: 'shop orders:list', body: { a: 1 } };
    expect((await failure(client, 'command_run_safe', args)).category).toBe('validation');
  });
});

describe('command.run', () => {
  it('sends names that mean something to JavaScript as they are', async () => {
    const body = JSON.parse('{"note": "n", "__proto__": {"a": 1}, "constructor": 2}') as object;
    const error = await failure(client, 'command_run', { command_id: 'shop orders:create', body });
    const paths = error.violations?.map(({ path }) => path);
    expect(paths).toEqual(expect.arrayContaining(['$.body.__proto__', '$.body.constructor']));
  });

  it('changes what the body says', async () => {
    const body = { customer: 'cus_1', items: [{ sku: 'MUG-01', quantity: 2 }] };
    const result = await call(client, 'command_run', { command_id: 'shop orders:create', body });
    expect(result).toMatchObject({ status: 201, body: { customer: 'cus_1' } });
  });

  it('needs a confirmation for what is destructive', async () => {
    const args = { command_id: 'shop orders:delete', with: { order: 'ord_1' } };
    expect((await failure(client, 'command_run', args)).error_code).toBe('CONFIRMATION_REQUIRED');
    expect(world.shop.calls()).toEqual([]);
    expect(await call(client, 'command_run', { ...args, confirm: true })).toMatchObject({ status: 204 });
  });

  it('does not run a workflow, which would take too long', async () => {
    const manifest_content = { workflow: 'as_command', steps: [{ id: 'a', run: 'shop orders:list' }] };
    await call(client, 'workflow_save', { manifest_content });
    expect(await failure(client, 'command_run_safe', { command_id: 'workflow as_command' })).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      suggested_action: expect.stringContaining('run.start'),
    });
  });
});

describe('command.run_destructive', () => {
  const args = { command_id: 'shop orders:delete', with: { order: 'ord_1' } };

  it('needs a confirmation', async () => {
    expect((await failure(client, 'command_run_destructive', args)).error_code).toBe('CONFIRMATION_REQUIRED');
    expect(world.shop.calls()).toEqual([]);
    expect(await call(client, 'command_run_destructive', { ...args, confirm: true })).toMatchObject({
      status: 204,
    });
  });

  it('shows the person what will be removed', async () => {
    const willing = await connect({ person: () => ({ action: 'accept' }) });
    expect(await call(willing, 'command_run_destructive', args)).toMatchObject({ status: 204 });
    expect(willing.forms).toMatchObject([
      { message: expect.stringMatching(/"shop orders:delete" \(DELETE \/orders\/\{order\}\).*ord_1/) },
    ]);
  });

  it('does nothing when the person says no', async () => {
    const careful = await connect({ person: () => ({ action: 'cancel' }) });
    expect((await failure(careful, 'command_run_destructive', args)).error_code).toBe('CANCELED');
    expect(world.shop.calls()).toEqual([]);
  });
});

// --- internal ---

async function connect(options?: TestClientOptions): Promise<TestClient> {
  const connected = await connectInMemory(
    { oatty: world.oatty, version: '1', log: () => undefined },
    options,
  );
  await connected.client.listTools();
  return connected;
}
