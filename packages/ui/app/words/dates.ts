/**
 * Days and moments as the user reads them.
 *
 *   D1. A whole day is the same day everywhere: it is never moved into a zone.
 *   D2. A moment is shown by the clocks of the zone that the host names, else by those of this device.
 *   D3. A language or zone that the browser does not know is as none.
 */
export interface Dates {
  readonly timeZone: string;
  /** A whole day or a moment. */
  readonly due: (due: string) => string;
  readonly moment: (instant: string) => string;
  readonly day: (day: string) => string;
  /** Of a day or a moment, the day of the calendar: `2026-03-29`. */
  readonly toDay: (time: string) => string;
}

export function createDates(given: { readonly locale?: string; readonly timeZone?: string }): Dates {
  const locale = known(given.locale, (text) => new Intl.DateTimeFormat(text));
  const timeZone =
    known(given.timeZone, (text) => new Intl.DateTimeFormat('en', { timeZone: text })) ??
    Intl.DateTimeFormat().resolvedOptions().timeZone;
  const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
  const momentFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone });
  const calendar = new Intl.DateTimeFormat('sv', { dateStyle: 'short', timeZone });
  const dates: Dates = {
    timeZone,
    due: (due) => (isWholeDay(due) ? dates.day(due) : dates.moment(due)),
    moment: (instant) => format(momentFormat, instant),
    day: (day) => format(dayFormat, day),
    toDay: (time) => (isWholeDay(time) ? time : format(calendar, time)),
  };
  return dates;
}

// --- internal ---

function isWholeDay(text: string): boolean {
  return text.length === '2026-03-29'.length;
}

/** What is no time is shown as it came. */
function format(formatter: Intl.DateTimeFormat, text: string): string {
  const time = new Date(text);
  return Number.isNaN(time.getTime()) ? text : formatter.format(time);
}

/** D3 */
function known(text: string | undefined, attempt: (text: string) => unknown): string | undefined {
  if (text === undefined) return undefined;
  try {
    attempt(text);
    return text;
  } catch {
    return undefined;
  }
}
