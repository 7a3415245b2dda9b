/**
 * What can be said to one client, and over which stream.
 *
 *   L1. What answers no request goes on the client's own stream: always there on stdio, over HTTP while its GET is open.
 *   L2. Without one, it goes on the stream of a `tasks/result` that waits for the run, unless it has broken. Else it is
 *       not sent: the SDK would drop a request without a word, and the answer would be awaited for ever.
 */
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import * as z from 'zod';
import type { ClientStreams } from '../../create-server.ts';
import type { FormAnswer, ProgressToken, StepCount, TaskClient } from '../../tasks/task-client.ts';
import { toConfirmationForm } from '../../tasks/question-form.ts';
import type { Form } from '../../tasks/question-form.ts';
import type { McpTask } from '../../tasks/mcp-task.ts';
import type { RunProgress, StepOutput } from '../../tasks/run-view.ts';
import type { Person } from '../../tools/person.ts';
import { relatedTaskKey, toWireTask } from './to-wire-task.ts';

type RequestId = string | number;

/** A person may take long; the timer of the SDK takes no more than 24 days. */
const askTimeoutMs = 24 * 3_600_000;

export class ClientLink implements TaskClient {
  readonly #server: Server;
  readonly #streams: ClientStreams;
  /** Run → the `tasks/result` requests that wait for it. */
  readonly #waiting = new Map<string, Set<RequestId>>();

  constructor(server: Server, streams: ClientStreams) {
    this.#server = server;
    this.#streams = streams;
  }

  /** A request waits for the result of a run: its stream can carry messages about it until `close` is called. */
  openResult(runId: string, requestId: RequestId): { close(): void } {
    const requests = this.#waiting.get(runId) ?? new Set();
    this.#waiting.set(runId, requests.add(requestId));
    return {
      close: () => {
        requests.delete(requestId);
        if (requests.size === 0) this.#waiting.delete(runId);
      },
    };
  }

  /** The person, asked over the stream of one request. */
  toPerson(requestId: RequestId, signal: AbortSignal): Person {
    return {
      canBeAsked: this.#hasForms,
      confirm: async (message) => {
        if (!this.#hasForms) return 'unreachable';
        const answer = await this.#ask(toConfirmationForm(message), { requestId, signal });
        return answers[answer.kind];
      },
    };
  }

  canAsk(runId: string): boolean {
    return this.#hasForms && this.#findStream(runId) !== undefined;
  }

  async ask(form: Form, runId: string, signal: AbortSignal): Promise<FormAnswer> {
    const stream = this.#findStream(runId);
    if (!stream) return { kind: 'lost' };
    return this.#ask(form, { ...stream, signal, taskId: runId });
  }

  tellTask(task: McpTask, progress: RunProgress, output?: StepOutput): void {
    const meta = { 'oatty/progress': progress, ...(output && { 'oatty/output': output }) };
    const params = { ...toWireTask(task), _meta: meta };
    this.#tell('notifications/tasks/status', params, task.taskId);
  }

  tellProgress(progressToken: ProgressToken, taskId: string, { done, total, message }: StepCount): void {
    const params = { progressToken, progress: done, total, message, _meta: { [relatedTaskKey]: { taskId } } };
    this.#tell('notifications/progress', params, taskId);
  }

  get #hasForms(): boolean {
    return this.#server.getClientCapabilities()?.elicitation?.form !== undefined;
  }

  #findStream(runId: string): { requestId?: RequestId } | undefined {
    if (this.#streams.hasOwn()) return {};
    const requestId = [...(this.#waiting.get(runId) ?? [])].find((id) => this.#streams.has(id));
    return requestId === undefined ? undefined : { requestId };
  }

  async #ask(
    form: Form,
    { requestId, signal, taskId }: { requestId?: RequestId; signal: AbortSignal; taskId?: string },
  ): Promise<FormAnswer> {
    const params = {
      mode: 'form',
      message: form.message,
      requestedSchema: form.schema,
      ...(taskId !== undefined && this.#takesRelatedTask && { _meta: { [relatedTaskKey]: { taskId } } }),
    };
    try {
      const { action, content } = await this.#server.request(
        { method: 'elicitation/create', params },
        formResult,
        {
          ...(requestId !== undefined && { relatedRequestId: requestId }),
          signal,
          timeout: askTimeoutMs,
        },
      );
      return action === 'accept' ? { kind: 'accepted', content: content ?? {} } : { kind: 'declined' };
    } catch {
      return { kind: 'lost' }; // gone, canceled, or a client that promised forms and has none
    }
  }

  /**
   * A client that serves tasks itself (SDK 1.x with a task store) takes our task for one of its own, and files its
   * answer there instead of sending it. Such a client gets the question without the reference.
   */
  get #takesRelatedTask(): boolean {
    return this.#server.getClientCapabilities()?.tasks === undefined;
  }

  #tell(method: string, params: Record<string, unknown>, runId: string): void {
    const stream = this.#findStream(runId);
    if (!stream) return;
    const options = stream.requestId === undefined ? undefined : { relatedRequestId: stream.requestId };
    // Best effort: a client that has just gone misses it.
    this.#server.notification({ method, params }, options).catch(() => undefined);
  }
}

// --- internal ---

/** Whether the content fits is for the question to say: a wrong answer is asked for again. */
const formResult = z.object({
  action: z.enum(['accept', 'decline', 'cancel']),
  content: z.record(z.string(), z.unknown()).nullish(),
});

const answers = { accepted: 'agreed', declined: 'declined', lost: 'unreachable' } as const;
