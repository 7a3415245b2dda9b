import { expect, it } from 'vitest';
import { createMemoryRunStore } from '@oatty/engine';
import type { RunStore } from '@oatty/engine';
import { openOatty } from './open-oatty.ts';

it('a run that is due and held by another process is looked at now and then', async () => {
  const memory = createMemoryRunStore();
  let reads = 0;
  const store: RunStore = {
    ...memory,
    getRun(runId) {
      reads += 1;
      return memory.getRun(runId);
    },
  };
  const steps = [{ id: 'ok', run: 'oatty approval', with: { message: 'Go on?' } }];
  const now = Date.now();
  const longAgo = new Date(now - 60_000).toISOString();
  await memory.createRun(
    {
      run_id: 'run-1',
      root_run_id: 'run-1',
      workflow_id: 'w',
      workflow: { workflow: 'w', steps },
      inputs: {},
      caller: { principal: 'local', via: 'library' },
      status: 'waiting',
      created_at: longAgo,
      started_at: longAgo,
      due_at: longAgo,
    },
    { owner: 'somebody else', until: new Date(now + 1_500).toISOString() },
  );
  const oatty = await openOatty({ store });
  const run = await oatty.runs.rest('run-1');
  expect([run.status, run.due_at]).toEqual(['waiting', undefined]);
  expect(reads).toBeLessThan(20);
});
