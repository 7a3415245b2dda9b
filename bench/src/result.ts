/** What a benchmark found, and how it is shown. */

export type Result =
  /** Our work against a floor that was measured in turns with it. */
  | {
      readonly kind: 'ratio';
      readonly name: string;
      readonly oursMs: number;
      readonly floorMs: number;
      /** Of ours to the floor, round by round. */
      readonly ratios: Quartiles;
      /** The greatest ratio that we want. */
      readonly target: number;
    }
  | { readonly kind: 'time'; readonly name: string; readonly ms: number; readonly targetMs?: number }
  | { readonly kind: 'figure'; readonly name: string; readonly figure: string; readonly target?: Target };

export interface Quartiles {
  readonly low: number;
  readonly median: number;
  readonly high: number;
}

interface Target {
  readonly text: string;
  readonly isMet: boolean;
}

export const tableHead = '| Work | ours | floor | ratio | target | met |\n|---|--:|--:|--:|--:|---|';

/** One row of the table. */
export function toRow(result: Result): string {
  switch (result.kind) {
    case 'ratio': {
      const { name, oursMs, floorMs, ratios, target } = result;
      const range = `${toRatio(ratios.median)} × (${toRatio(ratios.low)}–${toRatio(ratios.high)})`;
      return row(name, toMs(oursMs), toMs(floorMs), range, {
        text: `≤ ${target} ×`,
        isMet: ratios.median <= target,
      });
    }
    case 'time': {
      const { name, ms, targetMs } = result;
      const target = targetMs === undefined ? undefined : { text: `≤ ${targetMs} ms`, isMet: ms <= targetMs };
      return row(name, toMs(ms), '', '', target);
    }
    case 'figure':
      return row(result.name, result.figure, '', '', result.target);
  }
}

/** A benchmark that gave nothing. */
export function toEmptyRow(name: string, reason: string): string {
  return row(name, reason, '', '', undefined);
}

// --- internal ---

function row(name: string, ours: string, floor: string, ratio: string, target: Target | undefined): string {
  const met = target === undefined ? '' : target.isMet ? 'yes' : 'no';
  return `| ${[name, ours, floor, ratio, target?.text ?? '', met].join(' | ')} |`;
}

function toMs(value: number): string {
  return `${value.toFixed(value < 10 ? 2 : 0)} ms`;
}

function toRatio(value: number): string {
  return value.toFixed(2);
}
