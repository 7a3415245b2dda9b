/**
 * What a resumption of a run keeps, and what it runs again. Pure.
 *
 *   R1. A step that has succeeded is kept with its output, unless it is named by `from`, its definition has changed,
 *       or a step that it waits for runs again.
 *   R2. What failed, was canceled or did not run runs again. A failure that `on_failure: continue` allowed is kept,
 *       and so is what a condition skipped.
 *   R3. Items of a `for_each` that have succeeded are kept when the step runs again only because it did not succeed.
 *   R4. Whatever makes the resumption impossible is a problem, all of them at once.
 */
import { didYouMean, OattyError } from '@oatty/types';
import type { Step, StepResult, Workflow } from '@oatty/types';
import type { CommandSource } from '../ports/command-source.ts';
import type { CallMark, StepCommit } from '../ports/journal-entry.ts';
import type { RunRecord } from '../ports/run-record.ts';
import { orderSteps } from '../plan/order-steps.ts';
import { stepDependencies } from '../plan/step-dependencies.ts';
import { isMutating, isRepeatable } from '../run/call-identity.ts';
import { listChangedCommands } from '../run/changed-commands.ts';
import { wasNeverReached } from '../run/conclude-run.ts';
import { placeOf } from '../run/run-state.ts';
import { listMissingOutputs } from './missing-outputs.ts';
import { isSameStep } from './same-step.ts';

export interface ResumePlan {
  readonly run_id: string;
  readonly workflow_id: string;
  /** In the order of running; removed ones at the end. */
  readonly steps: readonly ResumeStep[];
  /** What makes it impossible; none: it can be resumed. */
  readonly problems: readonly string[];
}

export interface ResumeStep {
  readonly step_id: string;
  readonly action: 'kept' | 'run_again' | 'new' | 'removed';
  readonly reason: string;
}

export interface ResumeSource {
  readonly record: RunRecord;
  readonly commits: readonly StepCommit[];
  readonly marks: readonly CallMark[];
}

export interface ResumeRequest {
  /** What is run now: the manifest of the run, or an edited one. Validated. */
  readonly workflow: Workflow;
  /** This step and what comes after it runs again, also where it has succeeded. */
  readonly from?: string;
}

/** @throws {OattyError} `ARGUMENT_INVALID` when there is no step `from` */
export function planResume(
  source: ResumeSource,
  { workflow, from }: ResumeRequest,
  commands: CommandSource,
): ResumePlan {
  if (from !== undefined) refuseUnknownStep(workflow, from);
  const steps = decideSteps(source, workflow, from);
  const ids = new Set(workflow.steps.map(({ id }) => id));
  const removed = source.record.workflow.steps
    .filter(({ id }) => !ids.has(id))
    .map(({ id }): ResumeStep => ({
      step_id: id,
      action: 'removed',
      reason: 'the manifest no longer has it',
    }));
  return {
    run_id: source.record.run_id,
    workflow_id: workflow.workflow,
    steps: [...steps, ...removed],
    problems: listProblems(source, workflow, steps, commands),
  };
}

/** What the resumed run starts with. */
export function keptCommits(
  { record, commits }: ResumeSource,
  workflow: Workflow,
  { steps }: ResumePlan,
  from: string | undefined,
): readonly StepCommit[] {
  const kept = new Set(steps.filter(({ action }) => action === 'kept').map(({ step_id }) => step_id));
  const results = resultsOf(commits);
  const goesOn = new Set(
    workflow.steps
      .filter((step) => {
        const old = record.workflow.steps.find(({ id }) => id === step.id);
        const isOpen = results.get(step.id)?.status !== 'succeeded';
        const isReady = stepDependencies(step).gates.concat(stepDependencies(step).orders);
        const isSame = old !== undefined && isSameStep(old, step) && isReady.every((id) => kept.has(id));
        return isOpen && isSame && step.id !== from && !kept.has(step.id);
      })
      .map(({ id }) => id),
  );
  return commits.filter(({ step_id, item, result }) => {
    if (kept.has(step_id)) return true;
    return item !== undefined && result.status === 'succeeded' && goesOn.has(step_id);
  });
}

// --- internal ---

function resultsOf(commits: readonly StepCommit[]): ReadonlyMap<string, StepResult> {
  const whole = commits.filter(({ item }) => item === undefined);
  return new Map(whole.map(({ step_id, result }) => [step_id, result]));
}

function decideSteps(
  { record, commits }: ResumeSource,
  workflow: Workflow,
  from: string | undefined,
): readonly ResumeStep[] {
  const results = resultsOf(commits);
  const old = new Map(record.workflow.steps.map((step) => [step.id, step]));
  const decided = new Map<string, ResumeStep>();
  const ordered = orderSteps(
    workflow.steps.map((step) => {
      const { gates, orders } = stepDependencies(step);
      return { id: step.id, after: [...gates, ...orders], step };
    }),
  );
  for (const { id, after, step } of ordered) {
    const repeated = after.find((other) => (decided.get(other)?.action ?? 'kept') !== 'kept');
    const before = old.get(id);
    decided.set(id, decideStep({ step, before, result: results.get(id), repeated, isFrom: id === from }));
  }
  return [...decided.values()];
}

