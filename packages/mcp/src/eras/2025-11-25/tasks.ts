/** `tasks/get`, `tasks/result`, `tasks/list` and `tasks/cancel`. What is wrong with a request is `invalid params`. */
import * as z from 'zod';
import { toInvalidParams } from '../../errors/to-mcp.ts';
import { defineMethod } from '../../methods/method.ts';
import type { Methods } from '../../methods/method.ts';
import type { Session } from './session.ts';
import { toTaskResult, toWireTask } from './to-wire-task.ts';

export function toTaskMethods({ tasks, link }: Session): Methods {
  return {
    'tasks/get': defineMethod(
      taskParams,
      async ({ taskId }) => toWireTask(await tasks.get(taskId)),
      toInvalidParams,
    ),
    'tasks/list': defineMethod(
      listParams,
      async ({ cursor }) => {
        const page = await tasks.list(cursor);
        return { ...page, tasks: page.tasks.map(toWireTask) };
      },
      toInvalidParams,
    ),
    'tasks/cancel': defineMethod(
      taskParams,
      async ({ taskId }) => toWireTask(await tasks.cancel(taskId)),
      toInvalidParams,
    ),
    'tasks/result': defineMethod(
      taskParams,
      async ({ taskId }, { requestId, signal }) => {
        const stream = link.openResult(taskId, requestId);
        try {
          return toTaskResult(await tasks.result(taskId, signal));
        } finally {
          stream.close();
        }
      },
      toInvalidParams,
    ),
  };
}

// --- internal ---

const taskParams = z.object({ taskId: z.string() });
const listParams = z.object({ cursor: z.string().optional() });
