/**
 * Where a page of tasks ended.
 *
 *   P1. A cursor belongs to one list: the same user, filter, order and zone. Any other call refuses it.
 *   P2. It keeps the time at which the first page was judged, so that "overdue" means the same on each page.
 *   P3. Nothing in it is secret, and nothing in it says whose tasks are read: a forged one only lists one's own from
 *       elsewhere.
 */
import { OattyError } from '@oatty/types';
import { createHash } from 'node:crypto';
import * as z from 'zod';
import { plainTextSchema } from '../schemas/task-schemas.ts';

export interface Place {
  readonly now: string;
  readonly key: string;
  readonly taskId: string;
}

/** What is asked, as a short text. */
export function digest(...parts: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 22);
}

export function toCursor(list: string, { now, key, taskId }: Place): string {
  return Buffer.from(JSON.stringify([list, now, key, taskId])).toString('base64url');
}

/** @throws {OattyError} `ARGUMENT_INVALID` (P1) */
export function fromCursor(list: string, cursor: string): Place {
  const place = placeSchema.safeParse(parseText(cursor));
  if (place.success && place.data[0] === list) {
    const [, now, key, taskId] = place.data;
    return { now, key, taskId };
  }
  throw new OattyError('ARGUMENT_INVALID', 'This cursor was not given by this list of tasks.', {
    suggestedAction:
      'Use the next_cursor of the previous page with the same filter and order, or leave it out.',
    context: { argument: 'cursor' },
  });
}

/** The time of the first page. @throws {OattyError} as `fromCursor` does */
export function timeOfCursor(cursor: string): string | undefined {
  const place = placeSchema.safeParse(parseText(cursor));
  return place.success ? place.data[1] : undefined;
}

// --- internal ---

const placeSchema = z.tuple([z.string(), z.iso.datetime({ precision: 3 }), plainTextSchema, plainTextSchema]);

function parseText(cursor: string): unknown {
  try {
    return JSON.parse(Buffer.from(cursor, 'base64url').toString());
  } catch {
    return undefined;
  }
}
