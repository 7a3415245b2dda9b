/** Columns of text that line up; the last one takes what is left of the line. */
import { toLine } from './printable.ts';

export interface TableOptions {
  /** Columns of the terminal; 0: no limit, as in a pipe. */
  readonly width: number;
}

/** @param rows - cells in the order of `headings` */
export function toTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { width }: TableOptions,
): string {
  const widest = width === 0 ? Number.POSITIVE_INFINITY : width;
  const cells = [headings, ...rows].map((row) => row.map((cell) => toLine(cell, widest)));
  const last = headings.length - 1;
  const widths = headings.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const used = widths.slice(0, last).reduce((sum, size) => sum + size + 2, 0);
  const rest = Math.max(16, widest - used);
  return cells
    .map((row) =>
      row
        .map((cell, column) => (column === last ? toLine(cell, rest) : cell.padEnd(widths[column] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
