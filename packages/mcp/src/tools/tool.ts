/**
 * What a tool is. One file defines one tool; `tool-list.ts` puts them in order.
 *
 *   T1. No tool knows an SDK, a protocol revision or a transport.
 *   T2. A tool gives a document, or content where there is none; what goes wrong is thrown as `OattyError`.
 *   T3. The safety of a tool is what it may do without asking a person.
 */
import type { Oatty, RunHandle } from '@oatty/runtime';
import type { Caller, Effect } from '@oatty/types';
import type * as z from 'zod';
import type { Person } from './person.ts';
import type { ToolClient } from './tool-client.ts';
import type { ToolAnswer, ToolContent } from './tool-content.ts';

export interface ToolContext {
  readonly oatty: Oatty;
  readonly caller: Caller;
  /** The most that the caller may do, also with a confirmation. Absent: anything. */
  readonly maxEffect?: Effect;
  /** Aborts when the client no longer wants the answer. */
  readonly signal: AbortSignal;
  readonly person: Person;
  readonly client: ToolClient;
}

/** What a tool works on: files and the journal, a remote API, or a run. */
type ExecutionType = 'local' | 'http' | 'workflow';

interface ToolDescription<Input extends z.ZodObject> {
  /** Dotted: `workflow.list`. */
  readonly name: string;
  /** For a model that chooses: what it does, when, and what comes next. Names tools with dots. */
  readonly description: string;
  readonly safety: Effect;
  readonly executionType: ExecutionType;
  /** The same call again changes nothing more. */
  readonly isIdempotent: boolean;
  /** Reaches services outside this machine. */
  readonly isOpenWorld: boolean;
  /** Address of the view that shows the result, where there is one. */
  readonly view?: string;
  readonly input: Input;
  /** The document one level deep: every property it can have. None where the result is content. */
  readonly output: Readonly<Record<string, JsonType>>;
  /** The result in all its depth: the resource `oatty://tool/output/<name>`. Loaded when it is read. */
  readonly fullOutput: () => Promise<z.ZodType>;
}

/** `any` where a property has several. */
export type JsonType = 'string' | 'boolean' | 'integer' | 'array' | 'object' | 'any';

/** Answers the call itself. */
export interface CallTool<Input extends z.ZodObject = z.ZodObject> extends ToolDescription<Input> {
  readonly kind: 'call';
  run(args: z.infer<Input>, context: ToolContext): Promise<object | ToolAnswer | ToolContent>;
}

/** Starts a run that is followed as a task. */
export interface TaskTool<Input extends z.ZodObject = z.ZodObject> extends ToolDescription<Input> {
  readonly kind: 'task';
  start(args: z.infer<Input>, context: ToolContext, task: TaskOptions): Promise<RunHandle>;
  /** Answers a call without a task; absent where such a call is refused. */
  run?(args: z.infer<Input>, context: ToolContext): Promise<object | ToolAnswer | ToolContent>;
}

interface TaskOptions {
  readonly ttlMs: number;
}

export type Tool = CallTool | TaskTool;

/** Infers the types of the arguments, which are parsed with `input` before they reach the tool. */
export function defineTool<Input extends z.ZodObject>(tool: CallTool<Input> | TaskTool<Input>): Tool {
  return tool;
}
