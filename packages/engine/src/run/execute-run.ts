/**
 * Carries a run on from whatever the journal says, until it has ended or waits: for an answer, or for time.
 *
 *   E1. All state is in the journal: the first time, after an answer and after a crash are the same thing.
 *   E2. A run ends in exactly one terminal state, written together with the last events.
 *   E3. A suspended run is left as it is; whoever takes the lease next carries on.
 *   E4. What was written is there before the run is let go of.
 *   E5. A run with a queue begins once it has been claimed. One that had been incomplete gets in line here.
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';
import type { RunRecord } from '../ports/run-record.ts';
import { toDedupKey } from '../queue/queue-place.ts';
import { readDuplicate } from '../queue/read-duplicate.ts';
import { Activity } from './activity.ts';
import { maskSecretInputs } from '../input/secret-inputs.ts';
import { askAboutChangedCommands } from './changed-commands.ts';
import { forwardAnswers } from './child-questions.ts';
import { digestCommands } from './command-digest.ts';
import { compileWorkflow } from './compile-workflow.ts';
import { concludeRun, endAfter, endInFailure, endInSuccess } from './conclude-run.ts';
import type { OpenSteps, RunEnd } from './conclude-run.ts';
import type { Execution } from './execution.ts';
import { Journal } from './journal.ts';
import { OpenWaits } from './open-waits.ts';
import { askForSecretInputs, completeRun } from './prepare-run.ts';
import type { Preparation } from './prepare-run.ts';
import type { RunContext } from './run-context.ts';
import { restRun } from './rest-run.ts';
import type { Rest } from './rest-run.ts';
import { readRunState } from './run-state.ts';
import type { RunState } from './run-state.ts';
import { runSteps } from './run-steps.ts';
import { startRunTimer } from './run-timer.ts';
import { loadRunValues } from './run-values.ts';
import { stopChildren } from './stop-children.ts';
import { isStoreTrouble } from './store-trouble.ts';

/**
 * The lease is held by the execution's owner.
 *
 * @throws {OattyError} why the run was suspended, or what the store throws
 */
export async function executeRun(execution: Execution): Promise<void> {
  const { ports, runId, stop } = execution;
  for (;;) {
    const state = await readRunState(ports.store, runId);
    if (state.isCancelRequested) stop.cancel();
    const { status } = state.record;
    if (isTerminal(status)) return;
    if (status === 'waiting' && stop.halt === undefined && !isDue(state.record, ports.clock)) return;
    const journal = openJournal(execution);
    try {
      if ((await carryOn(execution, state, journal)) === 'done') return;
    } finally {
      await journal.settle(); // E4
    }
  }
}

// --- internal ---

function isDue({ due_at }: RunRecord, clock: Clock): boolean {
  return due_at !== undefined && Date.parse(due_at) <= clock.now().getTime();
}

/** `again` when the journal has something new to go on with. */
type Next = 'done' | 'again';

async function carryOn(execution: Execution, state: RunState, journal: Journal): Promise<Next> {
  const { ports, stop } = execution;
  if (stop.halt !== undefined) return finish(execution, state, journal, endAfter(stop.halt));
  await forwardAnswers(state, ports.store);
  if (state.record.incomplete === true) return complete(execution, state, journal);
  if (isToQueue(state.record)) return queueUp(execution, state, journal);
  const question = askForSecretInputs(state, execution.secretInputs());
  if (question !== undefined) return restRun(journal, { questions: [question] });
  const checked = await tryToBegin(async () => askAboutChangedCommands(state, ports.commands));
  if ('failure' in checked) return finish(execution, state, journal, checked.failure);
  if (checked.value !== undefined) return restRun(journal, { questions: [checked.value] });
  const opened = await tryToBegin(() => openContext(execution, state, journal));
  if ('failure' in opened) return finish(execution, state, journal, opened.failure);
  await begin(opened.value);
  return runToEnd(execution, opened.value);
}

async function complete(execution: Execution, state: RunState, journal: Journal): Promise<Next> {
  const { workflow, status } = state.record;
  const completed = await tryToBegin(() => completeRun(execution.prepare, state, execution.secretInputs()));
  if ('failure' in completed) return finish(execution, state, journal, completed.failure);
  const preparation = completed.value;
  if (preparation.kind === 'ask') return restRun(journal, { questions: preparation.questions });
  if (preparation.kind === 'defined') return define(execution, state, journal, preparation);
  const { inputs, confirmedPlan } = preparation;
  execution.keepSecretInputs(workflow, inputs);
  await journal.change([status], {
    status: 'pending',
    inputs: maskSecretInputs(workflow, inputs),
    commands: digestCommands(workflow, execution.ports.commands),
    incomplete: false,
    ...(confirmedPlan !== undefined && { confirmed_plan: confirmedPlan }),
  });
  return 'again';
}

/** E5 */
function isToQueue({ queue, claimed_at }: RunRecord): boolean {
  return queue !== undefined && claimed_at === undefined;
}

