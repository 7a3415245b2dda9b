import { describe, expect, it } from 'vitest';
import { judgeStorm } from './storm/judge-storm.ts';
import { raiseStorm } from './storm/storm.ts';

/** A seed that fails is looked into by the `log` of its world. */
const seeds = Array.from({ length: 16 }, (_, index) => index);

describe('processes that are killed and stopped by chance', () => {
  it('leave no run behind, and make no call twice', async () => {
    const found: Record<number, readonly string[]> = {};
    let calls = 0;
    for (const seed of seeds) {
      const world = await raiseStorm(seed);
      calls += world.calls.length;
      const problems = await judgeStorm(world);
      if (problems.length > 0) found[seed] = problems;
    }
    expect(found).toEqual({});
    expect(calls).toBeGreaterThan(seeds.length * 10);
  }, 60_000);
});
