/** How long the smallest calls take, against Node doing nothing. */
import { runNode, runOatty } from './child.ts';
import { compare } from './compare.ts';
import { withHome, writeWorkflows } from './home.ts';
import type { Result } from './result.ts';

export async function benchStartup(): Promise<readonly Result[]> {
  return withHome(async (home) => {
    await writeWorkflows(home, 100);
    const floor = () => runNode(['-e', '0'], home.env);
    return [
      await compare({
        name: 'oatty --version',
        target: 1.5,
        rounds: 20,
        ours: () => runOatty(['--version'], home.env),
        floor,
      }),
      await compare({
        name: 'oatty workflow list, 100 workflows',
        target: 2,
        rounds: 20,
        ours: () => runOatty(['workflow', 'list'], home.env),
        floor,
      }),
    ];
  });
}
