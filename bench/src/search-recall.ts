/**
 * How often the right command is among the first five, for queries whose right answers a person has named.
 *
 * `queries/` holds ours: `looked-at.json` was read while search was changed, the others were written before and only
 * measured. `OATTY_SEARCH_EVAL` names one more file.
 */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { withHome } from './home.ts';
import type { Result } from './result.ts';

export interface LabelledQueries {
  /** Vendor → file in the corpus. */
  readonly catalogs: Readonly<Record<string, string>>;
  readonly queries: readonly { readonly query: string; readonly expected: readonly Expected[] }[];
}

export async function readQueries(name: string): Promise<LabelledQueries> {
  const file = fileURLToPath(new URL(`../queries/${name}.json`, import.meta.url));
  return JSON.parse(await readFile(file, 'utf8')) as LabelledQueries; // ours
}

/** One row for each file of queries. */
export async function measureRecall(corpus: string): Promise<Result[]> {
  const results: Result[] = [];
  for (const name of ['held-out', 'other-apis', 'looked-at'])
    results.push(await recallOf(name, await readQueries(name), corpus));
  const more = process.env['OATTY_SEARCH_EVAL'];
  if (more !== undefined) {
    const labelled = JSON.parse(await readFile(more, 'utf8')) as LabelledQueries; // what the caller names
    results.push(await recallOf(basename(more, '.json'), labelled, corpus));
  }
  return results;
}

// --- internal ---

/** `<vendor> <METHOD> <path>`, or the same in parts. */
type Expected = string | { readonly vendor: string; readonly method: string; readonly path: string };

const minRecall = 0.85;

async function recallOf(
  name: string,
  { catalogs, queries }: LabelledQueries,
  corpus: string,
): Promise<Result> {
  return withHome(async ({ env }) => {
    const oatty = await createOatty({ env });
    for (const [vendor, file] of Object.entries(catalogs))
      await oatty.catalogs.importOpenapi({
        source: join(corpus, basename(file)),
        vendor,
        catalogTitle: vendor,
      });
    let hits = 0;
    for (const { query, expected } of queries) {
      const found = await firstFive(oatty, query);
      if (expected.some((operation) => found.includes(toText(operation)))) hits += 1;
    }
    await oatty.close();
    const recall = hits / queries.length;
    return {
      kind: 'figure',
      name: `recall@5 of ${queries.length} queries (${name})`,
      figure: recall.toFixed(2),
      target: { text: `≥ ${minRecall}`, isMet: recall >= minRecall },
    };
  });
}

async function firstFive(oatty: Oatty, query: string): Promise<string[]> {
  const { items } = await oatty.commands.search(query, { limit: 5 });
  const commands = await Promise.all(items.map(({ id }) => oatty.commands.get(id)));
  return commands.map(({ command: { id, execution } }) => {
    const [vendor = ''] = id.split(' ', 1);
    return execution.kind === 'http' ? `${vendor} ${execution.method} ${execution.path}` : id;
  });
}

function toText(expected: Expected): string {
  return typeof expected === 'string' ? expected : `${expected.vendor} ${expected.method} ${expected.path}`;
}
