/**
 * What can be said to one client, and over which stream.
 *
 *   L1. What answers no request goes on the client's own stream: always there on stdio, over HTTP while its GET is open.
 *   L2. Without one, it goes on the stream of a `tasks/result` that waits for the run, unless it has broken. Else it is
 *       not sent: the SDK would drop a request without a word, and the answer would be awaited for ever.
 *   L3. A client that does not know what it has declared is asked for a form once, and is one without forms from then on.
 *       That it has no model is an answer, which a run counts.
 */
import type { Server } from '@modelcontextprotocol/sdk/server/index.js';
import { ErrorCode, McpError } from '@modelcontextprotocol/sdk/types.js';
import type { Question } from '@oatty/types';
import * as z from 'zod';
import type { ClientStreams } from '../../create-server.ts';
import type { Call } from '../../methods/method.ts';
import type { SamplingRequest } from '../../tasks/sampling-request.ts';
import type {
  FormAnswer,
  ProgressToken,
  StepCount,
  TaskClient,
  WrittenAnswer,
} from '../../tasks/task-client.ts';
import type { Form } from '../../tasks/question-form.ts';
import type { McpTask } from '../../tasks/mcp-task.ts';
import type { RunProgress, StepOutput } from '../../tasks/run-view.ts';
import { jsonObject } from '../../tools/argument-schemas.ts';
import { isLogged, toCapabilityError, toFormRequest } from '../../tools/tool-client.ts';
import type { ClientAnswer, ClientRequest, LogLevel, ToolClient } from '../../tools/tool-client.ts';
import { relatedTaskKey, toWireTask } from './to-wire-task.ts';

export interface ClientChanges {
  readonly uris: readonly string[];
  /** Whether the tools may be other ones too. */
  readonly areTools: boolean;
}

type RequestId = string | number;

/** A person may take long; the timer of the SDK takes no more than 24 days. */
const askTimeoutMs = 24 * 3_600_000;

export class ClientLink implements TaskClient {
  readonly #server: Server;
  readonly #streams: ClientStreams;
  /** Run → the `tasks/result` requests that wait for it. */
  readonly #waiting = new Map<string, Set<RequestId>>();
  /** Methods that it has declared and does not know (L3). */
  readonly #unknown = new Set<string>();
  /** What the client wants to hear of. */
  logLevel: LogLevel | undefined;

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

