/** `oatty catalog …`, `oatty search` and `oatty secret …`. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openCommandLine, openShopCommandLines } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

describe('catalog list and show', () => {
  it('are documents with --json', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.json('catalog', 'list');
    expect(document).toEqual({
      items: [
        {
          catalog_id: 'shop-api',
          title: 'Shop API',
          vendor: 'shop',
          kind: 'openapi',
          enabled: true,
          base_url: shops.shop.url,
          command_count: 45,
          source: expect.stringMatching(/openapi\.yaml$/),
        },
      ],
      problems: [],
    });
    const { document: catalog } = await oatty.json('catalog', 'show', 'shop-api');
    expect(catalog).toMatchObject({
      catalog_id: 'shop-api',
      document: expect.stringMatching(/3\.1/),
      headers: {},
    });
    expect(catalog.commands).toHaveLength(45);
  });

  it('are tables for people', async () => {
    await using oatty = await shops.open();
    const { stdout } = await oatty.binary.run('catalog', 'list');
    expect(stdout.split('\n')[0]).toBe('CATALOG   VENDOR  COMMANDS  ENABLED  BASE URL');
    const shown = await oatty.binary.run('catalog', 'show', 'shop-api');
    expect(shown.stdout).toMatch(
      /^Shop API \(shop-api\)\n {2}vendor {4}shop\n[^]*\nshop orders:list +safe +List orders\n/,
    );
  });

  it('warn of a catalog whose file is broken, and show the others', async () => {
    await using oatty = await shops.open();
    await oatty.run('import', await oatty.write('tiny.yaml', tiny));
    await oatty.write('catalogs/tiny.json', '{');
    const { exitCode, stdout, stderr } = await oatty.run('catalog', 'list');
    expect([exitCode, stdout.includes('shop-api'), stderr.includes('catalogs/tiny.json')]).toEqual([
      0,
      true,
      true,
    ]);
    const { document, stderr: jsonErrors } = await oatty.json('catalog', 'list');
    expect([document.problems.length, jsonErrors]).toEqual([1, '']);
    expect((await oatty.run('catalog', 'list', '--quiet')).stderr).toBe('');
  });

  it('refuse an id that is not there', async () => {
    await using oatty = await shops.open();
    for (const id of ['nope', '..', '__proto__', '../registry']) {
      const outcome = await oatty.run('catalog', 'show', id, '--json');
      expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'CATALOG_NOT_FOUND']);
    }
  });
});

describe('settings of a catalog', () => {
  it('are switched off and on', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.binary.json('catalog', 'disable', 'shop-api');
    expect(document).toEqual({ catalog_id: 'shop-api', enabled: false, command_count_after_toggle: 0 });
    expect((await oatty.run('shop', 'orders:list')).exitCode).toBe(2);
    expect(
      (await oatty.binary.json('catalog', 'enable', 'shop-api')).document.command_count_after_toggle,
    ).toBe(45);
    expect((await oatty.run('shop', 'orders:list')).exitCode).toBe(0);
  });

  it('send requests elsewhere', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.binary.json(
      'catalog',
      'base-url',
      'shop-api',
      'https://elsewhere.example/v2',
    );
    expect(document.base_url).toBe('https://elsewhere.example/v2');
    const { document: request } = await oatty.json('shop', 'orders:list', '--dry-run');
    expect(request.url).toBe('https://elsewhere.example/v2/orders');
    const bad = await oatty.run('catalog', 'base-url', 'shop-api', 'ftp://x', '--json');
    expect([bad.exitCode, errorOf(bad).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
  });

  it('send headers, and mask what is no reference', async () => {
    await using oatty = await shops.open();
    const options = ['--set', 'X-Open=${env:SHOP_API_KEY}', '--set', 'X-Plain=hidden value'];
    const { document, stdout } = await oatty.binary.json('catalog', 'headers', 'shop-api', ...options);
    expect(document.headers['X-Open']).toBe('${env:SHOP_API_KEY}');
    expect(stdout).not.toContain('hidden value');
    const { document: request } = await oatty.json('shop', 'orders:list', '--dry-run');
    expect(Object.keys(request.headers).map((name) => name.toLowerCase())).toEqual(
      expect.arrayContaining(['x-open', 'x-plain']),
    );
    const { document: after } = await oatty.json('catalog', 'headers', 'shop-api', '--unset', 'X-Plain');
    expect(Object.keys(after.headers)).toEqual(['X-Open']);
    expect((await oatty.json('catalog', 'headers', 'shop-api')).document).toEqual(after);
  });

  it('hold credentials by security scheme', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.json('catalog', 'auth', 'shop-api', 'apiKey', '--unset');
    expect(document.auth).toEqual({});
    expect((await oatty.json('shop', 'orders:list')).document.status).toBe(401);
    await oatty.binary.run('catalog', 'auth', 'shop-api', 'apiKey', '--set', 'value=${env:SHOP_API_KEY}');
    expect((await oatty.json('shop', 'orders:list')).document.status).toBe(200);
    const { stdout } = await oatty.run(
      'catalog',
      'auth',
      'shop-api',
      'apiKey',
      '--set',
      'value=plain-secret',
    );
    expect(stdout).toContain('apiKey: set');
    expect(stdout).not.toContain('plain-secret');
  });

  it.each([
    [['--set', 'value=a', '--set', 'username=b']],
    [['--set', 'username=b']],
    [['--set', 'token=a']],
    [['--set', 'value=a', '--unset']],
    [['--set', 'a-secret-without-a-name']],
    [[]],
  ])('do not take credentials such as %j', async (options) => {
    await using oatty = await shops.open();
    const outcome = await oatty.run('catalog', 'auth', 'shop-api', 'apiKey', ...options, '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
    expect(outcome.stderr).not.toContain('a-secret');
  });
});

describe('catalog remove', () => {
  it('asks first, and takes --yes for an answer', async () => {
    await using oatty = await shops.open();
    const asked = await oatty.run('catalog', 'remove', 'shop-api', '--json');
    expect([asked.exitCode, errorOf(asked).error_code]).toEqual([1, 'CONFIRMATION_REQUIRED']);
    const { document } = await oatty.binary.json('catalog', 'remove', 'shop-api', '--yes');
    expect(document).toEqual({
      removed_catalog_id: 'shop-api',
      manifest_removed: false,
      remaining_catalog_count: 0,
    });
    expect(await oatty.read('catalogs/shop-api.json')).toContain('"shop-api"');
    expect((await oatty.json('catalog', 'list')).document.items).toEqual([]);
  });

  it('deletes the generated file on request', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.json('catalog', 'remove', 'shop-api', '--remove-manifest', '--yes');
    expect(document.manifest_removed).toBe(true);
    await expect(oatty.read('catalogs/shop-api.json')).rejects.toThrow('ENOENT');
  });
});

describe('search', () => {
  it('finds commands by words', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.binary.json('search', 'create', 'a', 'payment', '--limit', '3');
    expect(document.items).toHaveLength(3);
    expect(document.items[0]).toEqual({
      id: 'shop payments:create',
      summary: 'Charge an order',
      effect: 'standard',
      method: 'POST',
      path: '/payments',
      catalog_id: 'shop-api',
      score: expect.any(Number),
    });
    expect(document.total).toBeGreaterThan(3);
  });

  it('keeps to one vendor on request', async () => {
    await using oatty = await shops.open();
    await oatty.run('import', await oatty.write('tiny.yaml', tiny), '--vendor', 'tiny');
    const { document } = await oatty.json('search', 'list', '--vendor', 'tiny');
    expect(document.items.map(({ id }: { id: string }) => id)).toEqual(['tiny things:list']);
  });

  it('says what to do when nothing is found', async () => {
    await using oatty = await openCommandLine();
    const { exitCode, stdout } = await oatty.run('search', 'anything');
    expect([exitCode, stdout]).toEqual([
      0,
      'No command matches. Try fewer or other words, or import a catalog.\n',
    ]);
    expect((await oatty.json('search', 'anything')).document).toEqual({ items: [], total: 0 });
  });
});

describe('secrets', () => {
  it('come from the environment where there is no keychain, and are not changed there', async () => {
    await using oatty = await shops.open();
    const set = await oatty.binary.runWith({ stdin: 's3cret-value\n' }, 'secret', 'set', 'TOKEN', '--json');
    expect([set.exitCode, errorOf(set).error_code]).toEqual([1, 'SECRET_BACKEND_READ_ONLY']);
    expect(set.stderr).not.toContain('s3cret-value');
    const removed = await oatty.run('secret', 'remove', 'TOKEN', '--yes', '--json');
    expect([removed.exitCode, errorOf(removed).error_code]).toEqual([1, 'SECRET_BACKEND_READ_ONLY']);
  });

  it('need a value on stdin, and a confirmation to be forgotten', async () => {
    await using oatty = await openCommandLine();
    const empty = await oatty.run('secret', 'set', 'TOKEN', '--json');
    expect([empty.exitCode, errorOf(empty).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
    const asked = await oatty.binary.run('secret', 'remove', 'TOKEN', '--json');
    expect([asked.exitCode, errorOf(asked).error_code]).toEqual([1, 'CONFIRMATION_REQUIRED']);
  });

  it('are used by manifests only with a catalog that they are bound to, and are never shown', async () => {
    await using oatty = await shops.open();
    const path = await oatty.write(
      'note.yaml',
      'workflow: note\nsteps:\n  - id: add\n    run: shop customers:create\n    with: { name: "${{ secrets.NICK }}", email: a@example.com }\n',
    );
    const env = { NICK: 's3cret-name' };
    const unbound = await oatty.runWith({ env }, 'run', path, '--json');
    expect([unbound.exitCode === 0, shops.shop.calls()]).toEqual([false, []]);
    const { document } = await oatty.binary.json('secret', 'bind', 'NICK', 'shop-api');
    expect(document).toEqual({ name: 'NICK', catalog_id: 'shop-api' });
    const listed = await oatty.binary.runWith({ env }, 'secret', 'list');
    expect(listed.stdout).toMatch(/^SECRET +SET +CATALOGS\nNICK +yes +shop-api$/m);
    expect((await oatty.json('secret', 'list')).document).toEqual({
      items: [{ name: 'NICK', catalogs: ['shop-api'], is_set: false }],
    });
    const bound = await oatty.binary.runWith({ env }, 'run', path, '--json');
    expect([bound.exitCode, shops.shop.calls()]).toMatchObject([0, [{ body: { name: 's3cret-name' } }]]);
    expect(bound.stdout + bound.stderr).not.toContain('s3cret-name');
  });

  it('are listed by name', async () => {
    await using oatty = await openCommandLine();
    expect((await oatty.json('secret', 'list')).document).toEqual({ items: [] });
    expect((await oatty.run('secret', 'list')).stdout).toBe('No secrets are set.\n');
  });
});

// --- internal ---

const tiny = `openapi: 3.1.0
info: { title: Tiny, version: '1' }
servers: [{ url: https://tiny.example }]
paths:
  /things:
    get: { summary: List things, responses: { '200': { description: ok } } }
`;
