/** What a caller says of a task that is to be created. */
import type { Work } from '@oatty/types/sql';
import * as z from 'zod';
import {
  descriptionSchema,
  plainTextSchema,
  prioritySchema,
  recurrenceSchema,
  statusSchema,
  timeSchema,
  titleSchema,
} from '../schemas/task-schemas.ts';
import { beginSeries } from '../recurrence/series.ts';
import { toTaskDocument } from '../task-document.ts';
import type { TaskDocument } from '../task-document.ts';
import { createTask } from '../task.ts';
import type { Task } from '../task.ts';
import { parseTime } from '../time/parse-time.ts';
import type { Change, Once } from './change.ts';

const idempotencyKeySchema = plainTextSchema
  .min(1)
  .max(200)
  .describe(
    'Creates one task however often it is sent: the same key with the same content gives the same task.',
  );

export const newTaskShape = {
  title: titleSchema,
  description: descriptionSchema.optional(),
  priority: prioritySchema.default('medium'),
  due: timeSchema.optional(),
  recurrence: recurrenceSchema.optional(),
  status: statusSchema.default('pending'),
  idempotency_key: idempotencyKeySchema.optional(),
};

/** One of several; what is unknown is refused. */
export const newTaskSchema = z.strictObject(newTaskShape);

/**
 * Creates a task, once under one key. Keys of callers and keys of runs never meet.
 *
 * @returns the task; with a key that was used before, as it was created then
 * @throws {OattyError} `ARGUMENT_INVALID` for a date that there is not; `TASK_CONFLICT` for a key of another task
 */
export function* createOnce(
  change: Change,
  { idempotency_key: key, ...input }: z.infer<typeof newTaskSchema>,
): Work<Once<Created>> {
  const task = toNewTask(input, change);
  const create = function* () {
    yield* change.write(null, task);
    return { task: toTaskDocument(task, change.at), change: change.number };
  };
  if (key === undefined) return { result: yield* create(), isRepeated: false };
  const { title, description, status, priority, due, recurrence } = task;
  return yield* change.once(`given:${key}`, [title, description, status, priority, due, recurrence], create);
}

interface Created {
  readonly task: TaskDocument;
  readonly change: number | null;
}

// --- internal ---

function toNewTask(
  {
    title,
    description,
    priority,
    due,
    recurrence,
    status,
  }: Omit<z.infer<typeof newTaskSchema>, 'idempotency_key'>,
  change: Change,
): Task {
  const fields = {
    task_id: change.createId(),
    title,
    description: description ?? null,
    status,
    priority,
    due: due === undefined ? null : parseTime(due, change.at.zone, 'due'),
    recurrence: recurrence ?? null,
  };
  return createTask({ ...fields, series: beginSeries(fields, change.at) }, change.at.now);
}
