import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import type { RunStore } from '../ports/run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { Routes } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe('what a run writes', () => {
  it('of a step that has ended goes out with the next call', async () => {
    const { store, writes } = aStoreThatCounts();
    const engine = createTestEngine({ 'shop add': { method: 'POST', answer: () => null } }, { store });
    await engine.run(aWorkflow({ steps: tenSteps('shop add') }));
    expect(writes()).toBe(1 + 2 * 10 - 9 + 1); // begin, a call and an end each, of which nine pairs share a write, end
  });

  it.each(['POST', 'GET'] as const)('of a step is there before a later call: %s', async (method) => {
    const store = createMemoryRunStore();
    const seen: number[] = [];
    const answer = async () => void seen.push((await store.readCommits(runId)).length);
    const engine = createTestEngine({ 'shop call': { method, answer } }, { store });
    const runId = await engine.start(aWorkflow({ steps: tenSteps('shop call') }));
    await engine.execute(runId);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  });

  it('is there when the run is let go of', async () => {
    const store = createMemoryRunStore();
    const routes: Routes = {
      'shop get': (_, nth) => (nth === 3 ? void engine.runner.handBack() : null),
    };
    const engine = createTestEngine(routes, { store });
    const runId = await engine.start(aWorkflow({ steps: tenSteps('shop get') }));
    await expect(engine.clock.play(engine.runner.execute(runId))).rejects.toMatchObject({
      code: 'RUN_STATE_CONFLICT',
    });
    expect(await store.readCommits(runId)).toHaveLength(3);
    const other = createTestEngine({ 'shop get': () => null }, { store, clock: engine.clock });
    expect((await other.execute(runId)).status).toBe('succeeded');
    expect(other.api.calls).toHaveLength(7);
  });

  it('stops the run at once when it cannot be written', async () => {
    const memory = createMemoryRunStore();
    const store: RunStore = {
      ...memory,
      append: async (runId, owner, entry) => {
        if ((entry.commits ?? []).some(({ step_id }) => step_id === 'step_2')) {
          throw new OattyError('STORAGE_FAILED', 'The disk is full.');
        }
        return memory.append(runId, owner, entry);
      },
    };
    const engine = createTestEngine({ 'shop add': { method: 'POST', answer: () => null } }, { store });
    const runId = await engine.start(aWorkflow({ steps: tenSteps('shop add') }));
    await expect(engine.clock.play(engine.runner.execute(runId))).rejects.toThrow('The disk is full.');
    expect(engine.api.calls).toHaveLength(3);
    expect((await store.readCommits(runId)).map(({ step_id }) => step_id)).toEqual(['step_0', 'step_1']);
  });
});

function tenSteps(run: string) {
  return Array.from({ length: 10 }, (_, index) => aStep(`step_${index}`, run));
}

/** Of the executor. */
function aStoreThatCounts() {
  const memory = createMemoryRunStore();
  let count = 0;
  const store: RunStore = {
    ...memory,
    append: (...entry) => ((count += 1), memory.append(...entry)),
    changeRun: (...change) => ((count += 1), memory.changeRun(...change)),
  };
  return { store, writes: () => count };
}
