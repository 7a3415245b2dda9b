/**
 * A storm: processes that share one journal start runs, carry them on, answer, cancel and resume, and are stopped and
 * killed, all by chance. Afterwards one healthy process is there alone, and has all the time that it needs.
 */
import { isTerminal } from '@oatty/types';
import { answer, cancel, listOpenQuestions, prune, resume, start } from './people.ts';
import { spawn } from './process.ts';
import { createWorld, pick, tell } from './world.ts';
import type { Process, World } from './world.ts';

export async function raiseStorm(seed: number): Promise<World> {
  const world = createWorld(seed);
  const { random, clock } = world;
  world.deadliness = pick(world, [0, 300, 100, 40]) ?? 0;
  const width = 1 + random(3);
  for (let blow = 0; blow < blows; blow += 1) {
    while (livingOf(world).length < width) spawn(world, random(4) !== 0);
    strike(world);
    await clock.advance(random(2) === 0 ? random(400) : random(4_000));
  }
  await calm(world);
  return world;
}

// --- internal ---

const blows = 40;

function strike(world: World): void {
  const process = pick(world, livingOf(world));
  const action = pick(world, actions);
  if (process !== undefined) void action?.(world, process);
}

type Action = (world: World, process: Process) => Promise<void> | void;

/** The more often, the likelier. */
const actions: readonly Action[] = [
  start,
  start,
  start,
  answer,
  answer,
  answer,
  answer,
  cancel,
  resume,
  prune,
  kill,
  stopOrGoOn,
  stopOrGoOn,
  stopOrGoOn,
];

function kill(world: World, { name, life }: Process): void {
  tell(world, `${name} is killed`);
  life.kill();
}

function stopOrGoOn(world: World, { name, life }: Process): void {
  tell(world, `${name} ${life.isStopped ? 'goes on' : 'is stopped'}`);
  if (life.isStopped) life.goOn();
  else life.stop();
}

function livingOf({ processes }: World): readonly Process[] {
  return processes.filter(({ life }) => !life.isDead);
}

async function calm(world: World): Promise<void> {
  for (const { life } of world.processes) life.kill();
  world.deadliness = 0;
  const healthy = spawn(world, true);
  for (let turn = 0; turn < maxTurns; turn += 1) {
    await world.clock.advance(turnMs);
    const open = await listOpenQuestions(world);
    for (const asked of open) void answer(world, healthy, asked);
    const { items } = await world.store.listRuns({ limit: 100 });
    if (items.every(({ status }) => isTerminal(status))) break;
  }
  healthy.life.kill();
}

/** Together longer than everything that runs wait for. */
const maxTurns = 60;
const turnMs = 10_000;
