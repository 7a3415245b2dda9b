/** Queues with limits of each kind, and whether claims keep them. */
import type { RunRecord } from '@oatty/engine';
import { isTerminal } from '@oatty/types';
import type { QueuePlace } from '@oatty/types';
import { pick, tell } from './world.ts';
import type { World } from './world.ts';

export function aPlace(world: World): QueuePlace {
  const { random } = world;
  const limits = pick(world, queues) ?? queues[0];
  return {
    ...limits,
    priority: random(3),
    ...(random(3) === 0 && { dedup_key: `key-${random(2)}` }),
  };
}

/** With its limits. */
export function placeIn(queue: string): QueuePlace {
  return { ...queues.find(({ name }) => name === queue), name: queue, priority: 0 };
}

/** Before the run begins: nothing that was claimed earlier may leave too little room for it. */
export async function judgeClaim(world: World, runId: string): Promise<void> {
  const { store, offences } = world;
  const claimed = await store.getRun(runId);
  tell(world, `${runId} is claimed`);
  const { name, concurrency } = claimed?.queue ?? {};
  if (name === undefined || concurrency === undefined) return;
  const { items } = await store.listRuns({ queue: name, limit: 1_000 });
  const records = await Promise.all(items.map(({ run_id }) => store.getRun(run_id)));
  const begun = records.filter((run) => run?.claimed_at !== undefined && !isTerminal(run.status));
  if (begun.length > concurrency)
    offences.push(`${begun.length} runs of ${name} have begun, and ${concurrency} may`);
}

/**
 * Afterwards, by what is told of the runs: in no time of the length of the rate more have begun than may. That holds also
 * where the clock was set: a claim counts those before it that lie ahead.
 */
export function judgeRates(runs: readonly RunRecord[]): readonly string[] {
  return queues.flatMap(({ name, rate }) => {
    if (rate === undefined) return [];
    const claims = runs
      .filter(({ queue, claimed_at }) => queue?.name === name && claimed_at !== undefined)
      .map(({ claimed_at }) => Date.parse(claimed_at ?? ''))
      .toSorted((first, second) => first - second);
    return claims
      .filter((claim, nth) => claim - (claims[nth - rate.limit] ?? -Infinity) < rate.per_ms)
      .map((claim) => `at ${new Date(claim).toISOString()} too many runs of ${name} have begun`);
  });
}

// --- internal ---

const queues: readonly [Queue, ...Queue[]] = [
  { name: 'one', concurrency: 1 },
  { name: 'few', concurrency: 2, rate: { limit: 2, per_ms: 5_000 } },
  { name: 'paced', rate: { limit: 3, per_ms: 4_000 } },
  { name: 'each', worker_concurrency: 1 },
  { name: 'free' },
];

type Queue = Omit<QueuePlace, 'priority' | 'dedup_key'>;
