import { createMemoryRunStore } from '@oatty/engine';
import { expect, it } from 'vitest';
import { openOatty } from './open-oatty.ts';

it('a run that was answered here goes on here, though its process died holding it', async () => {
  const store = createMemoryRunStore();
  const now = new Date();
  const lease = { owner: 'somebody dead', until: new Date(now.getTime() + 1_500).toISOString() };
  const steps = [{ id: 'ask', run: 'oatty approval', with: { message: 'Go on?' } }];
  const asking = await openOatty({ store });
  const { run_id } = await asking.runs.start({ workflow: { manifest: { workflow: 'asked', steps } } });
  await expect.poll(async () => (await asking.runs.get(run_id)).status).toBe('waiting');
  await asking.close();
  expect(await store.acquireLease(run_id, lease, now.toISOString())).toBe(true);

  const answering = await openOatty({ store });
  await answering.runs.respond(run_id, { choice: 'approve' });
  expect(await answering.runs.wait(run_id)).toMatchObject({ status: 'succeeded' });
});
