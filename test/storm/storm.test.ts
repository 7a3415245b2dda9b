import { describe, expect, it } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { inMemory, inPostgres, inStateFile } from './grounds.ts';
import { judgeStorm } from './judge-storm.ts';
import { raiseStorm } from './storm.ts';

const serverUrl = await sharedPostgresUrl();

/** A seed that fails is repeated, and looked into, with `raise.ts`; many more are raised there. */
describe.each([
  { name: 'memory', open: inMemory, seeds: 16, isThere: true },
  { name: 'a state file', open: inStateFile, seeds: 2, isThere: true },
  { name: 'PostgreSQL', open: inPostgres(serverUrl ?? ''), seeds: 1, isThere: serverUrl !== undefined },
])('processes that are killed and stopped by chance, in $name', ({ open, seeds, isThere }) => {
  it.skipIf(!isThere)('leave no run behind, and make no call twice', { timeout: 60_000 }, async () => {
    const found: Record<number, readonly string[]> = {};
    let calls = 0;
    for (let seed = 0; seed < seeds; seed += 1) {
      const grounds = await open();
      try {
        const world = await raiseStorm(seed, grounds);
        calls += world.calls.length;
        const problems = await judgeStorm(world);
        if (problems.length > 0) found[seed] = problems;
      } finally {
        await grounds.close();
      }
    }
    expect(found).toEqual({});
    expect(calls).toBeGreaterThan(seeds);
  });
});