interface StepFacts {
  readonly step: Step;
  /** In the manifest of the run. */
  readonly before: Step | undefined;
  readonly result: StepResult | undefined;
  /** A step that it waits for and that runs. */
  readonly repeated: string | undefined;
  readonly isFrom: boolean;
}

function decideStep({ step, before, result, repeated, isFrom }: StepFacts): ResumeStep {
  const again = (reason: string): ResumeStep => ({ step_id: step.id, action: 'run_again', reason });
  if (before === undefined) return { step_id: step.id, action: 'new', reason: 'the manifest has it now' };
  if (isFrom) return again('you resume from it');
  if (result === undefined) return again('it has not ended');
  if (wasNeverReached(result)) return again('it has not run');
  if (result.status === 'canceled') return again('it was canceled');
  const isAllowed = before.on_failure === 'continue' && step.on_failure === 'continue';
  if (result.status === 'failed' && !isAllowed) return again('it failed');
  if (!isSameStep(before, step)) return again('its definition has changed');
  if (repeated !== undefined) return again(`it waits for "${repeated}", which runs`);
  return { step_id: step.id, action: 'kept', reason: toKeptReason(result) };
}

function toKeptReason({ status, reason }: StepResult): string {
  if (status === 'skipped') return `it was skipped: ${reason ?? 'without a reason'}`;
  return status === 'failed' ? 'it failed, and the workflow goes on without it' : 'it succeeded';
}

function listProblems(
  { record, commits, marks }: ResumeSource,
  workflow: Workflow,
  steps: readonly ResumeStep[],
  commands: CommandSource,
): readonly string[] {
  const running = new Set(steps.filter(({ action }) => action !== 'kept').map(({ step_id }) => step_id));
  const open = workflow.steps.filter(({ id }) => running.has(id));
  return [
    ...(running.size === 0 && record.status === 'succeeded' ? ['nothing of it would run again'] : []),
    ...listUncertainCalls(record, marks, commands),
    ...open.flatMap(({ id, run }) => {
      return commands.find(run) === undefined ? [`step "${id}" runs "${run}", which is gone`] : [];
    }),
    ...open.flatMap((step) => listMissingOutputs(step, resultsOf(commits), running)),
  ];
}

/** A call that may have been carried out and must not be made twice is asked about by the run itself. */
function listUncertainCalls(
  { workflow }: RunRecord,
  marks: readonly CallMark[],
  commands: CommandSource,
): readonly string[] {
  return marks.flatMap((mark) => {
    const found = commands.find(workflow.steps.find(({ id }) => id === mark.step_id)?.run ?? '');
    if (mark.phase !== 'calling' || found === undefined || isRepeatable(found)) return [];
    return [
      `whether the call of step "${placeOf(mark)}" was carried out is not known: answer its question first`,
    ];
  });
}

/** Commands of steps that run again and are not what they were. */
export function changedCommands(
  { record }: ResumeSource,
  { steps }: ResumePlan,
  workflow: Workflow,
  commands: CommandSource,
): readonly string[] {
  const running = new Set(steps.filter(({ action }) => action !== 'kept').map(({ step_id }) => step_id));
  const isNeeded = (id: string): boolean =>
    workflow.steps.some((step) => step.run === id && running.has(step.id));
  return listChangedCommands(record.commands ?? {}, commands, isNeeded).map(({ id }) => id);
}

/** Steps that run again though a call of theirs may have been carried out already. */
export function doubtfulSteps(
  { commits, marks }: ResumeSource,
  { steps }: ResumePlan,
  workflow: Workflow,
  commands: CommandSource,
): readonly string[] {
  const results = resultsOf(commits);
  const again = steps.filter(({ action }) => action === 'run_again').map(({ step_id }) => step_id);
  return again.filter((id) => {
    const found = commands.find(workflow.steps.find((step) => step.id === id)?.run ?? '');
    if (found === undefined || !isMutating(found)) return false;
    return (results.get(id)?.attempts ?? 0) > 0 || marks.some(({ step_id }) => step_id === id);
  });
}

function refuseUnknownStep(workflow: Workflow, from: string): void {
  const ids = workflow.steps.map(({ id }) => id);
  if (ids.includes(from)) return;
  const hint = didYouMean(from, ids);
  throw new OattyError('ARGUMENT_INVALID', `Workflow "${workflow.workflow}" has no step "${from}".`, {
    suggestedAction: hint ?? `Name one of its steps: ${ids.join(', ')}.`,
    context: { step_id: from },
  });
}
