/** Columns of text that line up. */
import { padTo, toLine, widthOf } from './printable.ts';

export interface TableOptions {
  /** Columns of the terminal; 0: no limit, as in a pipe. */
  readonly width: number;
  /** So many columns from the left are never cut (ids are there to be copied); default: all but the last. */
  readonly whole?: number;
}

/** @param rows - cells in the order of `headings` */
export function toTable(
  headings: readonly string[],
  rows: readonly (readonly string[])[],
  { width, whole = headings.length - 1 }: TableOptions,
): string {
  const cells = [headings, ...rows].map((row) => row.map((cell) => toLine(cell, maxCellWidth)));
  const wanted = headings.map((_, column) => Math.max(...cells.map((row) => widthOf(row[column] ?? ''))));
  const widths = width === 0 ? wanted : fit(wanted, width - gap.length * (headings.length - 1), whole);
  return cells.map((row) => toRow(row, widths)).join('\n');
}

// --- internal ---

const gap = '  ';
/** Even in a pipe: a cell is no place for a whole document. */
const maxCellWidth = 1_000;
const minColumnWidth = 8;

function toRow(row: readonly string[], widths: readonly number[]): string {
  return row
    .map((cell, column) => padTo(toLine(cell, widths[column] ?? 0), widths[column] ?? 0))
    .join(gap)
    .trimEnd();
}

/** Takes from the widest of the columns that may be cut, until the line fits or nothing more can be taken. */
function fit(wanted: readonly number[], room: number, whole: number): readonly number[] {
  const widths = [...wanted];
  const total = () => widths.reduce((sum, size) => sum + size, 0);
  for (let over = total() - room; over > 0; over = total() - room) {
    const free = widths.slice(whole);
    const widest = Math.max(...free);
    if (free.length === 0 || widest <= minColumnWidth) break;
    const second = Math.max(minColumnWidth, ...free.filter((size) => size < widest));
    const count = free.filter((size) => size === widest).length;
    const target = Math.max(second, widest - Math.max(1, Math.floor(over / count)));
    for (let column = whole; column < widths.length; column += 1) {
      if (widths[column] === widest && total() > room) widths[column] = target;
    }
  }
  return widths;
}
