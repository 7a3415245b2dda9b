import { describe, expect, it } from 'vitest';
import type { StepCommit } from '../../ports/journal-entry.ts';
import type { RunStore } from '../../ports/run-store.ts';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, aRun, at, bob, changeStatus, entry, leaseOf, withRun } from './store-fixture.ts';

export function describeRetention(create: CreateStore): void {
  describe('retention', () => {
    it('starts a run with the commits that it is given', async () => {
      const store = await create();
      await store.createRun(aRun(), leaseOf(alice), [aCommit('b', 1), aCommit('a')]);
      await store.append('run-1', alice, entry({ commits: [aCommit('c')] }));
      expect(await store.readCommits('run-1')).toEqual([aCommit('b', 1), aCommit('a'), aCommit('c')]);
    });

    it('writes neither run nor commits where the id is taken', async () => {
      const store = await withRun(await create());
      await expect(store.createRun(aRun(), leaseOf(bob), [aCommit('a')])).rejects.toMatchObject({
        code: 'RUN_STATE_CONFLICT',
      });
      expect(await store.readCommits('run-1')).toEqual([]);
    });

    it('removes a run that has ended, with all of it', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, entry({ commits: [aCommit('a')] }));
      await changeStatus(store, 'running', 'succeeded');
      expect(await store.deleteRuns(['run-1', 'nobody'])).toEqual(['run-1']);
      expect(await store.getRun('run-1')).toBeUndefined();
      await expect(store.readCommits('run-1')).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
      await store.createRun(aRun());
      expect(await store.readCommits('run-1')).toEqual([]);
      expect(await store.readEvents('run-1', 0, 10)).toEqual([]);
    });

    it.each(['pending', 'running', 'waiting'] as const)('never removes a run that is %s', async (status) => {
      const store = await withRun(await create(), { status });
      expect(await store.deleteRuns(['run-1'])).toEqual([]);
      expect(await store.getRun('run-1')).toMatchObject({ status });
    });

    it('keeps what a run that has not ended carries on from', async () => {
      const store = await create();
      for (const [run_id, before] of [['a'], ['b', 'a'], ['c', 'b']] as const) {
        const run = aRun({
          run_id,
          status: 'running',
          ...(before !== undefined && { resumed_from: before }),
        });
        await store.createRun(run, leaseOf(alice));
        if (run_id !== 'c') await changeStatus(store, 'running', 'failed', run_id);
      }
      expect(await store.listRemovable(['a', 'b'])).toEqual([]);
      expect(await store.deleteRuns(['a', 'b'])).toEqual([]);
      await changeStatus(store, 'running', 'succeeded', 'c');
      expect(await store.listRemovable(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
      expect(await store.deleteRuns(['a', 'b', 'c'])).toEqual(['a', 'b', 'c']);
    });

    it('keeps what a run that has failed carries on from, as long as that is there', async () => {
      const store = await create();
      for (const [run_id, before] of [['a'], ['b', 'a'], ['c', 'b'], ['d', 'c']] as const) {
        const run = aRun({
          run_id,
          status: 'running',
          ...(before !== undefined && { resumed_from: before }),
        });
        await store.createRun(run, leaseOf(alice));
        await changeStatus(store, 'running', run_id === 'c' ? 'succeeded' : 'failed', run_id);
      }
      expect(await store.deleteRuns(['a', 'b', 'c'])).toEqual([]);
      expect(await store.listRemovable(['b', 'c'], new Set(['d']))).toEqual(['b', 'c']);
      expect(await store.deleteRuns(['d'])).toEqual(['d']);
      expect(await store.deleteRuns(['a', 'c'])).toEqual(['c']); // the failed "b" keeps "a"
      expect(await store.deleteRuns(['a', 'b'])).toEqual(['a', 'b']);
    });

    it('carries on from no run that was removed meanwhile', async () => {
      const store = await withEnded(await create(), 'a');
      await store.deleteRuns(['a']);
      const resumption = aRun({ run_id: 'b', resumed_from: 'a' });
      await expect(store.createRun(resumption, leaseOf(alice))).rejects.toMatchObject({
        code: 'RUN_NOT_FOUND',
      });
      expect(await store.getRun('b')).toBeUndefined();
    });

    it('lets a removal or a resumption win, never both', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `run-${index}`);
      const store = await withEnded(await create(), ...ids);
      const removal = store.deleteRuns(ids);
      const resumptions = ids.map((run_id, index) => {
        return store.createRun(aRun({ run_id: `again-${index}`, resumed_from: run_id }));
      });
      await Promise.allSettled([removal, ...resumptions]);
      for (const [index, run_id] of ids.entries()) {
        const [source, again] = [await store.getRun(run_id), await store.getRun(`again-${index}`)];
        expect([run_id, source === undefined]).toEqual([run_id, again === undefined]);
      }
    });

    it('removes sub-workflow runs with their parent', async () => {
      const store = await create();
      await store.createRun(aRun({ run_id: 'p', status: 'running' }), leaseOf(alice));
      await store.createRun(aRun({ run_id: 'child', status: 'running', parent: under('p') }), leaseOf(alice));
      await store.createRun(aRun({ run_id: 'other', status: 'running', parent: under('q') }), leaseOf(alice));
      for (const runId of ['p', 'child', 'other']) await changeStatus(store, 'running', 'failed', runId);
      expect(await store.deleteRuns(['p'])).toEqual(['p']);
      expect(await store.getRun('child')).toBeUndefined();
      expect(await store.getRun('other')).toBeDefined();
    });

    it('lists runs that have ended before an instant', async () => {
      const store = await create();
      await store.createRun(aRun({ run_id: 'open', status: 'running' }), leaseOf(alice));
      for (const [runId, seconds] of [
        ['old', 10],
        ['new', 20],
      ] as const) {
        await store.createRun(aRun({ run_id: runId, status: 'running' }), leaseOf(alice));
        const change = { status: 'succeeded', finished_at: at(seconds) } as const;
        await store.changeRun(runId, alice, ['running'], change, entry());
      }
      const { items } = await store.listRuns({ ended_before: at(20), limit: 10 });
      expect(items.map(({ run_id }) => run_id)).toEqual(['old']);
    });

    it('lists and counts runs without the newest of each workflow', async () => {
      const store = await create();
      for (const [run_id, workflow_id, seconds] of [
        ['a1', 'a', 1],
        ['b1', 'b', 2],
        ['a2', 'a', 3],
        ['a3', 'a', 3],
        ['a4', 'a', 4],
      ] as const) {
        await store.createRun(aRun({ run_id, workflow_id, created_at: at(seconds) }));
      }
      await store.createRun(
        aRun({ run_id: 'child', workflow_id: 'a', parent: under('b1'), created_at: at(9) }),
      );
      const query = { beyond_newest: 2 };
      const { items, next_cursor } = await store.listRuns({ ...query, limit: 1 });
      const rest = await store.listRuns({ ...query, limit: 9, ...(next_cursor && { cursor: next_cursor }) });
      expect([...items, ...rest.items].map(({ run_id }) => run_id)).toEqual(['a2', 'a1']);
      expect(await store.countRuns(query)).toBe(2);
      expect(await store.countRuns({ workflow_id: 'a' })).toBe(4);
      expect(await store.countRuns({ beyond_newest: 1, workflow_id: 'b' })).toBe(0);
    });
  });
}

async function withEnded(store: RunStore, ...ids: readonly string[]): Promise<RunStore> {
  for (const run_id of ids) {
    await store.createRun(aRun({ run_id, status: 'running' }), leaseOf(alice));
    await changeStatus(store, 'running', 'failed', run_id);
  }
  return store;
}

function aCommit(step_id: string, item?: number): StepCommit {
  const result = { id: step_id, status: 'succeeded', output: [step_id], attempts: 1 } as const;
  return { step_id, result, request: { with: { n: 1 } }, ...(item !== undefined && { item }) };
}

function under(runId: string) {
  return { runId, rootRunId: 'p', path: [], stepId: 'a', poll: 1, attempt: 1 };
}
