/**
 * A process that may be killed or stopped at any call of its journal.
 *
 * Killed, nothing it asks is ever answered again, and nothing it calls counts. Stopped, it asks nothing until it goes on,
 * while its timers run out.
 */
import type { RunStore } from '../../src/ports/run-store.ts';

export interface FrailProcess {
  readonly store: RunStore;
  readonly isDead: boolean;
  readonly isStopped: boolean;
  kill(): void;
  stop(): void;
  goOn(): void;
}

/** @param strikes - asked before and after each call of the store: whether the process is killed there */
export function createFrailProcess(shared: RunStore, strikes: () => boolean): FrailProcess {
  let isDead = false;
  let stopped: PromiseWithResolvers<void> | undefined;
  const silence = new Promise<never>(() => {});

  async function alive(): Promise<void> {
    await stopped?.promise;
    isDead ||= strikes();
    if (isDead) return silence;
  }

  async function ask<Value>(work: () => Promise<Value>): Promise<Value> {
    await alive();
    const [outcome] = await Promise.allSettled([work()]);
    await alive();
    if (outcome.status === 'fulfilled') return outcome.value;
    throw outcome.reason;
  }

  return {
    store: overStore(shared, ask),
    get isDead() {
      return isDead;
    },
    get isStopped() {
      return stopped !== undefined;
    },
    kill() {
      isDead = true;
    },
    stop() {
      stopped ??= Promise.withResolvers<void>();
    },
    goOn() {
      const waiting = stopped;
      stopped = undefined;
      waiting?.resolve();
    },
  };
}

// --- internal ---

type Ask = <Value>(work: () => Promise<Value>) => Promise<Value>;

function overStore(store: RunStore, ask: Ask): RunStore {
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
