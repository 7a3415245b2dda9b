import { createMemoryRunStore } from '@oatty/engine';
import { createHandClock } from '@oatty/engine/testing';
import { setTimeout } from 'node:timers/promises';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Caller } from '@oatty/types';
import { z } from 'zod';
import { defineCatalog, defineCommand } from '../src/index.ts';
import type { Oatty, RunQueueOptions } from '../src/index.ts';
import { QueuedRuns } from '../src/queues/queued-runs.ts';
import { createWorld } from '../src/world.ts';
import { aHome, openAt, openOatty } from './open-oatty.ts';

const ann: Caller = { principal: 'ann', via: 'mcp' };

describe('a run with a queue', () => {
  it('is carried by its own process where no worker is', async () => {
    const { starter, journey } = await openParties();
    const first = await start(starter, 'a');
    expect(first).toMatchObject({ status: 'pending', queue: 'q' });
    expect(await first.wait()).toMatchObject({
      status: 'succeeded',
      queue: 'q',
      claimed_at: expect.any(String),
    });
    expect(journey).toEqual(['starter a']);
  });

  it('is carried by a worker where there is one', async () => {
    const { starter, worker, journey } = await openParties();
    const rested: string[] = [];
    worker.runs.work({ onRest: ({ run_id, status }) => rested.push(`${run_id} ${status}`) });
    await expect.poll(async () => isServed(starter)).toBe(true);
    const run = await start(starter, 'a');
    expect(await run.wait()).toMatchObject({ status: 'succeeded' });
    expect(journey).toEqual(['worker a']);
    expect(rested).toContain(`${run.run_id} succeeded`);
  });

  it('that is left goes to a process that takes over', async () => {
    const { starter, worker, journey } = await openParties();
    const left = await start(starter, 'left', { leave: true });
    worker.runs.takeOver();
    expect(await left.wait()).toMatchObject({ status: 'succeeded' });
    expect(journey).toEqual(['worker left']);
  });

  it('waits for a worker of its queue, in the order of priority', async () => {
    const { starter, worker, journey } = await openParties();
    const runs = [
      await start(starter, 'low', { priority: -1, leave: true }),
      await start(starter, 'other', { name: 'r', leave: true }),
      await start(starter, 'high', { priority: 1, leave: true }),
    ];
    worker.runs.work({ queues: ['q'], concurrency: 1 });
    await Promise.all([runs[0]?.wait(), runs[2]?.wait()]);
    expect(journey).toEqual(['worker high', 'worker low']);
    expect(await starter.runs.queues()).toEqual({
      items: [{ name: 'r', queued: 1, begun: 0, served: false }],
    });
    expect((await starter.runs.list({ queue: 'r' })).items).toMatchObject([
      { status: 'pending', queue: 'r' },
    ]);
  });

  it('is the one that is there when the key is taken', async () => {
    const { starter, journey } = await openParties();
    const queue = { dedupKey: 'k', leave: true };
    const first = await start(starter, 'a', queue);
    const second = await start(starter, 'b', queue);
    expect([first.deduplicated, second.deduplicated, second.run_id]).toEqual([undefined, true, first.run_id]);
    const somebodyElse = start(starter, 'c', queue, ann);
    await expect(somebodyElse).rejects.toMatchObject({ code: 'RUN_STATE_CONFLICT' });
    expect(JSON.stringify(await somebodyElse.catch((error: unknown) => error))).not.toContain(first.run_id);
    await starter.runs.cancel(first.run_id);
    const third = await start(starter, 'd', { dedupKey: 'k' });
    expect(await third.wait()).toMatchObject({ status: 'succeeded' });
    expect(journey).toEqual(['starter d']);
  });

  it('has the key that the manifest makes of its inputs', async () => {
    const { starter } = await openParties();
    const keyed = (name: string) =>
      starter.runs.start({ workflow: { manifest: manifestOf('key-${{ inputs.name }}') }, inputs: { name } });
    const [first, again, other] = [await keyed('a'), await keyed('a'), await keyed('b')];
    expect([again.run_id === first.run_id, other.run_id === first.run_id]).toEqual([true, false]);
    await Promise.all([first.wait(), other.wait()]);
  });

  it('is left to others only without secret values', async () => {
    const { starter } = await openParties();
    const manifest = { ...manifestOf(), inputs: { name: { type: 'string', secret: true } } };
    const started = starter.runs.start({
      workflow: { manifest },
      inputs: { name: 'x' },
      queue: { leave: true },
    });
    await expect(started).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    expect(await starter.runs.list()).toEqual({ items: [] });
  });

  it('asks for what is missing before it waits for its turn', async () => {
    const { starter, journey } = await openParties();
    const { run_id, queue } = await starter.runs.start({ workflow: { manifest: manifestOf() }, ask: true });
    await expect.poll(async () => (await starter.runs.get(run_id)).status).toBe('waiting');
    expect([queue, await starter.runs.queues()]).toEqual([undefined, { items: [] }]);
    await starter.runs.respond(run_id, { name: 'late' });
    expect(await starter.runs.wait(run_id)).toMatchObject({
      status: 'succeeded',
      claimed_at: expect.any(String),
    });
    expect(journey).toEqual(['starter late']);
  });
});

