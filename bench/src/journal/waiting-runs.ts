/** What runs cost while they wait: the process that has started them, and another one that looks after them. */
import { fileURLToPath } from 'node:url';
import { runNode } from '../child.ts';
import { withHome } from '../home.ts';
import type { Home } from '../home.ts';
import type { Result } from '../result.ts';

export async function measureWaiting(): Promise<readonly Result[]> {
  return withHome(async (home) => {
    const { runs, heapMb, timers } = JSON.parse(await run('wait-with-runs.mjs', home)) as {
      readonly runs: number;
      readonly heapMb: number;
      readonly timers: number;
    };
    const withRuns = Number(await run('supervise.mjs', home));
    const withNone = Number(await withHome((empty) => run('supervise.mjs', empty)));
    const name = `${runs.toLocaleString('en')} runs that wait for an hour`;
    return [
      {
        kind: 'figure',
        name: `${name}: what the process holds that has started them`,
        figure: `${heapMb.toFixed(1)} MB, timers: ${timers}`,
        target: { text: '≤ 10 MB, ≤ 3', isMet: heapMb <= 10 && timers <= 3 },
      },
      {
        kind: 'figure',
        name: `${name}: memory of a process that looks after them, more than with none`,
        figure: `${(withRuns - withNone).toFixed(0)} MB`,
        target: { text: '≤ 10 MB', isMet: withRuns - withNone <= 10 },
      },
    ];
  });
}

// --- internal ---

function run(script: string, { env }: Home): Promise<string> {
  return runNode(['--expose-gc', fileURLToPath(new URL(script, import.meta.url))], env);
}
