// Starts runs that wait for an hour, and prints how much more this process holds then, and its timers.
import { createOatty } from '@oatty/runtime';
import { setTimeout } from 'node:timers/promises';

const runs = 10_000;
const atOnce = 100;
const manifest = {
  workflow: 'waiting',
  steps: [
    { id: 'ok', run: 'oatty approval', with: { message: 'Go on?', timeout: '1h', on_timeout: 'reject' } },
  ],
};

const oatty = await createOatty();
oatty.runs.takeOver();
await startMany(500); // whatever is loaded and warmed up by the first ones is not counted
const before = await memory();
await startMany(runs);
const heapMb = ((await memory()) - before) / 1_048_576;
const timers = process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length;
console.log(JSON.stringify({ runs, heapMb, timers }));
await oatty.close();

async function startMany(count) {
  for (let started = 0; started < count; started += atOnce) {
    const handles = await Promise.all(
      Array.from({ length: atOnce }, () => oatty.runs.start({ workflow: { manifest } })),
    );
    await untilWaiting(handles.at(-1).run_id);
  }
}

async function untilWaiting(runId) {
  while ((await oatty.runs.get(runId)).status !== 'waiting') await setTimeout(5);
}

async function memory() {
  await setTimeout(1_500);
  globalThis.gc();
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
