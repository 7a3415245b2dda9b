/** An oatty with files of its own, gone with the test. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi, ShopApiOptions } from '@oatty/example-shop-api';
import { onTestFinished } from 'vitest';
import { createOatty } from '../src/index.ts';
import type { Oatty, OattyOptions } from '../src/index.ts';

export const shopDescription: string = fileURLToPath(
  import.meta.resolve('@oatty/example-shop-api/openapi.yaml'),
);

export interface Home {
  /** Holds the settings, and is the working directory. */
  readonly dir: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function aHome(): Promise<Home> {
  const dir = await mkdtemp(join(tmpdir(), 'oatty-runtime-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  return {
    dir,
    env: {
      REGISTRY_CONFIG_PATH: join(dir, 'registry.json'),
      OATTY_SECRETS_BACKEND: 'env',
      SHOP_KEY: 'shop-test-key',
    },
  };
}

/** Another process would see the same files. */
export async function openAt({ dir, env }: Home, options: OattyOptions = {}): Promise<Oatty> {
  const oatty = await createOatty({ cwd: dir, ...options, env: { ...env, ...options.env } });
  onTestFinished(() => oatty.close());
  return oatty;
}

export async function openOatty(options?: OattyOptions): Promise<Oatty> {
  return openAt(await aHome(), options);
}

export interface ShopWorld {
  readonly shop: ShopApi;
  readonly oatty: Oatty;
  readonly home: Home;
}

/** With the shop's description imported, and its key set. */
export async function openShop(
  options: OattyOptions = {},
  shopOptions: ShopApiOptions = {},
): Promise<ShopWorld> {
  const shop = await startShopApi({ retryAfterSeconds: 0, ...shopOptions });
  onTestFinished(() => shop.close());
  const home = await aHome();
  const oatty = await openAt(home, options);
  await oatty.catalogs.importOpenapi({ source: shopDescription, vendor: 'shop', baseUrl: shop.url });
  await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_KEY}' });
  return { shop, oatty, home };
}

/** How often an operation of the shop was called. */
export function countCalls(shop: ShopApi, operationId: string): number {
  return shop.calls().filter(({ operation_id }) => operation_id === operationId).length;
}
