/** Measures two pieces of work in turns, so that noise meets both. */
import type { Quartiles, Result } from './result.ts';

export interface Work {
  readonly name: string;
  /** The greatest ratio that we want. */
  readonly target: number;
  readonly rounds: number;
  /** Rounds before these that are not counted; default 1. More where the work stays in one process: code gets faster. */
  readonly warmUps?: number;
  readonly ours: Timed;
  readonly floor: Timed;
}

/** Work that measures itself, as in a child process, gives its milliseconds; else the whole call counts. */
export type Timed = () => Promise<unknown>;

export async function compare({ name, target, rounds, warmUps = 1, ours, floor }: Work): Promise<Result> {
  const all: { ours: number; floor: number }[] = [];
  for (let round = 0; round < warmUps + rounds; round++) {
    const floorMs = await timeOf(floor);
    all.push({ floor: floorMs, ours: await timeOf(ours) });
  }
  const times = all.slice(warmUps);
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

export function quartiles(values: readonly number[]): Quartiles {
  return { low: percentile(values, 0.25), median: median(values), high: percentile(values, 0.75) };
}
