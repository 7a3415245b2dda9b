import { describe, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { CatalogManifest } from '@oatty/types';
import { aHome } from '../../test/builders/a-home.ts';
import { aCommand, aManifest } from '../../test/builders/a-manifest.ts';
import { createCatalogStore } from './catalog-store.ts';

const run = promisify(execFile);
const script = fileURLToPath(new URL('../../test/children/save-catalog.ts', import.meta.url));

function aSave(manifest: CatalogManifest = aManifest()) {
  return { manifest, source: './openapi.yaml', sourceType: 'path' as const };
}

describe('a catalog store', () => {
  it('is empty when there is no registry', async () => {
    const paths = aHome();
    expect(await createCatalogStore(paths).list()).toEqual([]);
    expect(existsSync(dirname(paths.registryFile))).toBe(false);
  });

  it('keeps what was saved for the next process', async () => {
    const paths = aHome();
    const saved = await createCatalogStore(paths).save(aSave());
    const store = createCatalogStore(paths);
    expect(saved).toMatchObject({
      overwritten: false,
      entry: { id: 'shop-api', command_count: 2, enabled: true },
    });
    expect(await store.list()).toEqual([saved.entry]);
    expect(await store.load('shop-api')).toEqual({ entry: saved.entry, manifest: aManifest() });
    expect(await store.problems()).toEqual([]);
  });

  it('lists catalogs in the order in which they were added', async () => {
    const store = createCatalogStore(aHome());
    for (const vendor of ['zoo', 'art', 'mid']) await store.save(aSave(aManifest({ title: vendor, vendor })));
    await store.save({ ...aSave(aManifest({ title: 'art', vendor: 'art' })), overwrite: true });
    expect((await store.list()).map(({ id }) => id)).toEqual(['zoo', 'art', 'mid']);
  });

  it('lets nobody else read the registry', async () => {
    const paths = aHome();
    await createCatalogStore(paths).save(aSave());
    expect(statSync(paths.registryFile).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(paths.registryFile)).mode & 0o777).toBe(0o700);
  });

  it('writes the same manifest for the same description', async () => {
    const files = await Promise.all(
      [aHome(), aHome()].map(async (paths) => {
        await createCatalogStore(paths).save(aSave());
        return readdirSync(paths.catalogsDir).map((name) =>
          readFileSync(join(paths.catalogsDir, name), 'utf8'),
        );
      }),
    );
    expect(files[0]).toEqual(files[1]);
  });

  it('sees what another process has changed', async () => {
    const paths = aHome();
    const mine = createCatalogStore(paths);
    await mine.save(aSave());
    await createCatalogStore(paths).setEnabled('shop-api', false);
    expect(await mine.get('shop-api')).toMatchObject({ enabled: false });
  });

  it('names the catalogs that there are when asked for another', async () => {
    const store = createCatalogStore(aHome());
    await store.save(aSave());
    await expect(store.get('shop')).rejects.toMatchObject({
      code: 'CATALOG_NOT_FOUND',
      suggestedAction: 'Use one of: shop-api.',
    });
  });
});