  /** The client of one request, asked and told over the stream of that request. */
  toToolClient({ requestId, signal }: Call, progressToken?: ProgressToken): ToolClient {
    const tell = (method: string, params: Record<string, unknown>) =>
      void this.#server
        .notification({ method, params }, { relatedRequestId: requestId })
        .catch(() => undefined);
    return {
      can: (method) => this.#can(method),
      ask: async (requests) => {
        const answers = Object.entries(requests).map(async ([key, request]) => {
          if (!this.#can(request.method)) throw toCapabilityError(request);
          return [key, await this.#request(request, { requestId, signal })] as const;
        });
        return Object.fromEntries(await Promise.all(answers));
      },
      progress: (done, total) => {
        if (progressToken !== undefined)
          tell('notifications/progress', { progressToken, progress: done, total });
      },
      log: (level, data) => {
        if (isLogged(level, this.logLevel)) tell('notifications/message', { level, logger: 'oatty', data });
      },
    };
  }

  canAsk(runId: string): boolean {
    const hasAnybody = this.takes('input') || this.takes('sampling');
    return hasAnybody && this.#findStream(runId) !== undefined;
  }

  takes(kind: Question['kind']): boolean {
    return kind === 'sampling' ? this.#declares('sampling/createMessage') : this.#can('elicitation/create');
  }

  isStuck(runId: string): boolean {
    return this.#unknown.has('elicitation/create') && this.#waiting.has(runId);
  }

  async ask(form: Form, runId: string, signal: AbortSignal): Promise<FormAnswer> {
    const stream = this.#findStream(runId);
    if (!stream) return { kind: 'lost' };
    return this.#ask(form, { ...stream, signal, taskId: runId });
  }

  async write(
    { method, params }: SamplingRequest,
    runId: string,
    signal: AbortSignal,
  ): Promise<WrittenAnswer> {
    const stream = this.#findStream(runId);
    if (!stream) return { kind: 'lost' };
    const related = this.#takesRelatedTask && { [relatedTaskKey]: { taskId: runId } };
    const request = { method, params: { ...params, ...(related && { _meta: related }) } };
    try {
      return { kind: 'written', result: await this.#send(request, { ...stream, signal }) };
    } catch (thrown) {
      return signal.aborted ? { kind: 'lost' } : toRefusal(thrown);
    }
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

  /** What lies on disk has changed: lists, and the resources at these addresses that the client subscribed to. */
  tellChanges({ uris, areTools }: ClientChanges): void {
    if (!this.#streams.hasOwn()) return;
    const messages = [
      { method: 'notifications/resources/list_changed' },
      ...(areTools ? [{ method: 'notifications/tools/list_changed' }] : []),
      ...uris.map((uri) => ({ method: 'notifications/resources/updated', params: { uri } })),
    ];
    for (const message of messages) this.#server.notification(message).catch(() => undefined);
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
    const { method, params } = toFormRequest(form);
    const related = taskId !== undefined && this.#takesRelatedTask && { [relatedTaskKey]: { taskId } };
    const answer = await this.#request(
      { method, params: { ...params, ...(related && { _meta: related }) } },
      { signal, ...(requestId !== undefined && { requestId }) },
    );
    const { data } = formResult.safeParse(answer);
    if (!data) return { kind: 'lost' };
    return data.action === 'accept'
      ? { kind: 'accepted', content: data.content ?? {} }
      : { kind: 'declined' };
  }

  /** `undefined` when the client is gone, canceled, or promised what it does not have. */
  async #request(
    request: { readonly method: string; readonly params?: object },
    { requestId, signal }: { requestId?: RequestId; signal: AbortSignal },
  ): Promise<ClientAnswer | undefined> {
    try {
      return await this.#send(request, { signal, ...(requestId !== undefined && { requestId }) });
    } catch {
      return undefined;
    }
  }

  async #send(
    { method, params }: { readonly method: string; readonly params?: object },
    { requestId, signal }: { requestId?: RequestId; signal: AbortSignal },
  ): Promise<ClientAnswer> {
    try {
      return await this.#server.request({ method, ...(params && { params: { ...params } }) }, anyResult, {
        ...(requestId !== undefined && { relatedRequestId: requestId }),
        signal,
        timeout: askTimeoutMs,
      });
    } catch (thrown) {
      if (thrown instanceof McpError && thrown.code === unknownMethod) this.#unknown.add(method);
      throw thrown;
    }
  }

  /** L3 */
  #can(method: ClientRequest['method']): boolean {
    return this.#declares(method) && !this.#unknown.has(method);
  }

  #declares(method: ClientRequest['method']): boolean {
    const capabilities = this.#server.getClientCapabilities();
    switch (method) {
      case 'elicitation/create':
        return this.#hasForms;
      case 'sampling/createMessage':
        return capabilities?.sampling !== undefined;
      case 'roots/list':
        return capabilities?.roots !== undefined;
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
  content: jsonObject.nullish(),
});

const anyResult = z.record(z.string(), z.unknown());

/** As the protocol has it, for a person who does not let the model be asked. */
const userRejected = -1;
/** Of JSON-RPC. */
const unknownMethod: number = ErrorCode.MethodNotFound;
/** The SDK's own, for what never reached the client. */
const lostCodes: readonly number[] = [ErrorCode.ConnectionClosed, ErrorCode.RequestTimeout];

/** An error of the client is an answer; of the connection it is none. */
function toRefusal(thrown: unknown): WrittenAnswer {
  if (!(thrown instanceof McpError))
    return { kind: 'failed', reason: 'the answer of the client is malformed' };
  if (lostCodes.includes(thrown.code)) return { kind: 'lost' };
  if (thrown.code === userRejected) return { kind: 'declined' };
  return { kind: 'failed', reason: thrown.message.replace(`MCP error ${thrown.code}: `, '') };
}
