/** An API's answer for people: a table where it is a list of objects, text or JSON otherwise. */
import { toPrintable } from './printable.ts';
import { toTable } from './table.ts';

const maxColumns = 8;

export function toReadableValue(value: unknown, width: number): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return toPrintable(value);
  const rows = toRows(value);
  return rows === undefined ? toPrintable(JSON.stringify(value, null, 2)) : toRecordTable(rows, width);
}

// --- internal ---

type JsonRecord = Readonly<Record<string, unknown>>;

function toRows(value: unknown): readonly JsonRecord[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((item) => isRecord(item)) ? value : undefined;
}

function toRecordTable(rows: readonly JsonRecord[], width: number): string {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const simple = columns.filter((column) => rows.some((row) => isScalar(row[column]))).slice(0, maxColumns);
  if (simple.length === 0) return toPrintable(JSON.stringify(rows, null, 2));
  return toTable(
    simple.map((column) => column.toUpperCase()),
    rows.map((row) => simple.map((column) => toCell(row[column]))),
    { width },
  );
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
}

function isScalar(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object';
}

function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
