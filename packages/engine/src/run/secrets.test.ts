import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import type { RunStore } from '../ports/run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

const key = 'sk_live_4242';
const pin = 'my-pin-7';

describe('secrets', () => {
  it('reach the API and come out nowhere', async () => {
    const engine = anEngine();
    const run = await runAll(engine, [
      aStep('key', 'shop echo', { with: { value: 'Bearer ${{ secrets.KEY }}' } }),
      aStep('pin', 'shop echo', { body: { pin: '${{ inputs.pin }}' } }),
      aStep('back', 'shop stored'),
      aStep('error', 'shop reject', { with: { value: '${{ secrets.KEY }}' }, on_failure: 'continue' }),
      aStep('items', 'shop echo', { for_each: '[1]', with: { value: '${{ secrets.KEY }}' } }),
    ]);
    expect(engine.api.calls.map((call) => call.arguments)).toMatchObject([
      { with: { value: `Bearer ${key}` } },
      { body: { pin } },
      {},
      { with: { value: key } },
      { with: { value: key } },
    ]);
    expect(run.status).toBe('succeeded');
    expect(run.inputs).toEqual({ pin: '[secret]' });
    expect(run.steps.map((step) => step.output)).toEqual([
      { with: { value: 'Bearer [secret]' } },
      { with: {}, body: { pin: '[secret]' } },
      'stored: [secret]',
      undefined,
      [{ with: { value: '[secret]' } }],
    ]);
    expect(await everythingIn(engine.store)).not.toMatch(new RegExp(`${key}|${pin}`));
    expect(JSON.stringify(engine.audit.events)).not.toMatch(new RegExp(`${key}|${pin}`));
  });

  it('are hidden when they were made into something else', async () => {
    const engine = anEngine();
    const run = await runAll(engine, [
      aStep('a', 'shop echo', { with: { value: '${{ upper(secrets.KEY) }}' } }),
    ]);
    expect(run.steps[0]?.output).toEqual({ with: { value: '[secret]' } });
  });

  it('are refused when they are not bound to the catalog of the command', async () => {
    const engine = anEngine();
    const run = await runAll(engine, [aStep('a', 'other echo', { with: { value: '${{ secrets.KEY }}' } })]);
    expect(run.error).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      step_id: 'a',
      context: { secret: 'KEY', catalog_id: 'other-api' },
    });
    expect(engine.api.calls).toEqual([]);
  });

  it('that have no value fail the step that uses them, and no other', async () => {
    const engine = anEngine();
    const run = await runAll(engine, [
      aStep('a', 'shop echo'),
      aStep('b', 'shop echo', { with: { value: '${{ secrets.NONE }}' }, on_failure: 'continue' }),
    ]);
    expect(run.steps.map((step) => step.status)).toEqual(['succeeded', 'failed']);
    expect(run.steps[1]?.error).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      suggested_action: 'Set it: oatty secret set NONE',
    });
  });

  it.each<[string, Partial<Step>]>([
    ['if', { if: 'secrets.KEY != ""' }],
    ['for_each', { for_each: '[secrets.KEY]' }],
    ['if, for a secret input', { if: 'inputs.pin != ""' }],
    ['until, for a secret input', { repeat: { until: 'inputs.pin != ""' } }],
  ])('are not there for %s', async (_, parts) => {
    const run = await runAll(anEngine(), [aStep('a', 'shop echo', parts)]);
    expect(run.error).toMatchObject({ error_code: 'EXPRESSION_FAILED' });
  });

  it('are not there for the final output', async () => {
    const engine = anEngine();
    const workflow = aWorkflow({
      inputs: { pin: { secret: true } },
      steps: [aStep('a', 'shop echo')],
      final_output: '${{ inputs.pin }}',
    });
    const run = await engine.run(workflow, { pin });
    expect(run.error).toMatchObject({ error_code: 'EXPRESSION_FAILED' });
  });
});

