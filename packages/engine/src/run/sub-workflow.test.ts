import { describe, expect, it } from 'vitest';
import type { RunStore } from '../ports/run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe('a step that runs a saved workflow', () => {
  it('has the final output of that run as its own output', async () => {
    const engine = anEngine();
    const run = await engine.run(parent);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: { got: 7 }, attempts: 1 });
  });

  it('makes a run of its own, with the same root', async () => {
    const engine = anEngine();
    const { run_id } = await engine.run(parent);
    const { items } = await engine.store.listRuns({ limit: 10, include_children: true });
    const childId = items.find((item) => item.workflow_id === 'child')?.run_id ?? '';
    expect(await engine.store.getRun(childId)).toMatchObject({
      status: 'succeeded',
      root_run_id: run_id,
      inputs: { n: 7 },
      parent: { runId: run_id, stepId: 'sub', path: ['sub#1'], poll: 1, attempt: 1 },
      caller: { principal: 'tester', via: 'library' },
    });
    expect((await engine.store.listRuns({ limit: 10 })).items.map((item) => item.run_id)).toEqual([run_id]);
  });

  it('fails with the error of that run', async () => {
    const engine = anEngine();
    const run = await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow broken')] }));
    const { items } = await engine.store.listRuns({ limit: 10, include_children: true });
    const childId = items.find((item) => item.workflow_id === 'broken')?.run_id;
    expect(run.error).toMatchObject({
      error_code: 'HTTP_ERROR',
      step_id: 'sub',
      command: 'workflow broken',
      context: { status: 418, run_id: childId, child_step_id: 'x', child_command: 'shop fail' },
    });
  });

  it('is canceled with its parent, all the way down', async () => {
    const clock = createHandClock();
    const engine = anEngine({ clock });
    const steps = [aStep('sub', 'workflow outer')];
    const runId = await engine.start(aWorkflow({ steps }));
    const ending = engine.runner.execute(runId);
    await clock.advance(100);
    await engine.runner.cancel(runId);
    expect((await ending).status).toBe('canceled');
    const { items } = await engine.store.listRuns({ limit: 10, include_children: true });
    expect(items.map((item) => [item.workflow_id, item.status])).toEqual(
      expect.arrayContaining([
        ['orders', 'canceled'],
        ['outer', 'canceled'],
        ['slow', 'canceled'],
      ]),
    );
    expect(engine.api.calls[0]?.signal.aborted).toBe(true);
  });

  it('is canceled when the step times out', async () => {
    const engine = anEngine();
    const run = await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow slow', { timeout: '5s' })] }));
    expect(run.error).toMatchObject({ error_code: 'STEP_TIMEOUT', step_id: 'sub' });
    const { items } = await engine.store.listRuns({ limit: 10, include_children: true });
    expect(items.map((item) => item.status).toSorted()).toEqual(['canceled', 'failed']);
  });

  it('runs anew with each attempt, and sends the same idempotency keys again', async () => {
    const engine = anEngine();
    const retry = { max_attempts: 2, delay: '1s', on: [418] };
    await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow pays', { retry })] }));
    const { items } = await engine.store.listRuns({ limit: 10, include_children: true });
    expect(items.filter((item) => item.workflow_id === 'pays')).toHaveLength(2);
    const keys = engine.api.calls.flatMap((call) => call.idempotencyKey ?? []);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('sends other idempotency keys from each item', async () => {
    const engine = anEngine();
    await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow paid', { for_each: '[1, 2]' })] }));
    const keys = engine.api.calls.map((call) => call.idempotencyKey);
    expect(new Set(keys).size).toBe(2);
  });

  it('may go ten levels deep and no deeper', async () => {
    const engine = anEngine();
    const run = await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow self')] }));
    expect(run.error).toMatchObject({
      error_code: 'LIMIT_EXCEEDED',
      context: { limit: 'maxDepth', maximum: 10 },
    });
    const { items } = await engine.store.listRuns({ limit: 100, include_children: true });
    expect(items).toHaveLength(10);
  });

  it('may do no more than its parent, even when it was changed after that had started', async () => {
    const engine = anEngine();
    const workflow = aWorkflow({ steps: [aStep('sub', 'workflow drops')] });
    const runId = await engine.start(workflow, {}, { maxEffect: 'standard' });
    const run = await engine.execute(runId);
    expect(run.error).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      step_id: 'sub',
      context: { effect: 'destructive', max_effect: 'standard', child_step_id: 'x' },
    });
    expect(engine.api.calls).toEqual([]);
    const confirmed = await engine.start(workflow, {}, { maxEffect: 'standard', confirmedPlan: 'plan-1' });
    expect((await engine.execute(confirmed)).status).toBe('succeeded');
  });

  it('takes a secret only into an input that is declared as one', async () => {
    const engine = anEngine();
    const steps = [aStep('sub', 'workflow child', { with: { n: '${{ inputs.token }}' } })];
    const run = await engine.run(aWorkflow({ inputs: { token: { secret: true } }, steps }), {
      token: 's3cret',
    });
    expect(run.error).toMatchObject({ error_code: 'ARGUMENT_INVALID', context: { input: 'n' } });

    const careful = [aStep('sub', 'workflow careful', { with: { token: '${{ inputs.token }}' } })];
    const other = await engine.run(aWorkflow({ inputs: { token: { secret: true } }, steps: careful }), {
      token: 's3cret',
    });
    expect(other.status).toBe('succeeded');
    expect(engine.api.calls.at(-1)?.arguments.with).toEqual({ id: 's3cret' });
    const { items } = await engine.store.listRuns({ limit: 100, include_children: true });
    const rows = await Promise.all(items.map((item) => engine.store.getRun(item.run_id)));
    expect(JSON.stringify(rows)).not.toContain('s3cret');
  });

  it('is found again by the process that takes its parent over', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const first = anEngine({ store, clock });
    const runId = await first.start(aWorkflow({ steps: [aStep('sub', 'workflow slow')] }));
    const leaving = first.runner.execute(runId).catch((error: { code: string }) => error.code);
    await clock.advance(100);
    await first.runner.suspend();
    expect(await leaving).toBe('RUN_STATE_CONFLICT');

    const second = anEngine({ store, clock });
    const ending = second.runner.execute(runId);
    await clock.advance(100);
    const { items } = await store.listRuns({ limit: 10, include_children: true });
    expect(items.filter((item) => item.workflow_id === 'slow')).toMatchObject([{ status: 'running' }]);
    await second.runner.cancel(runId);
    await ending;
  });

  it('is found when a process that has lost its parent has just started it', async () => {
    const shared = createMemoryRunStore();
    const store: RunStore = {
      ...shared,
      async createRun(run, lease, commits) {
        if (run.parent !== undefined && lease !== undefined) {
          await shared.createRun(run, { ...lease, owner: 'one that slept' }, commits);
        }
        return shared.createRun(run, lease, commits);
      },
    };
    expect(await anEngine({ store }).run(parent)).toMatchObject({ status: 'succeeded' });
  });

  it('asks its question through its parent and gets the answer that the parent got', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const first = anEngine({ store, clock });
    const runId = await first.start(aWorkflow({ steps: [aStep('top', 'workflow outer-post')] }));
    void first.runner.execute(runId).catch(() => {});
    await clock.advance(100);
    await first.runner.suspend();

    const second = anEngine({ store, clock });
    const waiting = await second.execute(runId);
    expect(waiting).toMatchObject({ status: 'waiting', steps: [{ status: 'waiting' }] });
    const [record, ...others] = await store.readQuestions(runId);
    expect(others).toEqual([]);
    expect(record?.question).toMatchObject({ kind: 'decision', schema: { required: ['decision'] } });
    expect(record?.question.question_id).toMatch(/^[^/]+\/[^/]+\/in-flight:post#1\.1$/);

    await second.runner.answer(runId, record?.question.question_id ?? '', { decision: 'skip', output: '42' });
    expect(await second.execute(runId)).toMatchObject({ status: 'succeeded', steps: [{ output: 42 }] });
    expect(second.api.calls).toEqual([]);
  });

  it('is neither answered nor canceled past the run that waits for it', async () => {
    const engine = anEngine();
    const waiting = await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow asks')] }));
    const { items } = await engine.store.listRuns({ limit: 10, include_children: true });
    const childId = items.find((item) => item.workflow_id === 'asks')?.run_id ?? '';
    const [record] = await engine.store.readQuestions(childId);
    const refusal = { code: 'RUN_STATE_CONFLICT', options: { context: { part_of: waiting.run_id } } };
    const id = record?.question.question_id ?? '';
    await expect(engine.runner.answer(childId, id, { choice: 'approve' })).rejects.toMatchObject(refusal);
    await expect(engine.runner.cancel(childId)).rejects.toMatchObject(refusal);

    await engine.runner.answer(waiting.run_id, `${childId}/${id}`, { choice: 'approve' });
    expect(await engine.execute(waiting.run_id)).toMatchObject({ status: 'succeeded' });
  });

  it('that waits is canceled with its parent', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const first = anEngine({ store, clock });
    const runId = await first.start(aWorkflow({ steps: [aStep('top', 'workflow outer-post')] }));
    void first.runner.execute(runId).catch(() => {});
    await clock.advance(100);
    await first.runner.suspend();
    const second = anEngine({ store, clock });
    await second.execute(runId);
    await second.runner.cancel(runId);
    const { items } = await store.listRuns({ limit: 10, include_children: true });
    expect(items.map((item) => item.status)).toEqual(['canceled', 'canceled', 'canceled']);
  });
});

