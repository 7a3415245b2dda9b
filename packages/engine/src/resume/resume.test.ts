import { describe, expect, it } from 'vitest';
import type { Step, Workflow } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngine, TestEngineOptions } from '../testing/test-engine.ts';
import { keptCommits, planResume } from './plan-resume.ts';
import type { ResumeRequest, ResumePlan } from './plan-resume.ts';

const three = aWorkflow({
  steps: [
    aStep('a', 'shop get'),
    aStep('b', 'shop broken', { with: { id: '${{ steps.a.id }}' } }),
    aStep('c', 'shop add', { depends_on: ['b'] }),
  ],
  final_output: '${{ steps.c }}',
});

describe('the plan of a resumption', () => {
  it('keeps what succeeded and runs the rest', async () => {
    const { plan } = await planned(three);
    expect(actionsOf(plan)).toEqual({ a: 'kept', b: 'run_again', c: 'run_again' });
    expect(reasonsOf(plan)).toEqual({ a: 'it succeeded', b: 'it failed', c: 'it has not run' });
    expect(plan.problems).toEqual([]);
  });

  it('runs a named step again, and what comes after it', async () => {
    const { plan } = await planned(three, { from: 'a' });
    expect(actionsOf(plan)).toEqual({ a: 'run_again', b: 'run_again', c: 'run_again' });
    expect(reasonsOf(plan)['a']).toBe('you resume from it');
  });

  it('knows no step of another name', async () => {
    await expect(planned(three, { from: 'bb' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      suggestedAction: expect.stringContaining('"b"'),
    });
  });

  it('shows what an edited manifest has more and less', async () => {
    const [a, b] = three.steps;
    const edited = aWorkflow({ steps: [...toSteps(a, b), aStep('d', 'shop get')] });
    const { plan } = await planned(three, { workflow: edited });
    expect(actionsOf(plan)).toEqual({ a: 'kept', b: 'run_again', d: 'new', c: 'removed' });
  });

  it('runs a changed step and its dependents again', async () => {
    const steps = [
      aStep('a', 'shop get'),
      aStep('after', 'shop get', { with: { id: '${{ steps.a.id }}' } }),
      aStep('apart', 'shop get'),
      aStep('b', 'shop broken'),
    ];
    const edited = aWorkflow({ steps: [aStep('a', 'shop get', { with: { n: 2 } }), ...steps.slice(1)] });
    const { plan } = await planned(aWorkflow({ steps }), { workflow: edited });
    expect(actionsOf(plan)).toEqual({ a: 'run_again', after: 'run_again', apart: 'kept', b: 'run_again' });
    expect(reasonsOf(plan)).toMatchObject({
      a: 'its definition has changed',
      after: 'it waits for "a", which runs',
    });
  });

  it('keeps a step whose retries or time-outs alone have changed', async () => {
    const [a, b, c] = three.steps;
    const edited = {
      ...three,
      steps: toSteps({ ...a, timeout: '5s', retry: { max_attempts: 3 } } as Step, b, c),
    };
    expect(actionsOf((await planned(three, { workflow: edited })).plan)['a']).toBe('kept');
  });

  it('keeps failures that the manifest allows, and skipped steps', async () => {
    const steps = [
      aStep('soft', 'shop broken', { on_failure: 'continue' }),
      aStep('no', 'shop get', { if: 'false' }),
      aStep('b', 'shop broken'),
    ];
    const { plan } = await planned(aWorkflow({ steps }));
    expect(actionsOf(plan)).toEqual({ soft: 'kept', no: 'kept', b: 'run_again' });
  });

  it('is impossible where a kept output lacks what a step reads', async () => {
    const [a, b, c] = three.steps;
    const reads = { id: '${{ steps.a.total }}', n: '${{ steps.a.sum ?? 0 }}' };
    const edited = { ...three, steps: toSteps(a, { ...b, with: reads } as Step, c) };
    const { plan } = await planned(three, { workflow: edited });
    expect(plan.problems).toEqual(['step "b" reads steps.a.total, which the kept outputs do not have']);
  });

  it('is impossible where a command is gone', async () => {
    const [a, b] = three.steps;
    const edited = { ...three, steps: [...toSteps(a, b), aStep('c', 'shop nothing')], final_output: null };
    const { plan } = await planned(three, { workflow: edited });
    expect(plan.problems).toEqual(['step "c" runs "shop nothing", which is gone']);
  });

  it('is impossible while nobody knows whether a call was made', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: [aStep('c', 'shop add')] }));
    const mark = { step_id: 'c', poll: 1, attempt: 1, phase: 'calling', calls: 1 } as const;
    const record = await engine.store.getRun(runId);
    if (record === undefined) throw new Error('The run is there.');
    const at = record.created_at;
    const source = { record, commits: [], marks: [{ ...mark, at, since: at }] };
    const plan = planResume(source, { workflow: record.workflow }, engine.commands);
    expect(plan.problems[0]).toContain('answer its question first');
  });
});

