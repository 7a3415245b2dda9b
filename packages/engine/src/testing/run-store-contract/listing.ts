import { describe, expect, it } from 'vitest';
import type { CallingStep } from '../../ports/command-executor.ts';
import type { CreateStore } from '../run-store-contract.ts';
import { allPages, alice, aRun, at, entry, leaseOf, withCode } from './store-fixture.ts';

export function describeListing(create: CreateStore): void {
  describe('listing', () => {
    it('lists the newest run first', async () => {
      const store = await create();
      for (const second of [3, 1, 2]) {
        await store.createRun(aRun({ run_id: `run-${second}`, created_at: at(second) }));
      }
      const { items } = await store.listRuns({ limit: 10 });
      expect(items.map((run) => run.run_id)).toEqual(['run-3', 'run-2', 'run-1']);
    });

    it('summarises a run with its times', async () => {
      const store = await create();
      await store.createRun(aRun({ status: 'running' }), leaseOf(alice));
      expect((await store.listRuns({ limit: 1 })).items).toEqual([
        { run_id: 'run-1', workflow_id: 'orders', status: 'running', created_at: at(0) },
      ]);
      const times = { started_at: at(1), finished_at: at(4) };
      await store.changeRun('run-1', alice, ['running'], { status: 'failed', ...times }, entry());
      expect((await store.listRuns({ limit: 1 })).items).toEqual([
        {
          run_id: 'run-1',
          workflow_id: 'orders',
          status: 'failed',
          created_at: at(0),
          ...times,
          duration_ms: 3000,
        },
      ]);
    });

    it('pages through all runs once, also those of one instant', async () => {
      const store = await create();
      for (let run = 0; run < 25; run += 1) {
        await store.createRun(aRun({ run_id: `run-${run}`, created_at: at(Math.floor(run / 5)) }));
      }
      const pages = await allPages(store, { limit: 10 });
      expect(pages.map((page) => page.length)).toEqual([10, 10, 5]);
      const listed = pages.flat();
      expect(new Set(listed.map((run) => run.run_id)).size).toBe(25);
      expect(listed.map((run) => run.created_at)).toEqual(
        listed.map((run) => run.created_at).toSorted((first, second) => (first > second ? -1 : 1)),
      );
    });

    it('gives no cursor when the last page is full', async () => {
      const store = await create();
      await store.createRun(aRun({ run_id: 'a' }));
      await store.createRun(aRun({ run_id: 'b' }));
      const pages = await allPages(store, { limit: 1 });
      expect(pages.map((page) => page.length)).toEqual([1, 1]);
    });

    it('neither repeats nor loses a run when one is added between two pages', async () => {
      const store = await create();
      for (const second of [1, 2, 3, 4]) {
        await store.createRun(aRun({ run_id: `run-${second}`, created_at: at(second) }));
      }
      const first = await store.listRuns({ limit: 2 });
      await store.createRun(aRun({ run_id: 'run-5', created_at: at(5) }));
      const second = await store.listRuns({ limit: 2, cursor: first.next_cursor ?? '' });
      const ids = [...first.items, ...second.items].map((run) => run.run_id);
      expect(ids).toEqual(['run-4', 'run-3', 'run-2', 'run-1']);
    });

    it('filters by status, workflow, principal and time to live', async () => {
      const store = await create();
      const ann = { principal: 'ann', via: 'mcp' } as const;
      await store.createRun(aRun({ run_id: 'a', status: 'waiting', created_at: at(1) }));
      await store.createRun(aRun({ run_id: 'b', workflow_id: 'stock', created_at: at(2) }));
      await store.createRun(aRun({ run_id: 'c', caller: ann, created_at: at(3), ttl_ms: null }));
      await store.createRun(aRun({ run_id: 'd', caller: ann, created_at: at(4), ttl_ms: 60_000 }));
      const idsOf = async (query: object) => {
        return (await store.listRuns({ limit: 10, ...query })).items.map((run) => run.run_id);
      };
      expect(await idsOf({ status: 'waiting' })).toEqual(['a']);
      expect(await idsOf({ workflow_id: 'stock' })).toEqual(['b']);
      expect(await idsOf({ principal: 'ann' })).toEqual(['d', 'c']);
      expect(await idsOf({ with_ttl: true })).toEqual(['d', 'c']);
      expect(await idsOf({ with_ttl: false })).toEqual(['b', 'a']);
      expect(await idsOf({ principal: 'ann', status: 'waiting' })).toEqual([]);
    });

    it('leaves sub-workflows out unless they are asked for', async () => {
      const store = await create();
      await store.createRun(aRun({ run_id: 'parent' }));
      await store.createRun(aRun({ run_id: 'child', parent: aCallOf('parent'), created_at: at(1) }));
      const ids = async (include_children: boolean) => {
        return (await store.listRuns({ limit: 10, include_children })).items.map((run) => run.run_id);
      };
      expect(await ids(false)).toEqual(['parent']);
      expect(await ids(true)).toEqual(['child', 'parent']);
    });

    it('keeps its place when ids and workflows have odd names', async () => {
      const store = await create();
      const names = ['', ' ', "'; DROP TABLE runs; --", '../../etc', '__proto__', 'ünï 😀', '"', '%', 'null'];
      for (const name of names) await store.createRun(aRun({ run_id: name, workflow_id: name }));
      const pages = await allPages(store, { limit: 2 });
      expect(pages.flat().map((run) => run.run_id)).toHaveLength(names.length);
      expect(new Set(pages.flat().map((run) => run.run_id))).toEqual(new Set(names));
      for (const name of names) {
        const { items } = await store.listRuns({ limit: 9, workflow_id: name });
        expect(items.map((run) => run.run_id)).toEqual([name]);
      }
    });

    it('refuses a cursor that is not one', async () => {
      const store = await create();
      for (const cursor of ['', 'next', '%', '[]', '%5B1%2C2%5D', 'null']) {
        await expect(store.listRuns({ limit: 1, cursor })).rejects.toMatchObject(
          withCode('ARGUMENT_INVALID'),
        );
      }
    });
  });
}

function aCallOf(runId: string): CallingStep {
  return { runId, rootRunId: runId, path: ['a#1'], stepId: 'a', poll: 1, attempt: 1 };
}
