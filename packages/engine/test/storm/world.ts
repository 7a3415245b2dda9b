/** What the parts of a storm share. Whatever happens in it follows from the seed. */
import type { CommandCall } from '../../src/ports/command-executor.ts';
import type { RunStore } from '../../src/ports/run-store.ts';
import { createMemoryRunStore } from '../../src/run/memory-run-store.ts';
import { createHandClock } from '../../src/testing/hand-clock.ts';
import type { HandClock } from '../../src/testing/hand-clock.ts';
import type { TestEngine } from '../../src/testing/test-engine.ts';
import { createRandom } from '../random.ts';
import type { Random } from '../random.ts';
import type { FrailProcess } from './frail-process.ts';

export interface Process {
  readonly name: string;
  readonly life: FrailProcess;
  readonly engine: TestEngine;
}

/** An answer that was taken. */
interface TakenAnswer {
  readonly runId: string;
  readonly questionId: string;
  readonly value: object;
}

export interface World {
  readonly random: Random;
  readonly store: RunStore;
  readonly clock: HandClock;
  readonly processes: Process[];
  /** Whole runs, in the order of starting. */
  readonly runIds: string[];
  readonly calls: CommandCall[];
  readonly answers: TakenAnswer[];
  /** What must not happen, and was seen when it did. */
  readonly offences: string[];
  /** What happened when, for whoever looks into a seed. */
  readonly log: string[];
  /** Of so many calls of the journal one kills its process, before or after it was carried out; 0: none does. */
  deadliness: number;
}

export function createWorld(seed: number): World {
  return {
    random: createRandom(seed),
    store: createMemoryRunStore(),
    clock: createHandClock(),
    processes: [],
    runIds: [],
    calls: [],
    answers: [],
    offences: [],
    log: [],
    deadliness: 0,
  };
}

export function tell({ clock, log }: World, what: string): void {
  log.push(`${clock.now().toISOString().slice(14, 23)} ${what}`);
}

export function pick<Value>({ random }: Pick<World, 'random'>, values: readonly Value[]): Value | undefined {
  return values.length === 0 ? undefined : values[random(values.length)];
}
