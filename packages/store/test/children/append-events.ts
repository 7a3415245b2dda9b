/** Writes events to a run of its own in a shared journal: `append-events.ts STATE RUN_ID COUNT`. */
import { openJournal } from '../../src/open-journal.ts';
import { aRun } from '../a-run.ts';

const [stateFile = '', runId = '', count = '0'] = process.argv.slice(2);
const journal = await openJournal({ stateFile });
const at = new Date().toISOString();
await journal.runs.createRun(aRun({ run_id: runId }), { owner: runId, until: at });
for (let done = 1; done <= Number(count); done += 1) {
  await journal.runs.append(runId, runId, {
    at,
    events: [{ type: 'step_progress', step_id: 'a', done, message: '' }],
  });
  process.stdout.write(`${done}\n`);
}
await journal.close();
