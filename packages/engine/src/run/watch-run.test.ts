import { describe, expect, it } from 'vitest';
import type { RunEvent } from '@oatty/types';
import { aStep, aWorkflow } from '../testing/builders.ts';
import { createHandClock } from '../testing/hand-clock.ts';
import { createTestEngine } from '../testing/test-engine.ts';
import type { TestEngineOptions } from '../testing/test-engine.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

describe('watching a run', () => {
  it('gives every event once, from the first to the last', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: manySteps(50) }));
    const watching = collect(engine.runner.watch(runId));
    await engine.execute(runId);
    const events = await watching;
    expect(events).toEqual(await engine.events(runId));
    expect(events.at(-1)?.type).toBe('run_finished');
  });

  it('gives the events of a run that has ended', async () => {
    const engine = anEngine();
    const { run_id } = await engine.run(aWorkflow({ steps: manySteps(3) }));
    expect(await collect(engine.runner.watch(run_id))).toEqual(await engine.events(run_id));
  });

  it('goes on after the event that is known already', async () => {
    const engine = anEngine();
    const { run_id } = await engine.run(aWorkflow({ steps: manySteps(3) }));
    const events = await collect(engine.runner.watch(run_id, { afterSeq: 4 }));
    expect(events[0]?.seq).toBe(5);
    expect(await collect(engine.runner.watch(run_id, { afterSeq: 10_000 }))).toEqual([]);
  });

  it('loses nothing when the run is faster than the reader', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: manySteps(100) }));
    const seen: RunEvent[] = [];
    const watching = (async () => {
      for await (const event of engine.runner.watch(runId)) {
        await engine.clock.settle();
        seen.push(event);
      }
    })();
    const run = await engine.runner.execute(runId);
    expect(seen.length).toBeLessThan(50);
    expect(run.status).toBe('succeeded');
    await watching;
    expect(seen).toEqual(await engine.events(runId));
  });

  it('serves several watchers who came at different times', async () => {
    const clock = createHandClock();
    const engine = anEngine({ clock });
    const steps = [...manySteps(5), aStep('slow', 'shop slow'), ...manySteps(5, 'later')];
    const runId = await engine.start(aWorkflow({ steps }));
    const early = collect(engine.runner.watch(runId));
    const ending = engine.runner.execute(runId);
    await clock.advance(10);
    const late = collect(engine.runner.watch(runId));
    await clock.play(ending);
    expect(await late).toEqual(await early);
    expect(await late).toEqual(await engine.events(runId));
  });

  it('sees a run of another process too', async () => {
    const store = createMemoryRunStore();
    const clock = createHandClock();
    const engine = anEngine({ store, clock });
    const other = anEngine({ store, clock });
    const runId = await engine.start(aWorkflow({ steps: [aStep('slow', 'shop slow'), ...manySteps(3)] }));
    const watching = collect(other.runner.watch(runId));
    await clock.play(engine.runner.execute(runId));
    expect(await clock.play(watching)).toEqual(await engine.events(runId));
  });

  it('ends when its signal aborts, also in the middle of a wait', async () => {
    const engine = anEngine();
    const runId = await engine.start(aWorkflow({ steps: manySteps(1) }));
    const controller = new AbortController();
    const watching = collect(engine.runner.watch(runId, { signal: controller.signal }));
    await engine.clock.settle();
    controller.abort();
    expect(await watching).toEqual([]);
  });

  it('can be left at any event', async () => {
    const engine = anEngine();
    const { run_id } = await engine.run(aWorkflow({ steps: manySteps(3) }));
    for await (const event of engine.runner.watch(run_id)) {
      if (event.type === 'step_started') break;
    }
    expect(await collect(engine.runner.watch(run_id))).toHaveLength(11);
  });

  it('of a run that is not there is RUN_NOT_FOUND', async () => {
    await expect(collect(anEngine().runner.watch('nope'))).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
  });
});

function anEngine(options: TestEngineOptions = {}) {
  const clock = options.clock ?? createHandClock();
  return createTestEngine(
    { 'shop get': () => 1, 'shop slow': (call) => clock.sleep(2_500, call.signal) },
    { ...options, clock },
  );
}

function manySteps(count: number, name = 's') {
  return Array.from({ length: count }, (_, index) => aStep(`${name}${index}`, 'shop get'));
}

async function collect(events: AsyncIterable<RunEvent>): Promise<readonly RunEvent[]> {
  const seen: RunEvent[] = [];
  for await (const event of events) seen.push(event);
  return seen;
}
