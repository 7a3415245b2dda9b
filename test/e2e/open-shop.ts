/** A fresh example server, and an oatty of its own that has imported it and may call it. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi } from '@oatty/example-shop-api';
import { createOatty } from '@oatty/runtime';
import type { Oatty, OattyOptions } from '@oatty/runtime';

export const repository: string = fileURLToPath(new URL('../..', import.meta.url));

export interface OpenShop {
  readonly shop: ShopApi;
  readonly oatty: Oatty;
  /** Saves example workflows, in this order. */
  save(...workflowIds: string[]): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function openShop(options: OattyOptions = {}): Promise<OpenShop> {
  const shop = await startShopApi({ retryAfterSeconds: 0 });
  const home = await mkdtemp(join(tmpdir(), 'oatty-e2e-'));
  const env = {
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_API_KEY: 'shop-test-key',
  };
  const oatty = await createOatty({ ...options, env, cwd: repository });
  await oatty.catalogs.importOpenapi({
    source: 'examples/shop-api/openapi.yaml',
    vendor: 'shop',
    baseUrl: shop.url,
  });
  await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_API_KEY}' });
  return {
    shop,
    oatty,
    async save(...workflowIds) {
      for (const id of workflowIds) await oatty.workflows.import({ source: `workflows/${id}.yaml` });
    },
    async [Symbol.asyncDispose]() {
      await oatty.close();
      await shop.close();
      await rm(home, { recursive: true, force: true });
    },
  };
}
