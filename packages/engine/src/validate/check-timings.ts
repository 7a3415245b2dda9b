/** Durations, and what `retry.on` names. */
import { parseDuration } from '@oatty/types';
import type { ManifestPath } from './manifest-document.ts';
import type { Scene, StepScene } from './scene.ts';

export function checkTimings(scene: Scene): void {
  checkDuration(scene, ['timeout'], scene.draft.timeout, 'limit');
  for (const step of scene.steps) checkStep(scene, step);
}

// --- internal ---

function checkStep(scene: Scene, { step, path }: StepScene): void {
  const { timeout, repeat, retry } = step;
  checkDuration(scene, [...path, 'timeout'], timeout, 'limit');
  checkDuration(scene, [...path, 'repeat', 'timeout'], repeat?.timeout, 'limit');
  checkDuration(scene, [...path, 'repeat', 'every'], repeat?.every, 'pause');
  checkDuration(scene, [...path, 'retry', 'delay'], retry?.delay, 'pause');
  checkDuration(scene, [...path, 'retry', 'max_delay'], retry?.max_delay, 'pause');
  for (const [index, entry] of (retry?.on ?? []).entries()) {
    checkRetryOn(scene, [...path, 'retry', 'on', index], entry);
  }
}

/** @param kind - a pause may be zero, a limit may not */
function checkDuration(
  { report }: Scene,
  path: ManifestPath,
  value: string | number | null | undefined,
  kind: 'limit' | 'pause',
): void {
  if (value === null || value === undefined) return;
  const duration = parseDuration(value);
  if (duration !== undefined && (duration > 0 || kind === 'pause')) return;
  const problem = duration === undefined ? 'is no duration' : 'leaves no time at all';
  report.violation({
    path,
    rule: 'duration_invalid',
    message: `"${value}" ${problem}.`,
    expected: '500ms, 10s, 5m, 2h, 1d, 1m30s, or a number of seconds',
    actual: value,
  });
}

function checkRetryOn({ report }: Scene, path: ManifestPath, entry: string | number): void {
  if (typeof entry === 'number' || entry === 'network' || entry === 'timeout' || /^[1-5]xx$/.test(entry))
    return;
  report.violation({
    path,
    rule: 'retry_on_invalid',
    message: `"${entry}" cannot be retried on.`,
    expected: 'a status (429), a class of statuses (5xx), network or timeout',
    actual: entry,
    suggestion: /^[1-5]\d\d$/.test(entry) ? `Write it without quotes: ${entry}.` : undefined,
  });
}
