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
import type { Answers, McpServing, Revision } from './connect-mcp.ts';
import { findMissingTests } from './find-missing-tests.ts';
import { scenarios } from './mcp-scenarios.ts';
import type { Stage } from './mcp-scenarios.ts';
import { missing } from './requirements/missing.ts';
import { requirements } from './requirements.ts';

const description = fileURLToPath(import.meta.resolve('@oatty/example-shop-api/openapi.yaml'));

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

  it('that are missing are not in the list', () => {
    for (const [id, [text, , reason]] of Object.entries(missing)) {
      expect([text, reason]).toEqual([expect.stringMatching(/\.$/), expect.stringMatching(/\.$/)]);
      expect(requirements.has(id)).toBe(false);
    }
  });

  it('say what is required, and where that stands', () => {
    for (const { text, source } of requirements.values()) {
      expect(text).toMatch(/\.$/);
      expect(source).toMatch(/^(authoring|design|mcp|mcp-2026|product|tasks) /);
    }
  });
});

describe.each(Object.entries(servings))('a client %s', (_, serve) => {
  const answers = { person: { action: 'decline' } as ReturnType<Answers['person']>, model: '' };
  let home: string;
  let shop: ShopApi;
  let oatty: Oatty;
  let serving: McpServing;

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), 'oatty-scenarios-'));
    shop = await startShopApi();
    const env = {
      REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
      OATTY_SECRETS_BACKEND: 'env',
      SHOP_KEY: 'shop-test-key',
    };
    oatty = await createOatty({ env, cwd: home });
    await oatty.catalogs.importOpenapi({ source: description, vendor: 'shop', baseUrl: shop.url });
    await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: '${env:SHOP_KEY}' });
    serving = await serve({ oatty, env });
  }, 120_000);

  afterAll(async () => {
    await serving.close();
    await oatty.close();
    await shop.close();
    await rm(home, { recursive: true, force: true });
  });

  describe.each(['2025-11-25', '2026-07-28'] as const)('of revision %s', (revision) => {
    const applicable = scenarios.filter(({ only = revision }) => only === revision);
    let stage: Stage;

    beforeAll(async () => {
      stage = {
        plain: await connectTo(serving, revision),
        asked: await connectTo(serving, revision, {
          person: () => answers.person,
          model: () => answers.model,
        }),
        answers,
        shop,
        description,
      };
    }, 60_000);

    afterAll(async () => {
      await stage.plain.client.close();
      await stage.asked.client.close();
    });

    it.each(applicable.map((scenario) => [scenario.title, scenario] as const))(
      '%s',
      async (_title, scenario) => {
        expect.hasAssertions();
        await scenario.run(stage);
      },
    );

    it('has had a valid result of every tool', async () => {
      const { tools } = await stage.plain.client.listTools();
      const names = tools.map(({ title = '' }) => title).filter((name) => canCall(name, revision));
      expect(names).toContain('workflow.list');
      const validated = new Set([...stage.plain.validated, ...stage.asked.validated]);
      expect(names.filter((name) => !validated.has(name))).toEqual([]);
    });
  });
});

// --- internal ---

/** The SDK of the newer revision knows no tasks; `newer-revision.ts` names the tests that do. */
function canCall(name: string, revision: Revision): boolean {
  const needsTask = /^workflow\.(run|execute|author_and_run|repair_and_rerun)$/.test(name);
  return revision === '2025-11-25' || !needsTask;
}
