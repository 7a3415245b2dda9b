/**
 * Several tasks in one call.
 *
 *   B1. Each task is judged by itself: what is wrong with one does not keep the others from being created.
 *   B2. With `atomic`, one that fails keeps all from being created, and the answer tells which.
 */
import { defineCommand, OattyError } from '@oatty/types';
import type { ModuleCommand } from '@oatty/types';
import type { Work } from '@oatty/types/sql';
import * as z from 'zod';
import { itemErrorSchema, toItemError } from '../changes/item-error.ts';
import type { Change } from '../changes/change.ts';
import { makeChange } from '../changes/make-change.ts';
import { createOnce, newTaskSchema } from '../changes/new-task.ts';
import type { TasksPorts } from '../ports.ts';
import { changeNumberSchema, taskSchema, timeZoneSchema } from '../schemas/task-schemas.ts';
import type { ZonedNow } from '../time/zoned-now.ts';

const itemSchema = z
  .looseObject({
    title: z.string(),
    description: z.string().optional(),
    priority: z.string().optional().describe('low, medium or high.'),
    due: z.string().optional().describe('2026-03-29, 2026-03-29T09:00 or 2026-03-29T09:00:00Z.'),
    status: z.string().optional().describe('pending, in_progress or completed.'),
    idempotency_key: z.string().optional(),
  })
  .describe('As tasks create takes it.');

/** Says what an item is, and lets anything in: what is wrong with one is told of that one (B1). */
const givenSchema = z.union([itemSchema, z.unknown()]);

const resultSchema = z.object({
  index: z.int().describe('Which of the tasks given, from 0.'),
  outcome: z.enum(['created', 'existing', 'failed', 'skipped']),
  task: taskSchema.optional(),
  error: itemErrorSchema.optional(),
});
type ItemResult = z.infer<typeof resultSchema>;

export function bulkCreateCommand(ports: TasksPorts): ModuleCommand {
  return defineCommand({
    summary: 'Create up to 100 tasks at once, with a result for each.',
    description:
      'A task that cannot be created does not keep the others from it, unless atomic is true: then none is created. Send only the failed ones again.',
    effect: 'standard',
    tags: ['tasks', 'todo', 'add', 'batch'],
    input: z.object({
      tasks: z.array(givenSchema).min(1).max(100),
      atomic: z.boolean().default(false).describe('All or none.'),
      time_zone: timeZoneSchema.optional(),
    }),
    output: z.object({
      results: z.array(resultSchema),
      created: z.int(),
      failed: z.int(),
      change: changeNumberSchema,
      time_zone: z.string().describe('In which "overdue" was judged.'),
    }),
    listPath: 'results',
    async handler({ tasks, atomic, time_zone: timeZone }, context) {
      const request = { context, command: 'bulk:create', input: { tasks, atomic }, timeZone };
      try {
        return await makeChange(ports, request, (change) => createAll(change, tasks, atomic));
      } catch (thrown) {
        if (thrown instanceof NoneCreated) return thrown.document;
        throw thrown;
      }
    },
  });
}

// --- internal ---

/** Takes the whole transaction back (B2). */
class NoneCreated extends OattyError {
  readonly document: ReturnType<typeof toDocument>;

  constructor(document: ReturnType<typeof toDocument>) {
    super('TASK_CONFLICT', 'One of the tasks cannot be created.');
    this.document = document;
  }
}

function* createAll(change: Change, tasks: readonly unknown[], atomic: boolean) {
  const results: ItemResult[] = [];
  for (const [index, item] of tasks.entries()) results.push({ index, ...(yield* createOne(change, item)) });
  if (atomic && results.some(({ outcome }) => outcome === 'failed')) {
    const judged = results.map((result): ItemResult => {
      return result.outcome === 'failed' ? result : { index: result.index, outcome: 'skipped' };
    });
    throw new NoneCreated(toDocument(judged, null, change.at));
  }
  return toDocument(results, change.number, change.at);
}

/** Whatever may fail fails before anything is written. */
function* createOne(change: Change, item: unknown): Work<Omit<ItemResult, 'index'>> {
  try {
    const { result, isRepeated } = yield* createOnce(change, newTaskSchema.parse(item));
    return { outcome: isRepeated ? 'existing' : 'created', task: result.task };
  } catch (thrown) {
    return { outcome: 'failed', error: toItemError(thrown) };
  }
}

function toDocument(results: readonly ItemResult[], change: number | null, { zoneName }: ZonedNow) {
  const count = (wanted: ItemResult['outcome']) => results.filter(({ outcome }) => outcome === wanted).length;
  return {
    results: [...results],
    created: count('created'),
    failed: count('failed'),
    change,
    time_zone: zoneName,
  };
}
