import type { AgreedWorkflows, Workflow } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import { digestWorkflow, isAgreed } from './agreed-workflows.ts';

describe('the digest of a workflow', () => {
  it('is the same whatever the order of its keys', () => {
    const steps = [{ id: 'get', run: 'shop get', with: { id: 1, n: { a: [1, 2], b: null } } }];
    const turned = [{ with: { n: { b: null, a: [1, 2] }, id: 1 }, run: 'shop get', id: 'get' }];
    expect(digestWorkflow({ steps: turned, workflow: 'orders' })).toBe(
      digestWorkflow({ workflow: 'orders', steps }),
    );
    expect(digestWorkflow({ workflow: 'orders', steps })).toMatch(/^[\da-f]{64}$/);
  });

  it.each<[string, Partial<Workflow>]>([
    ['a step more', { steps: [aStep('get', 'shop get'), aStep('more', 'shop get')] }],
    ['another argument', { steps: [aStep('get', 'shop get', { with: { id: 2 } })] }],
    ['another output', { final_output: '${{ steps.get }}' }],
    ['another input', { inputs: { id: {} } }],
  ])('is another one with %s', (_, parts) => {
    const workflow = aWorkflow({ steps: [aStep('get', 'shop get')] });
    expect(digestWorkflow({ ...workflow, ...parts })).not.toBe(digestWorkflow(workflow));
  });

  it('agrees to nothing that only an object has by itself', () => {
    for (const id of ['constructor', '__proto__', 'toString']) {
      expect(isAgreed(id, String(Object.prototype.constructor), {})).toBe(false);
    }
    expect(isAgreed('__proto__', 'a1', Object.fromEntries([['__proto__', 'a1']]))).toBe(true);
  });
});

describe('a run to which somebody has agreed', () => {
  it('runs what was agreed to, all the way down', async () => {
    const engine = anEngine();
    const runId = await engine.start(outer, {}, { agreed: agreedTo(middle, inner) });
    expect(await engine.execute(runId)).toMatchObject({ status: 'succeeded' });
    expect(engine.api.calls).toHaveLength(1);
  });

  it.each([
    ['that it runs itself', middle, { agreed: agreedTo({ ...middle, title: 'Before' }, inner) }],
    ['that those run', inner, { agreed: agreedTo(middle, { ...inner, title: 'Before' }) }],
    ['that nobody knew of', inner, { agreed: agreedTo(middle) }],
    ['when it may run none', middle, { agreed: {} }],
  ])('refuses a changed workflow %s', async (_, changed, agreement) => {
    const engine = anEngine();
    const runId = await engine.start(outer, {}, agreement);
    expect(await engine.execute(runId)).toMatchObject({
      status: 'failed',
      error: {
        error_code: 'WORKFLOW_VERSION_CONFLICT',
        step_id: 'sub',
        context: { workflow_id: changed.workflow },
      },
    });
    expect(engine.api.calls).toEqual([]);
  });

  it('refuses what is changed after the run has started', async () => {
    const workflows = [middle, inner];
    const engine = anEngine(workflows);
    const runId = await engine.start(outer, {}, { agreed: agreedTo(middle, inner) });
    workflows[1] = { ...inner, steps: [aStep('drop', 'shop drop')] };
    const { error } = await engine.execute(runId);
    expect(error).toMatchObject({ error_code: 'WORKFLOW_VERSION_CONFLICT' });
    expect(engine.api.calls).toEqual([]);
  });

  it('is held to what its resumption agrees to', async () => {
    const workflows = [middle, { ...inner, title: 'After' }];
    const engine = anEngine(workflows);
    const runId = await engine.start(outer, {}, { agreed: agreedTo(middle, inner) });
    await engine.execute(runId);
    const record = await engine.store.getRun(runId);
    if (record === undefined) throw new Error('The run is gone.');
    const resumption = { record, workflow: outer, inputs: {}, commits: [], caller: record.caller };
    const resume = async (agreed: AgreedWorkflows) =>
      engine.execute(await engine.runner.resume({ ...resumption, agreed }));
    expect((await resume(agreedTo(middle, inner))).error).toMatchObject({
      error_code: 'WORKFLOW_VERSION_CONFLICT',
    });
    expect((await resume(agreedTo(...workflows))).status).toBe('succeeded');
  });
});

const inner = aWorkflow({ workflow: 'inner', steps: [aStep('get', 'shop get')] });
const middle = aWorkflow({ workflow: 'middle', steps: [aStep('sub', 'workflow inner')] });
const outer = aWorkflow({ workflow: 'outer', steps: [aStep('sub', 'workflow middle')] });

function anEngine(workflows: readonly Workflow[] = [middle, inner]) {
  return createTestEngine(
    { 'shop get': () => 'got', 'shop drop': { method: 'DELETE', answer: () => null } },
    { workflows },
  );
}

function agreedTo(...workflows: readonly Workflow[]) {
  return Object.fromEntries(workflows.map((workflow) => [workflow.workflow, digestWorkflow(workflow)]));
}
