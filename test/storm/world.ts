/** What the parts of a storm share. Whatever happens in it follows from the seed. */
import type { CommandCall, RunStore } from '@oatty/engine';
import { createHandClock } from '@oatty/engine/testing';
import type { HandClock, TestEngine } from '@oatty/engine/testing';
import type { Question } from '@oatty/types';
import { createRandom } from '../../packages/engine/test/random.ts';
import type { Random } from '../../packages/engine/test/random.ts';
import type { FrailProcess } from './frail-process.ts';
import type { Grounds } from './grounds.ts';
import { overJournal } from './over-journal.ts';
import type { StormJournal } from './over-journal.ts';
import type { Weather } from './weather.ts';

export interface Process {
  readonly name: string;
  readonly life: FrailProcess;
  readonly engine: TestEngine;
}

export interface AskedQuestion {
  readonly runId: string;
  readonly question: Question;
}

/** An answer that was taken. */
interface TakenAnswer {
  readonly runId: string;
  readonly questionId: string;
  readonly value: object;
}

export interface World {
  readonly random: Random;
  readonly connections: readonly StormJournal[];
  /** The journal as it is, whatever processes see of it. */
  readonly store: RunStore;
  readonly schedules: StormJournal['schedules'];
  readonly clock: HandClock;
  readonly processes: Process[];
  /** Whole runs, in the order of starting. */
  readonly runIds: string[];
  readonly calls: CommandCall[];
  /** Everything that people have been asked, also what is answered or over by now. */
  readonly asked: AskedQuestion[];
  readonly answers: TakenAnswer[];
  /** What must not happen, and was seen when it did. */
  readonly offences: string[];
  /** What happened when, for whoever looks into a seed. */
  readonly log: string[];
  /** Of so many calls of the journal one kills its process, before or after it was carried out; 0: none does. */
  deadliness: number;
  weather: Weather;
  /** By how much the clock was set, each time. */
  readonly jumps: number[];
}

export function createWorld(seed: number, { connections }: Grounds): World {
  let busy = 0;
  const busily = async <Value>(work: () => Promise<Value>): Promise<Value> => {
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
    }
  };
  const counted = connections.map((journal) => overJournal(journal, busily));
  const { runs: store, schedules } = overJournal(connections[0], busily);
  return {
    random: createRandom(seed),
    connections: counted,
    store,
    schedules,
    clock: createHandClock(() => busy > 0),
    processes: [],
    runIds: [],
    calls: [],
    asked: [],
    answers: [],
    offences: [],
    log: [],
    deadliness: 0,
    weather: { kind: 'fair' },
    jumps: [],
  };
}

export function tell({ clock, log }: World, what: string): void {
  log.push(`${clock.now().toISOString().slice(11, 23)} ${what}`);
}

export function pick<Value>({ random }: Pick<World, 'random'>, values: readonly Value[]): Value | undefined {
  return values.length === 0 ? undefined : values[random(values.length)];
}
