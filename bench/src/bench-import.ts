/** The import of GitHub's description, to files on disk, against `JSON.parse` of it; a new process for each round. */
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runNode } from './child.ts';
import { compare, median } from './compare.ts';
import { corpus, withHome } from './home.ts';
import type { Result } from './result.ts';

export async function benchImport(): Promise<readonly Result[] | string> {
  if (corpus === undefined) return 'left out: OATTY_CORPUS names no folder';
  const source = join(corpus, 'github-3.0.json');
  return withHome(async (home) => {
    const peaks: number[] = [];
    const run = async (work: 'import' | 'parse') => {
      const { ms, peakMb } = JSON.parse(await runNode([script, work, source], home.env)) as Measured;
      if (work === 'import') peaks.push(peakMb);
      return ms;
    };
    const time = await compare({
      name: 'import of GitHub, 13 MB',
      target: 5,
      rounds: 9,
      ours: async () => {
        await rm(home.env['REGISTRY_CONFIG_PATH'] ?? '', { force: true });
        return run('import');
      },
      floor: () => run('parse'),
    });
    const peak = median(peaks);
    const target = { text: `≤ ${maxPeakMb} MB`, isMet: peak <= maxPeakMb };
    return [
      time,
      { kind: 'figure', name: 'its peak memory, process included', figure: `${peak} MB`, target },
    ];
  });
}

// --- internal ---

/** What the script prints. */
interface Measured {
  readonly ms: number;
  readonly peakMb: number;
}

const maxPeakMb = 400;
const script = fileURLToPath(new URL('import-once.mjs', import.meta.url));
