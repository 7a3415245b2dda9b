import { describe, expect, it } from 'vitest';
import type { RunDocument, StepResult } from '@oatty/types';
import type { CommandCall } from '../ports/command-executor.ts';
import type { RunStore } from '../ports/run-store.ts';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { httpError } from '../testing/fake-api.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import type { HandClock } from '../testing/hand-clock.ts';
import { createMortalStore } from '../testing/mortal-store.ts';
import type { MortalStore } from '../testing/mortal-store.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { Routes, TestEngine } from '../testing/test-engine.ts';
import { isMutating, nameCall } from './call-identity.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe.each(['before', 'after'] as const)('a process that dies at any write (%s it)', (moment) => {
  it('leaves a run that another one carries on to the same end', async () => {
    const expected = shapeOf(await anEngine(createMemoryRunStore(), createHandClock()).run(workflow));
    for (let diesAt = 2; ; diesAt += 1) {
      const world = await dieAt(diesAt, moment);
      if (!world.hasDied) break;
      const run = await world.carryOn();
      expect(shapeOf(run), `died at write ${diesAt}`).toEqual(expected);
    }
  });

  it('leaves no committed step or item to run again', async () => {
    for (let diesAt = 2; ; diesAt += 1) {
      const world = await dieAt(diesAt, moment);
      if (!world.hasDied) break;
      const committed = await world.listCommitted();
      await world.carryOn();
      const repeated = world.callsAfter().filter((call) => committed.has(call));
      expect(repeated, `died at write ${diesAt}`).toEqual([]);
    }
  });

  it('repeats a call in flight with the same idempotency key', async () => {
    for (let diesAt = 2; ; diesAt += 1) {
      const world = await dieAt(diesAt, moment);
      if (!world.hasDied) break;
      await world.carryOn();
      const mutating = world.allCalls().filter(({ found }) => isMutating(found));
      const names = mutating.map(({ step }) => [step?.rootRunId, ...(step?.path ?? [])].join('/'));
      const keys = mutating.map(({ idempotencyKey }) => idempotencyKey);
      const pairs = names.map((name, index) => `${name} ${keys[index]}`);
      expect(new Set(pairs).size).toBe(new Set(names).size);
      expect(new Set(keys).size).toBe(new Set(names).size);
    }
  });

  it('lets no unrepeatable call be made twice unless a person allows it', async () => {
    let questions = 0;
    for (let diesAt = 2; ; diesAt += 1) {
      const world = await dieAt(diesAt, moment, { honoured: false });
      if (!world.hasDied) break;
      const run = await world.carryOn({ decision: 'skip', output: '"by hand"' });
      questions += world.answered();
      expect(run.status, `died at write ${diesAt}`).toBe('succeeded');
      const posts = world.allCalls().filter((call) => call.found.command.id === 'shop add');
      const names = posts.map(({ step }) => step?.path.join('/'));
      expect(new Set(names).size, `died at write ${diesAt}`).toBe(names.length);
    }
    expect(questions).toBeGreaterThan(3);
  });

  it('numbers its events without a gap and ends once', async () => {
    for (let diesAt = 2; ; diesAt += 1) {
      const world = await dieAt(diesAt, moment);
      if (!world.hasDied) break;
      const run = await world.carryOn();
      const events = await world.store.readEvents(run.run_id, 0, 1_000);
      expect(events.map((event) => event.seq)).toEqual(events.map((_, index) => index + 1));
      expect(events.filter((event) => event.type === 'run_started')).toHaveLength(1);
      expect(events.filter((event) => event.type === 'run_finished')).toHaveLength(1);
      for (const step of run.steps) {
        const ends = events.filter((event) => event.type === 'step_finished' && event.step_id === step.id);
        expect(ends, `${step.id}, died at write ${diesAt}`).toMatchObject([{ result: step }]);
      }
    }
  });
});

describe('a run that is taken over again and again', () => {
  it.each([3, 4, 5])('ends all the same when every owner dies at its write number %i', async (diesAt) => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const runId = await anEngine(store, clock).start(workflow);
    await clock.advance(10_000);
    for (let owner = 0; owner < 200; owner += 1) {
      const mortal = createMortalStore(store, diesAt, 'after');
      const engine = anEngine(mortal, clock);
      const work = engine.runner.execute(runId);
      const ended = await playUntil(clock, work, () => mortal.isDead);
      if (ended) break;
      await clock.advance(10_000);
    }
    const run = await anEngine(store, clock).runner.read(runId);
    expect(run.status).toBe('succeeded');
  });
});

describe.each(['before', 'after'] as const)('a process that dies around a rest (%s a write)', (moment) => {
  const limits = { parkAfterMs: 0 };

  it('leaves a run that wakes on time and makes no committed call again', async () => {
    for (let diesAt = 2; ; diesAt += 1) {
      const store = createMemoryRunStore();
      const clock = createHandClock();
      const mortal = createMortalStore(store, diesAt, moment);
      const first = anEngine(mortal, clock, { limits });
      const runId = await first.start(workflow);
      await driveUntilRest(first, mortal, runId);
      if (!mortal.isDead) break;
      await clock.advance(10_000);
      const second = anEngine(store, clock, { limits });
      const run = await second.execute(runId);
      expect(run.status, `died at write ${diesAt}`).toBe('succeeded');
      const calls = [...first.api.calls, ...second.api.calls].filter(({ found }) => isMutating(found));
      const made = calls.map(({ step, idempotencyKey }) => `${step?.path.join('/')} ${idempotencyKey}`);
      expect(made.length - new Set(made).size, `died at write ${diesAt}`).toBeLessThan(4);
    }
  });
});

