/** An API that takes its time and fails now and then. What arrives there is judged at once: later the journal says less. */
import type { CommandCall } from '@oatty/engine';
import { httpError } from '@oatty/engine/testing';
import type { createTestEngine } from '@oatty/engine/testing';
import { isTerminal } from '@oatty/types';
import type { FrailProcess } from './frail-process.ts';
import { tell } from './world.ts';
import type { World } from './world.ts';

type Routes = Parameters<typeof createTestEngine>[0];

export function createRoutes(world: World, name: string, life: FrailProcess): Routes {
  const { random, clock } = world;
  const slowly = (answer: (call: CommandCall) => unknown) => async (call: CommandCall) => {
    if (life.isDead) return new Promise(() => {});
    await arrive(world, name, call);
    await clock.sleep(1 + random(random(5) === 0 ? 6_000 : 300), call.signal);
    return answer(call);
  };
  const nowAndThen = (chance: number) => () => (random(chance) === 0 ? fail() : 1);
  return {
    'shop get': slowly(() => 1),
    'shop post': { method: 'POST', answer: slowly(() => 1) },
    'shop put': { method: 'PUT', answer: slowly(nowAndThen(3)) },
    'shop flaky': { method: 'POST', answer: slowly(nowAndThen(2)) },
    'shop poll': slowly((call) => call.step?.poll),
    'shop broken': slowly(fail),
  };
}

// --- internal ---

function fail(): never {
  throw httpError(503);
}

async function arrive(world: World, name: string, call: CommandCall): Promise<void> {
  const { step, found } = call;
  if (step === undefined) return;
  const { store, calls, offences } = world;
  const { runId, stepId, item } = step;
  const what = `${name} calls ${found.command.id} of ${runId} ${stepId}[${item ?? ''}]#${step.poll}.${step.attempt}`;
  tell(world, what);
  calls.push(call);
  if (call.idempotencyKey === undefined) return; // it may go out before the journal has it
  for (let run = await store.getRun(runId); run !== undefined;) {
    if (isTerminal(run.status)) offences.push(`${what}, and ${run.run_id} has ended`);
    run = run.parent && (await store.getRun(run.parent.runId));
  }
  const commits = await store.readCommits(runId);
  const isDone = commits.some(
    ({ step_id, item: done }) => step_id === stepId && (done === undefined || done === item),
  );
  if (isDone) offences.push(`${what}, which is done`);
}
