/**
 * The one door to every command: the command line, MCP, the library and the steps of a workflow come through here.
 *
 *   D1. Every call leaves an audit event where a trail is kept: refused, failed, succeeded or canceled. Losing the event does not fail it.
 *   D2. The policy decides before the arguments are judged; a person is asked only for a call that could be made.
 *   D3. What comes out, result or error, holds none of the secrets that went in.
 *   D4. An aborted call ends at once with the reason of its signal, also when the executor does not listen. Only a
 *       workflow is waited for: it has to write down how it ended.
 */
import type { AgreedWorkflows, Caller, CommandArguments, CommandResult, Effect } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';
import type { CallingStep, CommandCall, CommandExecutors } from '../ports/command-executor.ts';
import type { CommandSource, FoundCommand } from '../ports/command-source.ts';
import type { AuditSink, PolicyDecider } from '../ports/policy.ts';
import { auditCall } from './audit-call.ts';
import type { CallFacts } from './audit-call.ts';
import { checkCallArguments } from './check-call-arguments.ts';
import { coerceArguments } from './coerce-arguments.ts';
import { findCommand } from './find-command.ts';
import { normalizeResult } from './normalize-result.ts';
import { refuseUnlessAllowed, refuseUnlessConfirmed } from './refuse-call.ts';
import { createRedactor } from './redact-secrets.ts';
import { settleOrAbort } from './settle-or-abort.ts';
import { toCallError } from './to-call-error.ts';

export interface Dispatcher {
  /** @throws {OattyError} what the executor throws, or why the call was refused */
  dispatch(commandId: string, given: CommandArguments, options: DispatchOptions): Promise<CommandResult>;
}

export interface DispatchOptions {
  readonly caller: Caller;
  readonly signal: AbortSignal;
  /** The step that makes the call; absent for a single command. */
  readonly step?: CallingStep;
  readonly idempotencyKey?: string;
  /** Values that must not come out anywhere. */
  readonly secrets?: ReadonlySet<string>;
  /** Refuses a command that does more than this. */
  readonly maxEffect?: Effect;
  /** See `CommandCall`. */
  readonly agreed?: AgreedWorkflows;
  /** A person has agreed. */
  readonly confirmed?: boolean;
  /** Texts are converted to the types of the parameters, as a command line needs it. */
  readonly coerce?: boolean;
  /** See `CommandCall`. */
  readonly timeoutMs?: number;
  readonly maxPages?: number;
}

export interface DispatchLimits {
  /** JSON text of one result. */
  readonly maxOutputBytes: number;
}

const defaultDispatchLimits: DispatchLimits = { maxOutputBytes: 10 * 1024 ** 2 };

export interface DispatcherPorts {
  readonly commands: CommandSource;
  readonly executors: CommandExecutors;
  readonly policy: PolicyDecider;
  /** Absent: no trail is kept. */
  readonly audit?: AuditSink | undefined;
  readonly clock: Clock;
  readonly limits?: DispatchLimits;
}

export function createDispatcher(ports: DispatcherPorts): Dispatcher {
  return {
    async dispatch(commandId, given, options) {
      const facts: CallFacts = { commandId, options, startedAt: ports.clock.now(), decision: 'deny' };
      const redactor = createRedactor(options.secrets);
      try {
        const result = redactor.result(await carryOut(facts, given, ports));
        await auditCall(facts, { outcome: 'succeeded', status: result.status }, ports);
        return result;
      } catch (thrown) {
        const error = redactor.error(toCallError(thrown, commandId, options));
        await auditCall(facts, { outcome: outcomeOf(facts), error }, ports);
        throw error;
      }
    },
  };
}

// --- internal ---

async function carryOut(
  facts: CallFacts,
  given: CommandArguments,
  ports: DispatcherPorts,
): Promise<CommandResult> {
  const { options } = facts;
  const found = findCommand(ports.commands, facts.commandId);
  const { command } = found;
  facts.effect = command.effect;
  const decision = await ports.policy.decide(toPolicyQuestion(found, options));
  facts.decision = decision.kind;
  refuseUnlessAllowed(command, decision, options);
  const typed = options.coerce === true ? coerceArguments(found, given) : given;
  checkCallArguments(found, typed, options);
  refuseUnlessConfirmed(command, decision, options);

  options.signal.throwIfAborted();
  facts.isUnderWay = true;
  const { kind } = command.execution;
  const work = ports.executors[kind].execute(toCommandCall(found, typed, options));
  const result = await (kind === 'workflow' ? work : settleOrAbort(work, options.signal));
  return normalizeResult(command, result, ports.limits ?? defaultDispatchLimits);
}

function toPolicyQuestion({ command }: FoundCommand, { caller, step }: DispatchOptions) {
  return {
    caller,
    command_id: command.id,
    effect: command.effect,
    ...(step && { run_id: step.runId, step_id: step.stepId }),
  };
}

function toCommandCall(found: FoundCommand, given: CommandArguments, options: DispatchOptions): CommandCall {
  const { caller, signal, step, idempotencyKey, maxEffect, agreed, timeoutMs, maxPages } = options;
  return {
    found,
    arguments: given,
    caller,
    signal,
    secrets: options.secrets ?? new Set(),
    confirmed: options.confirmed ?? false,
    ...(maxEffect !== undefined && { maxEffect }),
    ...(agreed && { agreed }),
    ...(step && { step }),
    ...(idempotencyKey !== undefined && { idempotencyKey }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(maxPages !== undefined && { maxPages }),
  };
}

function outcomeOf({ options, isUnderWay }: CallFacts): 'canceled' | 'failed' | 'refused' {
  if (options.signal.aborted) return 'canceled';
  return isUnderWay === true ? 'failed' : 'refused';
}
