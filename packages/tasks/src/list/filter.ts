/** Which tasks are meant: what a caller may ask for, and as what it is echoed. */
import * as z from 'zod';
import { plainTextSchema, prioritySchema, statusSchema, timeSchema } from '../schemas/task-schemas.ts';
import { parseTime } from '../time/parse-time.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

const bound = (text: string) => timeSchema.describe(`${text} A day, a time, or an instant.`);

export const filterShape = {
  status: z.array(statusSchema).min(1).optional().describe('One of these.'),
  priority: z.array(prioritySchema).min(1).optional().describe('One of these.'),
  due_from: bound('Due then or later.').optional(),
  due_to: bound('Due then or earlier; of a day, all of it.').optional(),
  overdue: z.boolean().optional().describe('Whether the task is overdue now, in the time zone.'),
  text: plainTextSchema
    .trim()
    .min(1)
    .max(200)
    .optional()
    .describe('In the title or the description, in any case.'),
  created_from: bound('Created then or later.').optional(),
  created_to: bound('Created then or earlier; of a day, all of it.').optional(),
};

export const filterSchema = z.object(filterShape);
export type Filter = z.infer<typeof filterSchema>;

/** The same filter with its times read, and nothing else in it. */
export function readFilter(given: Filter, { zone }: ZonedNow): Filter {
  const times = timeNames.flatMap((name) => {
    const text = given[name];
    return text === undefined ? [] : [[name, parseTime(text, zone, name)] as const];
  });
  const others = otherNames.flatMap((name) =>
    given[name] === undefined ? [] : [[name, given[name]] as const],
  );
  return Object.fromEntries([...others, ...times]) as Filter; // names and values of the filter
}

export function isEmptyFilter(filter: Filter): boolean {
  return Object.keys(filter).length === 0;
}

// --- internal ---

const timeNames = ['due_from', 'due_to', 'created_from', 'created_to'] as const;
const otherNames = ['status', 'priority', 'overdue', 'text'] as const;
