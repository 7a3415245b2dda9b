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

  it('reads a URL of this machine only when that is asked for', async () => {
    const source = `${world.shop.url}/openapi.yaml`;
    expect((await failure(client, 'catalog_validate_openapi', { source })).error_code).toBe(
      'ADDRESS_NOT_ALLOWED',
    );
    const args = { source, allow_private: true };
    expect(await call(client, 'catalog_validate_openapi', args)).toMatchObject({ valid: true });
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
    expect(await call(client, 'catalog_import_openapi', args)).toMatchObject({
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
