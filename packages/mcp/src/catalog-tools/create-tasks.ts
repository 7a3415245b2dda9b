import * as z from 'zod';
import { defineCatalogTool } from './catalog-tool.ts';
import { givenTask, toLine, toTask, toTaskTable, toUndoLine } from './task-parts.ts';
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
        task: givenTask.extend({ created_at: z.string() }).optional(),
        error: z.looseObject({ message: z.string() }).optional(),
      }),
    ),
    change: z.int().nullable(),
    time_zone: z.string(),
  }),
  output: {
    type: 'string',
    tasks: 'array',
    count: 'integer',
    total: 'integer',
    has_more: 'boolean',
    next_cursor: 'any',
    applied: 'object',
  },
  toDocument: (given) => ({ type: 'task_list', ...toPage(given), ...given }),
  toText(given) {
    const { results, change } = given;
    const tasks = toTasks(given);
    const others = results.flatMap(({ index, outcome, error }) => {
      if (outcome === 'created') return [];
      return [`- tasks[${index}]: ${outcome}${error ? `: ${toLine(error.message)}` : ''}`];
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
  readonly results: readonly { readonly task?: CreatedTask | undefined }[];
  readonly time_zone: string;
}

interface CreatedTask extends GivenTask {
  readonly created_at: string;
}

/** What list_tasks would give of these tasks, so that the same view shows them and can go on from there. */
function toPage(given: Results) {
  const tasks = toTasks(given);
  const times = tasks.map(({ created_at: time }) => time).sort();
  const [from, to] = [times.at(0), times.at(-1)];
  return {
    tasks,
    count: tasks.length,
    total: tasks.length,
    has_more: false,
    next_cursor: null,
    applied: {
      filter: { ...(from !== undefined && { created_from: from, created_to: to }) },
      sort: 'created_at',
      order: 'asc',
      time_zone: given.time_zone,
    },
  };
}

function toTasks({ results }: Pick<Results, 'results'>) {
  return results.flatMap(({ task }) => (task ? [{ ...toTask(task), created_at: task.created_at }] : []));
}
