/**
 * Writes the row of a run that carries on from another one.
 *
 *   S1. It has the same root, so the calls that run again have the idempotency keys that they had.
 *   S2. It waits in the queue that the other one was in.
 *   S3. Its id follows from the run that it carries on from: of two resumptions at once only one comes to be.
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { AgreedWorkflows, Caller, Effect, Workflow } from '@oatty/types';
import { maskSecretInputs } from '../input/secret-inputs.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandSource } from '../ports/command-source.ts';
import type { StepCommit } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { Lease, RunStore } from '../ports/run-store.ts';
import { toUuid } from '../run/call-identity.ts';
import { digestCommands } from '../run/command-digest.ts';
import { toKeptCaller } from '../run/kept-caller.ts';

export interface Resumption {
  readonly record: RunRecord;
  readonly workflow: Workflow;
  /** Resolved; values of secret inputs in clear. */
  readonly inputs: Readonly<Record<string, unknown>>;
  readonly commits: readonly StepCommit[];
  readonly caller: Caller;
  readonly maxEffect?: Effect;
  /** See `RunRecord`. */
  readonly agreed?: AgreedWorkflows;
  readonly confirmedPlan?: string;
  readonly ttlMs?: number | null;
}

export interface ResumptionPorts {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly commands: CommandSource;
}

/** @throws {OattyError} `RUN_STATE_CONFLICT` while another resumption of the run goes on */
export async function startResumption(
  resumption: Resumption,
  { store, clock, commands }: ResumptionPorts,
  leaseOf: (now: Date) => Lease,
): Promise<string> {
  const { record, workflow, inputs, commits, caller, maxEffect, agreed, confirmedPlan, ttlMs } = resumption;
  const now = clock.now();
  const run_id = await nextId(record.run_id, store);
  await store.createRun(
    {
      run_id,
      workflow_id: workflow.workflow,
      status: 'pending',
      root_run_id: record.root_run_id,
      resumed_from: record.run_id,
      workflow,
      commands: digestCommands(workflow, commands),
      inputs: maskSecretInputs(workflow, inputs),
      caller: toKeptCaller(caller),
      created_at: now.toISOString(),
      ...(record.queue && { queue: record.queue }),
      ...(record.triggered_by && { triggered_by: record.triggered_by }),
      ...(agreed && { agreed }),
      ...(maxEffect !== undefined && { max_effect: maxEffect }),
      ...(confirmedPlan !== undefined && { confirmed_plan: confirmedPlan }),
      ...(ttlMs !== undefined && { ttl_ms: ttlMs }),
    },
    leaseOf(now),
    commits,
  );
  return run_id;
}

// --- internal ---

/** S3. */
async function nextId(runId: string, store: RunStore): Promise<string> {
  for (let nth = 1; ; nth += 1) {
    const id = toUuid(JSON.stringify(['resume', runId, nth]));
    const earlier = await store.getRun(id);
    if (earlier === undefined) return id;
    if (isTerminal(earlier.status)) continue;
    throw new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" is being resumed already, as run "${id}".`, {
      suggestedAction: 'Watch that run, or cancel it first.',
      context: { run_id: runId, resumed_as: id },
    });
  }
}