describe('a resumed run', () => {
  it('ends as if nothing had happened, without a kept call', async () => {
    const { engine, runId, mend } = await failed(three);
    mend();
    const run = await resume(engine, runId);
    expect(run).toMatchObject({ status: 'succeeded', resumed_from: runId, final_output: 'added' });
    expect(run.run_id).not.toBe(runId);
    expect(engine.api.countOf('shop get')).toBe(1);
    expect((await engine.runner.read(runId)).status).toBe('failed');
  });

  it('makes its calls with the keys that they had', async () => {
    const { engine, runId, mend } = await failed(three);
    mend();
    await resume(engine, runId);
    const keys = engine.api.calls
      .filter(({ found }) => found.command.id === 'shop broken')
      .map(({ idempotencyKey }) => idempotencyKey);
    expect(keys).toHaveLength(2);
    expect(new Set(keys).size).toBe(1);
  });

  it('keeps items that succeeded', async () => {
    const each = aStep('a', 'shop item', { for_each: '[1, 2, 3]', with: { n: '${{ item }}' } });
    const { engine, runId, mend } = await failed(aWorkflow({ steps: [each] }));
    mend();
    const run = await resume(engine, runId);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: [1, 2, 3] });
    expect(engine.api.calls.map((call) => call.arguments.with['n'])).toEqual([1, 2, 2, 3]);
  });

  it('is started once, also by two at once', async () => {
    const { engine, runId, mend } = await failed(three);
    mend();
    const started = await Promise.allSettled([startResumed(engine, runId), startResumed(engine, runId)]);
    expect(started.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(started.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'RUN_STATE_CONFLICT' },
    });
  });

  it('can be resumed again when it fails too', async () => {
    const { engine, runId, mend } = await failed(three);
    const second = await resume(engine, runId);
    expect(second.status).toBe('failed');
    mend();
    const third = await resume(engine, second.run_id);
    expect(third).toMatchObject({ status: 'succeeded', resumed_from: second.run_id });
    expect(engine.api.countOf('shop get')).toBe(1);
  });

  it('carries a failed sub-workflow on as well', async () => {
    const child = { ...three, workflow: 'child' };
    const parent = aWorkflow({ steps: [aStep('sub', 'workflow child')] });
    const { engine, runId, mend } = await failed(parent, { workflows: [child] });
    mend();
    const run = await resume(engine, runId);
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ output: 'added' }] });
    expect(engine.api.countOf('shop get')).toBe(1);
  });

  it('keeps what a sub-workflow had done past a resumption that did not come to it', async () => {
    const child = { ...three, workflow: 'child' };
    const steps = [aStep('first', 'shop second'), aStep('sub', 'workflow child')];
    const { engine, runId, mend } = await failed(aWorkflow({ steps }), { workflows: [child] });
    const second = await resume(engine, runId, 'first');
    expect(second.steps).toMatchObject([{ status: 'failed' }, { status: 'skipped' }]);
    mend();
    expect(await resume(engine, second.run_id)).toMatchObject({ status: 'succeeded' });
    expect(engine.api.countOf('shop get')).toBe(1);
  });

  it('runs a sub-workflow anew that was to run again', async () => {
    const child = aWorkflow({ workflow: 'child', steps: [aStep('a', 'shop get')] });
    const parent = aWorkflow({ steps: [aStep('sub', 'workflow child'), aStep('b', 'shop broken')] });
    const { engine, runId, mend } = await failed(parent, { workflows: [child] });
    mend();
    await resume(engine, runId, 'sub');
    expect(engine.api.countOf('shop get')).toBe(2);
  });
});

function toSteps(...steps: readonly (Step | undefined)[]): Step[] {
  return steps.filter((step) => step !== undefined);
}

function actionsOf({ steps }: ResumePlan) {
  return Object.fromEntries(steps.map(({ step_id, action }) => [step_id, action]));
}

function reasonsOf({ steps }: ResumePlan): Record<string, string> {
  return Object.fromEntries(steps.map(({ step_id, reason }) => [step_id, reason]));
}

function anEngine(options: TestEngineOptions = {}) {
  let isBroken = true;
  const engine = createTestEngine(
    {
      'shop get': () => ({ id: 'o1' }),
      'shop add': { method: 'POST', answer: () => 'added' },
      'shop broken': {
        method: 'POST',
        answer: () => {
          if (isBroken) throw httpError(500);
          return 'mended';
        },
      },
      'shop second': (_, nth) => {
        if (nth === 2) throw httpError(404);
      },
      'shop item': (call) => {
        if (isBroken && call.arguments.with['n'] === 2) throw httpError(500);
        return call.arguments.with['n'];
      },
    },
    options,
  );
  const mend = (): void => {
    isBroken = false;
  };
  return { ...engine, mend };
}

async function failed(workflow: Workflow, options: TestEngineOptions = {}) {
  const { mend, ...engine } = anEngine(options);
  const run = await engine.run(workflow);
  return { engine, mend, runId: run.run_id };
}

async function planned(workflow: Workflow, request: Partial<ResumeRequest> = {}) {
  const { engine, runId } = await failed(workflow);
  const source = await sourceOf(engine, runId);
  return { plan: planResume(source, { workflow, ...request }, engine.commands) };
}

async function sourceOf({ store }: TestEngine, runId: string) {
  const record = await store.getRun(runId);
  if (record === undefined) throw new Error('The run is there.');
  return { record, commits: await store.readCommits(runId), marks: await store.readMarks(runId) };
}

async function startResumed(engine: TestEngine, runId: string, from?: string): Promise<string> {
  const source = await sourceOf(engine, runId);
  const { workflow, inputs, caller } = source.record;
  const plan = planResume(source, { workflow, ...(from !== undefined && { from }) }, engine.commands);
  const commits = keptCommits(source, workflow, plan, from);
  return engine.runner.resume({ record: source.record, workflow, inputs, commits, caller });
}

async function resume(engine: TestEngine, runId: string, from?: string) {
  return engine.execute(await startResumed(engine, runId, from));
}