describe('secret inputs of a run that another process carries on', () => {
  it('are asked for, and then the run goes on', async () => {
    const { store, clock, runId } = await leaveBehind();
    const second = anEngine({ store, clock });
    expect((await second.execute(runId)).status).toBe('waiting');
    const [record] = await store.readQuestions(runId);
    expect(record?.question).toEqual({
      question_id: 'secret-inputs-1',
      kind: 'input',
      message: 'Another process carries this run on and does not know its secret inputs: pin.',
      schema: {
        type: 'object',
        required: ['pin'],
        properties: { pin: { type: 'string', writeOnly: true, description: 'Your PIN' } },
      },
    });

    await second.runner.answer(runId, 'secret-inputs-1', { pin });
    expect((await second.execute(runId)).status).toBe('succeeded');
    expect(second.api.calls.at(-1)?.arguments.with).toEqual({ value: pin });
    expect(await everythingIn(store)).not.toContain(pin);
  });

  it('can be given with the execution', async () => {
    const { store, clock, runId } = await leaveBehind();
    const second = anEngine({ store, clock });
    const run = await second.execute(runId, { secretInputs: { pin } });
    expect(run.status).toBe('succeeded');
    expect(await store.readQuestions(runId)).toEqual([]);
  });

  it('are asked for again when the process with the answer is gone too', async () => {
    const { store, clock, runId } = await leaveBehind();
    const second = anEngine({ store, clock });
    await second.execute(runId);
    await second.runner.answer(runId, 'secret-inputs-1', { pin });
    const third = anEngine({ store, clock });
    expect((await third.execute(runId)).status).toBe('waiting');
    const questions = await store.readQuestions(runId);
    expect(questions.map(({ question }) => question.question_id)).toEqual([
      'secret-inputs-1',
      'secret-inputs-2',
    ]);
  });

  it('are not asked for when every step has ended', async () => {
    const { store, clock, runId } = await leaveBehind();
    const commits = ['a', 'b'].map((id) => {
      return { step_id: id, result: { id, status: 'succeeded', attempts: 1 } } as const;
    });
    await store.acquireLease(
      runId,
      { owner: 'x', until: '2026-01-01T00:00:00.000Z' },
      '2027-01-01T00:00:00.000Z',
    );
    await store.append(runId, 'x', { at: '2026-01-01T00:00:00.000Z', commits });
    const run = await anEngine({ store, clock }).execute(runId);
    expect(run.status).toBe('succeeded');
  });
});

/** A run whose first step is in flight when its process lets go of it. */
async function leaveBehind() {
  const store = createMemoryRunStore();
  const clock = createHandClock();
  const first = anEngine({ store, clock }, 'busy');
  const steps = [aStep('a', 'shop slow'), aStep('b', 'shop echo', { with: { value: '${{ inputs.pin }}' } })];
  const inputs = { pin: { secret: true, description: 'Your PIN' } };
  const runId = await first.start(aWorkflow({ inputs, steps }), { pin });
  void first.runner.execute(runId).catch(() => {});
  await clock.settle();
  await first.runner.suspend();
  return { store, clock, runId };
}

function anEngine(options: TestEngineOptions = {}, mood: 'busy' | 'fast' = 'fast') {
  const catalog = { secrets: ['KEY', 'NONE'] };
  const other = { id: 'other-api', secrets: ['OTHER'] };
  return createTestEngine(
    {
      'shop echo': { catalog, answer: (call) => call.arguments },
      'other echo': { catalog: other, answer: (call) => call.arguments },
      'shop stored': () => `stored: ${pin}`,
      'shop slow': () => (mood === 'busy' ? new Promise(() => {}) : 'done'),
      'shop reject': {
        catalog,
        answer: (call) => {
          throw httpError(401, { sent: call.arguments.with['value'] });
        },
      },
    },
    { secrets: { KEY: key, OTHER: 'x' }, ...options },
  );
}

function runAll(engine: ReturnType<typeof anEngine>, steps: Step[]) {
  return engine.run(aWorkflow({ inputs: { pin: { secret: true } }, steps }), { pin });
}

async function everythingIn(store: RunStore): Promise<string> {
  const { items } = await store.listRuns({ limit: 100, include_children: true });
  const parts = items.map(({ run_id }) => {
    return Promise.all([
      store.getRun(run_id),
      store.readCommits(run_id),
      store.readMarks(run_id),
      store.readEvents(run_id, 0, 1_000),
      store.readQuestions(run_id),
    ]);
  });
  return JSON.stringify(await Promise.all(parts));
}
