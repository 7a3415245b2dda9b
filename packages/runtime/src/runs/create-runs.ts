/** Runs: started, followed, asked, answered, canceled, resumed, replayed, removed. */
import { libraryCaller } from '../caller.ts';
import { startWorker } from '../queues/worker.ts';
import { requireValidWorkflow } from '../workflows/check-workflow.ts';
import { untilClosed } from '../until-closed.ts';
import type { World } from '../world.ts';
import { AbandonedRuns } from './abandoned-runs.ts';
import { BackgroundRuns } from './background-runs.ts';
import { inspectRun } from './inspect-run.ts';
import { requireOpenQuestion } from './open-question.ts';
import { pruneRuns } from './prune-runs.ts';
import { replayRecordedRun } from './replay-run.ts';
import { restRun } from './rest-run.ts';
import { planResumption, resumeRun } from './resume-run.ts';
import type { RunListQuery, Runs } from './runs.ts';
import { startRun } from './start-run.ts';
import { waitForRun } from './wait-for-run.ts';

export function createRuns(world: World): Runs {
  const background = new BackgroundRuns(world);
  const abandoned = new AbandonedRuns(world, background);
  return {
    start: (options) => startRun(world, background, options),
    get: async (runId) => (await world.runner()).read(runId),
    list: (query = {}) => list(world, query),
    async *events(runId, afterSeq, signal) {
      const runner = await world.runner();
      yield* runner.watch(runId, {
        signal: untilClosed(world, signal),
        ...(afterSeq !== undefined && { afterSeq }),
      });
    },
    async cancel(runId) {
      const runner = await world.runner();
      await background.cancel(runner, runId);
      const { status } = await runner.read(runId);
      return { run_id: runId, status };
    },
    async respond(runId, answer, questionId, principal = libraryCaller.principal) {
      const question = questionId ?? requireOpenQuestion(await inspectRun(world, runId)).question_id;
      const runner = await world.runner();
      await runner.answer(runId, question, answer, principal);
      void background.carryToRest(runId);
    },
    inspect: (runId, principal) => inspectRun(world, runId, principal),
    wait: (runId, signal) => waitForRun(world, runId, signal),
    rest: (runId, signal) => restRun(world, background, runId, signal),
    planResume: (runId, options) => planResumption(world, runId, options),
    resume: (runId, options) => resumeRun(world, background, runId, options),
    replay: (runId, options = {}) => replayRecordedRun(world, runId, options),
    prune: (options = {}) => pruneRuns(world, options),
    takeOver() {
      abandoned.watch();
      background.queued.standIn();
    },
    work(options = {}) {
      const worker = startWorker(world, background, options);
      abandoned.watch(); // runs that have begun and that nobody holds come before those in line
      return worker;
    },
    async queueOf(selector, options) {
      const { workflow } = await requireValidWorkflow(world, selector);
      const { toQueuePlace } = await import('@oatty/engine');
      return toQueuePlace(workflow, options)?.name;
    },
    async queues() {
      const store = await world.store();
      return { items: await store.listQueues(world.clock.now().toISOString()) };
    },
  };
}

// --- internal ---

const defaultPageSize = 50;

async function list(world: World, query: RunListQuery) {
  const { status, workflowId, principal, queue, withTtl, cursor, limit } = query;
  const store = await world.store();
  return store.listRuns({
    limit: limit ?? defaultPageSize,
    ...(status !== undefined && { status }),
    ...(workflowId !== undefined && { workflow_id: workflowId }),
    ...(principal !== undefined && { principal }),
    ...(queue !== undefined && { queue }),
    ...(withTtl !== undefined && { with_ttl: withTtl }),
    ...(cursor !== undefined && { cursor }),
  });
}
