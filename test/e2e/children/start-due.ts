/** Starts what is due, as `oatty mcp` does, until it is killed; prints a line once it is open. */
import { createOatty } from '@oatty/runtime';
import { setTimeout } from 'node:timers/promises';

const oatty = await createOatty();
oatty.runs.takeOver();
oatty.schedules.startDue();
process.stdout.write('open\n');
await setTimeout(60_000);
