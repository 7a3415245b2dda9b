/** A sub-workflow of a run that carries on from another one. */
import { isTerminal } from '@oatty/types';
import type { Workflow } from '@oatty/types';
import type { CallingStep, CommandCall } from '../ports/command-executor.ts';
import type { CommandSource } from '../ports/command-source.ts';
import type { RunRecord } from '../ports/run-record.ts';
import type { RunStore } from '../ports/run-store.ts';
import { keptCommits, planResume } from '../resume/plan-resume.ts';
import { childRunIdOf } from './call-identity.ts';
import type { RunRequest } from './start-run.ts';

/**
 * What the child of a resumed run had done, where it is the same workflow with the same inputs and had failed.
 * A step that had succeeded and runs again all the same runs from the start. A resumption that did not come to the child
 * leaves it as the run before it had it.
 */
export async function findEarlierChild(
  { step, found }: CommandCall,
  workflow: Workflow,
  inputs: Readonly<Record<string, unknown>>,
  { store, commands }: { readonly store: RunStore; readonly commands: CommandSource },
): Promise<RunRequest['earlier']> {
  const child = step && (await findFailedChild(step, store));
  const isSame =
    child !== undefined &&
    found.command.id === `workflow ${child.workflow_id}` &&
    JSON.stringify([child.workflow, child.inputs]) === JSON.stringify([workflow, inputs]);
  if (!isSame || !isTerminal(child.status)) return undefined;
  const source = { record: child, commits: await store.readCommits(child.run_id), marks: [] };
  const plan = planResume(source, { workflow }, commands);
  return { runId: child.run_id, commits: keptCommits(source, workflow, plan, undefined) };
}

// --- internal ---

/** The last one, of the runs that this one carries on from. */
async function findFailedChild(step: CallingStep, store: RunStore): Promise<RunRecord | undefined> {
  let before = (await store.getRun(step.runId))?.resumed_from;
  while (before !== undefined) {
    const run = await store.getRun(before);
    if (run === undefined) return undefined;
    const commits = await store.readCommits(before);
    const isDone = commits.some(({ step_id, item, result }) => {
      return step_id === step.stepId && item === step.item && result.status === 'succeeded';
    });
    if (isDone) return undefined;
    const child = await store.getRun(childRunIdOf({ ...step, runId: before }));
    if (child !== undefined) return child;
    before = run.resumed_from;
  }
  return undefined;
}
