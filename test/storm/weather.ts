/**
 * What stands between processes and their journal.
 *
 * Bad weather is over after some seconds, which pass for processes that are stopped too.
 */
import { OattyError } from '@oatty/types';
import { pick, tell } from './world.ts';
import type { World } from './world.ts';

export type Weather =
  | { readonly kind: 'fair' }
  | {
      /** The journal says no, or nothing; or it does what it is asked, and the answer is lost. */
      readonly kind: 'refuses' | 'is silent' | 'is not heard';
      /** Only this process is cut off; absent: all are. */
      readonly name?: string;
      readonly over: Promise<void>;
    };

/** Asks the journal for a process. @throws {OattyError} `STORAGE_FAILED` */
export async function askThrough<Value>(
  world: World,
  name: string,
  work: () => Promise<Value>,
): Promise<Value> {
  await reach(world, name);
  const value = await work();
  if (weatherOf(world, name).kind === 'is not heard') throw away();
  return value;
}

export function cloudOver(world: World): void {
  const { random, clock, processes } = world;
  if (world.weather.kind !== 'fair') return;
  const kind = pick(world, ['refuses', 'is silent', 'is not heard'] as const) ?? 'refuses';
  const only = random(2) === 0 ? pick(world, processes) : undefined;
  const over = clock.sleep(500 + random(random(3) === 0 ? 60_000 : 6_000), never);
  world.weather = { kind, over, ...(only && { name: only.name }) };
  tell(world, `the journal ${kind}${only ? ` to ${only.name}` : ''}`);
  void over.then(() => {
    world.weather = { kind: 'fair' };
    tell(world, 'the journal is there again');
  });
}

export function isAway(thrown: OattyError): boolean {
  return thrown.code === 'STORAGE_FAILED' && thrown.message === message;
}

// --- internal ---

const message = 'The journal is away.';
/** As long as PostgreSQL is waited for. */
const patienceMs = 8_000;
const never = new AbortController().signal;

function away(): OattyError {
  return new OattyError('STORAGE_FAILED', message);
}

async function reach(world: World, name: string): Promise<void> {
  const weather = weatherOf(world, name);
  if (weather.kind === 'refuses') throw away();
  if (weather.kind !== 'is silent') return;
  await Promise.race([weather.over, world.clock.sleep(patienceMs, never)]);
  if (weatherOf(world, name).kind === 'is silent') throw away();
}

function weatherOf({ weather }: World, name: string): Weather {
  if (weather.kind === 'fair' || weather.name === undefined || weather.name === name) return weather;
  return { kind: 'fair' };
}
