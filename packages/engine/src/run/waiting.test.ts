import { describe, expect, it } from 'vitest';
import type { HttpMethod, Question, Step } from '@oatty/types';
import type { CatalogSummary } from '../ports/command-source.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import type { FakeRoute } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe('a call that was in flight when its process disappeared', () => {
  it.each<[string, HttpMethod, Partial<CatalogSummary>, boolean]>([
    ['GET', 'GET', {}, true],
    ['HEAD', 'HEAD', {}, true],
    ['OPTIONS', 'OPTIONS', {}, true],
    ['PUT', 'PUT', {}, true],
    ['DELETE', 'DELETE', {}, true],
    ['POST', 'POST', {}, false],
    ['PATCH', 'PATCH', {}, false],
    ['POST with a key that is honoured', 'POST', { idempotency: { header: 'X-Key', honoured: true } }, true],
    ['POST with a key that is not sent', 'POST', { idempotency: { header: null, honoured: true } }, false],
  ])('is made again or asked about: %s', async (_, method, catalog, isRepeated) => {
    const { second, runId } = await leaveBehind({ method, catalog });
    const run = await second.execute(runId);
    expect(run.status).toBe(isRepeated ? 'succeeded' : 'waiting');
    expect(second.api.countOf('shop hang')).toBe(isRepeated ? 1 : 0);
  });

  it('is made again when the description says that the key is honoured', async () => {
    const execution = {
      kind: 'http',
      method: 'POST',
      path: '/',
      idempotency: { header: 'X-Key', honoured: true },
    } as const;
    const { second, runId } = await leaveBehind({ method: 'POST', command: { execution } });
    expect((await second.execute(runId)).status).toBe('succeeded');
  });

  it('of a module is made again only when it changes nothing', async () => {
    const execution = { kind: 'module', handler: 'x' } as const;
    const safe = await leaveBehind({ command: { execution, effect: 'safe' } });
    expect((await safe.second.execute(safe.runId)).status).toBe('succeeded');
    const standard = await leaveBehind({ command: { execution, effect: 'standard' } });
    expect((await standard.second.execute(standard.runId)).status).toBe('waiting');
  });

  it('makes the run wait, with a question that names step, command and choices', async () => {
    const { second, runId, store } = await leaveBehind({ method: 'POST' });
    const run = await second.execute(runId);
    expect(run).toMatchObject({
      status: 'waiting',
      steps: [{ status: 'waiting', attempts: 1 }, { status: 'pending' }],
    });
    const [record] = await store.readQuestions(runId);
    expect(record?.question).toMatchObject({
      question_id: 'in-flight:a#1.1',
      kind: 'decision',
      schema: { properties: { decision: { enum: ['retry', 'skip', 'fail'] } } },
    });
    expect(record?.question.message).toContain('"a"');
    expect(record?.question.message).toContain('"shop hang"');
    expect((await second.events(runId)).at(-1)).toMatchObject({
      type: 'run_waiting',
      question: record?.question,
    });
  });

  it('is made again when a person says retry', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    const run = await answerAndGoOn(second, runId, { decision: 'retry' });
    expect(run).toMatchObject({ status: 'succeeded', steps: [{ output: 'done', attempts: 2 }, {}] });
    expect(second.api.calls[0]?.step).toMatchObject({ attempt: 2 });
  });

  it('is replaced by the output that a person gives', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    const run = await answerAndGoOn(second, runId, { decision: 'skip', output: '{"id": 5}' });
    expect(run).toMatchObject({
      status: 'succeeded',
      steps: [{ status: 'succeeded', output: { id: 5 } }, {}],
    });
    expect(second.api.countOf('shop hang')).toBe(0);
  });

  it('counts as skipped when a person gives no output', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    const run = await answerAndGoOn(second, runId, { decision: 'skip' });
    expect(run.steps.map((step) => [step.status, step.reason])).toEqual([
      ['skipped', 'a person decided to go on without it'],
      ['skipped', 'depends on "a", which was skipped'],
    ]);
  });

  it('fails when a person says so', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    const run = await answerAndGoOn(second, runId, { decision: 'fail' });
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'STEP_FAILED', step_id: 'a' } });
  });

  it('is asked about again when the call that a person allowed is interrupted too', async () => {
    const { second, runId, store, clock } = await leaveBehind({ method: 'POST' }, 'hangs');
    await second.execute(runId);
    await second.runner.answer(runId, 'in-flight:a#1.1', { decision: 'retry' });
    void second.runner.execute(runId).catch(() => {});
    await clock.advance(100);
    await second.runner.suspend();
    const third = anEngine({ method: 'POST' }, 'hangs', { store, clock });
    expect((await third.execute(runId)).status).toBe('waiting');
    const questions = await store.readQuestions(runId);
    expect(questions.map(({ question }) => question.question_id)).toEqual([
      'in-flight:a#1.1',
      'in-flight:a#1.2',
    ]);
  });

  it('does not hold up steps that do not need it', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' }, 'answers', [aStep('free', 'shop get')]);
    const run = await second.execute(runId);
    expect(run.status).toBe('waiting');
    expect(run.steps.map((step) => step.status)).toEqual(['waiting', 'pending', 'succeeded']);
  });

  it('in a for_each is asked about per item, while the other items go on', async () => {
    const clock = createHandClock();
    const store = createMemoryRunStore();
    const steps = [
      aStep('a', 'shop hang', { for_each: '[1, 2, 3, 4]', concurrency: 2, with: { n: '${{ item }}' } }),
    ];
    const first = anEngine({ method: 'POST' }, 'hangs', { store, clock });
    const runId = await first.start(aWorkflow({ steps }));
    void first.runner.execute(runId).catch(() => {});
    await clock.settle();
    await first.runner.suspend();

    const second = anEngine({ method: 'POST' }, 'answers', { store, clock });
    expect((await second.execute(runId)).status).toBe('waiting');
    const questions = await store.readQuestions(runId);
    expect(questions.map(({ question }) => question.question_id)).toEqual([
      'in-flight:a[0]#1.1',
      'in-flight:a[1]#1.1',
    ]);
    expect(second.api.calls.map((call) => call.arguments.with['n'])).toEqual([3, 4]);

    await second.runner.answer(runId, 'in-flight:a[0]#1.1', { decision: 'skip', output: '"first"' });
    expect((await second.execute(runId)).status).toBe('waiting');
    await second.runner.answer(runId, 'in-flight:a[1]#1.1', { decision: 'retry' });
    const run = await second.execute(runId);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', output: ['first', 'done', 'done', 'done'] });
  });
});

