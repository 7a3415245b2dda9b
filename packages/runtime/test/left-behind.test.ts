import { createMemoryRunStore } from '@oatty/engine';
import type { RunStore } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import { describe, expect, it } from 'vitest';
import type { Oatty } from '../src/index.ts';
import { openOatty } from './open-oatty.ts';

const asking = {
  workflow: 'asked',
  steps: [{ id: 'ask', run: 'oatty approval', with: { message: 'Go on?' } }],
};

/** Ends by itself. */
const nothing = { workflow: 'nothing', steps: [{ ...asking.steps[0], if: 'false' }] };

describe('in a process that takes nothing over, a run', () => {
  it('that is canceled here ends, though its process died holding it', async () => {
    const { oatty, runId } = await leftByDead();
    await oatty.runs.cancel(runId);
    expect(await oatty.runs.wait(runId)).toMatchObject({ status: 'canceled' });
  });

  it('that is resumed here is ended first, though its process died holding it', async () => {
    const { oatty, store, runId } = await leftByDead();
    const resumed = await oatty.runs.resume(runId);
    expect(await store.getRun(runId)).toMatchObject({ status: 'canceled' });
    await resumed.cancel();
    expect(await resumed.wait()).toMatchObject({ status: 'canceled', resumed_from: runId });
  });

  it('that was started here goes on when the journal can be written again', async () => {
    const store = createMemoryRunStore();
    let outages = 1;
    const shaky: RunStore = {
      ...store,
      async changeRun(...args) {
        if (outages-- > 0) throw new OattyError('STORAGE_FAILED', 'The disk is full.');
        return store.changeRun(...args);
      },
    };
    const oatty = await openOatty({ store: shaky });
    const run = await oatty.runs.start({ workflow: { manifest: nothing } });
    expect(await run.wait()).toMatchObject({ status: 'succeeded' });
  });

  it('that was claimed here goes on, though that was not heard', async () => {
    const store = createMemoryRunStore();
    let claims = 0;
    const deaf: RunStore = {
      ...store,
      async claimQueuedRun(claim) {
        const claimed = await store.claimQueuedRun(claim);
        if (claims++ === 0) throw new OattyError('STORAGE_FAILED', 'The connection was lost.');
        return claimed;
      },
    };
    const oatty = await openOatty({ store: deaf });
    const manifest = { ...nothing, queue: { name: 'q' } };
    const run = await oatty.runs.start({ workflow: { manifest } });
    expect(await run.wait()).toMatchObject({ status: 'succeeded' });
  });
});

/** A run that waits, and that a process which is gone holds for a second more. */
async function leftByDead(): Promise<{ oatty: Oatty; store: RunStore; runId: string }> {
  const store = createMemoryRunStore();
  const first = await openOatty({ store });
  const { run_id: runId } = await first.runs.start({ workflow: { manifest: asking } });
  await expect.poll(async () => (await first.runs.get(runId)).status).toBe('waiting');
  await first.close();
  const now = new Date();
  const lease = { owner: 'somebody dead', until: new Date(now.getTime() + 600).toISOString() };
  expect(await store.acquireLease(runId, lease, now.toISOString())).toBe(true);
  return { oatty: await openOatty({ store }), store, runId };
}
