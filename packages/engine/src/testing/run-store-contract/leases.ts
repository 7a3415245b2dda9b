import { describe, expect, it } from 'vitest';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, aRun, at, bob, changeStatus, entry, leaseOf, withRun } from './store-fixture.ts';

export function describeLeases(create: CreateStore): void {
  describe('leases', () => {
    it('gives a live lease to one owner at a time', async () => {
      const store = await create();
      await store.createRun(aRun());
      expect(await store.acquireLease('run-1', leaseOf(alice, 10), at(0))).toBe(true);
      expect(await store.acquireLease('run-1', leaseOf(bob, 20), at(9))).toBe(false);
      expect(await store.acquireLease('run-1', leaseOf(bob, 20), at(10))).toBe(true);
    });

    it('lets exactly one of many owners win a race', async () => {
      const store = await create();
      await store.createRun(aRun());
      const owners = Array.from({ length: 20 }, (_, index) => `owner-${index}`);
      const won = await Promise.all(
        owners.map((owner) => store.acquireLease('run-1', leaseOf(owner), at(0))),
      );
      expect(won.filter(Boolean)).toHaveLength(1);
    });

    it('keeps the lease of an owner that gives a sign of life', async () => {
      const store = await withRun(await create());
      expect(await store.acquireLease('run-1', leaseOf(alice, 120), at(59))).toBe(true);
      expect(await store.acquireLease('run-1', leaseOf(bob, 180), at(90))).toBe(false);
    });

    it('renews a lease only for the owner that has it', async () => {
      const store = await withRun(await create());
      expect(await store.renewLease('run-1', leaseOf(alice, 120))).toBe(true);
      expect(await store.acquireLease('run-1', leaseOf(bob, 180), at(90))).toBe(false);
      expect(await store.renewLease('run-1', leaseOf(bob, 180))).toBe(false);
      expect(await store.acquireLease('run-1', leaseOf(bob, 180), at(120))).toBe(true);
      expect(await store.renewLease('run-1', leaseOf(alice, 240))).toBe(false);
    });

    it('renews no lease that somebody else has had since', async () => {
      const store = await withRun(await create());
      await store.acquireLease('run-1', leaseOf(bob, 180), at(90));
      await store.releaseLease('run-1', bob);
      expect(await store.renewLease('run-1', leaseOf(alice, 240))).toBe(false);
      await expect(
        store.append('run-1', alice, entry({ events: [{ type: 'run_started', workflow_id: 'orders' }] })),
      ).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    });

    it('holds a run for its creator from the first moment', async () => {
      const store = await withRun(await create());
      expect(await store.acquireLease('run-1', leaseOf(bob), at(0))).toBe(false);
      expect(await store.listAbandonedRuns(at(0), 10)).toEqual([]);
    });

    it('frees a run at once when its owner lets go', async () => {
      const store = await withRun(await create());
      await store.releaseLease('run-1', bob);
      expect(await store.acquireLease('run-1', leaseOf(bob), at(0))).toBe(false);
      await store.releaseLease('run-1', alice);
      expect(await store.acquireLease('run-1', leaseOf(bob), at(0))).toBe(true);
    });

    it('lets only who took the lease last write', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.acquireLease('run-1', leaseOf(bob, 300), at(120));
      const writes = await Promise.allSettled([
        store.append('run-1', alice, entry({ events: [{ type: 'run_started', workflow_id: 'orders' }] })),
        changeStatus(store, 'running', 'succeeded'),
      ]);
      const codes = writes.map((result) => result.status === 'rejected' && result.reason.code);
      expect(codes).toEqual(['RUN_STATE_CONFLICT', 'RUN_STATE_CONFLICT']);
      expect(await store.readEvents('run-1', 0, 10)).toEqual([]);
      expect(await store.changeRun('run-1', bob, ['running'], { status: 'failed' }, entry())).toBe(true);
    });

    it('lets an owner write whose lease ran out but was not taken', async () => {
      const store = await withRun(await create());
      expect(await store.acquireLease('run-1', leaseOf(bob), at(1))).toBe(false);
      await store.append('run-1', alice, {
        at: at(500),
        events: [{ type: 'run_started', workflow_id: 'o' }],
      });
      expect(await store.readEvents('run-1', 0, 10)).toHaveLength(1);
    });

    it('lists abandoned runs, oldest first, up to a limit', async () => {
      const store = await create();
      await store.createRun(aRun({ run_id: 'held', status: 'running' }), leaseOf(alice, 60));
      await store.createRun(aRun({ run_id: 'new', created_at: at(3) }));
      await store.createRun(aRun({ run_id: 'old', status: 'running', created_at: at(2) }), leaseOf(bob, 10));
      await store.createRun(aRun({ run_id: 'done', status: 'succeeded', created_at: at(1) }));
      expect(await store.listAbandonedRuns(at(5), 10)).toEqual(['new']);
      expect(await store.listAbandonedRuns(at(10), 10)).toEqual(['old', 'new']);
      expect(await store.listAbandonedRuns(at(60), 10)).toEqual(['held', 'old', 'new']);
      expect(await store.listAbandonedRuns(at(60), 2)).toEqual(['held', 'old']);
    });

    it('lists a waiting run only when it was asked to cancel', async () => {
      const store = await create();
      await store.createRun(aRun({ status: 'waiting' }));
      expect(await store.listAbandonedRuns(at(5), 10)).toEqual([]);
      await store.requestCancel('run-1');
      expect(await store.listAbandonedRuns(at(5), 10)).toEqual(['run-1']);
    });

    it('leaves a sub-workflow to its parent', async () => {
      const store = await create();
      const parent = { runId: 'p', rootRunId: 'p', path: ['a#1'], stepId: 'a', poll: 1, attempt: 1 };
      await store.createRun(aRun({ status: 'running', parent }));
      expect(await store.listAbandonedRuns(at(5), 10)).toEqual([]);
    });
  });
}
