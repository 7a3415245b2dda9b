import { describe, expect, it } from 'vitest';
import type { CallMark, StepCommit } from '../../ports/journal-entry.ts';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, at, bob, changeStatus, entry, withCode, withRun } from './store-fixture.ts';

export function describeWork(create: CreateStore): void {
  describe('steps and marks', () => {
    it('gives back commits in the order of commitment', async () => {
      const store = await withRun(await create());
      await store.append('run-1', alice, entry({ commits: [aCommit('b'), aCommit('a', 1)] }));
      await store.append('run-1', alice, entry({ commits: [aCommit('a', 0)] }));
      expect(await store.readCommits('run-1')).toEqual([aCommit('b'), aCommit('a', 1), aCommit('a', 0)]);
    });

    it('keeps items apart from the step and from each other', async () => {
      const store = await withRun(await create());
      const commits = [aCommit('a', 0), aCommit('a', 1), aCommit('a'), aCommit('a-0', 0), aCommit('a-0')];
      await store.append('run-1', alice, entry({ commits }));
      expect(await store.readCommits('run-1')).toEqual(commits);
    });

    it('keeps the last mark of each step and item', async () => {
      const store = await withRun(await create());
      await store.append(
        'run-1',
        alice,
        entry({ marks: [aMark('a', { attempt: 1 }), aMark('b', { item: 2 })] }),
      );
      await store.append(
        'run-1',
        alice,
        entry({ marks: [aMark('a', { attempt: 2, phase: 'due', at: at(9) })] }),
      );
      const marks = await store.readMarks('run-1');
      expect(marks).toHaveLength(2);
      expect(marks).toContainEqual(aMark('a', { attempt: 2, phase: 'due', at: at(9) }));
      expect(marks).toContainEqual(aMark('b', { item: 2 }));
    });

    it('forgets the mark of what is committed', async () => {
      const store = await withRun(await create());
      const marks = [aMark('a', { item: 0 }), aMark('a', { item: 1 }), aMark('a', { item: 10 }), aMark('ab')];
      await store.append('run-1', alice, entry({ marks }));
      await store.append('run-1', alice, entry({ commits: [aCommit('a', 1)] }));
      const places = async () => {
        const left = await store.readMarks('run-1');
        return left.map((mark) => `${mark.step_id}/${mark.item ?? ''}`).toSorted();
      };
      expect(await places()).toEqual(['a/0', 'a/10', 'ab/']);
      await store.append('run-1', alice, entry({ commits: [aCommit('a')] }));
      expect(await places()).toEqual(['ab/']);
    });

    it('forgets every mark when the run ends', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, entry({ marks: [aMark('a')] }));
      await changeStatus(store, 'running', 'canceled');
      expect(await store.readMarks('run-1')).toEqual([]);
    });

    it('writes all of an entry or nothing', async () => {
      const store = await withRun(await create());
      await expect(
        store.append('run-1', bob, {
          at: at(1),
          marks: [aMark('a')],
          commits: [aCommit('b')],
          events: [{ type: 'run_started', workflow_id: 'orders' }],
          questions: [{ question_id: 'q', kind: 'decision', message: '?', schema: {} }],
        }),
      ).rejects.toMatchObject(withCode('RUN_STATE_CONFLICT'));
      expect(await store.readMarks('run-1')).toEqual([]);
      expect(await store.readCommits('run-1')).toEqual([]);
      expect(await store.readEvents('run-1', 0, 10)).toEqual([]);
      expect(await store.readQuestions('run-1')).toEqual([]);
    });
  });
}

function aCommit(step_id: string, item?: number): StepCommit {
  const result = { id: step_id, status: 'succeeded', output: { item: item ?? null }, attempts: 1 } as const;
  return { step_id, result, ...(item !== undefined && { item }) };
}

function aMark(step_id: string, parts: Partial<CallMark> = {}): CallMark {
  return { step_id, poll: 1, attempt: 1, phase: 'calling', at: at(1), since: at(1), calls: 1, ...parts };
}
