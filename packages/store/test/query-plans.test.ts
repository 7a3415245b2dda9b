import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunQuery, RunRecord, RunStore, ScheduleStore } from '@oatty/engine';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Database } from '../src/database.ts';
import { createRunStore } from '../src/runs/create-run-store.ts';
import { createScheduleStore } from '../src/schedules/create-schedule-store.ts';
import { writeRows } from '../src/runs/write-rows.ts';
import { toText } from '@oatty/types/sql';
import type { Sql, Work } from '@oatty/types/sql';
import { openSqlite } from '../src/sqlite/open-sqlite.ts';
import { aDirectory } from './a-directory.ts';
import { aLease, anOutput, aRun, noon, owner } from './a-run.ts';

/** What is asked of a state with a million runs. */
const questions: Readonly<Record<string, (store: RunStore, schedules: ScheduleStore) => Promise<unknown>>> = {
  'a run': (store) => store.getRun('run-1'),
  'its steps': (store) => store.readCommits('run-1'),
  'its calls under way': (store) => store.readMarks('run-1'),
  'its events': (store) => store.readEvents('run-1', 1, 10),
  'its questions': (store) => store.readQuestions('run-1'),
  'its lease': (store) => store.acquireLease('run-1', aLease(), noon),
  'a sign of life': (store) => store.renewLease('run-1', aLease()),
  'a checkpoint': (store) => store.append('run-1', owner, anOutput('x'.repeat(20_000), 'b')),
  'runs to take over': (store) => store.listAbandonedRuns(noon, 10),
  'a removal': (store) => store.deleteRuns(['run-1']),
  'what may be removed': (store) => store.listRemovable(['run-1']),
  'a resumption': (store) => store.createRun(aRun({ run_id: 'run-3', resumed_from: 'run-1' })),
};

/** Rows of queues are few: they may be gone through. */
const queues: typeof questions = {
  'an arrival': (store) => store.createRun(queued('run-3')),
  'the next run in line': (store) =>
    store.claimQueuedRun({ lease: aLease(), now: noon, queues: ['slow'], unserved: true }),
  'one run in line': (store) => store.claimQueuedRun({ lease: aLease(), now: noon, runId: 'run-2' }),
  'all queues': (store) => store.listQueues(noon),
};

/** Each is asked for a first and a second page. */
const listings: typeof questions = {
  'schedules of a principal': (_, schedules) => schedules.listSchedules('ann'),
  'whether schedules listen': (_, schedules) => schedules.hasListening(),
  'schedules that listen': (_, schedules) => schedules.listListening(noon),
  'those of some principals': (_, schedules) => schedules.listListening(noon, ['ann', 'bob']),
  'schedules that are due': (_, schedules) => schedules.listDueSchedules(noon, 10),
  'the claim of a schedule': (_, schedules) => schedules.claimSchedule('nightly', noon, noon, noon),
  'all runs': listing({}),
  'all runs with sub-workflows': listing({ include_children: true }),
  'runs of a status': listing({ status: 'failed' }),
  'runs of a workflow': listing({ workflow_id: 'orders' }),
  'the last succeeded runs of a workflow': listing({ workflow_id: 'orders', status: 'succeeded' }),
  'runs of a principal': listing({ principal: 'ann' }),
  'tasks of a principal': listing({ principal: 'ann', with_ttl: true }),
  'runs of a queue': listing({ queue: 'slow' }),
  'runs that ended long ago': listing({ ended_before: noon }),
  'runs that may go': listing({ ended_before: noon, beyond_newest: 10, with_ttl: false }),
  'how many runs a workflow has': (store) => store.countRuns({ workflow_id: 'orders' }),
};

describe('the plan of SQLite', () => {
  it.each(Object.entries({ ...questions, ...queues, ...listings }))(
    'finds by an index: %s',
    async (name, ask) => {
      const path = join(aDirectory(), 'state.db');
      const database = await openSqlite(path);
      onTestFinished(() => database.close());
      const asked: Sql[] = [];
      const overheard = listening(database, asked);
      const store = createRunStore(overheard);
      await store.createRun(aRun(), aLease());
      await store.createRun(queued('run-2'));
      asked.length = 0;
      await ask(store, createScheduleStore(overheard));
      const reader = new DatabaseSync(path);
      onTestFinished(() => reader.close());
      const plans = asked.flatMap((query) => {
        const statement = reader.prepare(`EXPLAIN QUERY PLAN ${toText(query, () => '?')}`);
        return statement.all(...query.values).map(({ detail }) => String(detail));
      });
      expect(plans.length).toBeGreaterThan(0);
      // Only a listing may follow an index from its end: it stops after a page.
      const isListing = Object.hasOwn(listings, name);
      expect(plans.filter((step) => !isListing && step.startsWith('SCAN runs'))).toEqual([]);
      expect(
        plans.filter((step) => /^SCAN (?!tree|later|free|queues$)(?!.*USING (COVERING )?INDEX)/.test(step)),
      ).toEqual([]);
    },
  );
});

// --- internal ---

function queued(run_id: string): RunRecord {
  const limits = { concurrency: 2, worker_concurrency: 1, rate: { limit: 9, per_ms: 1000 } };
  return aRun({
    run_id,
    status: 'pending',
    queue: { name: 'slow', priority: 0, dedup_key: run_id, ...limits },
  });
}

/** The second page too. */
function listing(query: Omit<RunQuery, 'limit'>) {
  return async (store: RunStore): Promise<void> => {
    await store.listRuns({ ...query, limit: 10 });
    const cursor = Buffer.from(`${noon} run-1`).toString('base64url');
    await store.listRuns({ ...query, limit: 10, cursor });
  };
}

function listening(database: Database, asked: Sql[]): Database {
  function* overhear<Result>(work: Work<Result>): Work<Result> {
    let turn = work.next([]);
    while (turn.done !== true) {
      asked.push(turn.value);
      turn = work.next(yield turn.value);
    }
    return turn.value;
  }
  return {
    dialect: database.dialect,
    run: (work) => database.run(() => overhear(work())),
    transact: (work) => database.transact(() => overhear(work())),
    write: (rows) => database.transact(() => overhear(writeRows(rows))),
    toDatabaseTime: (instant) => instant,
    close: () => database.close(),
  };
}
