import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngine } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import { leaseFrom } from './keep-lease.ts';

describe('a sub-workflow that waits', () => {
  it.each(['waits', 'asks'])('and %s is canceled when another step fails', async (child) => {
    const engine = anEngine();
    const retry = { max_attempts: 2, delay: '1s' };
    const steps = [aStep('sub', `workflow ${child}`), aStep('b', 'shop fail', { retry })];
    const run = await engine.run(aWorkflow({ steps, max_parallel: 2 }));
    expect(run.status).toBe('failed');
    expect(await statusesOf(engine)).toContain(`${child} canceled`);
  });

  it('is canceled when another item of its step fails', async () => {
    const engine = anEngine();
    const each = { for_each: '["ask", "ask", "fail"]', with: { n: '${{ item }}' } };
    await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow asks-or-fails', each)] }));
    expect(await statusesOf(engine)).toEqual([
      'asks-or-fails canceled',
      'asks-or-fails canceled',
      'asks-or-fails failed',
      'orders failed',
    ]);
  });

  it.each<[string, Partial<Step>]>([
    ['a step', {}],
    ['an item', { for_each: '[1]', on_failure: 'continue' }],
  ])('is canceled when the polling of %s takes too long', async (_, more) => {
    const engine = anEngine();
    const repeat = { until: 'true', every: '1s', timeout: '20s' };
    await engine.run(aWorkflow({ steps: [aStep('sub', 'workflow waits', { repeat, ...more })] }));
    expect(await statusesOf(engine)).toContain('waits canceled');
  });
});

describe('a run that is canceled', () => {
  it('ends after its sub-workflow, though a dead process holds that longer', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const first = anEngine({ store, clock });
    const runId = await first.start(aWorkflow({ steps: [aStep('sub', 'workflow slow')] }));
    void first.runner.execute(runId).catch(() => {});
    await clock.advance(100);
    await first.runner.suspend();
    const childId = await childOf(store, 'slow');
    const now = clock.now();
    expect(await store.acquireLease(childId, leaseFrom('dead', now), now.toISOString())).toBe(true);

    const second = anEngine({ store, clock });
    await clock.play(second.runner.cancel(runId));
    expect(await statusesOf(second)).toEqual(['orders canceled', 'slow canceled']);
  });

  it('is let go of at once by a process that closes meanwhile', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const first = anEngine({ store, clock });
    const runId = await first.start(aWorkflow({ steps: [aStep('sub', 'workflow slow')] }));
    void first.runner.execute(runId).catch(() => {});
    await clock.advance(100);
    await first.runner.suspend();
    const now = clock.now();
    await store.acquireLease(await childOf(store, 'slow'), leaseFrom('dead', now), now.toISOString());

    const second = anEngine({ store, clock });
    const canceling = second.runner.cancel(runId);
    await clock.settle();
    await second.runner.suspend();
    await canceling;
    expect((await store.getRun(runId))?.status).toBe('running');
    expect(await store.listAbandonedRuns(clock.now().toISOString(), 10)).toEqual([runId]);
  });
});

function anEngine({ store = createMemoryRunStore(), clock = createHandClock() } = {}): TestEngine {
  const wait = { repeat: { until: 'false', every: '60s' } };
  const ask = aStep('ask', 'oatty approval', { with: { message: 'Go on?' } });
  const workflows = [
    aWorkflow({ workflow: 'waits', steps: [aStep('x', 'shop get', wait)] }),
    aWorkflow({ workflow: 'asks', steps: [ask] }),
    aWorkflow({ workflow: 'slow', steps: [aStep('x', 'shop slow')] }),
    aWorkflow({
      workflow: 'asks-or-fails',
      inputs: { n: {} },
      steps: [{ ...ask, if: 'inputs.n == "ask"' }, aStep('x', 'shop fail')],
    }),
  ];
  return createTestEngine(
    {
      'shop get': () => 1,
      'shop slow': () => new Promise(() => {}),
      'shop fail': () => {
        throw httpError(503);
      },
    },
    { store, clock, workflows },
  );
}

async function statusesOf({ store }: TestEngine): Promise<readonly string[]> {
  const { items } = await store.listRuns({ limit: 10, include_children: true });
  return items.map(({ workflow_id, status }) => `${workflow_id} ${status}`).toSorted();
}

async function childOf(store: TestEngine['store'], workflowId: string): Promise<string> {
  const { items } = await store.listRuns({ limit: 10, include_children: true });
  return items.find((item) => item.workflow_id === workflowId)?.run_id ?? '';
}
