/** The other end of `detach-run.ts`: a process without a terminal that carries one run on. */
import { createOatty } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import { cliCaller } from '../cli-caller.ts';
import type { DetachedReply, DetachedRequest } from './detach-run.ts';

export async function runDetached(signal: AbortSignal): Promise<void> {
  const request = await new Promise<DetachedRequest | undefined>((resolve) => {
    process.once('message', (message) => resolve(message as DetachedRequest)); // our own program sends it
    process.once('disconnect', () => resolve(undefined));
  });
  if (request === undefined) return;
  const oatty = await createOatty();
  try {
    const { run_id, workflow_id, status } = await oatty.runs.start({
      ...request,
      caller: cliCaller,
      maxEffect: 'standard',
      signal,
    });
    await reply({ kind: 'started', run: { run_id, workflow_id, status } });
    await oatty.runs.rest(run_id);
  } catch (thrown) {
    await reply({ kind: 'failed', error: OattyError.from(thrown).toPayload() });
  } finally {
    await oatty.close();
  }
}

// --- internal ---

/** Whoever asked may be gone: then nobody is told. */
async function reply(message: DetachedReply): Promise<void> {
  if (!process.connected) return;
  await new Promise<void>((resolve) => {
    process.send?.(message, undefined, undefined, () => resolve());
  });
  if (process.connected) process.disconnect();
}
