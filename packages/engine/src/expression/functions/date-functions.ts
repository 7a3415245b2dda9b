/**
 * Functions on dates. Dates are texts (`instant.ts`); there is no "now", `run.started_at` is the time to count from.
 *
 *   D1. A pattern is made of runs of one letter, each a token of `tokens`; `T` stands for itself, text in `[ ]` too, and so
 *       does every character that is no letter. An unknown token is a failure, not text.
 */
import { parseDuration } from '@oatty/types';
import type { FunctionArguments, FunctionBody } from './function-arguments.ts';
import type { PlainFunctionName } from './function-signatures.ts';
import { parseInstant } from './instant.ts';
import type { ZonedTime } from './zoned-time.ts';
import { toZonedTime } from './zoned-time.ts';

export const dateFunctions = {
  date_add: dateAdd,
  date_format: dateFormat,
} satisfies Partial<Record<PlainFunctionName, FunctionBody>>;

// --- internal ---

const firstInstant = Date.UTC(100, 0, 1);
const lastInstant = Date.UTC(9999, 11, 31, 23, 59, 59, 999);
const maxPatternLength = 200;
/** Asking for the clock of a zone is far slower than arithmetic. */
const workPerFormat = 100;

/** `-1d` goes back. The result is an instant in UTC with milliseconds. */
function dateAdd(given: FunctionArguments): string {
  const instant = instantOf(given) + durationOf(given);
  if (instant < firstInstant || instant > lastInstant)
    throw given.fail(1, 'leads out of the years 100 to 9999');
  return new Date(instant).toISOString();
}

function durationOf(given: FunctionArguments): number {
  const [, value] = given.values;
  if (typeof value !== 'string' && typeof value !== 'number') {
    throw given.wrongType(1, 'a duration such as "1d"');
  }
  const isNegative = String(value).trimStart().startsWith('-');
  const magnitude = typeof value === 'number' ? Math.abs(value) : value.trim().slice(isNegative ? 1 : 0);
  const duration = parseDuration(magnitude);
  if (duration === undefined) {
    throw given.fail(1, 'is no duration', 'Write 500ms, 10s, 5m, 2h, 1d, 1m30s or -1d.');
  }
  return isNegative ? -duration : duration;
}

const tokens: Readonly<Record<string, (time: ZonedTime, instant: number) => string>> = {
  YYYY: (time) => padded(time.year, 4),
  YY: (time) => padded(time.year % 100, 2),
  MM: (time) => padded(time.month, 2),
  M: (time) => String(time.month),
  DD: (time) => padded(time.day, 2),
  D: (time) => String(time.day),
  HH: (time) => padded(time.hour, 2),
  H: (time) => String(time.hour),
  mm: (time) => padded(time.minute, 2),
  ss: (time) => padded(time.second, 2),
  SSS: (time) => padded(time.millisecond, 3),
  Z: (time) => formatOffset(time.offsetMinutes),
  X: (_, instant) => String(Math.floor(instant / 1_000)),
  T: () => 'T',
};

function dateFormat(given: FunctionArguments): string {
  const instant = instantOf(given);
  const pattern = given.text(1);
  if (pattern.length > maxPatternLength) throw given.fail(1, `is longer than ${maxPatternLength} characters`);
  given.evaluation.spend(workPerFormat);
  const time = toZonedTime(instant, given.isGiven(2) ? given.text(2) : 'UTC');
  if (time === undefined) {
    throw given.fail(2, 'is no time zone', 'Write a name such as Europe/Berlin, or UTC.');
  }
  // Literal text, a run of one letter, or any other character: each alternative takes at least one character.
  return pattern.replaceAll(/\[([^\]]*)\]|([A-Za-z])\2*/g, (run, literal: string | undefined) => {
    if (literal !== undefined) return literal;
    const format = Object.hasOwn(tokens, run) ? tokens[run] : undefined;
    if (format === undefined) {
      throw given.fail(
        1,
        `has the unknown token "${run}"`,
        `Use ${Object.keys(tokens).join(' ')}; put text in [ ].`,
      );
    }
    return format(time, instant);
  });
}

function instantOf(given: FunctionArguments): number {
  const instant = parseInstant(given.text(0));
  if (instant === undefined) {
    throw given.fail(0, 'is no date', 'Write 2026-01-31 or 2026-01-31T10:00:00Z.');
  }
  return instant;
}

/** `+02:00`; UTC is `Z`. */
function formatOffset(minutes: number): string {
  if (minutes === 0) return 'Z';
  const distance = Math.abs(minutes);
  const sign = minutes < 0 ? '-' : '+';
  return `${sign}${padded(Math.floor(distance / 60), 2)}:${padded(distance % 60, 2)}`;
}

function padded(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
