/** Processes as the runtime has them: they carry on what nobody holds, and what is in line. */
import { OattyError } from '@oatty/types';
import type { RunDocument } from '@oatty/types';
import { createTestEngine } from '../../src/testing/test-engine.ts';
import { createFrailProcess } from './frail-process.ts';
import { savedWorkflows } from './random-workflow.ts';
import { createRoutes } from './shaky-api.ts';
import { tell } from './world.ts';
import type { Process, World } from './world.ts';

/** @param livesLong - looks for runs; else it carries on only what it has started or answered */
export function spawn(world: World, livesLong: boolean): Process {
  const { store, clock, random, processes } = world;
  const life = createFrailProcess(store, () => world.deadliness > 0 && random(world.deadliness) === 0);
  const name = `p${processes.length}`;
  const routes = createRoutes(world, name, life);
  const engine = createTestEngine(routes, { store: life.store, clock, workflows: savedWorkflows });
  const process = { name, life, engine };
  processes.push(process);
  tell(world, `${name} begins${livesLong ? ' to look' : ''}`);
  if (livesLong) void watch(world, process);
  return process;
}

/** @returns the run when it rests; `undefined` when it cannot be carried on here */
export async function carryOn(
  world: World,
  process: Process,
  runId: string,
): Promise<RunDocument | undefined> {
  const { name, engine } = process;
  try {
    const run = await engine.runner.execute(runId);
    tell(world, `${name} rests ${runId}: ${run.status}`);
    return run;
  } catch (thrown) {
    const { code, message } = OattyError.from(thrown);
    tell(world, `${name} lets go of ${runId}: ${message}`);
    const isExpected = code === 'RUN_STATE_CONFLICT' || code === 'RUN_NOT_FOUND'; // it was taken, or removed
    if (!isExpected) world.offences.push(`${name} cannot carry on ${runId}: ${code} ${message}`);
    return undefined;
  }
}

// --- internal ---

const lookMs = 500;
const pauseMs = 3_000;

async function watch(world: World, process: Process): Promise<void> {
  const { clock } = world;
  const { life, engine } = process;
  const held = new Set<string>();
  const never = new AbortController().signal;
  const take = async (runId: string): Promise<void> => {
    held.add(runId);
    const run = await carryOn(world, process, runId);
    if (run === undefined) await clock.sleep(pauseMs, never);
    held.delete(runId);
  };
  while (!life.isDead) {
    await clock.sleep(lookMs, never);
    const abandoned = await life.store.listAbandonedRuns(clock.now().toISOString(), 20);
    for (const runId of abandoned) if (!held.has(runId)) void take(runId);
    const claimed = await engine.runner.claim();
    if (claimed !== undefined) void take(claimed);
  }
}