describe('an import over a catalog that is there', () => {
  it('needs to be asked for', async () => {
    const store = createCatalogStore(aHome());
    await store.save(aSave());
    await expect(store.save(aSave())).rejects.toMatchObject({ code: 'CATALOG_CONFLICT' });
  });

  it('keeps what the user set', async () => {
    const store = createCatalogStore(aHome());
    await store.save(aSave());
    await store.editHeaders('shop-api', { set: { 'X-Tenant': 'a' } });
    await store.setAuth('shop-api', 'key', { value: '${env:KEY}' });
    await store.bindSecret('shop-api', 'TOKEN');
    await store.setBaseUrl('shop-api', 'http://localhost:3000');
    await store.setEnabled('shop-api', false);
    const renewed = aManifest({ description: 'Now larger.', base_urls: ['https://new.example'] });
    const { entry, overwritten } = await store.save({ ...aSave(renewed), overwrite: true });
    expect(overwritten).toBe(true);
    expect(entry).toMatchObject({
      description: 'Now larger.',
      headers: { 'X-Tenant': 'a' },
      auth: { key: { value: '${env:KEY}' } },
      secrets: ['TOKEN'],
      base_url: 'http://localhost:3000',
      base_urls: ['https://new.example', 'http://localhost:3000'],
      enabled: false,
    });
  });

  it('takes base URL and state when they are given', async () => {
    const store = createCatalogStore(aHome());
    await store.save({ ...aSave(), enabled: false });
    const again = { ...aSave(), overwrite: true, enabled: true, baseUrl: 'http://localhost:3000/' };
    expect((await store.save(again)).entry).toMatchObject({
      enabled: true,
      base_url: 'http://localhost:3000',
    });
  });

  it('refuses another title with the same id', async () => {
    const store = createCatalogStore(aHome());
    await store.save(aSave());
    const other = { ...aSave(aManifest({ title: 'Shop-API!' })), overwrite: true };
    await expect(store.save(other)).rejects.toMatchObject({
      code: 'CATALOG_CONFLICT',
      options: { context: { catalog_id: 'shop-api', existing_title: 'Shop API' } },
    });
  });
});

describe('command ids', () => {
  it('may not belong to two catalogs, not even to a disabled one', async () => {
    const store = createCatalogStore(aHome());
    await store.save({ ...aSave(), enabled: false });
    const other = aManifest({
      title: 'Other',
      commands: [aCommand('shop orders:list'), aCommand('shop new')],
    });
    await expect(store.save(aSave(other))).rejects.toMatchObject({
      code: 'CATALOG_CONFLICT',
      message: expect.stringContaining('"shop orders:list"'),
      suggestedAction: expect.stringContaining('--vendor'),
      options: { context: { catalog_id: 'shop-api', command_ids: ['shop orders:list'], command_count: 1 } },
    });
  });

  it('that clash are listed up to a limit', async () => {
    const store = createCatalogStore(aHome());
    const commands = Array.from({ length: 25 }, (_, index) => aCommand(`shop c${index}`));
    await store.save(aSave(aManifest({ commands })));
    const failure: unknown = await store
      .save(aSave(aManifest({ title: 'Other', commands })))
      .catch((e: unknown) => e);
    expect(failure).toMatchObject({ options: { context: { command_count: 25 } } });
    expect(failure).toHaveProperty('options.context.command_ids.length', 10);
  });

  it('may share a vendor', async () => {
    const store = createCatalogStore(aHome());
    await store.save(aSave());
    await store.save(aSave(aManifest({ title: 'Shop admin', commands: [aCommand('shop users:list')] })));
    expect((await store.list()).map(({ vendor }) => vendor)).toEqual(['shop', 'shop']);
  });

  it.each([
    ['a vendor of saved workflows', { vendor: 'workflow', commands: [] }],
    ['a vendor with a space', { vendor: 'my shop', commands: [] }],
    ['a command of another vendor', { commands: [aCommand('other x')] }],
    ['two commands with one id', { commands: [aCommand('shop x'), aCommand('shop x')] }],
    ['a title and a vendor without letters', { title: '日本', vendor: '日本', id: '', commands: [] }],
    ['a title that is too long', { title: 'x'.repeat(101) }],
    ['an id that is not the slug of the title', { id: '../evil' }],
  ])('and titles are checked: %s', async (_, fields) => {
    const paths = aHome();
    await expect(createCatalogStore(paths).save(aSave(aManifest(fields)))).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    expect(existsSync(paths.registryFile)).toBe(false);
  });
});

describe('removing a catalog', () => {
  it('forgets the entry and keeps the manifest', async () => {
    const paths = aHome();
    const store = createCatalogStore(paths);
    await store.save(aSave());
    expect(await store.remove('shop-api')).toMatchObject({ manifestRemoved: false, remaining: 0 });
    expect(await store.list()).toEqual([]);
    expect(readdirSync(paths.catalogsDir)).toContain('shop-api.json');
  });

  it('removes all its files when asked to', async () => {
    const paths = aHome();
    const store = createCatalogStore(paths);
    await store.save(aSave());
    expect(await store.remove('shop-api', { removeManifest: true })).toMatchObject({ manifestRemoved: true });
    expect(readdirSync(paths.catalogsDir)).toEqual([]);
  });

  it('leaves the settings of the others alone', async () => {
    const store = createCatalogStore(aHome());
    await store.save(aSave(aManifest({ title: 'first', vendor: 'first' })));
    await store.save(
      aSave(aManifest({ title: 'second', vendor: 'second', base_urls: ['https://second.example'] })),
    );
    await store.remove('first');
    expect(await store.list()).toMatchObject([{ id: 'second', base_url: 'https://second.example' }]);
  });
});

