/**
 * Tasks of one principal: started, read and stopped, whatever the protocol revision.
 *
 *   K1. All that a task is stands in the journal; another client of the same principal sees the same.
 *   K2. A run that is somebody else's, was not started as a task, or outlived its time is no task: `RUN_NOT_FOUND`.
 */
import type { Oatty, RunInspection } from '@oatty/runtime';
import { OattyError } from '@oatty/types';
import type { Caller } from '@oatty/types';
import { parseArguments } from '../tools/parse-arguments.ts';
import type { TaskTool, ToolContext } from '../tools/tool.ts';
import { toMcpTask } from './mcp-task.ts';
import type { McpTask } from './mcp-task.ts';

const defaultTtlMs = 24 * 3_600_000;
const maxTtlMs = 7 * 24 * 3_600_000;

/** A task with the run that it is a view of. */
export interface TaskEntry {
  readonly inspection: RunInspection;
  readonly task: McpTask;
}

export class TaskBook {
  readonly #oatty: Oatty;
  readonly #caller: Caller;

  constructor(oatty: Oatty, caller: Caller) {
    this.#oatty = oatty;
    this.#caller = caller;
  }

  /** Returns when the run is in the journal. */
  async start(
    tool: TaskTool,
    args: unknown,
    context: ToolContext,
    requestedTtlMs?: number,
  ): Promise<TaskEntry> {
    const ttlMs = Math.min(requestedTtlMs ?? defaultTtlMs, maxTtlMs);
    const handle = await tool.start(parseArguments(tool, args), context, { ttlMs });
    return this.read(handle.run_id);
  }

  /** @throws {OattyError} `RUN_NOT_FOUND` */
  async read(taskId: string): Promise<TaskEntry> {
    const inspection = await this.#oatty.runs.inspect(taskId, this.#caller.principal);
    const task = toMcpTask(inspection, Date.now());
    if (task) return { inspection, task };
    throw new OattyError('RUN_NOT_FOUND', `There is no task "${taskId}".`, {
      suggestedAction: 'List the tasks, or read the run with run.status.',
      context: { run_id: taskId },
    });
  }
}
