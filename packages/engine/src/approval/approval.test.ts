import { describe, expect, it } from 'vitest';
import type { Step } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngine, TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from '../run/memory-run-store.ts';

describe('a step that waits for an approval', () => {
  it('asks a question and lets the run wait', async () => {
    const { engine, runId } = await asked({ message: 'Ship ${{ inputs.n }} boxes?' });
    const [record] = await engine.store.readQuestions(runId);
    expect(record?.question).toMatchObject({
      question_id: 'approval:ok#1.1',
      kind: 'approval',
      message: 'Ship 3 boxes?',
      schema: { properties: { choice: { enum: ['approve', 'reject'] } } },
    });
    expect(await engine.runner.read(runId)).toMatchObject({
      status: 'waiting',
      steps: [{ status: 'waiting', attempts: 1 }, { status: 'pending' }],
    });
  });

  it('gives the answer as its output', async () => {
    const { engine, runId } = await asked({ message: 'Ship?', choices: ['now', 'later'] });
    await engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'later', comment: 'rain' }, 'carol');
    const run = await engine.execute(runId);
    expect(run).toMatchObject({ status: 'succeeded', final_output: 'later' });
    expect(run.steps[0]).toMatchObject({
      attempts: 1,
      output: { choice: 'later', comment: 'rain', by: 'carol', at: '2026-01-01T00:00:00.000Z' },
    });
  });

  it('is not overtaken by the next step of a sequence', async () => {
    const engine = anEngine();
    const steps = [approval({ message: 'Ship?' }), aStep('ship', 'shop ship'), aStep('more', 'shop ship')];
    await engine.run(aWorkflow({ steps }));
    expect(engine.api.calls).toEqual([]);
    const wide = await engine.run(aWorkflow({ steps, max_parallel: 2 }));
    expect(wide.steps.map(({ status }) => status)).toEqual(['waiting', 'succeeded', 'succeeded']);
  });

  it('takes no answer that is none of the choices', async () => {
    const { engine, runId } = await asked({ message: 'Ship?' });
    await expect(engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'maybe' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });

  it('takes one answer', async () => {
    const { engine, runId } = await asked({ message: 'Ship?' });
    await engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' });
    await expect(engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'reject' })).rejects.toMatchObject({
      code: 'RUN_STATE_CONFLICT',
    });
  });

  it.each([undefined, 'mallory'])('takes no answer of %s, who is no approver', async (by) => {
    const { engine, runId } = await asked({ message: 'Ship?', approvers: ['carol', 'dave'] });
    const answer = engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' }, by);
    await expect(answer).rejects.toMatchObject({ code: 'POLICY_DENIED' });
    await engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' }, 'dave');
    expect((await engine.execute(runId)).steps[0]?.output).toMatchObject({ by: 'dave' });
  });

  it('shows no secret in its question', async () => {
    const message = 'Key ${{ inputs.key }}?';
    const engine = anEngine();
    const workflow = aWorkflow({ inputs: { key: { secret: true } }, steps: [approval({ message })] });
    const runId = await engine.start(workflow, { key: 'hunter2' });
    await engine.execute(runId);
    expect((await engine.store.readQuestions(runId))[0]?.question.message).toBe('Key [secret]?');
  });

  it('is refused before it asks when a choice is missing', async () => {
    const { run } = await asked({ message: 'Ship?', on_timeout: 'later', timeout: '1h' });
    expect(run.error).toMatchObject({ error_code: 'ARGUMENT_INVALID', step_id: 'ok' });
  });
});

