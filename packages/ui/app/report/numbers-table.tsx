/** A table of figures: what a row is about, then its numbers. */
import type { ComponentChild } from 'preact';

interface NumbersRow {
  readonly id: string;
  readonly label: ComponentChild;
  /** In the order of the columns. */
  readonly numbers: readonly number[];
}

interface NumbersTableProps {
  /** What the rows are about. */
  readonly subject: string;
  readonly columns: readonly string[];
  readonly rows: readonly NumbersRow[];
}

export function NumbersTable({ subject, columns, rows }: NumbersTableProps) {
  return (
    <table class="numbers">
      <thead>
        <tr>
          <th scope="col">{subject}</th>
          {columns.map((column) => (
            <th key={column} scope="col" class="number">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ id, label, numbers }) => (
          <tr key={id}>
            <th scope="row">{label}</th>
            {numbers.map((number, index) => (
              <td key={columns[index]} class="number">
                {number}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
