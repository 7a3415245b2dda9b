/** How many results of steps the journal keeps in a second. */
import type { DurableJournal } from '@oatty/store';
import { timeOf } from '../compare.ts';

export type RunStore = DurableJournal['runs'];

const runsAtOnce = 20;
const checkpoints = 4_000;

/** @returns per second */
export async function timeCheckpoints(store: RunStore): Promise<number> {
  const runIds = await Promise.all(Array.from({ length: runsAtOnce }, () => startRun(store)));
  const ms = await timeOf(() =>
    Promise.all(
      runIds.map(async (runId) => {
        for (let step = 0; step < checkpoints / runsAtOnce; step += 1) {
          await store.append(runId, owner, resultOf(`step-${step}`));
        }
      }),
    ),
  );
  return (checkpoints / ms) * 1_000;
}

// --- internal ---

const owner = 'bench';
const at = new Date().toISOString();

async function startRun(store: RunStore): Promise<string> {
  const run_id = globalThis.crypto.randomUUID();
  await store.createRun(
    {
      run_id,
      workflow_id: 'bench',
      status: 'running',
      root_run_id: run_id,
      workflow: { workflow: 'bench', steps: [{ id: 'list', run: 'shop orders:list' }] },
      inputs: {},
      caller: { principal: 'local', via: 'library' },
      created_at: at,
    },
    { owner, until: new Date(Date.now() + 3_600_000).toISOString() },
  );
  return run_id;
}

/** As a step that has read an order leaves it. */
function resultOf(step_id: string) {
  const output = { id: 'ord_1', customer: 'cus_1', status: 'open', total: 3000, note: 'x'.repeat(200) };
  const result = {
    id: step_id,
    status: 'succeeded',
    output,
    attempts: 1,
    started_at: at,
    finished_at: at,
  } as const;
  return {
    at,
    commits: [{ step_id, result }],
    events: [{ type: 'step_finished', step_id, result }],
  } as const;
}
