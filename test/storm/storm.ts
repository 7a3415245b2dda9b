/**
 * A storm: processes that share one journal start runs, carry them on, answer, cancel and resume, and act on schedules;
 * they are stopped and killed, the clock is set, and the journal is away for a while, all by chance. Afterwards one healthy
 * process is there alone, and has all the time that it needs.
 */
import { isTerminal } from '@oatty/types';
import type { Grounds } from './grounds.ts';
import { answer, answerOnceMore, cancel, listOpenQuestions, prune, resume, start } from './people.ts';
import { spawn } from './process.ts';
import { addSchedule } from './schedules.ts';
import { cloudOver } from './weather.ts';
import { createWorld, pick, tell } from './world.ts';
import type { Process, World } from './world.ts';

export async function raiseStorm(seed: number, grounds: Grounds): Promise<World> {
  const world = createWorld(seed, grounds);
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

const blows = 60;

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
  answerOnceMore,
  answerOnceMore,
  addSchedule,
  setClock,
  cloudOver,
  cloudOver,
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

/** By seconds, minutes or hours, forward or back. */
function setClock(world: World): void {
  const { random, clock, jumps } = world;
  if (random(2) === 0) return;
  const unitMs = pick(world, [1_000, 60_000, 3_600_000]) ?? 1_000;
  const ms = (random(2) === 0 ? 1 : -1) * (1 + random(10)) * unitMs;
  clock.set(ms);
  jumps.push(ms);
  tell(world, `the clock is set by ${ms} ms`);
}

function livingOf({ processes }: World): readonly Process[] {
  return processes.filter(({ life }) => !life.isDead);
}

/** What was due before the clock was set back is due again. */
function catchUp({ clock, jumps }: World): void {
  const backMs = jumps.filter((ms) => ms < 0).reduce((sum, ms) => sum - ms, 0);
  if (backMs === 0) return;
  clock.set(backMs);
  jumps.push(backMs);
}

async function calm(world: World): Promise<void> {
  for (const { life } of world.processes) life.kill();
  world.deadliness = 0;
  world.weather = { kind: 'fair' };
  catchUp(world);
  const healthy = spawn(world, true);
  for (let turn = 0; turn < maxTurns; turn += 1) {
    await world.clock.advance(turnMs);
    const open = await listOpenQuestions(world);
    for (const asked of open) void answer(world, healthy, asked);
    const { items } = await world.store.listRuns({ limit: 10_000 });
    if (items.every(({ status }) => isTerminal(status))) break;
  }
  healthy.life.kill();
}

/** Together longer than everything that runs wait for. */
const maxTurns = 60;
const turnMs = 10_000;
