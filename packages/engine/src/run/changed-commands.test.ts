import { describe, expect, it } from 'vitest';
import { aStep, aWorkflow } from '../testing/builders.ts';
import type { FakeRoute } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

const moved: Partial<FakeRoute> = { catalog: { base_url: 'https://elsewhere.test' } };
const workflow = aWorkflow({
  steps: [aStep('ask', 'oatty approval', { with: { message: 'Ship?' } }), aStep('ship', 'shop ship')],
});

describe('a run whose commands change while it waits', () => {
  it('asks before it calls one that is not what it was', async () => {
    const { run, other } = await changedTo(moved);
    expect(run.status).toBe('waiting');
    expect(other.api.calls).toEqual([]);
    expect((await openQuestion(other, run.run_id))?.message).toContain('shop ship');
  });

  it('goes on with the new ones when a person says so', async () => {
    const { run, other } = await changedTo(moved);
    const question = await openQuestion(other, run.run_id);
    await other.runner.answer(run.run_id, question?.question_id ?? '', { decision: 'go_on' });
    expect(await other.execute(run.run_id)).toMatchObject({ status: 'succeeded' });
  });

  it('fails when a person says so', async () => {
    const { run, other } = await changedTo(moved);
    const question = await openQuestion(other, run.run_id);
    await other.runner.answer(run.run_id, question?.question_id ?? '', { decision: 'fail' });
    expect(await other.execute(run.run_id)).toMatchObject({
      status: 'failed',
      error: { error_code: 'RUN_STATE_CONFLICT', context: { commands: ['shop ship'] } },
    });
  });

  it.each<[string, Partial<FakeRoute>]>([
    ['a summary', { command: { summary: 'other words' } }],
    ['nothing', {}],
  ])('goes on at once after a change of %s', async (_, change) => {
    const { run } = await changedTo(change);
    expect(run.status).toBe('succeeded');
  });

  it('does not ask about commands of steps that are done', async () => {
    const done = aWorkflow({
      steps: [aStep('ship', 'shop ship'), aStep('ask', 'oatty approval', { with: { message: 'Ok?' } })],
    });
    expect((await changedTo(moved, done)).run.status).toBe('succeeded');
  });
});

async function changedTo(change: Partial<FakeRoute>, manifest = workflow) {
  const ports = { store: createMemoryRunStore(), clock: createHandClock() };
  const route: FakeRoute = { method: 'POST', answer: () => 'shipped' };
  const first = createTestEngine({ 'shop ship': route }, ports);
  const { run_id } = await first.run(manifest);
  await first.runner.answer(run_id, 'approval:ask#1.1', { choice: 'approve' });
  const other = createTestEngine({ 'shop ship': { ...route, ...change } }, ports);
  return { other, run: await other.execute(run_id) };
}

async function openQuestion(engine: ReturnType<typeof createTestEngine>, runId: string) {
  const records = await engine.store.readQuestions(runId);
  return records.find(({ answered_at }) => answered_at === undefined)?.question;
}
