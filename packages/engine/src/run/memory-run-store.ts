/**
 * The journal in memory: for tests, dry runs and programs that need nothing to outlive them.
 *
 * It is fenced, ordered and atomic like a durable one, and keeps JSON text (S5 of `ports/run-store.ts`). What it does not do is
 * keep runs for ever: of those that have ended the oldest make room.
 */
import { isTerminal, OattyError, removableRuns } from '@oatty/types';
import type { RunSummary } from '@oatty/types';
import type { QuestionRecord } from '../ports/journal-entry.ts';
import type { RunStore } from '../ports/run-store.ts';
import { isInLine, MemoryQueues } from './memory-queues.ts';
import { countOfRuns, pageOfRuns } from './page-of-runs.ts';
import { canGoOn, changeRun, Kept, toStoredRun, wake, writeEntry } from './stored-run.ts';
import type { StoredRun } from './stored-run.ts';

export interface MemoryRunStoreLimits {
  /** Default 1,000. */
  readonly maxEndedRuns?: number;
}

export function createMemoryRunStore({ maxEndedRuns = 1_000 }: MemoryRunStoreLimits = {}): RunStore {
  const runs = new Map<string, StoredRun>();
  const ended = new Set<string>();
  const queues = new MemoryQueues(runs);

  function makeRoom(): void {
    if (ended.size <= maxEndedRuns) return;
    for (const runId of removableOf([...ended])) {
      if (ended.size <= maxEndedRuns) return;
      ended.delete(runId);
      runs.delete(runId);
    }
  }

  function removableOf(runIds: readonly string[], gone: ReadonlySet<string> = new Set()): readonly string[] {
    const resumptions = [...runs.values()].flatMap(({ summary: { run_id, resumed_from, status } }) => {
      return resumed_from === undefined ? [] : [{ run_id, resumed_from, status }];
    });
    return removableRuns(runIds, resumptions, gone);
  }

  function remove(runId: string): void {
    ended.delete(runId);
    runs.delete(runId);
    for (const [id, { parentId }] of runs) if (parentId === runId) remove(id);
  }

  function read(runId: string): StoredRun {
    const run = runs.get(runId);
    if (run === undefined) throw new OattyError('RUN_NOT_FOUND', `No run "${runId}".`);
    return run;
  }

  function open(runId: string): StoredRun {
    const run = read(runId);
    if (isTerminal(run.summary.status)) throw conflict(runId, `has ended: ${run.summary.status}`);
    return run;
  }

  function ownedBy(runId: string, owner: string): StoredRun {
    const run = open(runId);
    if (run.lease?.owner !== owner) throw conflict(runId, 'is executed by somebody else');
    return run;
  }

  return {
    async createRun(record, lease, commits = []) {
      if (runs.has(record.run_id)) throw conflict(record.run_id, 'is there already');
      if (record.resumed_from !== undefined) read(record.resumed_from);
      const run = toStoredRun(record, lease, commits);
      if (record.queue && record.incomplete === true) queues.refuseDuplicate(record.queue, record.run_id);
      else if (record.queue) queues.enter(run, record.queue);
      runs.set(record.run_id, run);
    },
    async getRun(runId) {
      return runs.get(runId)?.record.read();
    },
    async listRuns(query) {
      return pageOfRuns([...runs.values()], query);
    },
    async countRuns(query) {
      return countOfRuns([...runs.values()], query);
    },
    async changeRun(runId, owner, from, change, entry) {
      const run = read(runId);
      if (isTerminal(run.summary.status)) return false;
      ownedBy(runId, owner);
      if (!from.includes(run.summary.status)) return false;
      changeRun(run, change, entry);
      if (isTerminal(change.status)) ended.add(runId);
      makeRoom();
      return true;
    },

    async requestCancel(runId) {
      const run = open(runId);
      run.isCancelRequested = true;
      if (isInLine(run)) run.lease = undefined;
    },
    async isCancelRequested(runId) {
      return read(runId).isCancelRequested;
    },

    async acquireLease(runId, lease, now) {
      const run = open(runId);
      const isHeld = run.lease !== undefined && run.lease.until > now;
      if (isHeld && run.lease?.owner !== lease.owner) return false;
      if (!queues.mayHold(run, lease.owner)) return false;
      run.lease = lease;
      return true;
    },
    async renewLease(runId, lease) {
      const run = open(runId);
      if (run.lease?.owner !== lease.owner) return false;
      run.lease = lease;
      return true;
    },
    async releaseLease(runId, owner) {
      const run = read(runId);
      if (run.lease?.owner === owner) run.lease = undefined;
    },
    async listAbandonedRuns(now, limit) {
      const abandoned = [...runs.values()].filter(
        (run) => canGoOn(run, now) && !(run.lease && run.lease.until > now),
      );
      const inOrder = abandoned.map((run) => run.summary).sort(byAge);
      return inOrder.slice(0, limit).map((summary) => summary.run_id);
    },

    async enterQueue(runId, owner, dedupKey) {
      const run = ownedBy(runId, owner);
      const { queue } = run.record.read();
      if (queue === undefined) throw conflict(runId, 'has no queue');
      if (run.isCancelRequested) return false;
      queues.enter(run, { ...queue, ...(dedupKey !== undefined && { dedup_key: dedupKey }) });
      return true;
    },
    async claimQueuedRun(claim) {
      return queues.claim(claim);
    },
    async serveQueues(names, until) {
      queues.serve(names, until);
    },
    async listQueues(now) {
      return queues.list(now);
    },

    async append(runId, owner, entry) {
      writeEntry(ownedBy(runId, owner), entry);
    },
    async readCommits(runId) {
      return [...read(runId).commits.values()].map((commit) => commit.read());
    },
    async readMarks(runId) {
      return [...read(runId).marks.values()].map((mark) => mark.read());
    },
    async readEvents(runId, afterSeq, limit) {
      const events = read(runId).events.slice(afterSeq, afterSeq + limit);
      return events.map((event) => event.read());
    },

    async answerQuestion(runId, questionId, { value, at, by }) {
      const run = open(runId);
      const record = run.questions.get(questionId)?.read();
      if (record === undefined) {
        throw new OattyError('ARGUMENT_INVALID', `Run "${runId}" asks no question "${questionId}".`);
      }
      if (record.answered_at !== undefined)
        throw conflict(runId, `has its answer to "${questionId}" already`);
      const answered = {
        ...record,
        answer: value,
        answered_at: at,
        ...(by !== undefined && { answered_by: by }),
      };
      run.questions.set(questionId, new Kept<QuestionRecord>(answered));
      wake(run);
    },
    async readQuestions(runId) {
      return [...read(runId).questions.values()].map((record) => record.read());
    },

    async deleteRuns(runIds) {
      const removed = removableOf(runIds).filter((runId) => ended.has(runId));
      for (const runId of removed) remove(runId);
      return removed;
    },
    listRemovable: async (runIds, gone) => removableOf(runIds, gone),
  };
}

// --- internal ---

function byAge(first: RunSummary, second: RunSummary): number {
  return first.created_at < second.created_at ? -1 : Number(first.created_at > second.created_at);
}

function conflict(runId: string, what: string): OattyError {
  return new OattyError('RUN_STATE_CONFLICT', `Run "${runId}" ${what}.`, { context: { run_id: runId } });
}
