import type { AgreedWorkflows, Caller, Command, CommandArguments, CommandResult, Effect } from '@oatty/types';
import type { FoundCommand } from './command-source.ts';

/** One call of one command. */
export interface CommandCall {
  readonly found: FoundCommand;
  readonly arguments: CommandArguments;
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** Sent with mutating requests; the same on every attempt of one call. */
  readonly idempotencyKey?: string;
  /** Values that went into the arguments and must not come out anywhere. */
  readonly secrets: ReadonlySet<string>;
  /** How long the call may take; the engine aborts it then, so an executor's own bound must not be shorter. Absent: the executor decides. */
  readonly timeoutMs?: number;
  /** Follows the pages of a list, up to this many. Absent: one request. */
  readonly maxPages?: number;
  /** What the call may do at most; a sub-workflow and its steps may do no more. Absent: anything. */
  readonly maxEffect?: Effect;
  /** The saved workflows that it may run, and those that they run. Absent: any, as they are now. */
  readonly agreed?: AgreedWorkflows;
  /** A person has agreed to the call. */
  readonly confirmed: boolean;
  /** The step that makes the call; absent for a single command. */
  readonly step?: CallingStep;
}

export interface CallingStep {
  readonly runId: string;
  readonly rootRunId: string;
  /** The calls from the root run down to this one, `<step>[<item>]#<poll>` each: `["pay[2]#1", "charge#1"]`. */
  readonly path: readonly string[];
  readonly stepId: string;
  readonly item?: number;
  readonly poll: number;
  readonly attempt: number;
}

/** Carries out commands of one kind. One call is one attempt: only the engine retries. */
export interface CommandExecutor {
  /** @throws {OattyError} whatever went wrong, with secrets already taken out. */
  execute(call: CommandCall): Promise<CommandResult>;
}

export type CommandExecutors = Readonly<Record<Command['execution']['kind'], CommandExecutor>>;
