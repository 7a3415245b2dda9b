/**
 * Runs the interpreter against the recorded answers of a run, and says where it would differ today.
 *
 *   Y1. Nothing is called, nothing is written: the journal of a replay lives in memory, its time is its own.
 *   Y2. Secret values are not recorded; `[secret]` stands for them on both sides.
 *   Y3. What the recorded run did not come to is not compared.
 */
import { isTerminal } from '@oatty/types';
import type { RunDocument, RunStatus, StepResult, StepStatus, Workflow } from '@oatty/types';
import { secretInputNames, secretMark } from '../input/secret-inputs.ts';
import type { Clock } from '../ports/clock.ts';
import type { CommandSource } from '../ports/command-source.ts';
import type { EnvironmentSource } from '../ports/values.ts';
import { wasNeverReached } from '../run/conclude-run.ts';
import { createRunner } from '../run/create-runner.ts';
import { createMemoryRunStore } from '../run/memory-run-store.ts';
import { diffValues } from './drift.ts';
import type { Drift } from './drift.ts';
import { createRecordedDispatcher } from './recorded-dispatcher.ts';
import { Recording } from './recording.ts';
import type { RecordedRun } from './recording.ts';

/** Its time begins at the start of the recorded run, and passes as fast as nobody waits for it. */
export interface ReplayClock extends Clock {
  /** To an instant that nobody sleeps for. */
  jumpTo(ms: number): void;
}

export interface ReplayPorts {
  readonly commands: CommandSource;
  readonly environment: EnvironmentSource;
  readonly clock: ReplayClock;
}

export interface ReplayReport {
  readonly run_id: string;
  readonly workflow_id: string;
  /** No drift. */
  readonly matches: boolean;
  readonly status: { readonly recorded: RunStatus; readonly replayed: RunStatus };
  readonly steps: readonly ReplayedStep[];
  /** In the order of finding. */
  readonly drift: readonly Drift[];
}

interface ReplayedStep {
  readonly step_id: string;
  /** `null`: the manifest of the recorded run does not have it. */
  readonly recorded: StepStatus | null;
  readonly replayed: StepStatus;
}

/** @param workflow - the recorded manifest, or another one. Validated. */
export async function replayRun(
  recorded: RecordedRun,
  workflow: Workflow,
  ports: ReplayPorts,
): Promise<ReplayReport> {
  const recording = new Recording(recorded);
  const drift: Drift[] = [];
  const replayed = await replay(recording, workflow, ports, (found) => drift.push(found));
  const known = new Map(
    recorded.commits.filter(({ item }) => item === undefined).map(({ result }) => [result.id, result]),
  );
  drift.push(...compareOrder(recording.startedSteps, replayed.started));
  for (const step of replayed.run.steps) drift.push(...compareStep(known.get(step.id), step));
  drift.push(...compareEnds(recorded, replayed.run));
  return {
    run_id: recorded.record.run_id,
    workflow_id: workflow.workflow,
    matches: drift.length === 0,
    status: { recorded: recorded.record.status, replayed: replayed.run.status },
    steps: replayed.run.steps.map(({ id, status }) => ({
      step_id: id,
      recorded: known.get(id)?.status ?? null,
      replayed: status,
    })),
    drift,
  };
}

// --- internal ---

interface Replayed {
  readonly run: RunDocument;
  readonly started: readonly string[];
}

async function replay(
  recording: Recording,
  workflow: Workflow,
  { commands, environment, clock }: ReplayPorts,
  report: (drift: Drift) => void,
): Promise<Replayed> {
  const store = createMemoryRunStore();
  const { run_id, root_run_id, parent, inputs, caller, created_at } = recording.run.record;
  const runner = createRunner({
    store,
    commands,
    environment,
    clock,
    dispatcher: createRecordedDispatcher(recording, clock, report),
    secrets: { get: async () => secretMark },
    entropy: { id: () => 'replay', fraction: () => 0.5 },
  });
  const ids = new Set(workflow.steps.map(({ id }) => id));
  await store.createRun(
    {
      run_id,
      root_run_id,
      workflow_id: workflow.workflow,
      workflow,
      inputs,
      caller,
      created_at,
      status: 'pending',
      ...(parent && { parent }),
    },
    undefined,
    recording.givenCommits.filter(({ step_id }) => ids.has(step_id)),
  );
  const secretInputs = Object.fromEntries([...secretInputNames(workflow)].map((name) => [name, secretMark]));
  let run = await runner.execute(run_id, { secretInputs });
  while (run.due_at !== undefined) {
    clock.jumpTo(Date.parse(run.due_at));
    run = await runner.execute(run_id, { secretInputs });
  }
  const events = await store.readEvents(run_id, 0, Number.MAX_SAFE_INTEGER);
  return { run, started: events.flatMap((event) => (event.type === 'step_started' ? [event.step_id] : [])) };
}

function compareOrder(recorded: readonly string[], replayed: readonly string[]): readonly Drift[] {
  const both = new Set(recorded.filter((id) => replayed.includes(id)));
  const before = recorded.filter((id) => both.has(id));
  const now = replayed.filter((id) => both.has(id));
  if (before.join() === now.join()) return [];
  return [{ kind: 'order', message: 'steps start in another order', recorded: before, replayed: now }];
}

/** Y3. */
function compareStep(recorded: StepResult | undefined, replayed: StepResult): readonly Drift[] {
  if (recorded === undefined || recorded.status === 'canceled' || wasNeverReached(recorded)) return [];
  const before = toOutcome(recorded);
  const now = toOutcome(replayed);
  return diffValues(before, now).map((difference) => ({
    kind: 'outcome',
    step_id: replayed.id,
    message: `step "${replayed.id}" ends with another ${difference.path.startsWith('$.output') ? 'output' : 'outcome'}`,
    ...difference,
  }));
}

function toOutcome({ status, output, error }: StepResult): Readonly<Record<string, unknown>> {
  return { status, output: output ?? null, error_code: error?.error_code ?? null };
}

function compareEnds({ record }: RecordedRun, replayed: RunDocument): readonly Drift[] {
  if (!isTerminal(record.status) || record.status === 'canceled') return [];
  const before = { status: record.status, final_output: record.final_output ?? null };
  const now = { status: replayed.status, final_output: replayed.final_output ?? null };
  return diffValues(before, now).map((difference) => ({
    kind: 'outcome',
    message:
      difference.path === '$.status' ? 'the run ends with another status' : 'the final output is another one',
    ...difference,
  }));
}
