import { describe, expect, it } from 'vitest';
import { readFile } from 'node:fs/promises';
import { countCalls, openOatty, openShop } from './open-oatty.ts';

const overview = `
workflow: greet_visitors
title: Greet every visitor warmly
inputs:
  city: { type: string, description: Where they are. }
  count: { type: integer, optional: true, validate: { required: true } }
  note: { type: string, optional: true }
  lang: { type: string, default: { from: literal, value: en } }
steps: [{ id: up, run: shop health:list }]
final_output: \${{ inputs.city }}
`;

describe('a search', () => {
  it('finds commands by words', async () => {
    const { oatty } = await openShop();
    const { items, total } = await oatty.commands.search('list orders', { limit: 2 });
    expect(items[0]).toEqual({
      id: 'shop orders:list',
      summary: 'List orders',
      effect: 'safe',
      method: 'GET',
      path: '/orders',
      catalog_id: 'shop-api',
      score: expect.any(Number),
    });
    expect([items.length, total > 2]).toEqual([2, true]);
    expect((await oatty.commands.search('list orders', { vendor: 'other' })).items).toEqual([]);
  });

  it('finds saved workflows, and no longer once they are deleted', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: overview });
    const found = async () => (await oatty.commands.search('greet visitors')).items.map(({ id }) => id);
    expect(await found()).toEqual(['workflow greet_visitors']);
    await oatty.workflows.delete('greet_visitors');
    expect(await found()).toEqual([]);
  });

  it('without words is refused', async () => {
    await expect((await openOatty()).commands.search(' ')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});

describe('a command', () => {
  it('is described with the schemas that it reaches, and no others', async () => {
    const { oatty } = await openShop();
    const { command, catalog_id, enabled, schemas } = await oatty.commands.get('shop stock:list');
    expect({ id: command.id, catalog_id, enabled }).toEqual({
      id: 'shop stock:list',
      catalog_id: 'shop-api',
      enabled: true,
    });
    expect(Object.keys(schemas)).toContain('StockLevel');
    expect(Object.keys(schemas)).not.toContain('Order');
  });

  it('that is a saved workflow has its inputs as parameters', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: overview });
    const { command } = await oatty.commands.get('workflow greet_visitors');
    expect(command).toMatchObject({ summary: 'Greet every visitor warmly', effect: 'safe' });
    expect(command.parameters).toEqual([
      {
        name: 'city',
        in: 'body',
        required: true,
        description: 'Where they are.',
        schema: { type: 'string' },
      },
      { name: 'count', in: 'body', required: true, schema: { type: 'integer' } },
      { name: 'note', in: 'body', required: false, schema: { type: ['string', 'null'] } },
      { name: 'lang', in: 'body', required: false, schema: { type: 'string' } },
    ]);
  });

  it('that does not exist is not found, with the nearest ids', async () => {
    const { oatty } = await openShop();
    const { commands } = oatty;
    for (const use of [
      () => commands.get('shop orders:lst'),
      () => commands.run('shop orders:lst'),
      () => commands.preview('shop orders:lst'),
    ]) {
      await expect(use()).rejects.toMatchObject({
        code: 'COMMAND_NOT_FOUND',
        options: { context: { nearest: expect.arrayContaining(['shop orders:list']) } },
      });
    }
  });

  it('comes in pages with all others', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: overview });
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await oatty.commands.list({ limit: 20, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor !== undefined);
    expect(ids).toHaveLength(47);
    expect(ids).toEqual(ids.toSorted());
    expect(ids.at(-1)).toBe('workflow greet_visitors');
  });
});