describe('the time for an approval', () => {
  it('fails the step when it is over', async () => {
    const { engine, runId } = await asked({ message: 'Ship?', timeout: '2h' });
    expect(await engine.store.getRun(runId)).toMatchObject({ due_at: '2026-01-01T02:00:00.000Z' });
    await engine.clock.advance(7_200_000);
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'STEP_TIMEOUT', step_id: 'ok' } });
  });

  it('makes a choice when the manifest names one', async () => {
    const { engine, runId } = await asked({ message: 'Ship?', timeout: '2h', on_timeout: 'reject' });
    await engine.clock.advance(7_200_000);
    const run = await engine.clock.play(engine.runner.execute(runId));
    expect(run.final_output).toBe('reject');
    expect(run.steps[0]?.output).toMatchObject({ by: null });
  });

  it('is counted on by a process that takes the run over', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const { runId } = await asked(
      { message: 'Ship?', timeout: '2h', on_timeout: 'reject' },
      { store, clock },
    );
    await clock.advance(3_600_000);
    const other = anEngine({ store, clock });
    expect(await clock.play(other.runner.execute(runId))).toMatchObject({ status: 'waiting' });
    await clock.advance(3_600_000);
    const run = await clock.play(other.runner.execute(runId));
    expect(run).toMatchObject({ status: 'succeeded', duration_ms: 7_200_000 });
  });

  it('takes no answer once it is over', async () => {
    const { engine, runId } = await asked({ message: 'Ship?', timeout: '2h' });
    await engine.clock.advance(7_200_000);
    const late = engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' });
    await expect(late).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
  });

  it('stays over when the clock is set back', async () => {
    const engine = anEngine();
    const step = approval({ message: 'Ship?', timeout: '2h', on_timeout: 'reject' });
    const wait = aStep('wait', 'oatty approval', { depends_on: ['ok'], with: { message: 'Go on?' } });
    const runId = await engine.start(aWorkflow({ steps: [step, wait] }));
    await engine.execute(runId);
    expect((await engine.store.readCommits(runId))[0]?.result.output).toMatchObject({ choice: 'reject' });
    engine.clock.set(-3_600_000);
    const late = engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' });
    await expect(late).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
  });

  it('stays over for an attempt that was followed by another', async () => {
    const engine = anEngine();
    const retry = { max_attempts: 2, delay: '1s', on: ['timeout' as const] };
    const runId = await engine.start(
      aWorkflow({ steps: [approval({ message: 'Ship?', timeout: '2h' }, { retry })] }),
    );
    await engine.clock.play(engine.runner.execute(runId));
    await engine.clock.advance(7_200_000);
    await engine.clock.play(engine.runner.execute(runId));
    engine.clock.set(-3_600_000);
    const late = engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' });
    await expect(late).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    await engine.runner.answer(runId, 'approval:ok#1.2', { choice: 'approve' });
  });

  it('does not undo an answer that came in time', async () => {
    const { engine, runId } = await asked({ message: 'Ship?', timeout: '2h' });
    await engine.runner.answer(runId, 'approval:ok#1.1', { choice: 'approve' });
    await engine.clock.advance(7_200_000);
    expect(await engine.clock.play(engine.runner.execute(runId))).toMatchObject({ final_output: 'approve' });
  });
});

describe('approvals in items and sub-workflows', () => {
  it('are asked for each item, and hold up no other', async () => {
    const each = approval({ message: 'Ship ${{ item }}?' }, { for_each: '["a", "b"]' });
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: [each] }));
    await engine.execute(runId);
    const questions = await engine.store.readQuestions(runId);
    expect(questions.map(({ question }) => question.message)).toEqual(['Ship a?', 'Ship b?']);
    for (const { question } of questions) {
      await engine.runner.answer(runId, question.question_id, { choice: 'approve' });
      await engine.execute(runId);
    }
    const run = await engine.runner.read(runId);
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ output: [{ choice: 'approve' }, {}] }] });
  });

  it('are asked by the run that a person started, of its approvers', async () => {
    const child = aWorkflow({
      workflow: 'child',
      steps: [approval({ message: 'Ship?', approvers: ['carol'], timeout: '1h', on_timeout: 'reject' })],
      final_output: '${{ steps.ok.choice }}',
    });
    const engine = anEngine({ workflows: [child] });
    const runId = await engine.start(aWorkflow({ steps: [aStep('sub', 'workflow child')] }));
    expect(await engine.clock.play(engine.runner.execute(runId))).toMatchObject({
      status: 'waiting',
      due_at: '2026-01-01T01:00:00.000Z',
    });
    const [record] = await engine.store.readQuestions(runId);
    const id = record?.question.question_id ?? '';
    await expect(engine.runner.answer(runId, id, { choice: 'approve' }, 'mallory')).rejects.toMatchObject({
      code: 'POLICY_DENIED',
    });
    await engine.runner.answer(runId, id, { choice: 'approve' }, 'carol');
    expect((await engine.execute(runId)).steps[0]?.output).toBe('approve');
  });
});

function approval(given: Step['with'], parts: Partial<Step> = {}): Step {
  return aStep('ok', 'oatty approval', { with: given ?? {}, ...parts });
}

async function asked(given: Step['with'], options: TestEngineOptions = {}) {
  const engine = anEngine(options);
  const steps = [approval(given), aStep('ship', 'shop ship', { if: 'steps.ok.choice == "approve"' })];
  const workflow = aWorkflow({ inputs: { n: {} }, steps, final_output: '${{ steps.ok.choice }}' });
  const runId = await engine.start(workflow, { n: 3 });
  const run = await engine.clock.play(engine.runner.execute(runId));
  return { engine, runId, run };
}

function anEngine(options: TestEngineOptions = {}): TestEngine {
  return createTestEngine({ 'shop ship': { method: 'POST', answer: () => 'shipped' } }, options);
}
