import { describe, expect, it } from 'vitest';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, at, aRun, bob, changeStatus, entry, withCode, withRun } from './store-fixture.ts';

export function describeRows(create: CreateStore): void {
  describe('rows', () => {
    it('gives back the run that was created', async () => {
      const store = await create();
      const run = aRun({
        inputs: { order: 'o-1', token: '[secret]' },
        caller: { principal: 'ann', via: 'mcp' },
        ttl_ms: null,
        max_effect: 'standard',
        triggered_by: ['nightly'],
        agreed: { orders: 'a1' },
        incomplete: true,
        operation: { name: 'workflow.author_and_run', draft: { goal: 'sell', tries: [1] } },
        parent: {
          runId: 'run-0',
          rootRunId: 'run-0',
          path: ['a[1]#2'],
          stepId: 'a',
          item: 1,
          poll: 2,
          attempt: 1,
        },
      });
      await store.createRun(run);
      expect(await store.getRun('run-1')).toEqual(run);
    });

    it('refuses a second run with the same id', async () => {
      const store = await withRun(await create());
      await expect(store.createRun(aRun())).rejects.toMatchObject(withCode('RUN_STATE_CONFLICT'));
    });

    it('answers undefined for a run that is not there', async () => {
      const store = await create();
      expect(await store.getRun('run-1')).toBeUndefined();
    });

    it('says RUN_NOT_FOUND for every other question about a run that is not there', async () => {
      const store = await create();
      const calls = [
        store.changeRun('x', alice, ['pending'], { status: 'running' }, entry()),
        store.requestCancel('x'),
        store.isCancelRequested('x'),
        store.acquireLease('x', { owner: alice, until: at(9) }, at(0)),
        store.releaseLease('x', alice),
        store.append('x', alice, entry()),
        store.readCommits('x'),
        store.readMarks('x'),
        store.readEvents('x', 0, 10),
        store.answerQuestion('x', 'q', { value: true, at: at(0) }),
        store.readQuestions('x'),
      ];
      const results = await Promise.allSettled(calls);
      const codes = results.map((result) => result.status === 'rejected' && result.reason.code);
      expect(codes).toEqual(calls.map(() => 'RUN_NOT_FOUND'));
    });

    it('changes a run only from the status that is expected', async () => {
      const store = await withRun(await create());
      expect(await changeStatus(store, 'running', 'succeeded')).toBe(false);
      expect((await store.getRun('run-1'))?.status).toBe('pending');
      expect(await changeStatus(store, 'pending', 'running')).toBe(true);
      expect((await store.getRun('run-1'))?.status).toBe('running');
    });

    it('keeps what a change does not name', async () => {
      const store = await withRun(await create(), { incomplete: true });
      await store.changeRun('run-1', alice, ['pending'], { status: 'running', started_at: at(3) }, entry());
      await store.changeRun(
        'run-1',
        alice,
        ['running'],
        { status: 'succeeded', finished_at: at(5), final_output: { n: 1 } },
        entry(),
      );
      expect(await store.getRun('run-1')).toEqual(
        aRun({
          incomplete: true,
          status: 'succeeded',
          started_at: at(3),
          finished_at: at(5),
          final_output: { n: 1 },
        }),
      );
    });

    it('sets the inputs and the confirmation that a waiting run got', async () => {
      const store = await withRun(await create(), { incomplete: true });
      const change = { status: 'pending', inputs: { a: 1 }, incomplete: false, confirmed_plan: 'p' } as const;
      await store.changeRun('run-1', alice, ['pending'], change, entry());
      expect(await store.getRun('run-1')).toEqual(aRun(change));
    });

    it('gives a workflow to a run that was started without one', async () => {
      const draft = { workflow: 'draft', steps: [] };
      const operation = { name: 'workflow.author_and_run', draft: { goal: 'sell' } };
      const started = { workflow_id: 'draft', workflow: draft, incomplete: true, operation };
      const store = await withRun(await create(), started);
      const saved = { path: '/w/orders.yaml', version: 'v', overwritten: false };
      const { workflow_id, workflow } = aRun();
      const change = { workflow_id, workflow, operation: { name: operation.name, saved } };
      await store.changeRun('run-1', alice, ['pending'], { ...change, status: 'pending' }, entry());
      expect(await store.getRun('run-1')).toEqual(aRun({ incomplete: true, operation: change.operation }));
      const { items } = await store.listRuns({ workflow_id: 'orders', limit: 10 });
      expect(items.map(({ run_id }) => run_id)).toEqual(['run-1']);
      expect((await store.listRuns({ workflow_id: 'draft', limit: 10 })).items).toEqual([]);
    });

    it('lets exactly one of two ends win', async () => {
      const store = await withRun(await create(), { status: 'running' });
      const ends = await Promise.all([
        changeStatus(store, 'running', 'canceled'),
        changeStatus(store, 'running', 'succeeded'),
      ]);
      expect(ends.filter(Boolean)).toHaveLength(1);
      const winner = ends[0] ? 'canceled' : 'succeeded';
      expect((await store.getRun('run-1'))?.status).toBe(winner);
    });

    it('never changes a terminal run', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, entry({ questions: [aQuestion] }));
      await changeStatus(store, 'running', 'succeeded');
      const before = await store.getRun('run-1');

      expect(await changeStatus(store, 'succeeded', 'running')).toBe(false);
      expect(await store.changeRun('run-1', bob, ['succeeded'], { status: 'failed' }, entry())).toBe(false);
      const writes = await Promise.allSettled([
        store.append('run-1', alice, entry({ events: [{ type: 'run_started', workflow_id: 'orders' }] })),
        store.requestCancel('run-1'),
        store.acquireLease('run-1', { owner: bob, until: at(99) }, at(98)),
        store.answerQuestion('run-1', 'q', { value: true, at: at(5) }),
      ]);
      const codes = writes.map((result) => result.status === 'rejected' && result.reason.code);
      expect(codes).toEqual(writes.map(() => 'RUN_STATE_CONFLICT'));
      expect(await store.getRun('run-1')).toEqual(before);
      expect(await store.readEvents('run-1', 0, 10)).toEqual([]);
    });

    it('remembers a request to cancel, also one made twice', async () => {
      const store = await withRun(await create(), { status: 'running' });
      expect(await store.isCancelRequested('run-1')).toBe(false);
      await store.requestCancel('run-1');
      await store.requestCancel('run-1');
      expect(await store.isCancelRequested('run-1')).toBe(true);
    });

    it('lets a request to cancel and an end race without harm', async () => {
      const store = await withRun(await create(), { status: 'running' });
      const [cancel, end] = await Promise.allSettled([
        store.requestCancel('run-1'),
        changeStatus(store, 'running', 'succeeded'),
      ]);
      expect(end).toEqual({ status: 'fulfilled', value: true });
      expect((await store.getRun('run-1'))?.status).toBe('succeeded');
      const refusal = cancel.status === 'rejected' ? cancel.reason.code : undefined;
      expect([undefined, 'RUN_STATE_CONFLICT']).toContain(refusal);
    });
  });
}

const aQuestion = { question_id: 'q', kind: 'decision', message: 'And now?', schema: {} } as const;
