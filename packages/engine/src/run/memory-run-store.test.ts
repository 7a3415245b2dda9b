import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { runStoreContract } from '../testing/run-store-contract.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

runStoreContract('in memory', () => createMemoryRunStore());

describe('the memory of the memory store', () => {
  it('lets the oldest runs go that have ended, and no others', async () => {
    const store = createMemoryRunStore({ maxEndedRuns: 2 });
    const engine = createTestEngine({ 'shop get': () => 1 }, { store });
    const workflow = aWorkflow({ steps: [aStep('a', 'shop get')] });
    const open = await engine.start(workflow);
    const ids: string[] = [];
    for (let run = 0; run < 4; run += 1) ids.push((await engine.run(workflow)).run_id);
    const left = await Promise.all([open, ...ids].map(async (id) => (await store.getRun(id))?.status));
    expect(left).toEqual(['pending', undefined, undefined, 'succeeded', 'succeeded']);
  });
});
