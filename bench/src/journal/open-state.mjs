// Prints the milliseconds from a journal that is not open to the answer of a first question.
import { openJournal } from '@oatty/store';

const start = performance.now();
const journal = await openJournal({ stateFile: process.argv[2] });
await journal.runs.listRuns({ limit: 1 });
console.log(performance.now() - start);
await journal.close();
