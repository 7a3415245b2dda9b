import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import type { Answer } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';

describe('a step with for_each', () => {
  it('runs once per item and gives the results in order', async () => {
    const { run, engine } = await runWith(
      { for_each: '${{ inputs.list }}', with: { id: '${{ item.id }}', n: '${{ index }}' } },
      (call) => `${String(call.arguments.with['id'])}!`,
    );
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: ['x!', 'y!', 'z!'], attempts: 3 });
    expect(engine.api.calls.map((call) => call.arguments.with)).toEqual([
      { id: 'x', n: 0 },
      { id: 'y', n: 1 },
      { id: 'z', n: 2 },
    ]);
  });

  it('takes a literal list with templates in it', async () => {
    const { run } = await runWith(
      { for_each: [1, '${{ inputs.list[0].id }}', null], with: { id: '${{ item }}' } },
      (call) => call.arguments.with['id'],
    );
    expect(run.steps[0]?.output).toEqual([1, 'x', null]);
  });

  it('keeps the order of the items whichever ends first', async () => {
    const clock = createHandClock();
    const { run } = await runWith(
      { for_each: '[30, 20, 10]', concurrency: 3, with: { id: '${{ item }}' } },
      async (call) => {
        await clock.sleep(Number(call.arguments.with['id']), call.signal);
        return call.arguments.with['id'];
      },
      { clock },
    );
    expect(run.steps[0]).toMatchObject({ output: [30, 20, 10], duration_ms: 30 });
  });

  it('runs as many items side by side as concurrency says, one when it says nothing', async () => {
    for (const [concurrency, expected] of [
      [null, 1],
      [1, 1],
      [2, 2],
      [10, 5],
    ] as const) {
      const load = { now: 0, most: 0 };
      const clock = createHandClock();
      const answer: Answer = async (call) => {
        load.now += 1;
        load.most = Math.max(load.most, load.now);
        await clock.sleep(10, call.signal);
        load.now -= 1;
      };
      const { run } = await runWith({ for_each: '[1, 2, 3, 4, 5]', concurrency }, answer, { clock });
      expect(run.steps[0]?.duration_ms).toBe(10 * Math.ceil(5 / expected));
      expect(load.most).toBe(expected);
    }
  });

  it('succeeds with an empty list, and calls nothing', async () => {
    const { run, engine } = await runWith({ for_each: '[]' }, () => 1);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: [], attempts: 0 });
    expect(engine.api.calls).toEqual([]);
  });

  it('fails with the first failed item, and stops the others', async () => {
    const clock = createHandClock();
    const { run, engine } = await runWith(
      { for_each: '[1, 2, 3, 4]', concurrency: 2, with: { id: '${{ item }}' } },
      async (call) => {
        if (call.arguments.with['id'] === 2) throw httpError(404);
        await clock.sleep(1_000, call.signal);
        return 'done';
      },
      { clock },
    );
    expect(run.steps[0]).toMatchObject({
      status: 'failed',
      output: [null, null, null, null],
      error: { error_code: 'HTTP_ERROR', context: { item: 1, status: 404 } },
      duration_ms: 0,
    });
    expect(engine.api.calls).toHaveLength(2);
    expect(engine.api.calls[0]?.signal.aborted).toBe(true);
  });

  it('gives null for a failed item with on_failure: continue', async () => {
    const { run, events } = await runWith(
      { for_each: '[1, 2, 3]', on_failure: 'continue', with: { id: '${{ item }}' } },
      (call) => {
        if (call.arguments.with['id'] === 2) throw httpError(404);
        return call.arguments.with['id'];
      },
    );
    expect(run.status).toBe('succeeded');
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: [1, null, 3], attempts: 3 });
    expect(events.filter((event) => event.type === 'step_progress')).toMatchObject([
      { done: 1, total: 3, message: '1 of 3 items' },
      { done: 2, total: 3, message: '2 of 3 items, item 1 failed: GET / answered 404' },
      { done: 3, total: 3, message: '3 of 3 items' },
    ]);
  });

  it('retries and polls each item by itself', async () => {
    const seen = new Map<unknown, number>();
    const { run } = await runWith(
      {
        for_each: '["x", "y"]',
        with: { id: '${{ item }}' },
        repeat: { until: 'steps.a.n >= 2 && steps.a.id == item' },
        retry: { max_attempts: 2, delay: '10ms' },
      },
      (call) => {
        const { id } = call.arguments.with;
        const n = (seen.get(id) ?? 0) + 1;
        seen.set(id, n);
        if (n === 1) throw httpError(503);
        return { id, n: n - 1 };
      },
    );
    expect(run.steps[0]).toMatchObject({
      status: 'succeeded',
      output: [
        { id: 'x', n: 2 },
        { id: 'y', n: 2 },
      ],
      attempts: 6,
    });
  });

  it.each([
    ['an object', '${{ inputs.list[0] }}', 'an object'],
    ['a text', "'abc'", 'a string'],
    ['null', 'null', 'null'],
  ])('fails for %s instead of a list', async (_, for_each, type) => {
    const { run } = await runWith({ for_each }, () => 1);
    expect(run.steps[0]).toMatchObject({ status: 'failed', error: { error_code: 'EXPRESSION_FAILED' } });
    expect(run.steps[0]?.error?.message).toContain(type);
  });

  it('fails for more items than allowed', async () => {
    const { run, engine } = await runWith({ for_each: '[1, 2, 3]' }, () => 1, { limits: { maxItems: 2 } });
    expect(run.error).toMatchObject({
      error_code: 'LIMIT_EXCEEDED',
      context: { limit: 'maxItems', maximum: 2 },
    });
    expect(engine.api.calls).toEqual([]);
  });

  it('fails when the results together are larger than allowed', async () => {
    const { run, engine } = await runWith({ for_each: '[1, 2, 3, 4]' }, () => 'x'.repeat(40), {
      limits: { maxOutputBytes: 100 },
    });
    expect(run.error).toMatchObject({ error_code: 'LIMIT_EXCEEDED', context: { limit: 'maxOutputBytes' } });
    expect(engine.api.calls).toHaveLength(3);
  });

  it('sends an idempotency key of its own with each item', async () => {
    const engine = createTestEngine({ 'shop add': { method: 'POST', answer: () => 1 } });
    await engine.run(aWorkflow({ steps: [aStep('a', 'shop add', { for_each: '[1, 2, 3]' })] }));
    expect(new Set(engine.api.calls.map((call) => call.idempotencyKey)).size).toBe(3);
  });

  it('says how many items there are when it starts', async () => {
    const { events } = await runWith({ for_each: '[1, 2]' }, () => 1);
    expect(events[1]).toMatchObject({ type: 'step_started', step_id: 'a', run: 'shop get', items: 2 });
    expect(events.filter((event) => event.type === 'step_attempt').map((event) => event.item)).toEqual([
      0, 1,
    ]);
  });

  it('handles thousands of items', async () => {
    const { run } = await runWith(
      { for_each: 'range(5000)', concurrency: 50, with: { n: '${{ item }}' } },
      (call) => call.arguments.with['n'],
    );
    expect(run.steps[0]?.output).toEqual(Array.from({ length: 5_000 }, (_, index) => index));
  });
});

async function runWith(parts: Partial<Step>, answer: Answer, options: TestEngineOptions = {}) {
  const engine = createTestEngine({ 'shop get': answer }, options);
  const workflow = aWorkflow({ inputs: { list: {} }, steps: [aStep('a', 'shop get', parts)] });
  const run = await engine.run(workflow, { list: [{ id: 'x' }, { id: 'y' }, { id: 'z' }] });
  return { run, engine, events: await engine.events(run.run_id) };
}
