import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startShopApi } from '@oatty/example-shop-api';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { openShop, shopDescription } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

let world: ShopWorld;
let client: TestClient;

beforeEach(async () => {
  world = await openShop();
  client = await connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined });
  await client.client.listTools();
});

afterEach(() => world.close());

describe('catalog.list', () => {
  it('lists what is imported', async () => {
    expect(await call(client, 'catalog_list')).toMatchObject({
      items: [
        { catalog_id: 'shop-api', vendor: 'shop', kind: 'openapi', enabled: true, base_url: world.shop.url },
      ],
      problems: [],
    });
  });
});

describe('catalog.validate_openapi', () => {
  it('knows an OpenAPI document', async () => {
    expect(await call(client, 'catalog_validate_openapi', { source: shopDescription })).toMatchObject({
      valid: true,
      document_kind: 'openapi_3',
      operation_count: expect.any(Number),
      violations: [],
    });
  });

  it('reads a URL of this machine only when it is asked to', async () => {
    const source = `${world.shop.url}/openapi.yaml`;
    expect((await failure(client, 'catalog_validate_openapi', { source })).error_code).toBe(
      'ADDRESS_NOT_ALLOWED',
    );
    const asked = { source, allow_private: true };
    expect(await call(client, 'catalog_validate_openapi', asked)).toMatchObject({ valid: true });
  });

  it('takes the source as what it is said to be', async () => {
    const args = { source: `${world.shop.url}/openapi.yaml`, source_type: 'path' };
    expect((await failure(client, 'catalog_validate_openapi', args)).error_code).toBe('SOURCE_NOT_FOUND');
  });
});

describe('catalog.preview_import', () => {
  const source = shopDescription;

  it('shows what an import would bring, and writes nothing', async () => {
    const args = { source, catalog_title: 'Second shop', vendor: 'second', base_url: 'https://shop.example' };
    expect(await call(client, 'catalog_preview_import', args)).toMatchObject({
      catalog: {
        catalog_id: 'second-shop',
        title: 'Second shop',
        vendor: 'second',
        base_url: 'https://shop.example',
      },
      projected_command_count: expect.any(Number),
      projected_group_prefixes: expect.arrayContaining(['orders']),
    });
    expect((await call(client, 'catalog_list')).items).toHaveLength(1);
  });

  it('shows commands when asked', async () => {
    expect(await call(client, 'catalog_preview_import', { source })).not.toHaveProperty('command_preview');
    const preview = await call(client, 'catalog_preview_import', { source, include_command_preview: true });
    expect(preview.command_preview).toContainEqual(expect.objectContaining({ effect: 'destructive' }));
  });
});

describe('catalog.import_openapi', () => {
  const source = shopDescription;

  it('brings commands that can be run', async () => {
    const other = await startShopApi();
    const args = { source, catalog_title: 'Second shop', vendor: 'second', base_url: other.url };
    expect(await call(client, 'catalog_import_openapi', { ...args, confirm: true })).toMatchObject({
      kind: 'catalog',
      catalog_id: 'second-shop',
      vendor: 'second',
      enabled: true,
      base_urls: expect.any(Array),
    });
    expect(await call(client, 'command_run_safe', { command_id: 'second health:list' })).toMatchObject({
      status: 200,
    });
    await other.close();
  });

  it('replaces a catalog only when asked', async () => {
    const args = { source, vendor: 'shop' };
    expect(await failure(client, 'catalog_import_openapi', args)).toMatchObject({
      error_code: 'CATALOG_CONFLICT',
      category: 'conflict',
    });
    expect(await call(client, 'catalog_import_openapi', { ...args, overwrite: true })).toMatchObject({
      changes: { added: [], removed: [], changed: [] },
    });
  });

  it('can leave the catalog disabled', async () => {
    const args = { source, catalog_title: 'Off', vendor: 'off', enabled: false };
    expect(await call(client, 'catalog_import_openapi', args)).toMatchObject({ enabled: false });
  });
});

describe('catalog.set_enabled', () => {
  it('takes the commands away and brings them back', async () => {
    const { command_count_after_toggle: none } = await call(client, 'catalog_set_enabled', {
      catalog_id: 'shop-api',
      enabled: false,
    });
    expect(none).toBe(0);
    expect((await call(client, 'command_list', { vendor: 'shop' })).items).toEqual([]);
    const again = await call(client, 'catalog_set_enabled', { catalog_title: 'Shop API', enabled: true });
    expect(again).toMatchObject({ catalog_id: 'shop-api', enabled: true });
    expect(again.command_count_after_toggle).toBeGreaterThan(0);
  });

  it.each([[{}], [{ catalog_id: 'shop-api', catalog_title: 'Shop API' }]])('refuses %j', async (args) => {
    const refused = await failure(client, 'catalog_set_enabled', { ...args, enabled: true });
    expect(refused).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      context: { arguments: ['catalog_id', 'catalog_title'] },
    });
  });

  it('names the catalogs that there are', async () => {
    const args = { catalog_title: 'Shop', enabled: true };
    expect(await failure(client, 'catalog_set_enabled', args)).toMatchObject({
      error_code: 'CATALOG_NOT_FOUND',
      suggested_action: 'Use one of: shop-api.',
    });
  });
});

