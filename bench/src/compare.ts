/** Measures two pieces of work in turns, so that noise meets both. */

export interface Work {
  readonly name: string;
  /** The greatest ratio of the medians that we want. */
  readonly target: number;
  readonly rounds: number;
  readonly ours: () => Promise<unknown>;
  readonly floor: () => Promise<unknown>;
}

export interface Comparison {
  readonly name: string;
  readonly target: string;
  readonly oursMs: number;
  readonly floorMs: number;
  /** Said instead of the ratio where a figure stands for itself. */
  readonly figure?: string;
}

export async function compare({ name, target, rounds, ours, floor }: Work): Promise<Comparison> {
  const times = { ours: [] as number[], floor: [] as number[] };
  await ours();
  await floor();
  for (let round = 0; round < rounds; round++) {
    times.floor.push(await timeOf(floor));
    times.ours.push(await timeOf(ours));
  }
  return { name, target: `≤ ${target} ×`, oursMs: median(times.ours), floorMs: median(times.floor) };
}

export async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

export function median(values: readonly number[]): number {
  return percentile(values, 0.5);
}

/** @param share - 0.95 for p95 */
export function percentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export function toRow({ name, target, oursMs, floorMs, figure }: Comparison): string {
  const ratio = figure ?? `${(oursMs / floorMs).toFixed(2)} ×`;
  const floor = Number.isNaN(floorMs) ? '–' : toMs(floorMs);
  return `| ${name} | ${toMs(oursMs)} | ${floor} | ${ratio} | ${target} |`;
}

// --- internal ---

function toMs(value: number): string {
  return value < 10 ? `${value.toFixed(2)} ms` : `${value.toFixed(0)} ms`;
}