/** As a supervisor does: executes, and again whenever the run is due. */
async function driveUntilRest(engine: TestEngine, mortal: MortalStore, runId: string): Promise<void> {
  for (;;) {
    const isDone = await playUntil(engine.clock, engine.runner.execute(runId), () => mortal.isDead);
    if (!isDone || mortal.isDead) return;
    const run = await engine.runner.read(runId);
    if (run.due_at === undefined) return;
    await engine.clock.advance(Date.parse(run.due_at) - engine.clock.now().getTime());
  }
}

const child = aWorkflow({
  workflow: 'child',
  inputs: { n: {} },
  steps: [aStep('one', 'shop get'), aStep('two', 'shop add', { with: { n: '${{ inputs.n }}' } })],
  final_output: { two: '${{ steps.two }}' },
});

/** Something of everything. */
const workflow = aWorkflow({
  max_parallel: 2,
  steps: [
    aStep('post', 'shop add', { with: { n: 1 } }),
    aStep('each', 'shop add', { for_each: '[10, 20, 30]', concurrency: 2, with: { n: '${{ item }}' } }),
    aStep('poll', 'shop poll', { repeat: { until: 'steps.poll >= 2', every: '1s' } }),
    aStep('flaky', 'shop flaky', { retry: { max_attempts: 3, delay: '1s' } }),
    aStep('broken', 'shop broken', { on_failure: 'continue' }),
    aStep('no', 'shop add', { if: 'steps.post == "nope"' }),
    aStep('child', 'workflow child', { with: { n: '${{ steps.each[1] ?? 0 }}' }, depends_on: ['post'] }),
    aStep('last', 'shop put', { with: { value: '${{ steps.child }}' } }),
  ],
  final_output: { each: '${{ steps.each }}', child: '${{ steps.child }}' },
});

function anEngine(store: RunStore, clock: HandClock, { honoured = true, limits = {} } = {}) {
  const catalog = { idempotency: { header: 'Idempotency-Key', honoured } };
  const routes: Routes = {
    'shop add': { method: 'POST', catalog, answer: (call) => `added ${String(call.arguments.with['n'])}` },
    'shop put': { method: 'PUT', catalog, answer: (call) => call.arguments.with['value'] },
    'shop get': () => 'got',
    'shop poll': { method: 'PUT', catalog, answer: (call) => call.step?.poll },
    'shop flaky': (call) => {
      if ((call.step?.attempt ?? 0) < 2) throw httpError(503);
      return 'at last';
    },
    'shop broken': () => {
      throw httpError(404);
    },
  };
  return createTestEngine(routes, { store, clock, workflows: [child], limits });
}

/** Runs the workflow in a process that dies, and stands ready with another one. */
async function dieAt(diesAt: number, moment: 'before' | 'after', options: { honoured?: boolean } = {}) {
  const store = createMemoryRunStore();
  const clock = createHandClock();
  const mortal = createMortalStore(store, diesAt, moment);
  const first = anEngine(mortal, clock, options);
  const runId = await first.start(workflow);
  await playUntil(clock, first.runner.execute(runId), () => mortal.isDead);
  await clock.advance(10_000);
  const second = anEngine(store, clock, options);
  const counter = { answered: 0 };
  return {
    store,
    hasDied: mortal.isDead,
    allCalls: (): readonly CommandCall[] => [...first.api.calls, ...second.api.calls],
    callsAfter: () => second.api.calls.map(({ step }) => `${step?.runId ?? ''} ${step ? nameOf(step) : ''}`),
    answered: () => counter.answered,
    async listCommitted(): Promise<ReadonlySet<string>> {
      const { items } = await store.listRuns({ limit: 10, include_children: true });
      const commits = await Promise.all(
        items.map(async ({ run_id }) =>
          (await store.readCommits(run_id)).map((commit) => ({ run_id, ...commit })),
        ),
      );
      return new Set(
        commits.flat().map(({ run_id, step_id, item }) => `${run_id} ${nameOf({ stepId: step_id, item })}`),
      );
    },
    async carryOn(answer: object = {}): Promise<RunDocument> {
      let run = await second.execute(runId);
      while (run.status === 'waiting') {
        for (const { question, answered_at } of await store.readQuestions(runId)) {
          if (answered_at !== undefined) continue;
          await second.runner.answer(runId, question.question_id, answer);
          counter.answered += 1;
        }
        run = await second.execute(runId);
      }
      return run;
    },
  };
}

function nameOf({ stepId, item }: { stepId: string; item?: number | undefined }): string {
  return nameCall({ stepId, ...(item !== undefined && { item }), poll: 0 });
}

/** Lets time pass until the work is done or the condition holds. @returns whether the work is done */
async function playUntil(clock: HandClock, work: Promise<unknown>, holds: () => boolean): Promise<boolean> {
  let isDone = false;
  work.then(
    () => (isDone = true),
    () => (isDone = true),
  );
  for (let turns = 0; turns < 10_000; turns += 1) {
    await clock.settle();
    if (isDone || holds()) return isDone;
    await clock.advance(100);
  }
  throw new Error('The work neither ended nor died.');
}

/** What does not depend on time, on who ran it, or on how often it was tried. */
function shapeOf({ status, final_output, steps }: RunDocument) {
  return { status, final_output, steps: steps.map(shapeOfStep) };
}

function shapeOfStep({ id, status, output, reason, error }: StepResult) {
  return { id, status, output, reason, error: error?.error_code };
}
