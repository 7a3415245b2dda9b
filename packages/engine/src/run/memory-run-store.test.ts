import { runStoreContract } from '../testing/run-store-contract.ts';
import { createMemoryRunStore } from './memory-run-store.ts';

runStoreContract('the memory store', createMemoryRunStore);
