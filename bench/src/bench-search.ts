/** Search over 20,000 commands with the index from disk, and how often the right command is among the first five. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { percentile, timeOf } from './compare.ts';
import { corpus, withHome } from './home.ts';
import type { Result } from './result.ts';

interface LabelledQuery {
  readonly query: string;
  readonly expected: readonly { readonly operationId: string }[];
}

const wantedCommands = 20_000;
const minRecall = 0.85;

export async function benchSearch(): Promise<readonly Result[] | string> {
  const labelled = process.env['OATTY_SEARCH_EVAL'];
  if (corpus === undefined || labelled === undefined)
    return 'left out: OATTY_CORPUS or OATTY_SEARCH_EVAL is not set';
  const { queries } = JSON.parse(await readFile(labelled, 'utf8')) as { queries: LabelledQuery[] };
  const folder = corpus;
  return withHome(async (home) => {
    const oatty = await createOatty({ env: home.env });
    await importCopies(oatty, folder, 1);
    const recall = await recallAt5(oatty, queries);
    const perCopy = (await oatty.catalogs.list()).items.reduce((sum, item) => sum + item.command_count, 0);
    await importCopies(oatty, folder, Math.ceil(wantedCommands / perCopy));
    const total = (await oatty.catalogs.list()).items.reduce((sum, item) => sum + item.command_count, 0);
    await oatty.close();

    const reader = await createOatty({ env: home.env });
    const times: number[] = [];
    await reader.commands.search('warm up');
    for (let round = 0; round < 10; round++) {
      for (const { query } of queries)
        times.push(await timeOf(() => reader.commands.search(query, { limit: 5 })));
    }
    await reader.close();
    const name = `search over ${total} commands`;
    return [
      { kind: 'time', name: `${name}, p50`, ms: percentile(times, 0.5) },
      { kind: 'time', name: `${name}, p95`, ms: percentile(times, 0.95), targetMs: 10 },
      {
        kind: 'figure',
        name: `recall@5 of ${queries.length} queries`,
        figure: recall.toFixed(2),
        target: { text: `≥ ${minRecall}`, isMet: recall >= minRecall },
      },
    ];
  });
}

// --- internal ---

async function importCopies(oatty: Oatty, folder: string, copies: number): Promise<void> {
  for (let copy = 1; copy <= copies; copy++) {
    for (const [vendor, file] of [
      ['github', 'github-3.0.json'],
      ['stripe', 'stripe-3.0.json'],
    ] as const) {
      const name = copy === 1 ? vendor : `${vendor}${copy}`;
      await oatty.catalogs.importOpenapi({
        source: join(folder, file),
        vendor: name,
        catalogTitle: name,
        overwrite: true,
      });
    }
  }
}

async function recallAt5(oatty: Oatty, queries: readonly LabelledQuery[]): Promise<number> {
  let hits = 0;
  for (const { query, expected } of queries) {
    const { items } = await oatty.commands.search(query, { limit: 5 });
    const found = await Promise.all(
      items.map(async ({ id }) => (await oatty.commands.get(id)).command.operation_id),
    );
    if (expected.some(({ operationId }) => found.includes(operationId))) hits += 1;
  }
  return hits / queries.length;
}
