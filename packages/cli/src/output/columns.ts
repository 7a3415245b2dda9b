/** Two columns, as help texts have them: names on the left, wrapped sentences on the right. */

export type Row = readonly [string, string];

const lineWidth = 80;
const maxLeftWidth = 30;

/** A heading and its rows, or nothing where there are no rows. */
export function toSection(heading: string, rows: readonly Row[]): string[] {
  return rows.length === 0 ? [] : ['', heading, ...toColumns(rows)];
}

export function toColumns(rows: readonly Row[]): string[] {
  const width = Math.max(0, ...rows.map(([left]) => left.length).filter((length) => length <= maxLeftWidth));
  return rows.flatMap(([left, right]) => {
    const lines = wrap(right, lineWidth - width - 4);
    // A name that is too long has a line of its own.
    const [first = '', ...rest] = left.length > width ? ['', ...lines] : lines;
    const head = left.length > width ? `  ${left}` : `  ${left.padEnd(width)}  ${first}`.trimEnd();
    return [head, ...rest.map((line) => `  ${' '.repeat(width)}  ${line}`)];
  });
}

/** Lines of at most `width` columns; a longer word stands alone. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line === '' || longer.length <= width) line = longer;
    else {
      lines.push(line);
      line = word;
    }
  }
  return line === '' ? lines : [...lines, line];
}
