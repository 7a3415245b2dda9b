import { runStoreContract } from '../testing/run-store-contract.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

runStoreContract('in memory', createMemoryRunStore);
