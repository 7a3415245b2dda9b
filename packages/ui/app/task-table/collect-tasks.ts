/** All tasks of a query, page by page from the first. */
import { taskListSchema } from '../documents/task-list.ts';
import type { TaskList } from '../documents/task-list.ts';
import type { Host, ToolAnswer } from '../host/host.ts';
import { toArguments } from './query.ts';
import type { Query } from './query.ts';

/** @param list - the page that is shown; where the host calls no tools it is all that there is */
export async function collectTasks(
  host: Host,
  list: TaskList,
  query: Query,
): Promise<ToolAnswer<TaskList['tasks']>> {
  const isWhole = list.tasks.length === list.total;
  if (isWhole || !host.can.callTools) return { kind: 'done', document: list.tasks };
  const tasks: TaskList['tasks'] = [];
  let cursors: readonly string[] = [];
  while (tasks.length < tasksAtMost) {
    const answer = await host.call('list_tasks', toArguments({ ...query, cursors }, 100), taskListSchema);
    if (answer.kind === 'failed') return answer;
    tasks.push(...answer.document.tasks);
    if (answer.document.next_cursor === null) return { kind: 'done', document: tasks };
    cursors = [answer.document.next_cursor];
  }
  return {
    kind: 'failed',
    failure: {
      message: `There are more than ${tasksAtMost} tasks: too many to export from here.`,
      suggestedAction: 'Narrow the list with the filters first.',
    },
  };
}

// --- internal ---

const tasksAtMost = 2_000;