/** The key of a queue was not known while inputs were missing; the run fails when another one has it, whosever it is. */
async function queueUp(execution: Execution, state: RunState, journal: Journal): Promise<Next> {
  const { runId, owner, ports } = execution;
  const { workflow, inputs, queue, caller } = state.record;
  const queued = await tryToBegin(async () => {
    try {
      return await ports.store.enterQueue(runId, owner, queue?.dedup_key ?? toDedupKey(workflow, inputs));
    } catch (thrown) {
      const found = await readDuplicate(ports.store, thrown, caller.principal);
      throw found instanceof OattyError ? found : thrown;
    }
  });
  if ('failure' in queued) return finish(execution, state, journal, queued.failure);
  return queued.value ? 'done' : 'again';
}

/** The inputs were given before it was known which of them are secret. */
async function define(
  execution: Execution,
  { record }: RunState,
  journal: Journal,
  { workflow, operation, message }: Extract<Preparation, { kind: 'defined' }>,
): Promise<Next> {
  const { workflow: workflow_id, steps } = workflow;
  execution.keepSecretInputs(workflow, record.inputs);
  const inputs = maskSecretInputs(workflow, record.inputs);
  const event = { type: 'run_defined', workflow_id, steps: steps.length, message } as const;
  await journal.change(
    [record.status],
    { status: 'pending', workflow_id, workflow, operation, inputs },
    { events: [event] },
  );
  return 'again';
}

/** Gathers what the steps need. */
async function openContext(execution: Execution, state: RunState, journal: Journal): Promise<RunContext> {
  const { ports, limits, stop } = execution;
  const { record, begun } = state;
  const workflow = compileWorkflow(record.workflow, limits);
  const startedAt = record.started_at ?? ports.clock.now().toISOString();
  const results = new Map(state.results);
  const values = await loadRunValues({
    record,
    startedAt,
    secretInputs: execution.secretInputs(),
    results,
    commands: ports.commands,
    secrets: ports.secrets,
    environment: ports.environment,
  });
  return {
    ports,
    limits,
    state,
    startedAt,
    workflow,
    values,
    journal,
    stop,
    activity: new Activity(ports.clock, limits.parkAfterMs, stop.leaving),
    waits: new OpenWaits(),
    results,
    begun: new Map(begun),
    endChild: (runId) => execution.endChild(runId),
  };
}

async function begin({ state, startedAt, journal }: RunContext): Promise<void> {
  const { status, started_at, workflow_id } = state.record;
  if (started_at === undefined) {
    const event = { type: 'run_started', workflow_id } as const;
    await journal.change([status], { status: 'running', started_at: startedAt }, { events: [event] });
  } else if (status !== 'running') {
    await journal.change([status], { status: 'running' });
  }
}

async function runToEnd(execution: Execution, context: RunContext): Promise<Next> {
  const { state, stop, journal, activity, waits } = context;
  const stopTimer = startRunTimer(context);
  try {
    await runSteps(context);
  } catch (thrown) {
    if (activity.parkedUntil === undefined) throw thrown;
    waits.add([], activity.parkedUntil);
  } finally {
    stopTimer();
  }
  if (stop.halt === undefined && waits.isOpen) return restRun(journal, toRest(context));
  const end = stop.halt === undefined ? endInSuccess(context) : endAfter(stop.halt);
  return finish(execution, { ...context, record: state.record }, journal, end);
}

/** A run that waits for time, or has some for an answer, wakes at its own end too. */
function toRest({ waits, workflow, startedAt }: RunContext): Rest {
  const { questions, dueAt } = waits;
  if (workflow.timeoutMs === undefined) return { questions, ...(dueAt !== undefined && { dueAt }) };
  return { questions, dueAt: Math.min(dueAt ?? Infinity, Date.parse(startedAt) + workflow.timeoutMs) };
}

async function finish(execution: Execution, open: OpenSteps, journal: Journal, end: RunEnd): Promise<Next> {
  const { halt } = execution.stop;
  if (halt?.kind === 'suspended') throw halt.error;
  if (open.begun.size > 0) await stopChildren({ ...execution, record: open.record });
  const { change, ...parts } = concludeRun(open, end, halt, execution.ports.clock.now());
  await journal.change(['pending', 'running', 'waiting'], change, parts);
  return 'done';
}

/** What goes wrong before the first step is the run's own failure, unless the store is in trouble. */
async function tryToBegin<Value>(
  work: () => Promise<Value>,
): Promise<{ readonly value: Value } | { readonly failure: RunEnd }> {
  try {
    return { value: await work() };
  } catch (thrown) {
    if (isStoreTrouble(thrown)) throw thrown;
    return { failure: endInFailure(thrown) };
  }
}

function openJournal({ runId, owner, ports, feed, stop }: Execution): Journal {
  return new Journal(runId, owner, {
    store: ports.store,
    clock: ports.clock,
    onWritten: () => feed.notify(runId),
    onFailed: (error) => stop.suspend(error),
  });
}
