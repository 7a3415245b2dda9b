import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { compileWorkflow } from './compile-workflow.ts';
import { defaultRunLimits } from './run-limits.ts';

describe('compiling a step', () => {
  it('fills in the defaults', () => {
    expect(compile({})).toMatchObject({
      gates: [],
      after: [],
      condition: { kind: 'constant', holds: true },
      items: { kind: 'none' },
      concurrency: 1,
      retry: { maxAttempts: 1 },
      continues: false,
    });
    expect(compile({}).polling).toBeUndefined();
    expect(compile({}).timeoutMs).toBeUndefined();
  });

  it('takes null for an unset option', () => {
    const unset = {
      if: null,
      when: null,
      for_each: null,
      concurrency: null,
      repeat: null,
      retry: null,
      timeout: null,
    };
    expect(compile({ ...unset, on_failure: null })).toMatchObject({
      condition: { holds: true },
      items: { kind: 'none' },
      concurrency: 1,
      continues: false,
    });
  });

  it('reads durations of every form', () => {
    const compiled = compile({
      timeout: '1m30s',
      repeat: { until: 'true', every: 2, timeout: '1d', max_attempts: 7 },
      retry: { max_attempts: 2, delay: '500ms', max_delay: '2h' },
    });
    expect(compiled.timeoutMs).toBe(90_000);
    expect(compiled.polling).toMatchObject({ everyMs: 2_000, timeoutMs: 86_400_000, maxPolls: 7 });
    expect(compiled.retry).toMatchObject({ delayMs: 500, maxDelayMs: 7_200_000 });
  });

  it('polls every second, a hundred times, when nothing is said', () => {
    expect(compile({ repeat: { until: 'true' } }).polling).toMatchObject({ everyMs: 1_000, maxPolls: 100 });
  });

  it.each<[string, Partial<Step>]>([
    ['timeout', { timeout: 'soon' }],
    ['repeat.every', { repeat: { until: 'true', every: '1x' } }],
    ['repeat.timeout', { repeat: { until: 'true', timeout: '-1s' } }],
    ['retry.max_delay', { retry: { max_attempts: 1, max_delay: '' } }],
  ])('refuses what is no duration: %s', (field, parts) => {
    expect(() => compile(parts)).toThrow(
      expect.objectContaining({
        code: 'WORKFLOW_VALIDATION_FAILED',
        options: expect.objectContaining({ context: { field } }),
      }),
    );
  });

  it('refuses a broken expression', () => {
    expect(() => compile({ if: '1 +' })).toThrow(expect.objectContaining({ code: 'EXPRESSION_INVALID' }));
  });

  it('waits for steps that are gates or are referred to, each once', () => {
    const steps = [
      aStep('a', 'shop get'),
      aStep('b', 'shop get'),
      aStep('c', 'shop get', { depends_on: ['a'], with: { id: '${{ steps.a ?? steps.b }}' } }),
    ];
    const { steps: compiled } = compileWorkflow(aWorkflow({ steps }), defaultRunLimits);
    expect(compiled[2]).toMatchObject({ gates: ['a'], after: ['a', 'b'] });
  });
});

describe('compiling a workflow', () => {
  it('reads its own bounds', () => {
    const workflow = aWorkflow({ max_parallel: 4, timeout: '10m', steps: [aStep('a', 'shop get')] });
    expect(compileWorkflow(workflow, defaultRunLimits)).toMatchObject({ maxParallel: 4, timeoutMs: 600_000 });
  });
});

function compile(parts: Partial<Step>) {
  const { steps } = compileWorkflow(aWorkflow({ steps: [aStep('a', 'shop get', parts)] }), defaultRunLimits);
  const [compiled] = steps;
  if (compiled === undefined) throw new Error('One step gives one step.');
  return compiled;
}
