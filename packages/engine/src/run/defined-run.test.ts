import type { Workflow } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';
import type { Prepare } from './prepare-run.ts';

describe('a run that was started without a workflow', () => {
  it('runs the workflow that it gets, as a run of that workflow', async () => {
    const engine = anEngine();
    const run = await engine.execute(await startEmpty(engine));
    expect(run).toMatchObject({ workflow_id: 'orders', status: 'succeeded', steps: [{ id: 'a' }] });
    const events = await engine.events(run.run_id);
    expect(events.slice(0, 2)).toMatchObject([
      { type: 'run_defined', workflow_id: 'orders', steps: 1, message: 'Saved orders.' },
      { type: 'run_started', workflow_id: 'orders' },
    ]);
  });

  it('gets it once, also when the process disappears in between', async () => {
    const store = createMemoryRunStore();
    const first = anEngine({ store, isAsking: true });
    const runId = await startEmpty(first);
    expect((await first.execute(runId)).status).toBe('waiting');
    await first.runner.suspend();
    const second = anEngine({ store });
    await second.runner.answer(runId, 'q', { text: 'go on' });
    expect((await second.execute(runId)).status).toBe('succeeded');
    const kinds = (await second.events(runId)).map(({ type }) => type);
    expect(kinds.filter((type) => type === 'run_defined')).toHaveLength(1);
  });

  it('keeps what turns out to be secret out of its row', async () => {
    const engine = anEngine();
    const runId = await startEmpty(engine);
    const run = await engine.execute(runId);
    expect(run).toMatchObject({ status: 'succeeded', inputs: { token: '[secret]' } });
    expect(engine.api.calls[0]?.arguments.with).toEqual({ value: 'hush' });
  });

  it('fails with the reason why there is none', async () => {
    const engine = createTestEngine({});
    const run = await engine.execute(await startEmpty(engine));
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'WORKFLOW_INPUTS_INCOMPLETE' } });
  });
});

// --- internal ---

const orders: Workflow = aWorkflow({
  workflow: 'orders',
  inputs: { token: { secret: true, optional: true } },
  steps: [aStep('a', 'shop get', { with: { value: '${{ inputs.token }}' } })],
});

function anEngine({
  store,
  isAsking,
}: { store?: ReturnType<typeof createMemoryRunStore>; isAsking?: true } = {}) {
  const prepare: Prepare = async ({ operation, inputs }, questions, secretInputs) => {
    if (operation?.draft === undefined) return { kind: 'ready', inputs: { ...inputs, ...secretInputs } };
    const isAnswered = questions.some(({ answered_at }) => answered_at !== undefined);
    if (isAsking === true && !isAnswered) {
      const question = { question_id: 'q', kind: 'sampling', message: 'Write it.', schema: {} } as const;
      return { kind: 'ask', questions: [question] };
    }
    const saved = { path: '/w/orders.yaml', version: 'v', overwritten: false };
    return {
      kind: 'defined',
      workflow: orders,
      operation: { name: 'test', saved },
      message: 'Saved orders.',
    };
  };
  return createTestEngine({ 'shop get': () => 'done' }, { prepare, ...(store && { store }) });
}

function startEmpty(
  engine: ReturnType<typeof createTestEngine>,
  inputs = { token: 'hush' },
): Promise<string> {
  const operation = { name: 'test', draft: { goal: 'sell' } };
  return engine.start({ workflow: 'draft', steps: [] }, inputs, { incomplete: true, operation });
}
