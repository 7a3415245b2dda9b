/** Tasks in the words of revision 2025-11-25. */
import type { RunInspection } from '@oatty/runtime';
import { ProtocolError, toToolFailure, toToolResult } from '../../errors/to-mcp.ts';
import type { McpTask } from '../../tasks/mcp-task.ts';
import { toRunError, toTaskDocument } from '../../tasks/task-document.ts';

export const relatedTaskKey = 'io.modelcontextprotocol/related-task';
const immediateResponseKey = 'io.modelcontextprotocol/model-immediate-response';

const pollIntervalMs = 500;

export function toWireTask(task: McpTask) {
  return {
    taskId: task.taskId,
    status: task.status,
    statusMessage: task.message,
    createdAt: task.createdAt,
    lastUpdatedAt: task.updatedAt,
    ttl: task.ttlMs,
    pollInterval: pollIntervalMs,
  };
}

/** The answer to a call that became a task. */
export function toCreatedTask(task: McpTask) {
  const text = `The workflow runs as task ${task.taskId}. Its result comes with tasks/result. run.status shows it too, and what it asks; run.respond answers.`;
  return { task: toWireTask(task), _meta: { 'oatty/run_id': task.taskId, [immediateResponseKey]: text } };
}

/**
 * What the call would have answered, had it waited.
 *
 * @throws {ProtocolError} with `CANCELED` for a run that was canceled: it has no result
 */
export function toTaskResult(inspection: RunInspection) {
  const { run } = inspection;
  const meta = { [relatedTaskKey]: { taskId: run.run_id }, 'oatty/run_id': run.run_id };
  if (run.status === 'succeeded') return { ...toToolResult(toTaskDocument(inspection)), _meta: meta };
  const error = toRunError(run);
  if (run.status === 'canceled') throw new ProtocolError(error);
  return { ...toToolFailure(error), _meta: { ...meta, 'oatty/run': run } };
}
