/** A journal of which every call goes by way of somebody else. */
import type { RunStore, ScheduleStore } from '@oatty/engine';

export interface StormJournal {
  readonly runs: RunStore;
  readonly schedules: ScheduleStore;
}

export type Ask = <Value>(work: () => Promise<Value>) => Promise<Value>;

export function overJournal({ runs, schedules }: StormJournal, ask: Ask): StormJournal {
  return { runs: overRuns(runs, ask), schedules: overSchedules(schedules, ask) };
}

// --- internal ---

function overRuns(store: RunStore, ask: Ask): RunStore {
  return {
    createRun: (...args) => ask(() => store.createRun(...args)),
    getRun: (...args) => ask(() => store.getRun(...args)),
    listRuns: (...args) => ask(() => store.listRuns(...args)),
    countRuns: (...args) => ask(() => store.countRuns(...args)),
    changeRun: (...args) => ask(() => store.changeRun(...args)),
    requestCancel: (...args) => ask(() => store.requestCancel(...args)),
    isCancelRequested: (...args) => ask(() => store.isCancelRequested(...args)),
    acquireLease: (...args) => ask(() => store.acquireLease(...args)),
    renewLease: (...args) => ask(() => store.renewLease(...args)),
    releaseLease: (...args) => ask(() => store.releaseLease(...args)),
    listAbandonedRuns: (...args) => ask(() => store.listAbandonedRuns(...args)),
    enterQueue: (...args) => ask(() => store.enterQueue(...args)),
    claimQueuedRun: (...args) => ask(() => store.claimQueuedRun(...args)),
    serveQueues: (...args) => ask(() => store.serveQueues(...args)),
    listQueues: (...args) => ask(() => store.listQueues(...args)),
    append: (...args) => ask(() => store.append(...args)),
    readCommits: (...args) => ask(() => store.readCommits(...args)),
    readMarks: (...args) => ask(() => store.readMarks(...args)),
    readEvents: (...args) => ask(() => store.readEvents(...args)),
    answerQuestion: (...args) => ask(() => store.answerQuestion(...args)),
    readQuestions: (...args) => ask(() => store.readQuestions(...args)),
    deleteRuns: (...args) => ask(() => store.deleteRuns(...args)),
    listRemovable: (...args) => ask(() => store.listRemovable(...args)),
  };
}

function overSchedules(store: ScheduleStore, ask: Ask): ScheduleStore {
  return {
    addSchedule: (...args) => ask(() => store.addSchedule(...args)),
    getSchedule: (...args) => ask(() => store.getSchedule(...args)),
    listSchedules: (...args) => ask(() => store.listSchedules(...args)),
    hasListening: (...args) => ask(() => store.hasListening(...args)),
    listListening: (...args) => ask(() => store.listListening(...args)),
    removeSchedule: (...args) => ask(() => store.removeSchedule(...args)),
    listDueSchedules: (...args) => ask(() => store.listDueSchedules(...args)),
    wakeSchedule: (...args) => ask(() => store.wakeSchedule(...args)),
    claimSchedule: (...args) => ask(() => store.claimSchedule(...args)),
    changeSchedule: (...args) => ask(() => store.changeSchedule(...args)),
  };
}
