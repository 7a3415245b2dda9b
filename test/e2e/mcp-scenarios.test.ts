/** Every scenario over every transport, on one server each. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi } from '@oatty/example-shop-api';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectTo, servings } from './connect-mcp.ts';
import type { McpServing, Person } from './connect-mcp.ts';
import { findMissingTests } from './find-missing-tests.ts';
import { scenarios } from './mcp-scenarios.ts';
import type { Stage } from './mcp-scenarios.ts';
import { requirements } from './requirements.ts';

describe('the requirements', () => {
  const cited = new Set<string>(scenarios.flatMap(({ covers }) => covers));

  it('are each covered by a scenario or a test', () => {
    const uncovered = [...requirements].filter(([id, { tests }]) => !cited.has(id) && tests.length === 0);
    expect(uncovered.map(([id]) => id)).toEqual([]);
  });

  it('are the only ones that scenarios name', () => {
    expect([...cited].filter((id) => !requirements.has(id))).toEqual([]);
  });

  it('name tests that there are, by their titles', async () => {
    const references = [...requirements.values()].flatMap(({ tests }) => tests);
    expect(await findMissingTests(references)).toEqual([]);
  });

  it('say what is required, and where that stands', () => {
    for (const { text, source } of requirements.values()) {
      expect(text).toMatch(/\.$/);
      expect(source).toMatch(/^(authoring|design|mcp|mcp-2026) /);
    }
  });
});

describe.each(Object.entries(servings))('a client %s', (_, serve) => {
  let home: string;
  let shop: ShopApi;
  let oatty: Oatty;
  let serving: McpServing;
  let stage: Stage;
  let answer: ReturnType<Person> = { action: 'decline' };

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'oatty-scenarios-'));
    shop = await startShopApi();
    const env = {
      REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
      OATTY_SECRETS_BACKEND: 'env',
      SHOP_KEY: 'shop-test-key',
    };
    oatty = await createOatty({ env, cwd: home });
    const description = fileURLToPath(import.meta.resolve('@oatty/example-shop-api/openapi.yaml'));
    await oatty.catalogs.importOpenapi({ source: description, vendor: 'shop', baseUrl: shop.url });
    await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_KEY}' });
    serving = await serve({ oatty, env });
    stage = {
      plain: await connectTo(serving),
      asked: await connectTo(serving, () => answer),
      setAnswer: (next) => {
        answer = next;
      },
      shop,
      description,
    };
  }, 120_000);

  afterAll(async () => {
    await stage.plain.client.close();
    await stage.asked.client.close();
    await serving.close();
    await oatty.close();
    await shop.close();
    await rm(home, { recursive: true, force: true });
  });

  it.each(scenarios.map((scenario) => [scenario.title, scenario] as const))(
    '%s',
    async (_title, scenario) => {
      expect.hasAssertions();
      await scenario.run(stage);
    },
  );
});
