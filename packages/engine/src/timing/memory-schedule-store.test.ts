import { scheduleStoreContract } from '../testing/schedule-store-contract.ts';
import { createMemoryScheduleStore } from './memory-schedule-store.ts';

scheduleStoreContract('in memory', createMemoryScheduleStore);