describe('a wait that was under way when its process disappeared', () => {
  it('for the next attempt goes on to the same moment, as the next attempt', async () => {
    const { runId, store, clock, times } = await leaveWaiting({ retry: { max_attempts: 2, delay: '10s' } });
    const second = anEngine({}, 'answers', { store, clock }, times);
    const run = await second.execute(runId);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(times).toEqual([0, 10_000]);
  });

  it('for the next poll goes on to the same moment, as the next poll', async () => {
    const { runId, store, clock, times } = await leaveWaiting({
      repeat: { until: 'steps.a == "done"', every: '10s' },
    });
    const second = anEngine({}, 'answers', { store, clock }, times);
    const run = await second.execute(runId);
    expect(run.steps[0]).toMatchObject({ status: 'succeeded', attempts: 2 });
    expect(second.api.calls[0]?.step?.poll).toBe(2);
    expect(times).toEqual([0, 10_000]);
  });

  it('is over at once when its moment has passed', async () => {
    const { runId, store, clock, times } = await leaveWaiting({ retry: { max_attempts: 2, delay: '10s' } });
    await clock.advance(60_000);
    await anEngine({}, 'answers', { store, clock }, times).execute(runId);
    expect(times).toEqual([0, 65_000]);
  });

  it('counts for the timeout of the polling', async () => {
    const { runId, store, clock } = await leaveWaiting({
      repeat: { until: 'false', every: '10s', timeout: '30s' },
    });
    await clock.advance(60_000);
    const run = await anEngine({}, 'answers', { store, clock }).execute(runId);
    expect(run.error).toMatchObject({ error_code: 'STEP_TIMEOUT' });
  });

  it('counts for the timeout of the run', async () => {
    const { runId, store, clock } = await leaveWaiting({ retry: { max_attempts: 2, delay: '10s' } }, '8s');
    await clock.advance(60_000);
    const run = await anEngine({}, 'answers', { store, clock }).execute(runId);
    expect(run).toMatchObject({ status: 'failed', error: { error_code: 'RUN_TIMEOUT' } });
  });
});

