/**
 * Writes the row of a new run. Nothing runs before `executeRun`.
 *
 * Values of secret inputs are `[secret]` in the row; the caller keeps them.
 */
import type { AgreedWorkflows, Caller, Effect, Operation, QueuePlace, Workflow } from '@oatty/types';
import { maskSecretInputs } from '../input/secret-inputs.ts';
import type { Clock, Entropy } from '../ports/clock.ts';
import type { CallingStep } from '../ports/command-executor.ts';
import type { CommandSource } from '../ports/command-source.ts';
import type { StepCommit } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { Lease, RunStore } from '../ports/run-store.ts';
import { digestCommands } from './command-digest.ts';
import { refuseTooManySteps } from './compile-workflow.ts';
import { toKeptCaller } from './kept-caller.ts';
import type { RunLimits } from './run-limits.ts';

export interface RunRequest {
  /** Validated; without steps where the operation has a `draft`. */
  readonly workflow: Workflow;
  /** Resolved; values of secret inputs in clear. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly caller: Caller;
  /** Inputs or a confirmation are still missing; `prepare` of the runner asks for them. */
  readonly incomplete?: boolean;
  /** What the steps may do at most without a confirmation; `prepare` of the runner asks for it. */
  readonly maxEffect?: Effect;
  /** See `RunRecord`. */
  readonly agreed?: AgreedWorkflows;
  /** The plan that a person agreed to. */
  readonly confirmedPlan?: string;
  readonly ttlMs?: number | null;
  readonly operation?: Operation;
  /** It waits in line there until it is claimed. */
  readonly queue?: QueuePlace;
  /** Chosen by the caller where an id must be known before the run exists; new when absent. */
  readonly runId?: string;
  /** See `RunRecord`. */
  readonly triggeredBy?: readonly string[];
  /** The step that runs this workflow as a part of its own. */
  readonly parent?: CallingStep;
  /** The run that this one carries on from, with what is kept of it. */
  readonly earlier?: { readonly runId: string; readonly commits: readonly StepCommit[] };
}

export interface StartPorts {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly commands: CommandSource;
}

/**
 * @param leaseOf - who will execute the run at once; absent: whoever comes first
 * @throws {OattyError} `LIMIT_EXCEEDED`, or `RUN_STATE_CONFLICT` for a taken id or a taken key of a queue
 */
export async function startRun(
  request: RunRequest,
  { store, clock, entropy, commands }: StartPorts,
  limits: RunLimits,
  leaseOf?: (now: Date) => Lease,
): Promise<string> {
  refuseTooManySteps(request.workflow, limits);
  const now = clock.now();
  const record = toRecord(request, request.runId ?? entropy.id(), { now, commands });
  await store.createRun(record, leaseOf?.(now), request.earlier?.commits);
  return record.run_id;
}

// --- internal ---

function toRecord(
  request: RunRequest,
  runId: string,
  { now, commands }: { readonly now: Date; readonly commands: CommandSource },
): RunRecord {
  const {
    workflow,
    inputs,
    caller,
    incomplete,
    maxEffect,
    agreed,
    confirmedPlan,
    ttlMs,
    operation,
    queue,
    triggeredBy,
    parent,
    earlier,
  } = request;
  return {
    run_id: runId,
    workflow_id: workflow.workflow,
    status: 'pending',
    root_run_id: parent?.rootRunId ?? runId,
    workflow,
    ...(incomplete !== true && { commands: digestCommands(workflow, commands) }),
    inputs: maskSecretInputs(workflow, inputs),
    caller: toKeptCaller(caller),
    created_at: now.toISOString(),
    ...(parent && { parent }),
    ...(earlier && { resumed_from: earlier.runId }),
    ...(incomplete === true && { incomplete }),
    ...(maxEffect !== undefined && { max_effect: maxEffect }),
    ...(agreed && { agreed }),
    ...(confirmedPlan !== undefined && { confirmed_plan: confirmedPlan }),
    ...(ttlMs !== undefined && { ttl_ms: ttlMs }),
    ...(operation && { operation }),
    ...(queue && { queue }),
    ...(triggeredBy && { triggered_by: triggeredBy }),
  };
}
