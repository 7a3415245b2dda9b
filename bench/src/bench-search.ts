/** Search over 20,000 commands with the index from disk, and how often the right command is among the first five. */
import { join } from 'node:path';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { percentile, timeOf } from './compare.ts';
import { corpus, withHome } from './home.ts';
import type { Result } from './result.ts';
import { measureRecall, readQueries } from './search-recall.ts';

const wantedCommands = 20_000;

export async function benchSearch(): Promise<readonly Result[] | string> {
  if (corpus === undefined) return 'left out: OATTY_CORPUS is not set';
  return [...(await measureTimes(corpus)), ...(await measureRecall(corpus))];
}

// --- internal ---

async function measureTimes(folder: string): Promise<Result[]> {
  return withHome(async (home) => {
    const { catalogs, queries } = await readQueries('held-out');
    const oatty = await createOatty({ env: home.env });
    const perCopy = await importCopy(oatty, folder, catalogs, '');
    let total = perCopy;
    for (let copy = 2; total < wantedCommands; copy++)
      total += await importCopy(oatty, folder, catalogs, String(copy));
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
    ];
  });
}

/** @returns how many commands came */
async function importCopy(
  oatty: Oatty,
  folder: string,
  catalogs: Readonly<Record<string, string>>,
  suffix: string,
): Promise<number> {
  let count = 0;
  for (const [vendor, file] of Object.entries(catalogs)) {
    const name = `${vendor}${suffix}`;
    const { command_count } = await oatty.catalogs.importOpenapi({
      source: join(folder, file),
      vendor: name,
      catalogTitle: name,
    });
    count += command_count;
  }
  return count;
}