describe('an answer', () => {
  it('has to fit the schema of the question', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    await second.execute(runId);
    const answer = second.runner.answer(runId, 'in-flight:a#1.1', { decision: 'maybe' });
    await expect(answer).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
      options: { violations: [{ path: '$.decision', rule: 'enum' }] },
    });
    expect((await second.runner.read(runId)).status).toBe('waiting');
  });

  it('is taken once', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    await second.execute(runId);
    await second.runner.answer(runId, 'in-flight:a#1.1', { decision: 'fail' });
    const again = second.runner.answer(runId, 'in-flight:a#1.1', { decision: 'fail' });
    await expect(again).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
  });

  it('to nothing that was asked is refused', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    await expect(second.runner.answer(runId, 'x', {})).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    await expect(second.runner.answer('none', 'x', {})).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });

  it('that comes while the run is still busy is used before it waits', async () => {
    const { second, runId, clock } = await leaveBehind({ method: 'POST' }, 'answers', [
      aStep('free', 'shop slow'),
    ]);
    const ending = second.runner.execute(runId);
    await clock.advance(10);
    await second.runner.answer(runId, 'in-flight:a#1.1', { decision: 'retry' });
    const run = await clock.play(ending);
    expect(run.status).toBe('succeeded');
    const events = await second.events(runId);
    expect(events.filter((event) => event.type === 'run_finished')).toHaveLength(1);
  });
});

describe('a waiting run', () => {
  it('stays as it is when it is executed without an answer', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    await second.execute(runId);
    const before = await second.events(runId);
    expect((await second.execute(runId)).status).toBe('waiting');
    expect(await second.events(runId)).toEqual(before);
  });

  it('holds no lease', async () => {
    const { second, runId, store } = await leaveBehind({ method: 'POST' });
    await second.execute(runId);
    const lease = { owner: 'x', until: '2030-01-01T00:00:00.000Z' };
    expect(await store.acquireLease(runId, lease, '2026-01-01T00:00:00.000Z')).toBe(true);
  });

  it('can be canceled', async () => {
    const { second, runId } = await leaveBehind({ method: 'POST' });
    await second.execute(runId);
    await second.runner.cancel(runId);
    expect(await second.runner.read(runId)).toMatchObject({
      status: 'canceled',
      steps: [{ status: 'canceled', attempts: 1 }, { status: 'skipped' }],
    });
  });
});

describe('a run that was started incomplete', () => {
  it('asks before its first step, and goes on with what it got', async () => {
    const engine = anIncompleteEngine();
    const workflow = aWorkflow({
      inputs: { n: {} },
      steps: [aStep('a', 'shop get', { with: { n: '${{ inputs.n }}' } })],
    });
    const runId = await engine.start(workflow, {}, { incomplete: true });
    expect(await engine.execute(runId)).toMatchObject({ status: 'waiting', steps: [{ status: 'pending' }] });
    expect((await engine.events(runId)).map((event) => event.type)).toEqual(['run_waiting']);

    await engine.runner.answer(runId, 'n', { n: 3 });
    expect((await engine.runner.read(runId)).status).toBe('pending');
    expect(await engine.execute(runId)).toMatchObject({ status: 'succeeded', inputs: { n: 3 } });
    expect(engine.api.calls[0]?.arguments.with).toEqual({ n: 3 });
    expect(await engine.store.getRun(runId)).toMatchObject({ incomplete: false, confirmed_plan: 'plan-3' });
  });

  it('asks as often as it has to', async () => {
    const engine = anIncompleteEngine();
    const workflow = aWorkflow({ inputs: { n: {} }, steps: [aStep('a', 'shop get')] });
    const runId = await engine.start(workflow, {}, { incomplete: true });
    await engine.execute(runId);
    await engine.runner.answer(runId, 'n', { n: 0 });
    expect((await engine.execute(runId)).status).toBe('waiting');
    await engine.runner.answer(runId, 'n-again', { n: 4 });
    expect(await engine.execute(runId)).toMatchObject({ status: 'succeeded', inputs: { n: 4 } });
  });

  it('fails when an answer cannot be used', async () => {
    const engine = anIncompleteEngine();
    const workflow = aWorkflow({ inputs: { n: {} }, steps: [aStep('a', 'shop get')] });
    const runId = await engine.start(workflow, {}, { incomplete: true });
    await engine.execute(runId);
    await engine.runner.answer(runId, 'n', { n: -1 });
    expect(await engine.execute(runId)).toMatchObject({ status: 'failed', steps: [{ status: 'skipped' }] });
    expect(engine.api.calls).toEqual([]);
  });

  it('fails where nobody can complete it', async () => {
    const engine = createTestEngine({ 'shop get': () => 1 });
    const workflow = aWorkflow({ steps: [aStep('a', 'shop get')] });
    const run = await engine.execute(await engine.start(workflow, {}, { incomplete: true }));
    expect(run.error).toMatchObject({ error_code: 'WORKFLOW_INPUTS_INCOMPLETE' });
  });

  it('keeps a secret answer out of the journal', async () => {
    const engine = anIncompleteEngine();
    const workflow = aWorkflow({
      inputs: { n: { secret: true } },
      steps: [aStep('a', 'shop get', { with: { n: '${{ inputs.n }}' } })],
    });
    const runId = await engine.start(workflow, {}, { incomplete: true });
    await engine.execute(runId);
    await engine.runner.answer(runId, 'n', { n: 987_654 });
    expect((await engine.execute(runId)).inputs).toEqual({ n: '[secret]' });
    expect(engine.api.calls[0]?.arguments.with).toEqual({ n: 987_654 });
    expect((await engine.store.readQuestions(runId))[0]?.answer).toEqual({ n: '[secret]' });
  });
});

