/**
 * A process that may be killed or stopped at any call of its journal.
 *
 * Killed, nothing it asks is ever answered again, and nothing it calls counts. Stopped, it asks nothing until it goes on,
 * while its timers run out.
 */
import { overJournal } from './over-journal.ts';
import type { Ask, StormJournal } from './over-journal.ts';

export interface FrailProcess {
  readonly journal: StormJournal;
  readonly isDead: boolean;
  readonly isStopped: boolean;
  kill(): void;
  stop(): void;
  goOn(): void;
}

/**
 * @param strikes - asked before and after each call of the journal: whether the process is killed there
 * @param way - how the process comes to its journal
 */
export function createFrailProcess(shared: StormJournal, strikes: () => boolean, way: Ask): FrailProcess {
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
    const [outcome] = await Promise.allSettled([way(work)]);
    await alive();
    if (outcome.status === 'fulfilled') return outcome.value;
    throw outcome.reason;
  }

  return {
    journal: overJournal(shared, ask),
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
