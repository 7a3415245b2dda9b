import { describe, expect, it } from 'vitest';
import type { RunEventBody, StepResult } from '@oatty/types';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, at, bob, entry, withRun } from './store-fixture.ts';

export function describeEvents(create: CreateStore): void {
  describe('events', () => {
    it('numbers events 1, 2, 3 over all entries', async () => {
      const store = await withRun(await create());
      await store.append('run-1', alice, { at: at(1), events: [progress(1), progress(2)] });
      await store.append('run-1', alice, { at: at(2), events: [] });
      await store.append('run-1', alice, { at: at(3), events: [progress(3)] });
      expect(await store.readEvents('run-1', 0, 10)).toEqual([
        { run_id: 'run-1', seq: 1, at: at(1), ...progress(1) },
        { run_id: 'run-1', seq: 2, at: at(1), ...progress(2) },
        { run_id: 'run-1', seq: 3, at: at(3), ...progress(3) },
      ]);
    });

    it('appends the event that tells of a change with the change', async () => {
      const store = await withRun(await create(), { status: 'running' });
      const end = { type: 'run_finished', status: 'succeeded', final_output: [1] } as const;
      await store.changeRun(
        'run-1',
        alice,
        ['running'],
        { status: 'succeeded' },
        { at: at(7), events: [end] },
      );
      expect(await store.readEvents('run-1', 0, 10)).toEqual([
        { run_id: 'run-1', seq: 1, at: at(7), ...end },
      ]);
    });

    it('tells of a step what was committed, or what the event alone says', async () => {
      const store = await withRun(await create());
      const committed = { id: 'a', status: 'succeeded', output: ['x'.repeat(20_000)], attempts: 1 } as const;
      const told = { ...committed, id: 'b', output: { b: 1 } };
      const entries = [
        entry({ events: [finished(told)] }),
        entry({
          commits: [
            { step_id: 'a', item: 0, result: told },
            { step_id: 'a', result: committed },
          ],
          events: [finished(committed), finished(told)],
        }),
      ];
      for (const given of entries) await store.append('run-1', alice, given);
      const events = await store.readEvents('run-1', 0, 10);
      expect(events.map((event) => event.type === 'step_finished' && event.result)).toEqual([
        told,
        committed,
        told,
      ]);
    });

    it('appends nothing when the change does not happen', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.changeRun(
        'run-1',
        alice,
        ['pending'],
        { status: 'failed' },
        entry({ events: [progress(1)] }),
      );
      expect(await store.readEvents('run-1', 0, 10)).toEqual([]);
    });

    it('leaves no gap when a write is refused', async () => {
      const store = await withRun(await create());
      await store.append('run-1', alice, entry({ events: [progress(1)] }));
      await Promise.allSettled([store.append('run-1', bob, entry({ events: [progress(2)] }))]);
      await store.append('run-1', alice, entry({ events: [progress(3)] }));
      const events = await store.readEvents('run-1', 0, 10);
      expect(events.map((event) => event.seq)).toEqual([1, 2]);
    });

    it('keeps the events of two runs apart', async () => {
      const store = await withRun(await create());
      await withRun(store, { run_id: 'run-2', root_run_id: 'run-2' });
      await store.append('run-1', alice, entry({ events: [progress(1)] }));
      await store.append('run-2', alice, entry({ events: [progress(2)] }));
      expect((await store.readEvents('run-2', 0, 10)).map((event) => [event.run_id, event.seq])).toEqual([
        ['run-2', 1],
      ]);
    });

    it('reads 1,000 events in pieces, each exactly once', async () => {
      const store = await withRun(await create());
      for (let batch = 0; batch < 50; batch += 1) {
        const events = Array.from({ length: 20 }, (_, index) => progress(batch * 20 + index + 1));
        await store.append('run-1', alice, entry({ events }));
      }
      const seen: number[] = [];
      for (;;) {
        const events = await store.readEvents('run-1', seen.length, 64);
        if (events.length === 0) break;
        seen.push(...events.map((event) => event.seq));
      }
      expect(seen).toEqual(Array.from({ length: 1000 }, (_, index) => index + 1));
    });

    it('orders entries that are written at the same time', async () => {
      const store = await withRun(await create());
      const writes = Array.from({ length: 30 }, (_, index) => {
        return store.append('run-1', alice, entry({ events: [progress(index), progress(index)] }));
      });
      await Promise.all(writes);
      const events = await store.readEvents('run-1', 0, 100);
      expect(events.map((event) => event.seq)).toEqual(Array.from({ length: 60 }, (_, index) => index + 1));
      const pairs = events.map((event) => (event.type === 'step_progress' ? event.done : -1));
      expect(pairs.every((done, index) => done === pairs[index - (index % 2)])).toBe(true);
    });

    it('gives nothing after the last event', async () => {
      const store = await withRun(await create());
      await store.append('run-1', alice, entry({ events: [progress(1)] }));
      expect(await store.readEvents('run-1', 1, 10)).toEqual([]);
      expect(await store.readEvents('run-1', 99, 10)).toEqual([]);
    });
  });
}

function progress(done: number): RunEventBody {
  return { type: 'step_progress', step_id: 'a', done, message: `${done}` };
}

function finished(result: StepResult): RunEventBody {
  return { type: 'step_finished', step_id: result.id, result };
}