const parent = aWorkflow({ steps: [aStep('sub', 'workflow child', { with: { n: 7 } })] });

function anEngine(options: TestEngineOptions = {}) {
  const workflows = [
    aWorkflow({
      workflow: 'child',
      inputs: { n: {} },
      steps: [aStep('x', 'shop get', { with: { id: '${{ inputs.n }}' } })],
      final_output: { got: '${{ steps.x }}' },
    }),
    aWorkflow({
      workflow: 'careful',
      inputs: { token: { secret: true } },
      steps: [aStep('x', 'shop get', { with: { id: '${{ inputs.token }}' } })],
    }),
    aWorkflow({ workflow: 'asks', steps: [aStep('x', 'oatty approval', { with: { message: 'Go on?' } })] }),
    aWorkflow({ workflow: 'broken', steps: [aStep('x', 'shop fail')] }),
    aWorkflow({ workflow: 'slow', steps: [aStep('x', 'shop slow')] }),
    aWorkflow({ workflow: 'outer', steps: [aStep('x', 'workflow slow')] }),
    aWorkflow({ workflow: 'drops', steps: [aStep('x', 'shop drop')] }),
    aWorkflow({ workflow: 'paid', steps: [aStep('x', 'shop pay')] }),
    aWorkflow({ workflow: 'pays', steps: [aStep('x', 'shop pay'), aStep('y', 'shop fail')] }),
    aWorkflow({ workflow: 'self', steps: [aStep('x', 'workflow self')] }),
    aWorkflow({
      workflow: 'inner-post',
      steps: [aStep('post', 'shop hang')],
      final_output: '${{ steps.post }}',
    }),
    aWorkflow({
      workflow: 'outer-post',
      steps: [aStep('x', 'workflow inner-post')],
      final_output: '${{ steps.x }}',
    }),
  ];
  return createTestEngine(
    {
      'shop get': (call) => call.arguments.with['id'],
      'shop pay': { method: 'POST', answer: () => 'paid' },
      'shop drop': { method: 'DELETE', command: { effect: 'destructive' }, answer: () => null },
      'shop hang': { method: 'POST', answer: () => new Promise(() => {}) },
      'shop slow': () => new Promise(() => {}),
      'shop fail': () => {
        throw httpError(418);
      },
    },
    { workflows, ...options },
  );
}
