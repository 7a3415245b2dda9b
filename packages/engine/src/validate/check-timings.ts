/** Durations, and what `retry.on` names. */
import { didYouMean, parseDuration } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';
import type { Scene, StepScene } from './scene.ts';

export function checkTimings(scene: Scene): void {
  checkLimit(scene, ['timeout'], scene.draft.timeout);
  checkLimit(scene, ['queue', 'rate', 'per'], scene.draft.queue?.rate?.per);
  for (const step of scene.steps) checkStep(scene, step);
}

// --- internal ---

type Duration = string | number | null | undefined;

function checkStep(scene: Scene, { step, path }: StepScene): void {
  const { timeout, repeat, retry } = step;
  checkLimit(scene, [...path, 'timeout'], timeout);
  checkLimit(scene, [...path, 'repeat', 'timeout'], repeat?.timeout);
  checkPause(scene, [...path, 'repeat', 'every'], repeat?.every);
  checkPause(scene, [...path, 'retry', 'delay'], retry?.delay);
  checkPause(scene, [...path, 'retry', 'max_delay'], retry?.max_delay);
  for (const [index, entry] of (retry?.on ?? []).entries()) {
    checkRetryOn(scene, [...path, 'retry', 'on', index], entry);
  }
}

/** Zero would leave no time at all. */
function checkLimit(scene: Scene, path: ManifestPath, value: Duration): void {
  if (value !== null && value !== undefined && parseDuration(value) === 0) report(scene, path, value);
  else checkPause(scene, path, value);
}

function checkPause(scene: Scene, path: ManifestPath, value: Duration): void {
  if (value === null || value === undefined || parseDuration(value) !== undefined) return;
  report(scene, path, value);
}

function report(scene: Scene, path: ManifestPath, value: string | number): void {
  const problem = parseDuration(value) === undefined ? 'is no duration' : 'leaves no time at all';
  scene.report.violation({
    path,
    rule: 'duration_invalid',
    message: `"${String(path.at(-1))}" is ${JSON.stringify(value)}, which ${problem}.`,
    expected: '500ms, 10s, 5m, 2h, 1d, 1m30s, or a number of seconds',
    actual: value,
    suggestion: suggestDuration(value),
  });
}

/** `30 seconds`, `PT5M` */
function suggestDuration(value: string | number): string {
  const [, amount, unit] =
    /^(?:PT)?\s{0,5}(\d{1,9})\s{0,5}(milli|ms|s|m|h|d)[a-z]{0,12}$/i.exec(String(value)) ?? [];
  const suffix = unit?.toLowerCase() === 'milli' ? 'ms' : unit?.toLowerCase();
  const written = `${amount}${suffix}`;
  return (parseDuration(written) ?? 0) > 0 ? `Write "${written}".` : 'Write it like 500ms, 10s, 5m or 1h30m.';
}

const retryWords = ['1xx', '2xx', '3xx', '4xx', '5xx', 'network', 'timeout'];

function checkRetryOn({ report }: Scene, path: ManifestPath, entry: string | number): void {
  if (typeof entry === 'number' || retryWords.includes(entry)) return;
  report.violation({
    path,
    rule: 'retry_on_invalid',
    message: `"${entry}" cannot be retried on.`,
    expected: 'a status (429), a class of statuses (5xx), network or timeout',
    actual: entry,
    suggestion: /^[1-5]\d\d$/.test(entry)
      ? `Write it without quotes: ${entry}.`
      : /^\dxx$/.test(entry)
        ? undefined // a class that no status is in; the nearest ones are not meant
        : didYouMean(entry, retryWords),
  });
}
