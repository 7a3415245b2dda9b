// Prints the milliseconds from nothing loaded to the answer of a first question.
const start = performance.now();
const { openJournal } = await import('@oatty/store');
const journal = await openJournal({ stateFile: process.argv[2] });
await journal.runs.listRuns({ limit: 1 });
console.log(performance.now() - start);
await journal.close();
