/** What a caller may change of a task. */
import * as z from 'zod';
import {
  descriptionSchema,
  prioritySchema,
  recurrenceSchema,
  statusSchema,
  timeSchema,
  titleSchema,
} from '../schemas/task-schemas.ts';
import type { TaskChange } from '../task.ts';
import { parseTime } from '../time/parse-time.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

export const changeShape = {
  title: titleSchema.optional(),
  description: descriptionSchema.nullable().optional(),
  status: statusSchema.optional(),
  priority: prioritySchema.optional(),
  due: timeSchema.nullable().optional(),
  recurrence: recurrenceSchema.nullable().optional(),
};

const changeSchema = z.object(changeShape);

/** @throws {OattyError} `ARGUMENT_INVALID` for a date that there is not */
export function readChange({ due, ...fields }: z.infer<typeof changeSchema>, { zone }: ZonedNow): TaskChange {
  const given = Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined),
  ) as TaskChange; // without the absent ones
  return {
    ...given,
    ...(due !== undefined && { due: due === null ? null : parseTime(due, zone, 'due') }),
  };
}
