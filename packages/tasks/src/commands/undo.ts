/**
 * Taking changes back.
 *
 *   U1. Without a number it is the last change that was not taken back and is not an undoing; so undoing again goes on
 *       backwards.
 *   U2. A change is taken back as a whole, and only when each of its tasks is still as it left it.
 */
import { defineCommand, OattyError } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import { sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import * as z from 'zod';
import type { Change } from '../changes/change.ts';
import { makeChange } from '../changes/make-change.ts';
import type { TasksPorts } from '../ports.ts';
import { findChangeToUndo, markUndone, selectAudit } from '../rows/audit-rows.ts';
import type { KeptAuditEntry } from '../rows/audit-rows.ts';
import { findTask } from '../rows/task-rows.ts';
import { changeNumberSchema } from '../schemas/task-schemas.ts';
import { isSameContent } from '../task.ts';
import type { Task } from '../task.ts';

export function undoCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Take the last change back, or the one that is named.',
    description: 'Refused when a task was changed since. Undoing again takes back the change before.',
    effect: 'standard',
    tags: ['tasks', 'revert'],
    input: z.object({
      change: z.int().min(1).optional().describe('Number of the change; default: the last one.'),
    }),
    output: z.object({
      undone: z.int().describe('Number of the change that was taken back.'),
      tasks: z.array(
        z.object({
          task_id: z.string(),
          title: z.string(),
          outcome: z.enum(['restored', 'removed']).describe('Removed: the change had created it.'),
        }),
      ),
      change: changeNumberSchema,
    }),
    async handler(input, context) {
      const request = { context, command: 'undo', input };
      return makeChange(ports, request, (change) => undo(change, input.change));
    },
  });
}

// --- internal ---

function* undo(change: Change, given: number | undefined) {
  const { user, at } = change;
  const undone = given ?? (yield* findChangeToUndo(user.user_id));
  if (undone === undefined) throw new OattyError('TASK_CONFLICT', 'There is no change to take back.');
  const entries = yield* readChange(user.user_id, undone);
  const tasks = [];
  for (const { task_id, before, after } of entries) {
    const current = (yield* findTask(user.user_id, task_id)) ?? null;
    if (!isSame(current, after)) throw toChangedSince(task_id, undone);
    const restored = before === null ? null : { ...before, updated_at: at.now };
    yield* change.write(current, restored, undone);
    tasks.push(toOutcome(task_id, current, restored));
  }
  yield* markUndone(user.user_id, undone, change.number ?? undone);
  return { undone, tasks, change: change.number };
}

/** The last entry first. */
function* readChange(userId: string, changeNumber: number): Work<readonly KeptAuditEntry[]> {
  const entries = yield* selectAudit(userId, sql`AND change_number = ${changeNumber} ORDER BY position DESC`);
  const [first] = entries;
  if (first === undefined) {
    throw new OattyError('ARGUMENT_INVALID', `There is no change ${changeNumber}.`, {
      suggestedAction: 'tasks history lists the changes.',
      context: { change: changeNumber },
    });
  }
  if (first.undone_by === null) return entries;
  throw new OattyError('TASK_CONFLICT', `Change ${changeNumber} was taken back already.`, {
    context: { change: changeNumber, undone_by: first.undone_by },
  });
}

function toOutcome(task_id: string, current: Task | null, restored: Task | null) {
  const outcome = restored === null ? ('removed' as const) : ('restored' as const);
  return { task_id, title: (restored ?? current)?.title ?? '', outcome };
}

function isSame(current: Task | null, expected: Task | null): boolean {
  return current === null || expected === null ? current === expected : isSameContent(current, expected);
}

function toChangedSince(taskId: string, changeNumber: number): OattyError {
  return new OattyError('TASK_CONFLICT', `The task "${taskId}" was changed after change ${changeNumber}.`, {
    suggestedAction: 'Take the later change back first, or change the task itself.',
    context: { task_id: taskId, change: changeNumber },
  });
}
