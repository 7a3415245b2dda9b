/** Processes as the runtime has them: they carry on what nobody holds and what is in line, and start what is due. */
import { createTestEngine } from '@oatty/engine/testing';
import { OattyError } from '@oatty/types';
import { carryOn } from './carry-on.ts';
import { createFrailProcess } from './frail-process.ts';
import { judgeClaim } from './queues.ts';
import { askMissing } from './missing-input.ts';
import { savedWorkflows } from './random-workflow.ts';
import { createFirer } from './schedules.ts';
import { createRoutes } from './shaky-api.ts';
import { askThrough, isAway } from './weather.ts';
import { tell } from './world.ts';
import type { Process, World } from './world.ts';

/** @param livesLong - looks for runs; else it carries on only what it has started or answered */
export function spawn(world: World, livesLong: boolean): Process {
  const { connections, clock, random, processes } = world;
  const name = `p${processes.length}`;
  const life = createFrailProcess(
    connections[processes.length % connections.length] ?? { runs: world.store, schedules: world.schedules },
    () => world.deadliness > 0 && random(world.deadliness) === 0,
    (work) => askThrough(world, name, work),
  );
  const routes = createRoutes(world, name, life);
  const options = { store: life.journal.runs, clock, workflows: savedWorkflows, prepare: askMissing };
  const process = { name, life, engine: createTestEngine(routes, options) };
  processes.push(process);
  tell(world, `${name} begins${livesLong ? ' to look' : ''}`);
  if (livesLong) void watch(world, process);
  return process;
}

// --- internal ---

const lookMs = 500;
const pauseMs = 3_000;
/** After the clock was set, those who live have the time for a sign of life. */
const graceMs = 2_000;

async function watch(world: World, process: Process): Promise<void> {
  const { clock, jumps } = world;
  const { name, life } = process;
  const never = new AbortController().signal;
  const look = createLook(world, process);
  let known = jumps.length;
  let waitMs = lookMs;
  while (!life.isDead) {
    await clock.sleep(waitMs, never);
    const hasJumped = known !== jumps.length;
    known = jumps.length;
    waitMs = hasJumped ? graceMs : lookMs;
    try {
      if (!hasJumped) await look();
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (!isAway(error)) world.offences.push(`${name} cannot look: ${error.code} ${error.message}`);
      waitMs = pauseMs;
    }
  }
}

function createLook(world: World, process: Process): () => Promise<void> {
  const { clock } = world;
  const { life, engine } = process;
  const held = new Set<string>();
  const take = async (runId: string): Promise<void> => {
    held.add(runId);
    const run = await carryOn(world, process, runId);
    if (run === undefined) await clock.sleep(pauseMs, new AbortController().signal);
    held.delete(runId);
  };
  const fire = createFirer(world, process);
  return async () => {
    const abandoned = await life.journal.runs.listAbandonedRuns(clock.now().toISOString(), 20);
    for (const runId of abandoned) if (!held.has(runId)) void take(runId);
    const claimed = await engine.runner.claim();
    if (claimed !== undefined) {
      await judgeClaim(world, claimed);
      void take(claimed);
    }
    await fire();
  };
}
