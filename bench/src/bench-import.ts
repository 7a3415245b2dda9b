/** The import of GitHub's description, to files on disk, against JSON.parse of it in the same process. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createOatty } from '@oatty/runtime';
import { compare } from './compare.ts';
import type { Comparison } from './compare.ts';
import { corpus, withHome } from './home.ts';

export async function benchImport(): Promise<readonly Comparison[] | string> {
  if (corpus === undefined) return 'OATTY_CORPUS names no folder';
  const source = join(corpus, 'github-3.0.json');
  return withHome(async (home) => {
    const oatty = await createOatty({ env: home.env });
    const result = await compare({
      name: 'import of GitHub, 13 MB',
      target: 5,
      rounds: 5,
      ours: () => oatty.catalogs.importOpenapi({ source, vendor: 'github', overwrite: true }),
      floor: async () => JSON.parse(await readFile(source, 'utf8')) as unknown,
    });
    await oatty.close();
    const peak = Math.round(process.resourceUsage().maxRSS / 1_024);
    return [
      result,
      {
        name: 'peak memory of that process',
        target: '≤ 400 MB',
        oursMs: Number.NaN,
        floorMs: Number.NaN,
        figure: `${peak} MB`,
      },
    ];
  });
}
