import { OattyError, parseDuration } from '@oatty/types';

/**
 * @returns milliseconds; `undefined` where nothing is set
 * @throws {OattyError} `WORKFLOW_VALIDATION_FAILED` for something that is no duration
 */
export function durationMs(value: string | number | null | undefined, name: string): number | undefined {
  if (value === null || value === undefined) return undefined;
  const ms = parseDuration(value);
  if (ms !== undefined) return ms;
  throw new OattyError('WORKFLOW_VALIDATION_FAILED', `"${value}" is no duration for "${name}".`, {
    suggestedAction: 'Write 500ms, 10s, 5m, 2h, 1d, a compound such as 1m30s, or a number of seconds.',
    context: { field: name },
  });
}
