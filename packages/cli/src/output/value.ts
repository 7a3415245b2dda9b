/** An API's answer for people: a table where it is a list of objects, text or JSON otherwise. */
import { isRecord, memberOf } from '@oatty/types';
import { toPrintable } from './printable.ts';
import { toTable } from './table.ts';
import type { TextStyle } from './text-style.ts';

/** Text goes into a pipe as it came; a terminal gets it without what could control it. */
export function toReadableValue(value: unknown, style: TextStyle): string {
  if (value === null || value === undefined) return '';
  if (typeof value === 'string') return style.isTerminal ? toPrintable(value) : value;
  const records = toRecords(value);
  const columns = records === undefined ? [] : chooseColumns(records);
  if (records === undefined || columns.length === 0) return toPrintable(JSON.stringify(value, null, 2));
  return toTable(
    columns.map((column) => column.toUpperCase()),
    records.map((record) => columns.map((column) => toCell(record[column]))),
    { width: style.width, whole: 1 },
  );
}

export interface ListInBody {
  readonly list: readonly unknown[];
  /** What stands beside the list and says something: a cursor, a total, that there is more. */
  readonly rest: Readonly<Record<string, string | number | true>>;
}

/**
 * The list of an answer that is more than its list. There is none where it is empty and another one says something, such
 * as the sample of a preview: then the whole answer is to be shown.
 *
 * @param listPath - `.` or a dotted path
 */
export function findList(body: unknown, listPath: string | undefined): ListInBody | undefined {
  if (listPath === undefined || listPath === '.' || !isRecord(body)) return undefined;
  const list = listPath.split('.').reduce<unknown>(memberOf, body);
  if (!Array.isArray(list)) return undefined;
  if (list.length === 0 && Object.values(body).some((member) => toRecords(member) !== undefined))
    return undefined;
  return { list, rest: Object.fromEntries(Object.entries(body).filter(isTelling)) };
}

// --- internal ---

type JsonRecord = Readonly<Record<string, unknown>>;

const maxColumns = 8;

function toRecords(value: unknown): readonly JsonRecord[] | undefined {
  if (!Array.isArray(value) || value.length === 0) return undefined;
  return value.every((item) => isRecord(item)) ? value : undefined;
}

/** Those with plain values and with errors, in the order of the API; addresses only where there is room left. */
function chooseColumns(records: readonly JsonRecord[]): readonly string[] {
  const names = [...new Set(records.flatMap((record) => Object.keys(record)))];
  const plain = names.filter((name) => records.some((record) => isShown(record[name])));
  const chosen = [...plain.filter((name) => !isAddress(name)), ...plain.filter(isAddress)];
  return chosen.slice(0, maxColumns);
}

function isAddress(name: string): boolean {
  return /(?:^|_)(?:url|uri|href)$/i.test(name);
}

function toCell(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (isError(value)) return value.message;
  return typeof value === 'object' ? JSON.stringify(value) : `${value as string | number | boolean}`;
}

function isShown(value: unknown): boolean {
  return isScalar(value) || isError(value);
}

/** Why something in a list failed, as oatty tells it. */
function isError(value: unknown): value is { readonly message: string } {
  return isRecord(value) && typeof value['error_code'] === 'string' && typeof value['message'] === 'string';
}

function isTelling(entry: [string, unknown]): entry is [string, string | number | true] {
  return isScalar(entry[1]) && entry[1] !== false && entry[1] !== '';
}

function isScalar(value: unknown): boolean {
  return value !== null && value !== undefined && typeof value !== 'object';
}
