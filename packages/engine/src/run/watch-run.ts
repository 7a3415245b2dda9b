/**
 * The events of a run as they come, from any moment on, in any process.
 *
 *   W1. Events are read from the journal, each once and in order; a slow reader holds nobody up.
 *   W2. A run of this process tells when it has written; a run of another one is looked at every second.
 *   W3. The stream ends after `run_finished`, or when `signal` aborts.
 */
import { isTerminal, OattyError } from '@oatty/types';
import type { RunEvent } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';
import type { RunStore } from '../ports/run-store.ts';
import type { RunFeed } from './run-feed.ts';

export interface WatchPorts {
  readonly store: RunStore;
  readonly clock: Clock;
  readonly feed: RunFeed;
}

export interface WatchOptions {
  /** Number of the last event that is known already; default 0, from the start. */
  readonly afterSeq?: number;
  readonly signal?: AbortSignal;
}

const pageSize = 200;
const pollMs = 1_000;

/** @throws {OattyError} `RUN_NOT_FOUND` at the first event */
export async function* watchRun(
  runId: string,
  { store, clock, feed }: WatchPorts,
  { afterSeq = 0, signal }: WatchOptions = {},
): AsyncGenerator<RunEvent, void, undefined> {
  let hasEnded = await hasRunEnded(runId, store);
  let seen = afterSeq;
  const isLeft = (): boolean => signal?.aborted === true;
  while (!isLeft()) {
    const news = new News(runId, feed);
    try {
      const events = await store.readEvents(runId, seen, pageSize);
      for (const event of events) {
        yield event;
        seen = event.seq;
        if (event.type === 'run_finished') return;
      }
      if (events.length > 0) continue;
      if (hasEnded) return;
      // Only silence makes the row worth reading: an end that is news is an event. The last event is read after it.
      if ((await news.orSilence(pollMs, clock, signal)) === 'silence') {
        hasEnded = await hasRunEnded(runId, store);
      }
    } finally {
      news.ignore();
    }
  }
}

// --- internal ---

async function hasRunEnded(runId: string, store: RunStore): Promise<boolean> {
  const run = await store.getRun(runId);
  if (run === undefined) throw new OattyError('RUN_NOT_FOUND', `No run "${runId}".`);
  return isTerminal(run.status);
}

/** Listens from before the journal is read, so that nothing that is written meanwhile goes unnoticed. */
class News {
  readonly #controller = new AbortController();
  // A reason that is there already: to make an error costs more than to be woken.
  readonly #wake = (): void => this.#controller.abort(woken);
  readonly #stopListening: () => void;

  constructor(runId: string, feed: RunFeed) {
    this.#stopListening = feed.onNext(runId, this.#wake);
  }

  /** Resolves at the next write, after `ms` of silence, or when the signal aborts. */
  async orSilence(ms: number, clock: Clock, signal: AbortSignal | undefined): Promise<'news' | 'silence'> {
    if (signal?.aborted === true) return 'news';
    signal?.addEventListener('abort', this.#wake, { once: true });
    try {
      await clock.sleep(ms, this.#controller.signal);
      return 'silence';
    } catch {
      return 'news';
    } finally {
      signal?.removeEventListener('abort', this.#wake);
    }
  }

  ignore(): void {
    this.#stopListening();
  }
}

const woken = Symbol('woken');
