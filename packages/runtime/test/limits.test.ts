import { describe, expect, it } from 'vitest';
import { openOatty, openShop, shopDescription } from './open-oatty.ts';

const twoSteps = `
workflow: look_twice
steps:
  - { id: one, run: shop health:list }
  - { id: two, run: shop health:list, depends_on: [one] }
`;

describe('limits that the embedder sets', () => {
  it('bound what is imported', async () => {
    const oatty = await openOatty({ limits: { source: { maxBytes: 1_000 } } });
    await expect(oatty.catalogs.importOpenapi({ source: shopDescription })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'maxBytes' } },
    });
    await expect(oatty.workflows.import({ source: shopDescription })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  it('bound the answer of a command', async () => {
    const { oatty } = await openShop({ limits: { http: { maxResponseBytes: 10 } } });
    await expect(oatty.commands.run('shop orders:list')).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_response_bytes' } },
    });
  });

  it('bound a run', async () => {
    const { oatty } = await openShop({ limits: { run: { maxSteps: 1 } } });
    await expect(oatty.runs.start({ workflow: { manifest: twoSteps } })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'maxSteps' } },
    });
  });
});
