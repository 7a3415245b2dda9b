/** A configuration of its own for one benchmark, removed afterwards. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi } from '@oatty/example-shop-api';
import { runOatty } from './child.ts';

const shopDescription = fileURLToPath(new URL('../../examples/shop-api/openapi.yaml', import.meta.url));

/** The folder with large descriptions, or `undefined`. */
export const corpus: string | undefined = process.env['OATTY_CORPUS'];

export interface Home {
  readonly folder: string;
  readonly env: Readonly<Record<string, string>>;
}

export async function withHome<Result>(work: (home: Home) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'oatty-bench-'));
  const env = {
    REGISTRY_CONFIG_PATH: join(folder, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_API_KEY: 'shop-test-key',
    TMPDIR: folder, // the compile cache of the binary is below it
  };
  try {
    return await work({ folder, env });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** A home with the shop imported, and GitHub's catalog too where the corpus has it. */
export async function withShop<Result>(
  work: (home: Home, shop: ShopApi) => Promise<Result>,
): Promise<Result> {
  const shop = await startShopApi();
  try {
    return await withHome(async (home) => {
      await runOatty(['import', shopDescription, '--vendor', 'shop', '--base-url', shop.url], home.env);
      await runOatty(
        ['catalog', 'auth', 'shop-api', 'apiKey', '--set', 'value=${env:SHOP_API_KEY}'],
        home.env,
      );
      if (corpus !== undefined)
        await runOatty(['import', join(corpus, 'github-3.0.json'), '--vendor', 'github'], home.env);
      return work(home, shop);
    });
  } finally {
    await shop.close();
  }
}

export async function writeWorkflows(home: Home, count: number): Promise<void> {
  const folder = join(home.folder, 'workflows');
  await mkdir(folder, { recursive: true });
  for (let index = 0; index < count; index++)
    await writeFile(join(folder, `w${index}.yaml`), chainText(`w${index}`, 5));
}

/** A workflow of `steps` requests, one after the other. */
export function chain(id: string, steps: number): Readonly<Record<string, unknown>> {
  return {
    workflow: id,
    title: `${steps} requests`,
    steps: Array.from({ length: steps }, (_, index) => ({
      id: `s${index}`,
      run: 'shop orders:info',
      with: { order: 'ord_1' },
      ...(index > 0 && { depends_on: [`s${index - 1}`] }),
    })),
  };
}

/** The same as people write it. */
export function chainText(id: string, steps: number): string {
  const lines = Array.from({ length: steps }, (_, index) => [
    `  - id: s${index}`,
    `    run: shop orders:info`,
    `    with: { order: ord_1 }`,
    ...(index === 0 ? [] : [`    depends_on: [s${index - 1}]`]),
  ]);
  return [`workflow: ${id}`, `title: ${steps} requests`, 'steps:', ...lines.flat(), ''].join('\n');
}
