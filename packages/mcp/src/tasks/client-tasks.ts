/**
 * The tasks of one connected client: started, read, listed, awaited and canceled.
 *
 * It follows the tasks that it starts and those that it asks for; `task-book.ts` says what a task is.
 */
import type { Oatty, RunInspection } from '@oatty/runtime';
import { isTerminal, OattyError } from '@oatty/types';
import type { Caller, RunDocument } from '@oatty/types';
import { logFailure } from '../log.ts';
import type { Log } from '../log.ts';
import type { TaskTool, ToolContext } from '../tools/tool.ts';
import { toMcpTask } from './mcp-task.ts';
import type { McpTask } from './mcp-task.ts';
import type { QuestionDesk } from './question-desk.ts';
import { RunFollower } from './run-follower.ts';
import type { FollowOptions } from './run-follower.ts';
import { TaskBook } from './task-book.ts';
import type { ProgressToken, TaskClient } from './task-client.ts';
import { toUnaskedError } from './unasked-questions.ts';

const pageSize = 20;

export interface ClientTasksOptions {
  readonly oatty: Oatty;
  readonly desk: QuestionDesk;
  readonly client: TaskClient;
  readonly caller: Caller;
  readonly log: Log;
  readonly heartbeatMs: number;
}

export interface TaskRequest {
  readonly ttlMs: number | undefined;
  readonly progressToken: ProgressToken | undefined;
}

export interface TaskPage {
  readonly tasks: readonly McpTask[];
  readonly nextCursor?: string;
}

export class ClientTasks {
  readonly #options: ClientTasksOptions;
  readonly #book: TaskBook;
  readonly #followers = new Map<string, RunFollower>();
  /** Why runs were given up that this client has waited for. */
  readonly #givenUp = new Map<string, OattyError>();
  #isClosed = false;

  constructor(options: ClientTasksOptions) {
    this.#options = options;
    this.#book = new TaskBook(options.oatty, options.caller);
  }

  /** Returns when the run is in the journal. */
  async start(tool: TaskTool, args: unknown, context: ToolContext, request: TaskRequest): Promise<McpTask> {
    const { inspection, task } = await this.#book.start(tool, args, context, request.ttlMs);
    // After the answer has gone out: until then the client does not know the id.
    setImmediate(() => this.#follow(inspection, { progressToken: request.progressToken, isNew: true }));
    return task;
  }

  async get(taskId: string): Promise<McpTask> {
    const { inspection, task } = await this.#book.read(taskId);
    this.#join(inspection);
    return task;
  }

  /** @throws {OattyError} `ARGUMENT_INVALID` for a cursor that is not one */
  async list(cursor: string | undefined): Promise<TaskPage> {
    const { oatty, caller } = this.#options;
    const { items, next_cursor: nextCursor } = await oatty.runs.list({
      principal: caller.principal,
      withTtl: true,
      ...(cursor !== undefined && { cursor }),
      limit: pageSize,
    });
    const inspections = await Promise.all(
      items.map((item) => oatty.runs.inspect(item.run_id, caller.principal)),
    );
    const now = Date.now();
    const tasks = inspections
      .map((inspection) => toMcpTask(inspection, now))
      .filter((task) => task !== undefined);
    return { tasks, ...(nextCursor !== undefined && { nextCursor }) };
  }

  /**
   * Resolves when the run has ended; its questions may be asked over this client meanwhile.
   *
   * @throws {OattyError} what a client without forms gets at once, when this one turns out to be one
   */
  async result(taskId: string, signal: AbortSignal): Promise<RunInspection> {
    const { inspection } = await this.#book.read(taskId);
    if (isTerminal(inspection.run.status)) return inspection;
    this.#join(inspection);
    const run = await this.#options.oatty.runs.wait(taskId, signal);
    const reason = run.status === 'canceled' ? this.#givenUp.get(taskId) : undefined;
    if (reason) throw reason;
    // Read again: what the run was started as may have changed, its end not.
    return { ...(await this.#options.oatty.runs.inspect(taskId)), run };
  }

  /** @throws {OattyError} `RUN_STATE_CONFLICT` when it has ended, also when it ends before it can be stopped */
  async cancel(taskId: string): Promise<McpTask> {
    const { inspection } = await this.#book.read(taskId);
    if (isTerminal(inspection.run.status)) throw hasEnded(inspection.run);
    await this.#options.oatty.runs.cancel(taskId);
    const run = await this.#options.oatty.runs.wait(taskId);
    if (run.status !== 'canceled') throw hasEnded(run);
    return (await this.#book.read(taskId)).task;
  }

  /** A way to the client has opened or closed: what is open can be asked there now, or must be asked elsewhere. */
  offerQuestions(): void {
    for (const follower of this.#followers.values()) void follower.offerQuestions();
  }

  close(): void {
    this.#isClosed = true;
    for (const follower of this.#followers.values()) follower.stop();
    this.#followers.clear();
  }

  /** Follows from now on, or asks again what is open. */
  #join(inspection: RunInspection): void {
    if (isTerminal(inspection.run.status)) return;
    const follower = this.#followers.get(inspection.run.run_id);
    if (follower) follower.hear();
    else this.#follow(inspection, { knownUntil: inspection.updated_at });
  }

  /** Nothing of such a run has begun, and this client can do nothing for it while it waits. Never rejects. */
  async #giveUpWhenStuck(runId: string): Promise<void> {
    const { oatty, desk, client, log } = this.#options;
    if (!client.isStuck(runId) || desk.isAsking(runId)) return;
    try {
      const reason = toUnaskedError(await oatty.runs.inspect(runId));
      if (!reason) return;
      this.#givenUp.set(runId, reason);
      await oatty.runs.cancel(runId);
    } catch (thrown) {
      const error = OattyError.from(thrown);
      if (error.traits.category !== 'conflict') logFailure(log, `give up run ${runId}`, error);
    }
  }

  #follow(
    inspection: RunInspection,
    from: Omit<FollowOptions, keyof ClientTasksOptions | 'inspection' | 'onAsked'>,
  ): void {
    const runId = inspection.run.run_id;
    if (this.#isClosed || this.#followers.has(runId)) return;
    const { oatty, desk, client, log, heartbeatMs } = this.#options;
    const onAsked = () => void this.#giveUpWhenStuck(runId);
    const follower = new RunFollower({ oatty, desk, client, log, heartbeatMs, inspection, onAsked, ...from });
    this.#followers.set(runId, follower);
    void follower.follow().finally(() => this.#followers.delete(runId));
  }
}

// --- internal ---

function hasEnded(run: RunDocument): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `The task "${run.run_id}" has ended: ${run.status}.`, {
    context: { run_id: run.run_id, status: run.status },
  });
}
