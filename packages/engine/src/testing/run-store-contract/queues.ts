import { describe, expect, it } from 'vitest';
import type { QueuePlace } from '@oatty/types';
import type { QueueClaim, RunStore } from '../../ports/run-store.ts';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, aRun, at, bob, entry, leaseOf, withCode } from './store-fixture.ts';

export function describeQueues(create: CreateStore): void {
  describe('queues', () => {
    it('keeps a run in line from everybody until it is claimed', async () => {
      const store = await withQueued(await create(), { a: {} });
      expect(await store.acquireLease('a', leaseOf(bob), at(5))).toBe(false);
      expect(await store.listAbandonedRuns(at(5), 10)).toEqual([]);
      expect(await claim(store, alice, 5)).toBe('a');
      expect(await claim(store, bob, 5)).toBeUndefined();
      expect(await store.acquireLease('a', leaseOf(bob), at(5))).toBe(false);
      expect(await store.acquireLease('a', leaseOf(alice), at(5))).toBe(true);
      expect(await store.getRun('a')).toMatchObject({ queue: { name: 'q' }, claimed_at: at(5) });
    });

    it('gives back the queue that a run was created with', async () => {
      const store = await create();
      const limits = { concurrency: 2, worker_concurrency: 1, rate: { limit: 3, per_ms: 1000 } };
      const run = aRun({ queue: { name: 'q', priority: -3, dedup_key: 'ü', ...limits } });
      await store.createRun(run);
      expect(await store.getRun('run-1')).toEqual(run);
      expect((await store.listRuns({ limit: 5 })).items).toMatchObject([{ run_id: 'run-1', queue: 'q' }]);
    });

    it('gives the greatest priority first, then the earliest arrival', async () => {
      const store = await withQueued(await create(), {
        b: {},
        a: {},
        low: { priority: -1 },
        high: { priority: 9 },
      });
      expect(await claimAll(store)).toEqual(['high', 'b', 'a', 'low']);
    });

    it('claims from the queues that are named, in turn', async () => {
      const store = await withQueued(await create(), {
        a1: { name: 'a' },
        a2: { name: 'a' },
        b1: { name: 'b' },
        c1: { name: 'c' },
      });
      const claimed = [];
      for (let nth = 0; nth < 4; nth += 1) {
        claimed.push(await claim(store, alice, 10 + nth, { queues: ['a', 'b'] }));
      }
      expect(new Set(claimed.slice(0, 2))).toEqual(new Set(['a1', 'b1']));
      expect(claimed.slice(2)).toEqual(['a2', undefined]);
      expect(await claim(store, alice, 20)).toBe('c1');
    });

    it('lets each of many claims have another run', async () => {
      const ids = Array.from({ length: 12 }, (_, index) => `run-${index}`);
      const store = await withQueued(await create(), Object.fromEntries(ids.map((id) => [id, {}])));
      const claimed = await Promise.all(ids.map((id) => claim(store, `owner of ${id}`)));
      expect(new Set(claimed)).toEqual(new Set(ids));
      expect(await claim(store)).toBeUndefined();
    });

    it('passes the concurrency of a queue in no race', async () => {
      const ids = Array.from({ length: 10 }, (_, index) => `run-${index}`);
      const store = await withQueued(
        await create(),
        Object.fromEntries(ids.map((id) => [id, { concurrency: 3 }])),
      );
      const claimed = await Promise.all(ids.map((id) => claim(store, `owner of ${id}`)));
      expect(claimed.filter((id) => id !== undefined)).toHaveLength(3);
    });

    it('keeps the place of a run until it has ended', async () => {
      const store = await withQueued(await create(), { a: { concurrency: 1 }, b: { concurrency: 1 } });
      await claim(store, alice);
      await store.changeRun('a', alice, ['pending'], { status: 'waiting' }, entry());
      await store.releaseLease('a', alice);
      expect(await claim(store, bob)).toBeUndefined();
      await store.acquireLease('a', leaseOf(bob), at(10));
      await store.changeRun('a', bob, ['waiting'], { status: 'succeeded' }, entry());
      expect(await claim(store, bob)).toBe('b');
    });

    it('leaves a claimed run whose owner is gone to whoever comes', async () => {
      const store = await withQueued(await create(), { a: { concurrency: 1 }, b: { concurrency: 1 } });
      await claim(store, alice, 5, { lease: leaseOf(alice, 9) });
      expect(await store.listAbandonedRuns(at(9), 10)).toEqual(['a']);
      expect(await store.acquireLease('a', leaseOf(bob), at(9))).toBe(true);
      expect(await claim(store, alice, 20)).toBeUndefined();
    });

    it('lets one process carry so many runs of a queue', async () => {
      const place = { worker_concurrency: 2 };
      const store = await withQueued(await create(), { a: place, b: place, c: place, d: place });
      expect([await claim(store, alice), await claim(store, alice), await claim(store, alice)]).toEqual([
        'a',
        'b',
        undefined,
      ]);
      expect(await claim(store, bob)).toBe('c');
    });

    it('lets nobody take over more runs than it may carry', async () => {
      const store = await withQueued(await create(), { a: two, b: two, c: two });
      for (let nth = 0; nth < 2; nth += 1) await claim(store, alice, 5, { lease: leaseOf(alice, 9) });
      await claim(store, bob);
      const takeOver = (owner: string, runId: string) =>
        store.acquireLease(runId, leaseOf(owner, 600), at(9));
      expect([await takeOver(bob, 'a'), await takeOver(bob, 'b')]).toEqual([true, false]);
      expect(await takeOver(bob, 'a')).toBe(true); // keeps what it has
      expect(await takeOver('owner-carol', 'b')).toBe(true);
      expect(await store.listAbandonedRuns(at(9), 10)).toEqual([]);
    });

    it('lets an owner take over another run when one has ended', async () => {
      const store = await withQueued(await create(), { a: one, b: one });
      await claim(store, alice, 5, { lease: leaseOf(alice, 9) });
      await claim(store, bob);
      expect(await store.acquireLease('a', leaseOf(bob), at(9))).toBe(false);
      await store.changeRun('b', bob, ['pending'], { status: 'succeeded' }, entry());
      expect(await store.acquireLease('a', leaseOf(bob), at(9))).toBe(true);
    });

    it('passes the share of an owner in no race', async () => {
      const ids = Array.from({ length: 10 }, (_, index) => `run-${index}`);
      const store = await withQueued(await create(), Object.fromEntries(ids.map((id) => [id, two])));
      for (const id of ids) await claim(store, `owner of ${id}`, 5, { lease: leaseOf(`owner of ${id}`, 9) });
      const taken = await Promise.all(ids.map((id) => store.acquireLease(id, leaseOf(bob), at(9))));
      expect(taken.filter(Boolean)).toHaveLength(2);
    });

    it('keeps a place for what is to be taken over', async () => {
      const store = await withQueued(await create(), { a: two, b: two, c: two });
      await claim(store, alice, 5, { lease: leaseOf(alice, 9) });
      await claim(store, bob);
      expect(await claim(store, bob, 9)).toBeUndefined();
      expect(await store.acquireLease('a', leaseOf(alice), at(9))).toBe(true);
      expect(await claim(store, bob, 10)).toBe('c');
    });

    it('keeps a place for a run whose time has come', async () => {
      const store = await withQueued(await create(), { a: one, b: one });
      await claim(store, alice);
      await store.changeRun('a', alice, ['pending'], { status: 'waiting', due_at: at(20) }, entry());
      await store.releaseLease('a', alice);
      expect(await claim(store, alice, 20)).toBeUndefined();
      expect(await claim(store, alice, 19)).toBe('b');
      expect(await store.acquireLease('a', leaseOf(alice), at(20))).toBe(false);
    });

    it('claims one run by its id though others are to be taken over', async () => {
      const store = await withQueued(await create(), { a: one, b: one });
      await claim(store, alice, 5, { lease: leaseOf(alice, 9) });
      expect(await claim(store, bob, 9, { runId: 'b' })).toBe('b');
    });

    it('lets anybody end a begun run that is canceled', async () => {
      const store = await withQueued(await create(), { a: one, b: one });
      await claim(store, alice, 5, { lease: leaseOf(alice, 9) });
      await claim(store, bob);
      await store.requestCancel('a');
      expect(await store.acquireLease('a', leaseOf(bob), at(9))).toBe(true);
    });

    it('lets so many runs begin in any stretch of time', async () => {
      const place = { rate: { limit: 2, per_ms: 10_000 } };
      const store = await withQueued(await create(), { a: place, b: place, c: place, d: place });
      expect([await claim(store, alice, 100), await claim(store, alice, 104)]).toEqual(['a', 'b']);
      await store.changeRun('a', alice, ['pending'], { status: 'succeeded' }, entry());
      expect(await claim(store, alice, 109)).toBeUndefined();
      expect(await claim(store, alice, 110)).toBe('c');
      expect(await claim(store, alice, 113)).toBeUndefined();
      expect(await claim(store, alice, 114)).toBe('d');
    });

    it('counts no claim further ahead than the window is long', async () => {
      const place = { rate: { limit: 1, per_ms: 10_000 } };
      const store = await withQueued(await create(), { a: place, b: place, c: place });
      expect(await claim(store, alice, 100)).toBe('a');
      expect(await claim(store, alice, 90)).toBeUndefined();
      expect(await claim(store, alice, 89)).toBe('b');
      expect(await claim(store, alice, 98)).toBeUndefined();
      expect(await claim(store, alice, 110)).toBe('c');
    });

    it('judges the first in line by its own limits', async () => {
      const store = await withQueued(await create(), { a: { concurrency: 5 }, b: { concurrency: 1 }, c: {} });
      expect([await claim(store), await claim(store)]).toEqual(['a', undefined]);
    });

    it('refuses a key that a run has which has not ended', async () => {
      const store = await withQueued(await create(), {
        a: { dedup_key: 'k' },
        other: { name: 'r', dedup_key: 'k' },
      });
      const again = () => store.createRun(queued('b', { dedup_key: 'k' }));
      const refusal = {
        code: 'RUN_STATE_CONFLICT',
        options: { context: { reason: 'duplicate', run_id: 'a' } },
      };
      await expect(again()).rejects.toMatchObject(refusal);
      expect(await store.getRun('b')).toBeUndefined();
      await claim(store, alice, 5, { queues: ['q'] });
      await expect(again()).rejects.toMatchObject(refusal);
      await store.changeRun('a', alice, ['pending'], { status: 'failed' }, entry());
      await again();
      expect(await claim(store, alice, 6, { queues: ['q'] })).toBe('b');
    });

    it('lets one of twenty with the same key in', async () => {
      const store = await create();
      const entered = await Promise.allSettled(
        Array.from({ length: 20 }, (_, index) => store.createRun(queued(`run-${index}`, { dedup_key: 'k' }))),
      );
      expect(entered.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      expect((await store.listRuns({ limit: 30 })).items).toHaveLength(1);
    });

    it('puts a run in line that had been incomplete', async () => {
      const store = await create();
      await store.createRun({ ...queued('a', {}), incomplete: true }, leaseOf(alice));
      expect(await claim(store, bob)).toBeUndefined();
      await expect(store.enterQueue('a', bob, 'k')).rejects.toMatchObject(withCode('RUN_STATE_CONFLICT'));
      await store.enterQueue('a', alice, 'k');
      expect(await store.getRun('a')).toMatchObject({ queue: { name: 'q', dedup_key: 'k' } });
      await expect(store.createRun(queued('b', { dedup_key: 'k' }))).rejects.toMatchObject(
        withCode('RUN_STATE_CONFLICT'),
      );
      expect(await claim(store, bob)).toBe('a');
    });

    it('puts no run in line that was asked to cancel meanwhile', async () => {
      const store = await create();
      await store.createRun({ ...queued('a', {}), incomplete: true }, leaseOf(alice, 9));
      await store.requestCancel('a');
      expect(await store.enterQueue('a', alice, 'k')).toBe(false);
      expect(await claim(store, bob)).toBeUndefined();
      expect(await store.listAbandonedRuns(at(9), 10)).toEqual(['a']);
      expect(await store.changeRun('a', alice, ['pending'], { status: 'canceled' }, entry())).toBe(true);
    });

    it('keeps the key for a run that is incomplete', async () => {
      const store = await create();
      await store.createRun({ ...queued('a', { dedup_key: 'k' }), incomplete: true }, leaseOf(alice));
      const other = { ...queued('b', { dedup_key: 'k' }), incomplete: true };
      await expect(store.createRun(other)).rejects.toMatchObject(withCode('RUN_STATE_CONFLICT'));
      await store.enterQueue('a', alice);
      expect(await claim(store, bob)).toBe('a');
    });

    it('hands a run in line that is canceled to whoever ends it', async () => {
      const store = await withQueued(await create(), { a: {}, b: {} });
      await store.requestCancel('a');
      expect(await claim(store, alice)).toBe('b');
      expect(await store.listAbandonedRuns(at(6), 10)).toEqual(['a']);
      expect(await store.acquireLease('a', leaseOf(bob), at(6))).toBe(true);
    });

    it('claims one run past those before it, within the limits', async () => {
      const place = { concurrency: 1 };
      const store = await withQueued(await create(), { a: place, b: place, c: place });
      expect(await claim(store, alice, 5, { runId: 'b' })).toBe('b');
      expect(await claim(store, alice, 5, { runId: 'c' })).toBeUndefined();
      expect(await claim(store, alice, 5, { runId: 'b' })).toBeUndefined();
      expect(await claim(store, alice, 5, { runId: 'nobody' })).toBeUndefined();
    });

    it('knows which queues workers serve', async () => {
      const store = await withQueued(await create(), { a: {}, b: { name: 'r' } });
      await store.serveQueues(['q'], at(30));
      expect(await store.listQueues(at(29))).toEqual([
        { name: 'q', queued: 1, begun: 0, served: true },
        { name: 'r', queued: 1, begun: 0, served: false },
      ]);
      expect(await claim(store, bob, 29, { unserved: true })).toBe('b');
      expect(await claim(store, bob, 29, { unserved: true })).toBeUndefined();
      await store.serveQueues(undefined, at(60));
      expect(await claim(store, bob, 59, { unserved: true })).toBeUndefined();
      expect(await claim(store, bob, 60, { unserved: true })).toBe('a');
      expect(await store.listQueues(at(60))).toEqual([
        { name: 'q', queued: 0, begun: 1, served: false },
        { name: 'r', queued: 0, begun: 1, served: false },
      ]);
    });

    it('believes no worker that serves for longer than it can', async () => {
      const store = await withQueued(await create(), { a: {}, b: {} });
      for (const queues of [['q'], undefined]) {
        await store.serveQueues(queues, at(3_600));
        const isServed = async (seconds: number) => (await store.listQueues(at(seconds)))[0]?.served;
        expect([await isServed(3_239), await isServed(3_240)]).toEqual([false, true]);
        expect(await claim(store, bob, 3_240, { unserved: true })).toBeUndefined();
        expect(await claim(store, bob, 3_239, { unserved: true })).toBeDefined();
      }
    });

    it('gives a queue its turn again when the clock was set back', async () => {
      const [a, b] = [{ name: 'a' }, { name: 'b' }];
      const store = await withQueued(await create(), { a1: a, a2: a, b1: b, b2: b });
      await claim(store, alice, 3_600, { queues: ['a'] });
      await claim(store, alice, 5, { queues: ['b'] });
      expect(await claim(store, alice, 6)).toBe('a2');
      expect(await claim(store, alice, 7)).toBe('b2');
    });

    it('lists the runs of one queue', async () => {
      const store = await withQueued(await create(), { a: {}, b: { name: 'r' } });
      await store.createRun(aRun());
      expect((await store.listRuns({ queue: 'r', limit: 5 })).items).toMatchObject([{ run_id: 'b' }]);
    });
  });
}

// --- internal ---

const one: Partial<QueuePlace> = { worker_concurrency: 1 };
const two: Partial<QueuePlace> = { worker_concurrency: 2 };

function queued(run_id: string, place: Partial<QueuePlace>) {
  return aRun({ run_id, queue: { name: 'q', priority: 0, ...place } });
}

/** Entered in the order of the keys. */
async function withQueued(
  store: RunStore,
  places: Readonly<Record<string, Partial<QueuePlace>>>,
): Promise<RunStore> {
  for (const [runId, place] of Object.entries(places)) await store.createRun(queued(runId, place));
  return store;
}

async function claim(store: RunStore, owner: string = alice, seconds = 5, parts: Partial<QueueClaim> = {}) {
  return store.claimQueuedRun({ lease: leaseOf(owner, 600), now: at(seconds), ...parts });
}

async function claimAll(store: RunStore): Promise<readonly string[]> {
  const runId = await claim(store);
  return runId === undefined ? [] : [runId, ...(await claimAll(store))];
}
