import { describe, expect, it } from 'vitest';
import type { Question } from '@oatty/types';
import type { CreateStore } from '../run-store-contract.ts';
import { alice, at, changeStatus, entry, withCode, withRun } from './store-fixture.ts';

export function describeQuestions(create: CreateStore): void {
  describe('questions', () => {
    it('keeps questions in the order of asking, with their answers', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, { at: at(1), questions: [aQuestion('b'), aQuestion('a')] });
      await store.answerQuestion('run-1', 'a', { value: { decision: 'retry' }, at: at(4) });
      expect(await store.readQuestions('run-1')).toEqual([
        { question: aQuestion('b'), asked_at: at(1) },
        { question: aQuestion('a'), asked_at: at(1), answer: { decision: 'retry' }, answered_at: at(4) },
      ]);
    });

    it('changes nothing when a question is asked again', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, { at: at(1), questions: [aQuestion('a')] });
      await store.answerQuestion('run-1', 'a', { value: false, at: at(2) });
      await store.append('run-1', alice, { at: at(3), questions: [{ ...aQuestion('a'), message: 'new' }] });
      expect(await store.readQuestions('run-1')).toEqual([
        { question: aQuestion('a'), asked_at: at(1), answer: false, answered_at: at(2) },
      ]);
    });

    it('takes one answer, also from two who answer at once', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, entry({ questions: [aQuestion('a')] }));
      const answers = await Promise.allSettled([
        store.answerQuestion('run-1', 'a', { value: 'one', at: at(2) }),
        store.answerQuestion('run-1', 'a', { value: 'two', at: at(2) }),
      ]);
      expect(answers.map((answer) => answer.status).toSorted()).toEqual(['fulfilled', 'rejected']);
      const [record] = await store.readQuestions('run-1');
      expect(record?.answer).toBe(answers[0]?.status === 'fulfilled' ? 'one' : 'two');
    });

    it('refuses an answer to a question that was answered or never asked', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, entry({ questions: [aQuestion('a')] }));
      await store.answerQuestion('run-1', 'a', { value: null, at: at(2) });
      await expect(store.answerQuestion('run-1', 'a', { value: 1, at: at(3) })).rejects.toMatchObject(
        withCode('RUN_STATE_CONFLICT'),
      );
      await expect(store.answerQuestion('run-1', 'b', { value: 1, at: at(3) })).rejects.toMatchObject(
        withCode('ARGUMENT_INVALID'),
      );
    });

    it('lets a waiting run go on with its answer', async () => {
      const store = await withRun(await create());
      await store.changeRun(
        'run-1',
        alice,
        ['pending'],
        { status: 'waiting', started_at: at(1) },
        entry({ questions: [aQuestion('a'), aQuestion('b')] }),
      );
      await store.releaseLease('run-1', alice);
      expect(await store.listAbandonedRuns(at(2), 10)).toEqual([]);
      await store.answerQuestion('run-1', 'a', { value: true, at: at(3) });
      expect((await store.getRun('run-1'))?.status).toBe('running');
      expect(await store.listAbandonedRuns(at(3), 10)).toEqual(['run-1']);
    });

    it.each([
      { started_at: at(0), goesOn: 'running' },
      { started_at: undefined, goesOn: 'pending' },
    ])(
      'lets a run not wait with a question that has its answer: it is $goesOn',
      async ({ started_at, goesOn }) => {
        const store = await withRun(await create(), { ...(started_at !== undefined && { started_at }) });
        await store.append('run-1', alice, entry({ questions: [aQuestion('a')] }));
        await store.answerQuestion('run-1', 'a', { value: true, at: at(2) });
        const change = { status: 'waiting', due_at: at(50) } as const;
        const asked = entry({ questions: [aQuestion('a'), aQuestion('b')] });
        expect(await store.changeRun('run-1', alice, ['pending'], change, asked)).toBe(true);
        await store.releaseLease('run-1', alice);
        const run = await store.getRun('run-1');
        expect([run?.status, run?.due_at]).toEqual([goesOn, undefined]);
        expect(await store.listAbandonedRuns(at(3), 10)).toEqual(['run-1']);
      },
    );

    it('lets a run wait with a new question, whatever was answered before', async () => {
      const store = await withRun(await create(), { started_at: at(0) });
      await store.append('run-1', alice, entry({ questions: [aQuestion('a')] }));
      await store.answerQuestion('run-1', 'a', { value: true, at: at(2) });
      const asked = entry({ questions: [aQuestion('b')] });
      await store.changeRun('run-1', alice, ['pending'], { status: 'waiting' }, asked);
      expect((await store.getRun('run-1'))?.status).toBe('waiting');
    });

    it('keeps who gave an answer', async () => {
      const store = await withRun(await create(), { status: 'running' });
      await store.append('run-1', alice, entry({ questions: [aQuestion('a')] }));
      await store.answerQuestion('run-1', 'a', { value: 'yes', at: at(2), by: 'carol' });
      expect((await store.readQuestions('run-1'))[0]).toMatchObject({ answer: 'yes', answered_by: 'carol' });
    });

    it('keeps approvers and the end of the time to answer', async () => {
      const store = await withRun(await create(), { status: 'running' });
      const question = { ...aQuestion('a'), kind: 'approval', approvers: ['carol'], due_at: at(9) } as const;
      await store.append('run-1', alice, entry({ questions: [question] }));
      expect((await store.readQuestions('run-1'))[0]?.question).toEqual(question);
    });

    it('lets a run that got its answer wait for no time', async () => {
      const store = await withRun(await create(), { started_at: at(0) });
      const change = { status: 'waiting', due_at: at(50) } as const;
      await store.changeRun('run-1', alice, ['pending'], change, entry({ questions: [aQuestion('a')] }));
      await store.answerQuestion('run-1', 'a', { value: true, at: at(3) });
      expect(await store.getRun('run-1')).not.toHaveProperty('due_at');
    });

    it('makes a run pending again that waited before it started', async () => {
      const store = await withRun(await create(), { incomplete: true });
      await store.append('run-1', alice, entry({ questions: [aQuestion('a')] }));
      await changeStatus(store, 'pending', 'waiting');
      await store.answerQuestion('run-1', 'a', { value: true, at: at(3) });
      expect((await store.getRun('run-1'))?.status).toBe('pending');
    });
  });
}

function aQuestion(question_id: string): Question {
  const schema = { type: 'object', properties: { decision: { type: 'string', enum: ['retry', 'fail'] } } };
  return { question_id, kind: 'decision', message: 'And now?', schema };
}
