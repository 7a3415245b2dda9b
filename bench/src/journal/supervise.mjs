// Looks after the journal as a server does that has nothing else to do, and prints the memory of its process in MB.
import { createOatty } from '@oatty/runtime';
import { setTimeout } from 'node:timers/promises';

const oatty = await createOatty();
oatty.runs.takeOver();
await setTimeout(4_000);
globalThis.gc();
console.log(process.memoryUsage().rss / 1_048_576);
await oatty.close();
