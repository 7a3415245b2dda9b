import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';
import { givenTask, toTask, toTaskTable, toUndoLine } from './task-parts.ts';
import type { GivenTask } from './task-parts.ts';

export const createTasks = defineCatalogTool({
  name: 'create_tasks',
  command: 'tasks bulk:create',
  description:
    'Creates up to 100 tasks of the person in one call, with a result for each. Turn words such as "next Friday" into dates first. Send only those that failed again.',
  safety: 'standard',
  isIdempotent: false,
  isOpenWorld: false,
  view: 'ui://tasks/table',
  given: z.looseObject({
    results: z.array(
      z.looseObject({
        index: z.int(),
        outcome: z.string(),
        task: givenTask.optional(),
        error: z.looseObject({ message: z.string() }).optional(),
      }),
    ),
    change: z.int().nullable(),
  }),
  // The keys of list_tasks, so that the same view shows both.
  output: {
    type: 'string',
    tasks: 'array',
    count: 'integer',
    total: 'integer',
    has_more: 'boolean',
    next_cursor: 'any',
  },
  toDocument(given) {
    const tasks = toTasks(given);
    const page = { tasks, count: tasks.length, total: tasks.length, has_more: false, next_cursor: null };
    return { type: 'task_list', ...page, ...given };
  },
  toText(given) {
    const { results, change } = given;
    const tasks = toTasks(given);
    const others = results.flatMap(({ index, outcome, error }) => {
      if (outcome === 'created') return [];
      return [`- tasks[${index}]: ${outcome}${error ? `: ${error.message}` : ''}`];
    });
    return [
      `Created ${results.length - others.length} of ${results.length} tasks.`,
      ...(tasks.length > 0 ? [toTaskTable(tasks)] : []),
      ...(others.length > 0 ? [others.join('\n')] : []),
      toUndoLine(change),
    ].join('\n\n');
  },
});

// --- internal ---

interface Results {
  readonly results: readonly { readonly task?: GivenTask | undefined }[];
}

function toTasks({ results }: Results) {
  return results.flatMap(({ task }) => (task ? [toTask(task)] : []));
}
