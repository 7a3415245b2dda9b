/** Durations: as manifests write them, and as they are measured. */

const unitMs = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;
type Unit = keyof typeof unitMs;

const part = /(\d+(?:\.\d+)?)(ms|s|m|h|d)/gy;

/** A hundred thousand years: a moment that much later is still a date. */
const maxMs = 36_525_000 * unitMs.d;

/**
 * `500ms`, `10s`, `5m`, `2h`, `1d`, compounds such as `1m30s`, or a number of seconds; at most a hundred thousand years.
 *
 * @returns milliseconds, or `undefined` for anything else
 */
export function parseDuration(value: string | number): number | undefined {
  const ms = typeof value === 'number' ? value * 1_000 : parseText(value.trim());
  return ms !== undefined && ms >= 0 && ms <= maxMs ? Math.round(ms) : undefined;
}

/** @returns milliseconds, never less than none: the clock may have been set back meanwhile */
export function elapsedMs(startedAt: string | Date, endedAt: string | Date): number {
  return Math.max(0, new Date(endedAt).getTime() - new Date(startedAt).getTime());
}

// --- internal ---

function parseText(text: string): number | undefined {
  if (/^\d+(?:\.\d+)?$/.test(text)) return Number(text) * 1_000;
  let total = 0;
  let end = 0;
  part.lastIndex = 0;
  for (let match = part.exec(text); match !== null; match = part.exec(text)) {
    total += Number(match[1]) * unitMs[match[2] as Unit]; // the pattern allows no other unit
    end = part.lastIndex;
  }
  return end === text.length && end > 0 ? total : undefined;
}
