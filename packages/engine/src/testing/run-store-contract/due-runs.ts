import { describe, expect, it } from 'vitest';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, aRun, at, changeStatus, entry, leaseOf, withRun } from './store-fixture.ts';

export function describeDueRuns(create: CreateStore): void {
  describe('runs that wait for time', () => {
    it('lists a waiting run once it is due', async () => {
      const store = await withRun(await create(), { status: 'running' });
      const change = { status: 'waiting', due_at: at(30) } as const;
      expect(await store.changeRun('run-1', alice, ['running'], change, entry())).toBe(true);
      await store.releaseLease('run-1', alice);
      expect(await store.listAbandonedRuns(at(29), 10)).toEqual([]);
      expect(await store.listAbandonedRuns(at(30), 10)).toEqual(['run-1']);
      expect(await store.getRun('run-1')).toMatchObject({ status: 'waiting', due_at: at(30) });
    });

    it('leaves a due run to who holds it', async () => {
      const store = await create();
      await store.createRun(aRun({ status: 'waiting', due_at: at(5) }), leaseOf(alice, 60));
      expect(await store.listAbandonedRuns(at(30), 10)).toEqual([]);
      expect(await store.listAbandonedRuns(at(60), 10)).toEqual(['run-1']);
    });

    it('leaves a sub-workflow that waits to its parent', async () => {
      const store = await create();
      const parent = { runId: 'p', rootRunId: 'p', path: ['a#1'], stepId: 'a', poll: 1, attempt: 1 };
      await store.createRun(aRun({ status: 'waiting', due_at: at(5), parent }));
      expect(await store.listAbandonedRuns(at(30), 10)).toEqual([]);
    });

    it('forgets the instant when the run goes on', async () => {
      const store = await create();
      await store.createRun(aRun({ status: 'waiting', due_at: at(5) }), leaseOf(alice));
      await changeStatus(store, 'waiting', 'running');
      expect(await store.getRun('run-1')).not.toHaveProperty('due_at');
    });

    it('shows the instant in a list', async () => {
      const store = await create();
      await store.createRun(aRun({ run_id: 'run-0', status: 'failed' }));
      await store.createRun(aRun({ status: 'waiting', due_at: at(5), resumed_from: 'run-0' }));
      expect((await store.listRuns({ limit: 10, status: 'waiting' })).items).toMatchObject([
        { status: 'waiting', due_at: at(5), resumed_from: 'run-0' },
      ]);
    });
  });
}
