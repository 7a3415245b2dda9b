/**
 * The journal as a process sees it that dies at a certain write: from then on nothing it asks is ever answered.
 *
 * The store behind it lives on, for the process that takes over.
 */
import type { RunStore } from '../ports/run-store.ts';

export interface MortalStore extends RunStore {
  readonly isDead: boolean;
  /** Writes that were made. */
  readonly writes: number;
}

/**
 * @param diesAt - the number of the write, from 1
 * @param moment - `before`: that write is not made. `after`: it is made, but the process does not hear of it.
 */
export function createMortalStore(store: RunStore, diesAt: number, moment: 'before' | 'after'): MortalStore {
  const life = { writes: 0, isDead: false };
  const silence = new Promise<never>(() => {});

  async function read<Value>(work: () => Promise<Value>): Promise<Value> {
    return life.isDead ? silence : work();
  }

  async function write<Value>(work: () => Promise<Value>): Promise<Value> {
    if (life.isDead) return silence;
    life.writes += 1;
    if (life.writes < diesAt) return work();
    life.isDead = true;
    if (moment === 'after') await work();
    return silence;
  }

  return {
    get isDead() {
      return life.isDead;
    },
    get writes() {
      return life.writes;
    },
    createRun: (...args) => write(() => store.createRun(...args)),
    changeRun: (...args) => write(() => store.changeRun(...args)),
    append: (...args) => write(() => store.append(...args)),
    requestCancel: (...args) => write(() => store.requestCancel(...args)),
    deleteRuns: (...args) => write(() => store.deleteRuns(...args)),
    answerQuestion: (...args) => write(() => store.answerQuestion(...args)),
    enterQueue: (...args) => write(() => store.enterQueue(...args)),
    claimQueuedRun: (...args) => read(() => store.claimQueuedRun(...args)),
    serveQueues: (...args) => read(() => store.serveQueues(...args)),
    listQueues: (...args) => read(() => store.listQueues(...args)),
    acquireLease: (...args) => read(() => store.acquireLease(...args)),
    renewLease: (...args) => read(() => store.renewLease(...args)),
    releaseLease: (...args) => read(() => store.releaseLease(...args)),
    getRun: (...args) => read(() => store.getRun(...args)),
    listRuns: (...args) => read(() => store.listRuns(...args)),
    countRuns: (...args) => read(() => store.countRuns(...args)),
    isCancelRequested: (...args) => read(() => store.isCancelRequested(...args)),
    listAbandonedRuns: (...args) => read(() => store.listAbandonedRuns(...args)),
    listRemovable: (...args) => read(() => store.listRemovable(...args)),
    readCommits: (...args) => read(() => store.readCommits(...args)),
    readMarks: (...args) => read(() => store.readMarks(...args)),
    readEvents: (...args) => read(() => store.readEvents(...args)),
    readQuestions: (...args) => read(() => store.readQuestions(...args)),
  };
}
