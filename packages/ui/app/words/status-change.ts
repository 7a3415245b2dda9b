/** What is said of a change of status, and how it is taken back. */
import type { Status, StatusChange } from '../documents/task.ts';
import type { Dates } from './dates.ts';
import { statusLabels } from './labels.ts';

export interface Undo {
  readonly task: StatusChange['task'];
  readonly status: Status;
}

export function changeText({ task, oldStatus, newStatus, next }: StatusChange, dates: Dates): string {
  const word = statusLabels[newStatus].toLowerCase();
  const text = `“${task.title}” ${oldStatus === newStatus ? 'was' : 'is now'} ${word}${oldStatus === newStatus ? ' before' : ''}.`;
  return next?.due ? `${text} The next one is due ${dates.due(next.due)}.` : text;
}

/**
 * A change of status back.
 *
 * @returns `undefined` where that would not undo it all: a recurring task that was completed has made its next one
 */
export function toUndo({ task, oldStatus, newStatus, next }: StatusChange): Undo | undefined {
  const isWhole = next === undefined || next === null;
  return isWhole && oldStatus !== newStatus ? { task, status: oldStatus } : undefined;
}
