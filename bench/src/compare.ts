/** Measures two pieces of work in turns, so that noise meets both. */
import type { Quartiles, Result } from './result.ts';

export interface Work {
  readonly name: string;
  /** The greatest ratio that we want. */
  readonly target: number;
  readonly rounds: number;
  readonly ours: Timed;
  readonly floor: Timed;
}

/** Work that measures itself, as in a child process, gives its milliseconds; else the whole call counts. */
export type Timed = () => Promise<unknown>;

/** The first round of both is not counted. */
export async function compare({ name, target, rounds, ours, floor }: Work): Promise<Result> {
  const times: { ours: number; floor: number }[] = [];
  await ours();
  await floor();
  for (let round = 0; round < rounds; round++) {
    const floorMs = await timeOf(floor);
    times.push({ floor: floorMs, ours: await timeOf(ours) });
  }
  return {
    kind: 'ratio',
    name,
    target,
    oursMs: median(times.map((time) => time.ours)),
    floorMs: median(times.map((time) => time.floor)),
    ratios: quartiles(times.map((time) => time.ours / time.floor)),
  };
}

export async function timeOf(work: Timed): Promise<number> {
  const start = performance.now();
  const own = await work();
  return typeof own === 'number' ? own : performance.now() - start;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share - 0.95 for p95 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

// --- internal ---

function quartiles(values: readonly number[]): Quartiles {
  return { low: percentile(values, 0.25), median: median(values), high: percentile(values, 0.75) };
}
