/**
 * What every `RunStore` must do, as a vitest suite. The rules S1 to S8 are at the port.
 *
 * `create` gives an empty store for each test. Suites of durable stores add what only they can show: that a
 * second connection sees the same, and what is left after a crash.
 */
import { describe } from 'vitest';
import type { RunStore } from '../ports/run-store.ts';
import { describeDueRuns } from './run-store-contract/due-runs.ts';
import { describeEvents } from './run-store-contract/events.ts';
import { describeLeases } from './run-store-contract/leases.ts';
import { describeListing } from './run-store-contract/listing.ts';
import { describeQuestions } from './run-store-contract/questions.ts';
import { describeQueues } from './run-store-contract/queues.ts';
import { describeRetention } from './run-store-contract/retention.ts';
import { describeRows } from './run-store-contract/rows.ts';
import { describeValues } from './run-store-contract/values.ts';
import { describeWork } from './run-store-contract/work.ts';

export type CreateStore = () => RunStore | Promise<RunStore>;

/** Call it at the top of a test file: `runStoreContract('in memory', createMemoryRunStore)`. */
export function runStoreContract(name: string, create: CreateStore): void {
  describe(`a run store: ${name}`, () => {
    describeRows(create);
    describeListing(create);
    describeLeases(create);
    describeWork(create);
    describeEvents(create);
    describeQuestions(create);
    describeValues(create);
    describeDueRuns(create);
    describeRetention(create);
    describeQueues(create);
  });
}