function askForNumber(question_id: string): Question {
  return {
    question_id,
    kind: 'input',
    message: 'How many?',
    schema: { type: 'object', required: ['n'], properties: { n: { type: 'integer', writeOnly: true } } },
  };
}

/** Asks for `n`, and again when it is 0. */
function anIncompleteEngine() {
  return createTestEngine(
    { 'shop get': () => 1 },
    {
      prepare: async (run, questions, secretInputs) => {
        const isSecret = run.workflow.inputs?.['n']?.secret === true;
        const last = questions.findLast(({ answered_at }) => answered_at !== undefined);
        if (last === undefined) return { kind: 'ask', questions: [askForNumber('n')] };
        const n = Number(secretInputs['n']);
        if (n === 0) return { kind: 'ask', questions: [askForNumber('n-again')] };
        if (n < 0) throw new RangeError('negative');
        return { kind: 'ready', inputs: { n }, ...(!isSecret && { confirmedPlan: `plan-${n}` }) };
      },
    },
  );
}

/** Whether `shop hang` leaves its caller without an answer, and `shop wait` asks for patience. */
type Mood = 'hangs' | 'answers';

function anEngine(
  hang: Partial<FakeRoute>,
  mood: Mood,
  options: TestEngineOptions = {},
  times: number[] = [],
) {
  const clock = options.clock ?? createHandClock();
  return createTestEngine(
    {
      'shop get': () => 1,
      'shop slow': (call) => clock.sleep(100, call.signal),
      'shop hang': { ...hang, answer: () => (mood === 'answers' ? 'done' : new Promise(() => {})) },
      'shop wait': (call) => {
        times.push(clock.now().getTime() - Date.UTC(2026, 0, 1));
        if (mood === 'answers') return 'done';
        if (call.arguments.with['value'] === 'fail') throw httpError(503);
        return 'busy';
      },
    },
    { ...options, clock },
  );
}

/** A run whose first step is in flight when its process lets go of it, and the engine that carries it on. */
async function leaveBehind(hang: Partial<FakeRoute>, mood: Mood = 'answers', more: readonly Step[] = []) {
  const store = createMemoryRunStore();
  const clock = createHandClock();
  const first = anEngine(hang, 'hangs', { store, clock });
  const steps = [aStep('a', 'shop hang'), aStep('b', 'shop get', { depends_on: ['a'] }), ...more];
  const runId = await first.start(aWorkflow({ steps }));
  void first.runner.execute(runId).catch(() => {});
  await clock.settle();
  await first.runner.suspend();
  return { store, clock, runId, second: anEngine(hang, mood, { store, clock }) };
}

/** A run that is in the middle of a wait of ten seconds when its process lets go of it. */
async function leaveWaiting(parts: Partial<Step>, timeout: string | null = null) {
  const store = createMemoryRunStore();
  const clock = createHandClock();
  const times: number[] = [];
  const first = anEngine({}, 'hangs', { store, clock }, times);
  const value = parts.retry ? 'fail' : 'poll';
  const runId = await first.start(
    aWorkflow({ timeout, steps: [aStep('a', 'shop wait', { ...parts, with: { value } })] }),
  );
  void first.runner.execute(runId).catch(() => {});
  await clock.advance(5_000);
  await first.runner.suspend();
  return { store, clock, runId, times };
}

type Engine = ReturnType<typeof anEngine>;

async function answerAndGoOn(engine: Engine, runId: string, answer: object) {
  await engine.execute(runId);
  await engine.runner.answer(runId, 'in-flight:a#1.1', answer);
  return engine.execute(runId);
}
