/** Where a replay differs from what is recorded. */
import type { RecordedRequest } from '../ports/journal-entry.ts';

export interface Drift {
  readonly kind: 'request' | 'order' | 'outcome' | 'unrecorded';
  readonly step_id?: string;
  readonly item?: number;
  /** In the request or the output: `$.with.id` */
  readonly path?: string;
  readonly message: string;
  readonly recorded?: unknown;
  readonly replayed?: unknown;
}

const maxPaths = 20;

export interface ValueDifference {
  readonly path: string;
  readonly recorded: unknown;
  readonly replayed: unknown;
}

/** The innermost places where two values differ, the first ones of them. */
export function diffValues(recorded: unknown, replayed: unknown, path = '$'): readonly ValueDifference[] {
  if (isContainer(recorded) && isContainer(replayed) && Array.isArray(recorded) === Array.isArray(replayed)) {
    const keys = new Set([...Object.keys(recorded), ...Object.keys(replayed)]);
    return [...keys]
      .flatMap((key) => diffValues(recorded[key], replayed[key], toPath(path, key, Array.isArray(recorded))))
      .slice(0, maxPaths);
  }
  return JSON.stringify(recorded) === JSON.stringify(replayed) ? [] : [{ path, recorded, replayed }];
}

/** Requests of which one is a digest differ as a whole. */
export function diffRequests(
  recorded: RecordedRequest,
  replayed: RecordedRequest,
): readonly ValueDifference[] {
  return diffValues(recorded, replayed);
}

// --- internal ---

function isContainer(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}

function toPath(path: string, key: string, isIndex: boolean): string {
  if (isIndex) return `${path}[${key}]`;
  return /^[\w-]+$/.test(key) ? `${path}.${key}` : `${path}[${JSON.stringify(key)}]`;
}
