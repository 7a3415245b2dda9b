/** A running shop and an oatty of its own that has imported it, both gone after the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi, ShopApiOptions } from '@oatty/example-shop-api';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';

export const shopDescription = fileURLToPath(import.meta.resolve('@oatty/example-shop-api/openapi.yaml'));

export interface ShopWorld {
  readonly shop: ShopApi;
  readonly oatty: Oatty;
  /** Holds the registry and the workflows. */
  readonly dir: string;
  /** Environment in which another process sees the same files. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

export async function openShop(options?: ShopApiOptions): Promise<ShopWorld> {
  const shop = await startShopApi(options);
  const dir = await mkdtemp(join(tmpdir(), 'oatty-mcp-'));
  const env = {
    REGISTRY_CONFIG_PATH: join(dir, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_KEY: 'shop-test-key',
  };
  const oatty = await createOatty({ env, cwd: dir });
  await oatty.catalogs.importOpenapi({ source: shopDescription, vendor: 'shop', baseUrl: shop.url });
  await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_KEY}' });
  return {
    shop,
    oatty,
    dir,
    env,
    async close() {
      await oatty.close();
      await shop.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
}
