/**
 * Cron expressions, as crontab(5) knows them.
 *
 *   C1. Five fields: minute, hour, day of month, month, weekday; six begin with seconds.
 *   C2. A field is a list of `*`, `5`, `1-5`, each perhaps with a step (`1-9/2`); months and weekdays have names too, and
 *       Sunday is 0 or 7.
 *   C3. When both days are restricted, one of them is enough; a field that begins with `*` restricts nothing alone.
 */
import { OattyError } from '@oatty/types';

export interface Cron {
  readonly seconds: ReadonlySet<number>;
  readonly minutes: ReadonlySet<number>;
  readonly hours: ReadonlySet<number>;
  readonly days: ReadonlySet<number>;
  /** From 1. */
  readonly months: ReadonlySet<number>;
  /** From 0, Sunday. */
  readonly weekdays: ReadonlySet<number>;
  /** C3 */
  readonly eitherDay: boolean;
}

/** @throws {OattyError} `ARGUMENT_INVALID` */
export function parseCron(expression: string): Cron {
  const fields = (macros[expression.trim()] ?? expression).trim().split(/\s+/);
  if (fields.length < 5 || fields.length > 6) {
    throw invalid(expression, `it has ${fields.length} fields, not 5 or 6`);
  }
  const texts = fields.length === 5 ? ['0', ...fields] : fields;
  const [seconds, minutes, hours, days, months, weekdays] = ranges.map((range, index) =>
    parseField(expression, texts[index] ?? '', range),
  ) as [Set<number>, Set<number>, Set<number>, Set<number>, Set<number>, Set<number>]; // as many as ranges
  if (weekdays.delete(7)) weekdays.add(0);
  const eitherDay = [texts[3], texts[5]].every((text) => text?.startsWith('*') === false);
  return { seconds, minutes, hours, days, months, weekdays, eitherDay };
}

// --- internal ---

const macros: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

interface FieldRange {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** The first stands for `from`. */
  readonly names?: readonly string[];
}

const monthNames = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
const weekdayNames = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];

const ranges: readonly FieldRange[] = [
  { name: 'second', from: 0, to: 59 },
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, names: monthNames },
  { name: 'weekday', from: 0, to: 7, names: weekdayNames },
];

const part = /^(?:(?<star>\*)|(?<first>\w{1,3})(?:-(?<last>\w{1,3}))?)(?:\/(?<step>\d{1,2}))?$/;

function parseField(expression: string, text: string, range: FieldRange): Set<number> {
  const values = new Set<number>();
  for (const piece of text.split(',')) {
    const bounds = parsePart(piece, range);
    if (bounds === undefined) {
      const wanted = `"${piece}" is no ${range.name} from ${range.from} to ${range.to}`;
      throw invalid(expression, wanted);
    }
    for (let value = bounds.first; value <= bounds.last; value += bounds.step) values.add(value);
  }
  return values;
}

/** `1-9/2`; `5/10` goes on to the end of the range. */
function parsePart(text: string, range: FieldRange) {
  const { star, first, last, step } = part.exec(text)?.groups ?? {};
  if (star === undefined && first === undefined) return undefined;
  const end = step === undefined ? first : undefined;
  const bounds = {
    first: star === undefined ? parseValue(first, range) : range.from,
    last: star === undefined ? parseValue(last ?? end ?? `${range.to}`, range) : lastOf(range),
    step: Number(step ?? 1),
  };
  return bounds.step >= 1 && bounds.first <= bounds.last ? bounds : undefined; // false for NaN too
}

/** Sunday is not counted twice, which a step would notice. */
function lastOf({ to, names }: FieldRange): number {
  return names === weekdayNames ? 6 : to;
}

/** `NaN` for anything that is not of the range. */
function parseValue(text: string | undefined, { from, to, names = [] }: FieldRange): number {
  const named = names.indexOf((text ?? '').toUpperCase());
  const value = named >= 0 ? named + from : /^\d+$/.test(text ?? '') ? Number(text) : Number.NaN;
  return value >= from && value <= to ? value : Number.NaN;
}

function invalid(expression: string, reason: string): OattyError {
  return new OattyError('ARGUMENT_INVALID', `"${expression}" is no cron expression: ${reason}.`, {
    suggestedAction: 'Write minute, hour, day, month and weekday, such as "30 9 * * 1-5".',
    context: { cron: expression },
  });
}
