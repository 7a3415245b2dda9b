/**
 * `Retry-After` of RFC 9110 §10.2.3: seconds or an HTTP date.
 *
 * @returns milliseconds from `now`, never negative; `undefined` for anything else
 */
export function parseRetryAfter(value: string | undefined, now: number): number | undefined {
  if (value === undefined) return undefined;
  const text = value.trim();
  if (/^\d+(?:\.\d+)?$/.test(text)) return Math.round(Number(text) * 1_000);
  // A date begins with a letter; `Date.parse` would read much else too.
  const date = /^[A-Za-z]/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}
