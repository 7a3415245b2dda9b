import { describe, expect, it, vi } from 'vitest';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { setTimeout } from 'node:timers/promises';
import { openSharedState } from './shared-state.ts';
import type { SharedState } from './shared-state.ts';

const serverUrl = await sharedPostgresUrl();

describe.concurrent.each([
  { name: 'a state file', server: undefined, isThere: true },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined },
])('a run whose process is gone, in $name', { timeout: 60_000 }, ({ server, isThere }) => {
  it.skipIf(!isThere)('is carried on by a process that is there', async () => {
    await using state = await openSharedState(server);
    state.oatty.runs.takeOver();
    const elsewhere = await state.start(slow('2500'));
    await untilSlow(state, 1);
    await elsewhere.kill();
    const before = await state.oatty.runs.get(elsewhere.runId);
    await untilSlow(state, 2);
    const run = await state.oatty.runs.wait(elsewhere.runId);
    expect(run).toMatchObject({ status: 'succeeded', steps: [before.steps[0], { attempts: 2 }, {}] });
    expect(countNotes(state)).toBe(2);
  });

  it.skipIf(!isThere)('is left alone by its process when that wakes up again', async () => {
    await using state = await openSharedState(server);
    state.oatty.runs.takeOver();
    const elsewhere = await state.start(slow('6000'));
    await untilSlow(state, 1);
    await setTimeout(300); // its last write is done: a process that is stopped in one would hold the file
    elsewhere.child.kill('SIGSTOP');
    await untilSlow(state, 2);
    elsewhere.child.kill('SIGCONT');
    await vi.waitFor(() => expect(elsewhere.lines).toContain('RUN_STATE_CONFLICT'), 20_000);
    const run = await state.oatty.runs.wait(elsewhere.runId);
    expect(run).toMatchObject({
      status: 'succeeded',
      steps: [{ attempts: 1 }, { attempts: 2 }, { attempts: 1 }],
    });
    expect(countNotes(state)).toBe(2);
    await vi.waitFor(() => expect(elsewhere.lines).toEqual(['RUN_STATE_CONFLICT', 'succeeded']), 20_000);
  });

  it.skipIf(!isThere)('is watched, canceled and answered for from another one', async () => {
    await using state = await openSharedState(server);
    const elsewhere = await state.start(slow('60000'));
    await untilSlow(state, 1);
    const watched: string[] = [];
    const watching = (async () => {
      for await (const { type } of state.oatty.runs.events(elsewhere.runId)) watched.push(type);
    })();
    await state.oatty.runs.cancel(elsewhere.runId);
    await watching;
    expect(watched.at(-1)).toBe('run_finished');
    expect(await state.oatty.runs.get(elsewhere.runId)).toMatchObject({ status: 'canceled' });
    await vi.waitFor(() => expect(elsewhere.lines).toEqual(['canceled']), 20_000);
  });
});

// --- internal ---

/** A note, a slow answer, and a note. */
function slow(delayMs: string): string {
  return `workflow: slow
steps:
  - id: first
    run: shop orders:note:update
    with: { order: ord_1 }
    body: first
  - id: wait
    run: shop slow:list
    depends_on: [first]
    with: { delay_ms: ${delayMs} }
  - id: last
    run: shop orders:note:update
    depends_on: [wait]
    with: { order: ord_1 }
    body: last
`;
}

async function untilSlow({ shop }: SharedState, calls: number): Promise<void> {
  await vi.waitFor(() => expect(countCalls(shop, 'getSlow')).toBe(calls), 30_000);
}

function countNotes({ shop }: SharedState): number {
  return countCalls(shop, 'setOrderNote');
}

function countCalls(shop: SharedState['shop'], operationId: string): number {
  return shop.calls().filter(({ operation_id }) => operation_id === operationId).length;
}