describe('a worker', () => {
  it('that leaves lets others carry its runs on', async () => {
    const { starter, worker, journey, gate } = await openParties();
    const leaving = worker.runs.work();
    await expect.poll(async () => isServed(starter)).toBe(true);
    const run = await start(starter, 'slow', {}, undefined, 2);
    await expect.poll(() => journey).toEqual(['worker slow']);
    const left = leaving.handBack(20_000);
    gate.open();
    await left;
    const later = await start(starter, 'later');
    starter.runs.work();
    starter.runs.takeOver();
    expect([await run.wait(), await later.wait()]).toMatchObject([
      { status: 'succeeded' },
      { status: 'succeeded' },
    ]);
    expect(journey.toSorted()).toEqual(['starter later', 'starter slow', 'worker slow']);
  });

  it('takes over no more runs than it may carry', async () => {
    const store = createMemoryRunStore();
    const gauge = createGauge();
    const oatty = await openOatty({ store, modules: [gauge.module] });
    const queue = { name: 'q', worker_concurrency: 1 };
    const workflow = { manifest: { workflow: 'w', queue, steps: [{ id: 's', run: 'gauge do' }] } };
    const runs = [];
    for (let nth = 0; nth < 3; nth += 1) {
      runs.push(await oatty.runs.start({ workflow, queue: { leave: true } }));
    }
    for (const owner of ['dead', 'also dead']) {
      const now = new Date();
      const lease = { owner, until: new Date(now.getTime() + 300).toISOString() };
      expect(await store.claimQueuedRun({ lease, now: now.toISOString() })).toBeDefined();
    }
    oatty.runs.work();
    const ends = await Promise.all(runs.map((run) => run.wait()));
    expect(ends.map(({ status }) => status)).toEqual(['succeeded', 'succeeded', 'succeeded']);
    expect([gauge.calls, gauge.most]).toEqual([3, 1]);
  });

  it('says again what it serves when the clock was set back', async () => {
    const clock = createHandClock();
    const store = createMemoryRunStore();
    const { dir, env } = await aHome();
    const world = { ...createWorld({ env, cwd: dir, store }), clock };
    onTestFinished(() => world.closing.abort());
    const starter = await openOatty({ store, modules: [createGauge().module] });
    const manifest = { workflow: 'w', queue: { name: 'q' }, steps: [{ id: 's', run: 'gauge do' }] };
    await starter.runs.start({ workflow: { manifest }, queue: { leave: true } });
    const queued = new QueuedRuns(world, async () => {});
    queued.serve({ queues: ['q'], concurrency: 0 });
    const isServed = async () => (await store.listQueues(clock.now().toISOString()))[0]?.served;
    await expect.poll(isServed).toBe(true);
    clock.set(-3_600_000);
    expect(await isServed()).toBe(false);
    queued.expect('whatever'); // it looks at once
    await expect.poll(isServed).toBe(true);
  });

  it('serves queues whose names are names', async () => {
    const { worker } = await openParties();
    expect(() => worker.runs.work({ queues: ['a b'] })).toThrow(
      expect.objectContaining({ code: 'ARGUMENT_INVALID' }),
    );
  });
});

// --- internal ---

/** Two processes that share a state. Each call of `job do` is told in `journey`; a call for `slow` waits for the gate. */
async function openParties() {
  const home = await aHome();
  const journey: string[] = [];
  const opened = Promise.withResolvers<void>();
  onTestFinished(() => opened.resolve());
  const open = (process: string): Promise<Oatty> => openAt(home, { modules: [jobsOf(process)] });
  const jobsOf = (process: string) =>
    defineCatalog({
      title: 'Jobs',
      vendor: 'jobs',
      commands: {
        do: defineCommand({
          summary: 'Do a job.',
          effect: 'safe',
          input: z.object({ name: z.string() }),
          async handler({ name }) {
            if (name !== 'probe') journey.push(`${process} ${name}`);
            if (name === 'slow') await opened.promise;
            return { name };
          },
        }),
      },
    });
  const [starter, worker] = [await open('starter'), await open('worker')];
  return { starter, worker, journey, gate: { open: () => opened.resolve() } };
}

/** Counts how many calls go on at once. */
function createGauge() {
  const gauge = { calls: 0, most: 0 };
  let underWay = 0;
  const command = defineCommand({
    summary: 'Do a job.',
    effect: 'safe',
    input: z.object({}),
    async handler() {
      gauge.calls += 1;
      underWay += 1;
      gauge.most = Math.max(gauge.most, underWay);
      await setTimeout(20);
      underWay -= 1;
      return {};
    },
  });
  return Object.assign(gauge, {
    module: defineCatalog({ title: 'Gauge', vendor: 'gauge', commands: { do: command } }),
  });
}

function manifestOf(dedup_key: string | null = null, times = 1) {
  const steps = Array.from({ length: times }, (_, index) => ({
    id: `step_${index}`,
    run: 'jobs do',
    with: { name: '${{ inputs.name }}' },
    depends_on: index === 0 ? [] : [`step_${index - 1}`],
  }));
  return { workflow: 'job', inputs: { name: { type: 'string' } }, queue: { name: 'q', dedup_key }, steps };
}

function start(oatty: Oatty, name: string, queue: RunQueueOptions = {}, caller?: Caller, times = 1) {
  return oatty.runs.start({
    workflow: { manifest: manifestOf(null, times) },
    inputs: { name },
    queue,
    ...(caller && { caller }),
  });
}

/** A worker says so in the journal; a run in line makes the queue one that is listed. */
async function isServed(oatty: Oatty): Promise<boolean> {
  const probe = await start(oatty, 'probe', { name: 'probe', leave: true });
  const { items } = await oatty.runs.queues();
  await oatty.runs.cancel(probe.run_id).catch(() => {}); // it was carried already
  return items.some(({ name, served }) => name === 'probe' && served);
}