describe('running a command', () => {
  it('gives status, headers and body', async () => {
    const { oatty } = await openShop();
    const result = await oatty.commands.run('shop orders:info', { with: { order: 'ord_1' } });
    expect(result).toMatchObject({ status: 200, body: { id: 'ord_1', status: 'open' } });
    expect(result.headers['content-type']).toMatch('application/json');
  });

  it('converts texts only when asked to, as a command line needs it', async () => {
    const { oatty, shop } = await openShop();
    const given = { with: { payment: 'pay_1', amount: '100' } };
    await expect(oatty.commands.run('shop payments:refunds:create', given)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { violations: [{ path: '$.with.amount', rule: 'parameter_type' }] },
    });
    await oatty.commands.run('shop payments:refunds:create', { ...given, coerce: true });
    expect(shop.calls().at(-1)?.body).toEqual({ amount: 100 });
  });

  it('names every mistake in the arguments and sends nothing', async () => {
    const { oatty, shop } = await openShop();
    await expect(
      oatty.commands.run('shop orders:list', { with: { status: 'opne', limit: 0, sort: 'x' } }),
    ).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: {
        violations: expect.arrayContaining([
          expect.objectContaining({ path: '$.with.status' }),
          expect.objectContaining({ path: '$.with.limit' }),
          expect.objectContaining({ path: '$.with.sort', rule: 'parameter_unknown' }),
        ]),
      },
    });
    expect(shop.calls()).toEqual([]);
  });

  it('follows the pages of a list up to a limit', async () => {
    const { oatty, shop } = await openShop();
    const call = { with: { limit: 2 } };
    const { body: one } = await oatty.commands.run('shop orders:list', call);
    const { body: two } = await oatty.commands.run('shop orders:list', { ...call, maxPages: 2 });
    expect([one, two]).toMatchObject([{ items: { length: 2 } }, { items: { length: 4 } }]);
    expect(countCalls(shop, 'listOrders')).toBe(3);
  });

  it('fails with what the API answered', async () => {
    const { oatty } = await openShop();
    await expect(oatty.commands.run('shop orders:info', { with: { order: 'ord_99' } })).rejects.toMatchObject(
      {
        code: 'HTTP_ERROR',
        retryable: false,
        options: {
          context: { status: 404, path: '/orders/ord_99' },
          responsePayload: { status: 404, body: { status: 404 } },
        },
      },
    );
  });

  it('says which credentials are missing', async () => {
    const { oatty } = await openShop({ env: { SHOP_KEY: undefined } });
    await expect(oatty.commands.run('shop orders:list')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { context: { catalog_id: 'shop-api', reference: 'env:SHOP_KEY' } },
    });
  });

  it('refuses a command that does more than it may', async () => {
    const { oatty, shop } = await openShop();
    const call = { with: { order: 'ord_1' }, maxEffect: 'standard' } as const;
    await expect(oatty.commands.run('shop orders:delete', call)).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect(shop.calls()).toEqual([]);
  });

  it('runs a saved workflow, which must not do more either', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: overview });
    const given = { city: 'Oslo', count: 2 };
    expect(await oatty.commands.run('workflow greet_visitors', { with: given })).toMatchObject({
      status: 200,
      body: 'Oslo',
    });
    await oatty.workflows.save({
      content: overview.replace('shop health:list', 'shop orders:delete, with: { order: ord_1 }'),
      overwrite: true,
    });
    await expect(
      oatty.commands.run('workflow greet_visitors', { with: given, maxEffect: 'standard' }),
    ).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', options: { context: { effect: 'destructive' } } });
  });

  it('asks the policy about every call, and tells the audit what became of it', async () => {
    const events: unknown[] = [];
    const { oatty } = await openShop({
      policy: {
        decide: ({ effect }) =>
          Promise.resolve(
            effect === 'safe' ? { kind: 'allow' } : { kind: 'ask', reason: 'It changes something.' },
          ),
      },
      audit: { record: async (event) => void events.push(event) },
    });
    const update = { with: { order: 'ord_1' }, body: 'Leave at the door.' };
    await oatty.commands.run('shop orders:info', { with: { order: 'ord_1' } });
    await expect(oatty.commands.run('shop orders:note:update', update)).rejects.toMatchObject({
      code: 'CONFIRMATION_REQUIRED',
    });
    const caller = { principal: 'ada', via: 'mcp' } as const;
    await oatty.commands.run('shop orders:note:update', { ...update, confirmed: true, caller });
    expect(events).toMatchObject([
      {
        command_id: 'shop orders:info',
        decision: 'allow',
        outcome: 'succeeded',
        status: 200,
        caller: { via: 'library' },
      },
      {
        command_id: 'shop orders:note:update',
        decision: 'ask',
        outcome: 'refused',
        error_code: 'CONFIRMATION_REQUIRED',
      },
      { command_id: 'shop orders:note:update', decision: 'ask', outcome: 'succeeded', caller },
    ]);
  });

  it('stops when its signal aborts, and the server sees it', async () => {
    const { oatty, shop } = await openShop();
    const stop = new AbortController();
    const running = oatty.commands.run('shop slow:list', { signal: stop.signal });
    await expect.poll(() => countCalls(shop, 'getSlow')).toBe(1);
    stop.abort();
    await expect(running).rejects.toMatchObject({ code: 'CANCELED' });
    await expect.poll(() => shop.calls()[0]?.outcome).toBe('aborted');
  });

  it('keeps a binary answer as a file of its own each time', async () => {
    const { oatty, home } = await openShop();
    const download = () => oatty.commands.run('shop payments:receipt:list', { with: { payment: 'pay_1' } });
    const [first, second] = [await download(), await download()] as {
      body: { file: string; bytes: number };
    }[];
    expect(first?.body).toMatchObject({
      file: expect.stringContaining(`${home.dir}/downloads/`),
      media_type: 'application/pdf',
    });
    expect(first?.body.file).not.toBe(second?.body.file);
    expect((await readFile(first?.body.file ?? '')).byteLength).toBe(first?.body.bytes);
  });
});

describe('a preview', () => {
  it('shows the request with credentials masked, and sends nothing', async () => {
    const { oatty, shop } = await openShop();
    const preview = await oatty.commands.preview('shop orders:list', { with: { limit: '2' }, coerce: true });
    expect(preview).toMatchObject({ method: 'GET', url: `${shop.url}/orders?limit=2`, body: null });
    expect(JSON.stringify(preview)).not.toContain('shop-test-key');
    expect(Object.keys(preview.headers).map((name) => name.toLowerCase())).toContain('x-api-key');
    expect(shop.calls()).toEqual([]);
  });

  it('is there for HTTP commands only', async () => {
    const { oatty } = await openShop();
    await oatty.workflows.save({ content: overview });
    await expect(oatty.commands.preview('workflow greet_visitors')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});
