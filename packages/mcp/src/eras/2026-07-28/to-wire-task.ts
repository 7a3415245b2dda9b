/**
 * Tasks in the words of the extension `io.modelcontextprotocol/tasks`.
 *
 *   W1. A task is flat, and its result, its error or its questions are in it.
 *   W2. A run that failed has completed with a failure, as a tool does. `failed` is for what is wrong on our side.
 *   W3. It asks for input only with questions that the client can answer; else it works, and says what it waits for.
 */
import type { RunInspection } from '@oatty/runtime';
import type { Question } from '@oatty/types';
import { ProtocolError, toToolFailure, toToolResult } from '../../errors/to-mcp.ts';
import type { McpTask } from '../../tasks/mcp-task.ts';
import { asksForSecret, toForm } from '../../tasks/question-form.ts';
import { toSamplingRequest } from '../../tasks/sampling-request.ts';
import type { TaskEntry } from '../../tasks/task-book.ts';
import { toRunError, toTaskDocument } from '../../tasks/task-document.ts';
import { toFormRequest } from '../../tools/tool-client.ts';
import type { ClientRequest } from '../../tools/tool-client.ts';

const pollIntervalMs = 500;

/** The answer to a call that became a task. */
export function toCreatedTask(task: McpTask) {
  return { ...toWireTask(task), resultType: 'task', _meta: { 'oatty/run_id': task.taskId } };
}

/** @param can - what the client answers */
export async function toDetailedTask(
  { task, inspection }: TaskEntry,
  can: (method: ClientRequest['method']) => boolean,
) {
  const wire = { ...toWireTask(task), _meta: { 'oatty/run_id': task.taskId } };
  if (inspection.run.status === 'succeeded') {
    return { ...wire, result: { ...toToolResult(toTaskDocument(inspection)), resultType: 'complete' } };
  }
  if (inspection.run.status === 'failed') return { ...wire, ...toFailedOutcome(inspection) };
  if (task.status !== 'input_required') return wire;
  const asked = askable(inspection).map(
    async (question) => [question.question_id, await toRequest(question)] as const,
  );
  const requests = (await Promise.all(asked)).filter(([, { method }]) => can(method));
  if (requests.length === 0) return { ...wire, status: 'working' };
  return { ...wire, inputRequests: Object.fromEntries(requests) };
}

// --- internal ---

function toWireTask(task: McpTask) {
  return {
    taskId: task.taskId,
    status: task.status,
    statusMessage: task.message,
    createdAt: task.createdAt,
    lastUpdatedAt: task.updatedAt,
    ttlMs: task.ttlMs,
    pollIntervalMs,
  };
}

/** W2 */
function toFailedOutcome({ run }: RunInspection) {
  const error = toRunError(run);
  if (error.traits.category === 'internal') {
    const { code, message, data } = new ProtocolError(error);
    return { status: 'failed', error: { code, message, data } };
  }
  const result = { ...toToolFailure(error), resultType: 'complete', _meta: { 'oatty/run': run } };
  return { status: 'completed', result };
}

async function toRequest(question: Question): Promise<ClientRequest> {
  return question.kind === 'sampling' ? toSamplingRequest(question) : toFormRequest(toForm(question));
}

function askable({ open_questions: questions }: RunInspection): readonly Question[] {
  return questions.filter((question) => !asksForSecret(question));
}
