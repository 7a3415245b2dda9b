import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { defineConfig } from 'vitest/config';
import { BaseSequencer } from 'vitest/node';
import type { TestSpecification } from 'vitest/node';

/** What starts processes and waits for them goes first: at the end it would keep one worker, with nothing for the others. */
class WaitingFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    return sorted.toSorted((a, b) => Number(startsProcesses(b)) - Number(startsProcesses(a)));
  }
}

function startsProcesses({ moduleId }: TestSpecification): boolean {
  return moduleId.includes('/test/e2e/');
}

export default defineConfig({
  // Packages read each other's TypeScript, so a test never sees a stale build.
  resolve: { conditions: ['@oatty/source'] },
  ssr: { resolve: { conditions: ['@oatty/source'] } },
  test: {
    include: [
      'packages/*/src/**/*.test.ts',
      'packages/*/test/**/*.test.ts',
      'examples/**/*.test.ts',
      'scripts/**/*.test.ts',
      'test/**/*.test.ts',
    ],
    reporters: ['default'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
    // What is awaited comes when it comes: a machine under load is no failure.
    expect: { poll: { timeout: 10_000 } },
    // No test changes what others see (globals, environment, directory), so files share their processes.
    isolate: false,
    sequence: { sequencer: WaitingFirst },
    // More than there are processors: many tests wait for other processes, or for a lease to run out.
    maxWorkers: Math.ceil(availableParallelism() * 1.5),
    env: {
      // Tests never read the developer's own configuration.
      OATTY_SECRETS_BACKEND: 'env',
      // Programs that tests start from their sources are compiled once.
      NODE_COMPILE_CACHE: join(tmpdir(), 'node-compile-cache'),
    },
  },
});
