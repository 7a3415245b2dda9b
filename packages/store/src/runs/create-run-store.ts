/** The engine's journal over a database. The rules S1 to S8 are at the port. */
import type { JournalEntry, Lease, RunChange, RunStore } from '@oatty/engine';
import { isTerminal } from '@oatty/types';
import type { RunStatus } from '@oatty/types';
import type { Database } from '../database.ts';
import { all, first, sql } from '@oatty/types/sql';
import type { Work } from '@oatty/types/sql';
import { TextKeeper } from '../values/kept-text.ts';
import { answerQuestion } from './answer-question.ts';
import { isThereAllTheSame } from './is-there-all-the-same.ts';
import { deleteRuns, keepSource, listRemovable } from './delete-runs.ts';
import { toCommitRows, toEntryRows } from './entry-rows.ts';
import { countRuns, listRuns } from './list-runs.ts';
import { claimFrom, enterQueue, listClaimable, listQueues, serveQueues } from './queues.ts';
import {
  readCommits,
  readEvents,
  readMarks,
  readOpenState,
  readQuestions,
  readRun,
  readState,
} from './read-run.ts';
import { conflict } from './run-conflict.ts';
import { toColumns, toDocuments, toNewRun } from './run-row.ts';
import { takeLease } from './take-lease.ts';
import { insertRun } from './write-rows.ts';

export function createRunStore(database: Database): RunStore {
  return {
    async createRun(record, lease, given = []) {
      const keeper = new TextKeeper();
      const run = toNewRun(record, keeper);
      const commits = toCommitRows(given, keeper);
      const blobs = await keeper.blobs();
      const held = lease && toDatabaseLease(database, lease);
      const insertion = database.transact(function* () {
        if (record.resumed_from !== undefined) yield* keepSource(record.resumed_from, database.dialect);
        return yield* insertRun(run, held, commits, blobs, database.dialect);
      });
      const isNew = await insertion.catch((thrown: unknown) =>
        isThereAllTheSame(database, record.run_id, lease, thrown),
      );
      if (!isNew) throw conflict(record.run_id, 'is there already');
    },
    getRun: (runId) => readRun(database, runId),
    listRuns: (query) => database.run(() => listRuns(query)),
    countRuns: (query) => database.run(() => countRuns(query)),
    async changeRun(runId, owner, from, change, entry) {
      const isChanged = await write(database, { runId, owner, from, change, entry });
      if (isChanged) return true;
      const { status, lease_owner } = await database.run(() => readState(runId));
      if (!isTerminal(status) && lease_owner !== owner) throw conflict(runId, 'is executed by somebody else');
      return false;
    },

    requestCancel: (runId) =>
      database.transact(function* () {
        const asked = yield* first(
          sql`UPDATE runs SET cancel_requested = 1
            WHERE run_id = ${runId} AND status IN ('pending', 'running', 'waiting') RETURNING run_id`,
        );
        if (asked === undefined) yield* readOpenState(runId);
        yield sql`UPDATE runs SET lease_owner = NULL, lease_until = NULL
          WHERE run_id = ${runId} AND lease_owner = '(queue)'`;
      }),
    async isCancelRequested(runId) {
      const { cancel_requested } = await database.run(() => readState(runId));
      return cancel_requested === 1;
    },

    acquireLease: (runId, lease, now) =>
      database.transact(() =>
        takeLease(runId, toDatabaseLease(database, lease), database.toDatabaseTime(now)),
      ),
    renewLease: (runId, { owner, until }) =>
      database.transact(function* () {
        const kept = yield* first(
          sql`UPDATE runs SET lease_until = ${database.toDatabaseTime(until)}
            WHERE run_id = ${runId} AND status IN ('pending', 'running', 'waiting') AND lease_owner = ${owner}
            RETURNING run_id`,
        );
        if (kept === undefined) yield* readOpenState(runId);
        return kept !== undefined;
      }),
    releaseLease: (runId, owner) =>
      database.transact(function* () {
        yield* readState(runId);
        yield sql`UPDATE runs SET lease_owner = NULL, lease_until = NULL
          WHERE run_id = ${runId} AND lease_owner = ${owner}`;
      }),
    listAbandonedRuns: (now, limit) =>
      database.run(() => listAbandonedRuns(database.toDatabaseTime(now), limit)),

    enterQueue: (runId, owner, dedupKey) =>
      database.transact(function* () {
        yield* readOpenState(runId);
        return yield* enterQueue(runId, owner, dedupKey);
      }),
    async claimQueuedRun(claim) {
      const there = {
        ...claim,
        lease: toDatabaseLease(database, claim.lease),
        now: database.toDatabaseTime(claim.now),
      };
      // Most looks find nothing; they write nothing either.
      for (const name of await database.run(() => listClaimable(there))) {
        const runId = await database.transact(() => claimFrom(name, there));
        if (runId !== undefined) return runId;
      }
      return undefined;
    },
    serveQueues: (queues, until) =>
      database.transact(() => serveQueues(queues, database.toDatabaseTime(until))),
    listQueues: (now) => database.run(() => listQueues(database.toDatabaseTime(now))),

    async append(runId, owner, entry) {
      const isWritten = await write(database, { runId, owner, from: openStatuses, entry });
      if (isWritten) return;
      await database.run(() => readOpenState(runId));
      throw conflict(runId, 'is executed by somebody else');
    },
    readCommits: (runId) => readCommits(database, runId),
    readMarks: (runId) => readMarks(database, runId),
    readEvents: (runId, afterSeq, limit) => readEvents(database, runId, afterSeq, limit),

    answerQuestion: (runId, questionId, answer) => answerQuestion(database, runId, questionId, answer),
    readQuestions: (runId) => readQuestions(database, runId),

    deleteRuns: (runIds) => database.transact(() => deleteRuns(runIds, database.dialect)),
    listRemovable: (runIds, gone) => database.run(() => listRemovable(runIds, gone)),
  };
}

// --- internal ---

const openStatuses: readonly RunStatus[] = ['pending', 'running', 'waiting'];

interface Write {
  readonly runId: string;
  readonly owner: string;
  readonly from: readonly RunStatus[];
  readonly change?: RunChange;
  readonly entry: JournalEntry;
}

/** @returns whether the run is the owner's and in one of the statuses */
async function write(database: Database, { runId, owner, from, change, entry }: Write): Promise<boolean> {
  const open = from.filter((status) => !isTerminal(status));
  if (open.length === 0) return false;
  const keeper = new TextKeeper();
  const rows = toEntryRows(entry, keeper);
  const changed = change && { columns: toColumns(change), documents: toDocuments(change, keeper) };
  return database.write({
    runId,
    owner,
    from: open,
    rows,
    blobs: await keeper.blobs(),
    ...(changed && { change: changed }),
  });
}

/** Few runs are free among many that have ended: they are found first and put in order then. */
/** So many are put in order for a look: after an outage everything that had waited is free at once. */
const maxFree = 200;

function* listAbandonedRuns(now: string, limit: number): Work<readonly string[]> {
  const rows = yield* all<{ readonly run_id: string }>(
    sql`WITH free AS MATERIALIZED (SELECT run_id, created_at FROM runs WHERE free_from <= ${now}
        ORDER BY free_from LIMIT ${Math.max(maxFree, limit)})
      SELECT run_id FROM free ORDER BY created_at, run_id LIMIT ${limit}`,
  );
  return rows.map(({ run_id }) => run_id);
}

function toDatabaseLease(database: Database, { owner, until }: Lease): Lease {
  return { owner, until: database.toDatabaseTime(until) };
}
