/**
 * The executor's pen: one run, one owner, entries in order.
 *
 *   J1. What is written in one turn, or while an earlier entry is on its way, goes out together: the end of a step with the
 *       call of the next one, and steps that run side by side.
 *   J2. A write that fails is the last one: whoever waits for it or writes later gets the same error.
 */
import { OattyError } from '@oatty/types';
import type { Question, RunEventBody, RunStatus } from '@oatty/types';
import type { Clock } from '../ports/clock.ts';
import type { CallMark, StepCommit } from '../ports/journal-entry.ts';
import type { RunChange } from '../ports/run-record.ts';
import type { RunStore } from '../ports/run-store.ts';

export interface JournalPorts {
  readonly store: RunStore;
  readonly clock: Clock;
  /** Told after every write. */
  readonly onWritten: (runId: string) => void;
  /** Told once, when a write has failed. */
  readonly onFailed: (error: OattyError) => void;
}

export interface JournalParts {
  readonly marks?: readonly CallMark[];
  readonly commits?: readonly StepCommit[];
  readonly questions?: readonly Question[];
  readonly events?: readonly RunEventBody[];
}

export class Journal {
  readonly #runId: string;
  readonly #owner: string;
  readonly #ports: JournalPorts;
  #open: Batch = emptyBatch();
  /** Resolves when everything that left so far has arrived. */
  #sent: Promise<void> = Promise.resolve();
  /** The open batch on its way; `undefined` until somebody writes to it. */
  #leaving: Promise<void> | undefined;
  #committed: Promise<void> = Promise.resolve();
  #hasFailed = false;

  constructor(runId: string, owner: string, ports: JournalPorts) {
    this.#runId = runId;
    this.#owner = owner;
    this.#ports = ports;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Goes out with the next write. */
  note(...events: readonly RunEventBody[]): void {
    this.#open.events.push(...events);
  }

  /** Resolves when it is durable. @throws {OattyError} what the store throws */
  write(parts: JournalParts): Promise<void> {
    this.#open.marks.push(...(parts.marks ?? []));
    this.#open.commits.push(...(parts.commits ?? []));
    this.#open.questions.push(...(parts.questions ?? []));
    this.#open.events.push(...(parts.events ?? []));
    this.#leaving ??= this.#send();
    if (parts.commits !== undefined) this.#committed = this.#leaving;
    return this.#leaving;
  }

  /** Writes without waiting; a failure is told to `onFailed`. */
  post(parts: JournalParts): void {
    this.write(parts).catch(() => {});
  }

  /** Changes the run, after everything that was written before. @returns whether its status was one of `from` */
  async change(from: readonly RunStatus[], change: RunChange, parts: JournalParts = {}): Promise<boolean> {
    // What came in while an entry was on its way leaves first: only notes are left then.
    do await this.#sent;
    while (this.#leaving !== undefined);
    const noted = this.#take().events;
    const entry = { ...parts, events: [...noted, ...(parts.events ?? [])], at: this.#now() };
    const isChanged = await this.#store((store) =>
      store.changeRun(this.#runId, this.#owner, from, change, entry),
    );
    this.#ports.onWritten(this.#runId);
    return isChanged;
  }

  /** Resolves when every commit that was written so far is durable. @throws {OattyError} what the store throws */
  committed(): Promise<void> {
    return this.#committed;
  }

  /** Resolves when nothing is on its way any more. Never throws. */
  async settle(): Promise<void> {
    do await this.#sent.catch(() => {});
    while (this.#leaving !== undefined && !this.#hasFailed);
  }

  // --- internal ---

  #send(): Promise<void> {
    const arrived = Promise.all([this.#sent, this.#ports.clock.nextTurn()]).then(async () => {
      this.#leaving = undefined;
      const entry = { ...this.#take(), at: this.#now() };
      await this.#store((store) => store.append(this.#runId, this.#owner, entry));
      this.#ports.onWritten(this.#runId);
    });
    this.#sent = arrived;
    arrived.catch(() => {});
    return arrived;
  }

  async #store<Value>(work: (store: RunStore) => Promise<Value>): Promise<Value> {
    try {
      return await work(this.#ports.store);
    } catch (thrown) {
      const error = OattyError.from(thrown);
      this.#hasFailed = true;
      this.#ports.onFailed(error);
      throw error;
    }
  }

  #take(): Batch {
    const taken = this.#open;
    this.#open = emptyBatch();
    return taken;
  }

  #now(): string {
    return this.#ports.clock.now().toISOString();
  }
}

interface Batch {
  readonly marks: CallMark[];
  readonly commits: StepCommit[];
  readonly questions: Question[];
  readonly events: RunEventBody[];
}

function emptyBatch(): Batch {
  return { marks: [], commits: [], questions: [], events: [] };
}
