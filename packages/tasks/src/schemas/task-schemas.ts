/** What callers give and get: the schemas of tasks. Their descriptions are read by people and by models. */
import * as z from 'zod';
import { timePattern } from '../time/parse-time.ts';
import { taskPriorities, taskStatuses } from '../task.ts';

/** No database keeps the character U+0000. */
export const plainTextSchema = z
  .string()
  .refine((text) => !text.includes('\0'), 'The character U+0000 cannot be kept.');

export const statusSchema = z.enum(taskStatuses);
export const prioritySchema = z.enum(taskPriorities);

export const timeSchema = z
  .string()
  .regex(new RegExp(timePattern), 'Write a day as 2026-03-29, or a time as 2026-03-29T09:00Z.')
  .meta({ examples: ['2026-03-29', '2026-03-29T09:00Z'] })
  .describe(
    'A whole day (2026-03-29), a time in the time zone (2026-03-29T09:00), or an instant (2026-03-29T09:00:00Z).',
  );

export const recurrenceSchema = plainTextSchema
  .min(1)
  .max(500)
  .describe('RRULE: FREQ=WEEKLY;BYDAY=MO,TH. Completing the task creates the next one. It needs a due time.');

export const timeZoneSchema = z
  .string()
  .min(1)
  .max(64)
  .describe('Time zone for this call, such as Europe/Berlin; default: the one of the settings.');

export const titleSchema = plainTextSchema.trim().min(1).max(500).describe('What is to be done.');
export const descriptionSchema = plainTextSchema.max(20_000).describe('Whatever else is to be known.');

export const taskIdSchema = plainTextSchema.min(1).max(100).describe('Id of the task.');

export const taskSchema = z
  .object({
    task_id: z.string(),
    title: z.string(),
    description: z.string().nullable(),
    status: statusSchema,
    priority: prioritySchema,
    due: z.string().nullable().describe('A whole day (2026-03-29) or an instant in UTC.'),
    recurrence: z.string().nullable().describe('RRULE by which the task recurs.'),
    overdue: z.boolean().describe('Not completed, and due before now in the time zone.'),
    created_at: z.string(),
    updated_at: z.string(),
    started_at: z.string().nullable().describe('When the work began.'),
    completed_at: z.string().nullable(),
  })
  .describe('A task.');

export const nextTaskSchema = taskSchema
  .nullable()
  .describe('The next one, when a recurring task was completed.');

export const changeNumberSchema = z
  .int()
  .nullable()
  .describe('Number of the change, for undo; null when nothing changed.');
