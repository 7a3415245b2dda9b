/** Replays a run, its sub-workflows included, against what is recorded of it. */
import type { RecordedRun } from '@oatty/engine';
import { OattyError } from '@oatty/types';
import type { Workflow } from '@oatty/types';
import { createEnvironmentSource } from '../secrets/secret-source.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import type { World } from '../world.ts';
import { loadRunCommands } from './load-run-commands.ts';
import { readRecordedRun } from './read-recorded-run.ts';
import { createReplayClock } from './replay-clock.ts';
import type { ReplayOptions, RunReplay } from './runs.ts';

/** @throws {OattyError} `RUN_NOT_FOUND`; `RUN_STATE_CONFLICT` for a run that has not started; what is wrong with the manifest */
export async function replayRecordedRun(
  world: World,
  runId: string,
  { workflow: selector, principal }: ReplayOptions,
): Promise<RunReplay> {
  const recorded = await readRecordedRun(world, runId, principal);
  const workflow =
    selector === undefined
      ? recorded.record.workflow
      : (await requireValidWorkflow(world, selector)).workflow;
  return replayWithChildren(world, recorded, workflow);
}

// --- internal ---

async function replayWithChildren(
  world: World,
  recorded: RecordedRun,
  workflow: Workflow,
): Promise<RunReplay> {
  await loadRunCommands(world, workflow);
  const { listPossibleChildren, replayRun } = await import('@oatty/engine');
  const report = await replayRun(recorded, workflow, {
    commands: world.commandSource,
    environment: createEnvironmentSource(world),
    clock: createReplayClock(startOf(recorded)),
  });
  const store = await world.store();
  const children: RunReplay[] = [];
  for (const id of listPossibleChildren(recorded.record, recorded.events)) {
    if ((await store.getRun(id))?.started_at === undefined) continue;
    const child = await readRecordedRun(world, id);
    children.push(await replayWithChildren(world, child, child.record.workflow));
  }
  return { ...report, matches: report.matches && children.every(({ matches }) => matches), children };
}

function startOf({ record }: RecordedRun): number {
  if (record.started_at !== undefined) return Date.parse(record.started_at);
  throw new OattyError(
    'RUN_STATE_CONFLICT',
    `Run "${record.run_id}" has not started: nothing is recorded of it.`,
    {
      context: { run_id: record.run_id, status: record.status },
    },
  );
}