describe('catalog.set_base_url', () => {
  it('sends the next request there', async () => {
    const other = await startShopApi();
    const args = { catalog_id: 'shop-api', base_url: other.url, confirm: true };
    expect(await call(client, 'catalog_set_base_url', args)).toMatchObject({
      catalog_id: 'shop-api',
      base_url: other.url,
      base_urls: expect.arrayContaining([world.shop.url, other.url]),
    });
    await call(client, 'command_run_safe', { command_id: 'shop health:list' });
    expect([other.calls().length, world.shop.calls().length]).toEqual([1, 0]);
    await other.close();
  });

  it('refuses what is no address', async () => {
    for (const base_url of ['shop', 'file:///etc', 'https://me:secret@shop.example']) {
      const refused = await failure(client, 'catalog_set_base_url', { catalog_id: 'shop-api', base_url });
      expect(refused.error_code).toBe('ARGUMENT_INVALID');
      expect(JSON.stringify(refused)).not.toContain('secret');
    }
  });
});

describe('catalog.edit_headers', () => {
  const catalog_id = 'shop-api';

  it('masks values and shows references', async () => {
    const set = { 'X-Team': 'blue-team-token', 'X-Trace': 'Bearer ${env:SHOP_KEY}' };
    const edited = await call(client, 'catalog_edit_headers', { catalog_id, set });
    expect(JSON.stringify(edited)).not.toContain('blue-team-token');
    expect(JSON.stringify(edited)).not.toContain('shop-test-key');
    expect(edited).toHaveProperty('headers.X-Team');
    expect(edited).toMatchObject({ headers: { 'X-Trace': expect.stringContaining('${env:SHOP_KEY}') } });
  });

  it('forgets a header', async () => {
    await call(client, 'catalog_edit_headers', { catalog_id, set: { 'X-Team': 'blue' } });
    const edited = await call(client, 'catalog_edit_headers', { catalog_id, unset: ['x-team'] });
    expect(edited.headers).toEqual({});
  });

  it('sends what a reference stands for', async () => {
    await call(client, 'catalog_edit_headers', { catalog_id, set: { 'X-Trace': '${env:SHOP_KEY}' } });
    await call(client, 'command_run_safe', { command_id: 'shop health:list' });
    expect(world.shop.calls()[0]?.headers).toMatchObject({ 'x-trace': 'shop-test-key' });
  });

  it('refuses a value that would be two headers', async () => {
    const set = { 'X-Team': 'blue\r\nX-Admin: yes' };
    const refused = await failure(client, 'catalog_edit_headers', { catalog_id, set });
    expect(refused.error_code).toBe('ARGUMENT_INVALID');
  });
});

describe('catalog.remove', () => {
  it('removes the entry, and the generated file when asked', async () => {
    const { manifest_path } = await call(client, 'catalog_import_openapi', {
      source: shopDescription,
      catalog_title: 'Second shop',
      vendor: 'second',
    });
    const removed = await call(client, 'catalog_remove', {
      catalog_title: 'Second shop',
      remove_manifest: true,
      confirm: true,
    });
    expect(removed).toEqual({
      removed_catalog_id: 'second-shop',
      manifest_removed: true,
      remaining_catalog_count: 1,
    });
    expect(existsSync(String(manifest_path))).toBe(false);
  });

  it('keeps the file otherwise', async () => {
    const args = { catalog_id: 'shop-api', confirm: true };
    expect(await call(client, 'catalog_remove', args)).toMatchObject({ manifest_removed: false });
    expect(existsSync(join(world.oatty.paths.catalogs, 'shop-api.json'))).toBe(true);
  });

  it('asks the person, with the catalog named', async () => {
    const careful = await connectInMemory(
      { oatty: world.oatty, version: '1', log: () => undefined },
      { person: () => ({ action: 'decline' }) },
    );
    const refused = await failure(careful, 'catalog_remove', { catalog_id: 'shop-api', confirm: true });
    expect(refused.error_code).toBe('CANCELED');
    expect(careful.forms[0]?.message).toMatch(/^Remove the catalog "Shop API" \(\d+ commands\)/);
    expect((await call(client, 'catalog_list')).items).toHaveLength(1);
  });

  it('needs no confirmation to say that there is none', async () => {
    expect((await failure(client, 'catalog_remove', { catalog_id: 'none' })).error_code).toBe(
      'CATALOG_NOT_FOUND',
    );
  });

  it('removes one whose file is broken', async () => {
    await writeFile(join(world.oatty.paths.catalogs, 'shop-api.json'), 'broken');
    const args = { catalog_id: 'shop-api', confirm: true };
    expect(await call(client, 'catalog_remove', args)).toMatchObject({ removed_catalog_id: 'shop-api' });
  });
});
