import { describe, expect, it } from 'vitest';
import { rmSync, statSync, utimesSync, writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { resolveSchema } from '@oatty/types';
import type { Catalog, CatalogManifest } from '@oatty/types';
import type { RuntimePaths } from '../paths/resolve-paths.ts';
import { aHome } from '../../test/builders/a-home.ts';
import { aCommand, aManifest } from '../../test/builders/a-manifest.ts';
import { createCatalogStore } from './catalog-store.ts';
import { createCommandIndex } from './command-index.ts';
import type { CommandIndex } from './command-index.ts';
import { toEntry } from './import-rules.ts';

async function anIndex(manifests: readonly CatalogManifest[], paths = aHome()): Promise<CommandIndex> {
  const store = createCatalogStore(paths);
  for (const manifest of manifests) await store.save({ manifest, source: 'x', sourceType: 'path' });
  return anotherIndex(paths);
}

/** As the next process sees it. */
async function anotherIndex(paths: RuntimePaths): Promise<CommandIndex> {
  const index = createCommandIndex(createCatalogStore(paths));
  await index.refresh();
  return index;
}

function aCatalog(manifest: CatalogManifest): Catalog {
  const save = { manifest, source: 'memory', sourceType: 'path' as const };
  return { manifest, entry: toEntry(save, undefined, { file: 'none.json', sha256: '' }) };
}

describe('finding a command', () => {
  it('gives it with its catalog, schemas and security schemes', async () => {
    const index = await anIndex([aManifest()]);
    expect(index.find('shop orders:list')).toMatchObject({
      command: { id: 'shop orders:list', effect: 'safe' },
      entry: { id: 'shop-api', base_url: 'https://shop.example' },
      schemas: { Order: { type: 'object' } },
      securitySchemes: { key: { kind: 'api_key' } },
    });
  });

  it('gives nothing for an unknown id', async () => {
    const index = await anIndex([aManifest()]);
    expect(['shop orders', 'shop', '', 'bank x', 'shop orders:list2'].map((id) => index.find(id))).toEqual(
      Array.from({ length: 5 }),
    );
  });

  it('reads schemas one by one, whatever their names', async () => {
    const schemas = JSON.parse(
      '{"__proto__": {"type": "string"}, "a/b~c": {"$ref": "#/schemas/__proto__"}}',
    ) as CatalogManifest['schemas'];
    const index = await anIndex([aManifest({ schemas })]);
    const found = index.find('shop orders:list');
    const table = found?.schemas ?? {};
    expect(Object.keys(table)).toEqual(['__proto__', 'a/b~c']);
    expect(resolveSchema({ $ref: '#/schemas/a~1b~0c' }, table)).toEqual({ type: 'string' });
    expect(resolveSchema({ $ref: '#/schemas/constructor' }, table)).toBeUndefined();
  });

  it('gives each of more commands than it keeps in memory', async () => {
    const ids = Array.from({ length: 300 }, (_, index) => `shop orders:list-${index}`);
    const index = await anIndex([aManifest({ commands: ids.map((id) => aCommand(id)) })]);
    for (const id of [...ids, ...ids]) expect(index.find(id)?.command.id).toBe(id);
  });

  it('says when the catalog is disabled', async () => {
    const paths = aHome();
    const index = await anIndex([aManifest()], paths);
    await createCatalogStore(paths).setEnabled('shop-api', false);
    await index.refresh();
    expect(index.find('shop orders:list')).toMatchObject({ entry: { id: 'shop-api', enabled: false } });
  });

  it('uses the settings of its own catalog after another was removed', async () => {
    const paths = aHome();
    const index = await anIndex(
      ['first', 'second'].map((vendor) =>
        aManifest({ title: vendor, vendor, base_urls: [`https://${vendor}.example`] }),
      ),
      paths,
    );
    await createCatalogStore(paths).remove('first', { removeManifest: true });
    await index.refresh();
    expect(index.find('first orders:list')).toBeUndefined();
    expect(index.find('second orders:list')).toMatchObject({ entry: { base_url: 'https://second.example' } });
  });

  it('sees a new import by another process, also through tables that were handed out before', async () => {
    const paths = aHome();
    const index = await anIndex([aManifest()], paths);
    const before = index.find('shop orders:list');
    const manifest = aManifest({
      description: 'A longer description, so that every line moves.',
      commands: [aCommand('shop orders:list', { summary: 'Changed' })],
      schemas: { Order: { type: 'string' } },
    });
    await createCatalogStore(paths).save({ manifest, source: 'x', sourceType: 'path', overwrite: true });
    expect(before?.schemas['Order']).toEqual({ type: 'string' });
    expect(index.find('shop orders:list')).toMatchObject({ command: { summary: 'Changed' } });
    expect(index.find('shop orders:info')).toBeUndefined();
  });

  it('says why when the catalog that may have it is broken', async () => {
    const paths = aHome();
    await anIndex([aManifest(), aManifest({ title: 'bank', vendor: 'bank' })], paths);
    writeFileSync(join(paths.catalogsDir, 'shop-api.json'), '{');
    const index = await anotherIndex(paths);
    expect(() => index.find('shop orders:list')).toThrow(expect.objectContaining({ code: 'STORAGE_FAILED' }));
    expect(index.find('bank orders:list')).toMatchObject({ entry: { enabled: true } });
    expect(index.ids()).toEqual(['bank orders:info', 'bank orders:list']);
  });
});

const lookupFile = (paths: RuntimePaths) => join(paths.catalogsDir, 'shop-api.index.json');
const searchFile = (paths: RuntimePaths) => join(paths.catalogsDir, 'shop-api.search.json');

describe('the tables beside a manifest', () => {
  it.each([
    [
      'missing',
      (paths: RuntimePaths) => [lookupFile(paths), searchFile(paths)].forEach((path) => rmSync(path)),
    ],
    [
      'broken',
      (paths: RuntimePaths) =>
        [lookupFile(paths), searchFile(paths)].forEach((path) => writeFileSync(path, '{')),
    ],
    [
      'of another format',
      (paths: RuntimePaths) => writeFileSync(lookupFile(paths), '{"format_version": 99}'),
    ],
  ])('are made again when they are %s', async (_, damage) => {
    const paths = aHome();
    await anIndex([aManifest()], paths);
    const [lookup, search] = [
      readFileSync(lookupFile(paths), 'utf8'),
      readFileSync(searchFile(paths), 'utf8'),
    ];
    damage(paths);
    const index = await anotherIndex(paths);
    expect(index.find('shop orders:list')).toMatchObject({ command: { id: 'shop orders:list' } });
    expect(index.search('list orders').items[0]).toMatchObject({ id: 'shop orders:list' });
    expect(readFileSync(lookupFile(paths), 'utf8')).toBe(lookup);
    expect(readFileSync(searchFile(paths), 'utf8')).toBe(search);
  });

  it('are made again when the manifest was replaced behind their back', async () => {
    const paths = aHome();
    await anIndex([aManifest()], paths);
    const other = aHome();
    await anIndex([aManifest({ commands: [aCommand('shop stock:list')] })], other);
    writeFileSync(
      join(paths.catalogsDir, 'shop-api.json'),
      readFileSync(join(other.catalogsDir, 'shop-api.json')),
    );
    const index = await anotherIndex(paths);
    expect(index.ids()).toEqual(['shop stock:list']);
    expect(index.search('stock').items).toMatchObject([{ id: 'shop stock:list' }]);
  });

  it('are made again when they fit in size and time but not in content', async () => {
    const paths = aHome();
    await anIndex([aManifest()], paths);
    const path = join(paths.catalogsDir, 'shop-api.json');
    writeFileSync(path, readFileSync(path, 'utf8').replaceAll('shop orders:list', 'shop orders:lost'));
    const late = new Date(statSync(path).mtimeMs + 5_000);
    utimesSync(lookupFile(paths), late, late);
    const index = await anotherIndex(paths);
    expect(index.find('shop orders:list')).toBeUndefined();
    expect(index.find('shop orders:lost')).toMatchObject({ command: { id: 'shop orders:lost' } });
  });

  it('stay when only the times of the files are off, as after a copy', async () => {
    const paths = aHome();
    await anIndex([aManifest()], paths);
    utimesSync(lookupFile(paths), 1, 1);
    const index = await anotherIndex(paths);
    expect(index.find('shop orders:list')).toMatchObject({ entry: { enabled: true } });
    expect(statSync(lookupFile(paths)).mtimeMs).toBeGreaterThan(1_000);
  });

  it('are not needed for a manifest that somebody has formatted', async () => {
    const paths = aHome();
    await anIndex([aManifest()], paths);
    const path = join(paths.catalogsDir, 'shop-api.json');
    const formatted = JSON.stringify(JSON.parse(readFileSync(path, 'utf8')), null, 2);
    writeFileSync(path, formatted);
    const index = await anotherIndex(paths);
    expect(index.find('shop orders:list')).toMatchObject({ schemas: { Order: { type: 'object' } } });
    expect(index.search('orders').total).toBe(2);
    expect(readFileSync(path, 'utf8')).toBe(formatted);
  });
});

describe('catalogs in memory', () => {
  const greeter = aManifest({
    title: 'Greeter',
    vendor: 'hello',
    kind: 'module',
    commands: [aCommand('hello say')],
  });

  it('are found, listed and searched like any other', async () => {
    const index = await anIndex([aManifest()]);
    index.register(aCatalog(greeter));
    expect(index.find('hello say')).toMatchObject({
      command: { id: 'hello say' },
      entry: { kind: 'module' },
    });
    expect(index.vendors()).toEqual(['hello', 'shop']);
    expect(index.search('say hello').items).toMatchObject([{ id: 'hello say', catalog_id: 'greeter' }]);
  });

  it('are replaced and taken away again', async () => {
    const index = await anIndex([]);
    index.register(aCatalog(greeter));
    index.register(aCatalog({ ...greeter, commands: [aCommand('hello wave')] }));
    expect(index.ids()).toEqual(['hello wave']);
    index.unregister('greeter');
    expect(index.ids()).toEqual([]);
  });

  it('may not bring a command that is there', async () => {
    const index = await anIndex([aManifest()]);
    const clash = aManifest({ title: 'Other', commands: [aCommand('shop orders:list')] });
    expect(() => index.register(aCatalog(clash))).toThrow(
      expect.objectContaining({ code: 'CATALOG_CONFLICT' }),
    );
  });
});

describe('lists', () => {
  const manifests = [
    aManifest({ commands: ['d', 'a', 'c'].map((name) => aCommand(`shop ${name}`)) }),
    aManifest({ title: 'Shop two', commands: [aCommand('shop b')] }),
    aManifest({ title: 'bank', vendor: 'bank', commands: [aCommand('bank x')] }),
  ];

  it('are in id order over all catalogs', async () => {
    const index = await anIndex(manifests);
    expect(index.ids()).toEqual(['bank x', 'shop a', 'shop b', 'shop c', 'shop d']);
    expect(index.ids({ vendor: 'bank' })).toEqual(['bank x']);
  });

  it('come in pages without a gap', async () => {
    const index = await anIndex(manifests);
    const first = index.page({ vendor: 'shop', limit: 3 });
    const second = index.page({ vendor: 'shop', limit: 3, cursor: first.next_cursor! });
    expect([...first.items, ...second.items].map(({ id }) => id)).toEqual([
      'shop a',
      'shop b',
      'shop c',
      'shop d',
    ]);
    expect(first.items[0]).toEqual({
      id: 'shop a',
      summary: 'Summary of shop a',
      effect: 'safe',
      method: 'GET',
      path: '/shop/a',
      catalog_id: 'shop-api',
    });
    expect(second).not.toHaveProperty('next_cursor');
  });

  it.each([{ limit: 0 }, { limit: 501 }, { limit: 1.5 }, { cursor: 'not a cursor' }, { cursor: '' }])(
    'refuse the page %j',
    async (options) => {
      const index = await anIndex(manifests);
      expect(() => index.page(options)).toThrow(expect.objectContaining({ code: 'ARGUMENT_INVALID' }));
    },
  );

  it('leave disabled catalogs out unless they are asked for', async () => {
    const paths = aHome();
    await anIndex(manifests, paths);
    await createCatalogStore(paths).setEnabled('bank', false);
    const index = await anotherIndex(paths);
    expect(index.ids()).not.toContain('bank x');
    expect(index.page({ vendor: 'bank', includeDisabled: true }).items).toMatchObject([
      { id: 'bank x', enabled: false },
    ]);
    expect(index.vendors()).toEqual(['bank', 'shop']);
  });

  it('give the contracts of providers', async () => {
    const index = await anIndex([aManifest()]);
    expect(index.providers()).toEqual(aManifest().providers);
    expect(index.provider('shop orders:list')).toMatchObject({ command: 'shop orders:list' });
    expect(index.provider('shop orders:info')).toBeUndefined();
  });
});

describe('the nearest ids', () => {
  const index = anIndex([
    aManifest({
      commands: ['orders:list', 'orders:create', 'orders:info', 'stock:list'].map((name) =>
        aCommand(`shop ${name}`),
      ),
    }),
  ]);

  it.each([
    ['shop order:list', 'shop orders:list'],
    ['shp orders:list', 'shop orders:list'],
    ['shop orders:creat', 'shop orders:create'],
    ['shop create-order', 'shop orders:create'],
    ['shop list all the stock', 'shop stock:list'],
  ])('of %s begin with %s', async (typed, meant) => {
    expect((await index).nearest(typed)[0]).toBe(meant);
  });

  it('are as many as were asked for, or fewer', async () => {
    expect((await index).nearest('shop orders', 2)).toHaveLength(2);
    expect((await index).nearest('', 3)).toEqual([]);
    expect((await index).nearest('zzz qqqqqqqqqqqqqqqqqqqqqqqqqqqq')).toEqual([]);
  });
});