describe('a file that cannot be used', () => {
  it('of one catalog is a problem and harms no other', async () => {
    const paths = aHome();
    const store = createCatalogStore(paths);
    await store.save(aSave());
    await store.save(aSave(aManifest({ title: 'Bank', vendor: 'bank' })));
    const path = join(paths.catalogsDir, 'shop-api.json');
    writeFileSync(path, '{"format_version": 1,');
    expect(await store.problems()).toEqual([
      { catalog_id: 'shop-api', path, message: expect.stringContaining(path) as string },
    ]);
    expect((await store.load('bank')).manifest.vendor).toBe('bank');
    await expect(store.load('shop-api')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });

  it.each([
    ['of a newer format', { format_version: 2 }],
    ['of another catalog', { id: 'bank' }],
    ['without commands', { commands: undefined }],
    ['without schemas', { schemas: undefined }],
  ])('is found: a manifest %s', async (_, fields) => {
    const paths = aHome();
    const store = createCatalogStore(paths);
    await store.save(aSave());
    writeFileSync(join(paths.catalogsDir, 'shop-api.json'), JSON.stringify({ ...aManifest(), ...fields }));
    await expect(store.load('shop-api')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });

  it('is replaced by the next import', async () => {
    const paths = aHome();
    const store = createCatalogStore(paths);
    await store.save(aSave());
    writeFileSync(join(paths.catalogsDir, 'shop-api.json'), 'broken');
    await store.save({ ...aSave(), overwrite: true });
    expect(await store.problems()).toEqual([]);
  });

  it('is never overwritten when it is the registry', async () => {
    const paths = aHome();
    mkdirSync(dirname(paths.registryFile), { recursive: true });
    writeFileSync(paths.registryFile, '{"catalogs": [');
    const store = createCatalogStore(paths);
    await expect(store.list()).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    await expect(store.save(aSave())).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(readFileSync(paths.registryFile, 'utf8')).toBe('{"catalogs": [');
    expect(readdirSync(dirname(paths.registryFile))).toEqual(['registry.json']);
  });

  it('is named when it lies in a directory that cannot be written', async () => {
    const paths = aHome();
    const directory = dirname(paths.registryFile);
    mkdirSync(directory);
    chmodSync(directory, 0o555);
    chmodSync(dirname(directory), 0o755);
    const nobody = process.getuid?.() === 0 ? { uid: 65_534 } : {};
    const args = ['--conditions=@oatty/source', script, paths.registryFile, 'shop', '1'];
    const { stdout } = await run(process.execPath, args, nobody);
    expect(JSON.parse(stdout)).toMatchObject({
      error_code: 'STORAGE_FAILED',
      message: expect.stringContaining(directory),
    });
    expect(readdirSync(directory)).toEqual([]);
  });
});

describe('two processes', () => {
  it('that save at once lose nothing', async () => {
    const paths = aHome();
    const start = (vendor: string) =>
      run(process.execPath, ['--conditions=@oatty/source', script, paths.registryFile, vendor, '5']);
    await Promise.all(['a', 'b', 'c'].map(start));
    const store = createCatalogStore(paths);
    expect((await store.list()).map(({ id }) => id).sort()).toEqual(
      ['a', 'b', 'c'].flatMap((vendor) => [0, 1, 2, 3, 4].map((number) => `${vendor}-${number}`)),
    );
    expect(await store.problems()).toEqual([]);
    expect(readdirSync(dirname(paths.registryFile)).sort()).toEqual(['catalogs', 'registry.json']);
  });
});
