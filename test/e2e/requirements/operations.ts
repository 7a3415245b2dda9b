/** Operations that draft, repair and run workflows, in what the scenarios do not go into. */
import type { Entry } from './entry.ts';

export const operations = {
  'operation.repair-rounds': [
    'A draft is validated and repaired a bounded number of times, then ends with its violations.',
    'authoring 6.1',
    'packages/mcp/test/authoring.test.ts: lets the model write, repairs, saves, runs and sums up',
    'packages/mcp/test/authoring.test.ts: ends with the violations when the model does not get it right',
    'packages/runtime/test/authoring.test.ts: ends with the violations after five repairs',
  ],
  'operation.inputs-asked': [
    'Missing inputs are asked for, or named where nobody can be asked.',
    'authoring 6.1',
    'packages/mcp/test/authoring.test.ts: asks the person for inputs that the call did not bring',
    'packages/mcp/test/authoring.test.ts: says how to go on when inputs are missing and nobody can be asked',
  ],
  'operation.stages': [
    'The stages are told as they come.',
    'authoring 10.4',
    'packages/mcp/test/authoring.test.ts: tells its stages as they come',
  ],
  'operation.destructive': [
    'Destructive steps of a draft are shown to the person before they run.',
    'authoring 9',
    'packages/mcp/test/authoring.test.ts: shows destructive steps of a draft to the person before they run',
    'packages/mcp/test/authoring.test.ts: does not take confirm for what is not written yet',
    'packages/runtime/test/authoring.test.ts: never runs destructive steps that nobody agreed to',
  ],
  'operation.cancel': [
    'A person or a cancel ends the drafting.',
    'authoring 6.1',
    'packages/mcp/test/authoring.test.ts: ends when the person does not let the model be asked',
    'packages/mcp/test/authoring.test.ts: stops asking when the task is canceled',
  ],
  'operation.without-model': [
    'Without a model the caller passes the manifest.',
    'authoring 7',
    'packages/mcp/test/authoring.test.ts: takes a manifest',
    'packages/mcp/test/authoring.test.ts: says that a manifest is needed where there is no model',
    'packages/mcp/test/authoring.test.ts: does not write over a workflow that is there, unless told to',
  ],
  'operation.blocks': [
    'Inputs, steps and provider arguments are sampled in blocks, each validated.',
    'authoring 7',
    'packages/runtime/test/authoring.test.ts: asks for the inputs, then for the steps, and runs what was saved',
    'packages/runtime/test/authoring.test.ts: is shown what is wrong with a block, until it is right',
    'packages/runtime/test/authoring.test.ts: asks which command lists the values of an input',
  ],
  'operation.repair-sources': [
    'A repair takes a failed run, a saved workflow or a manifest with violations.',
    'authoring 6.3',
    'packages/mcp/test/authoring.test.ts: repairs a saved workflow from its last failed run',
    'packages/mcp/test/authoring.test.ts: repairs a manifest that has violations',
    'packages/mcp/test/authoring.test.ts: refuses a run that has not failed',
  ],
  'operation.repair-conflict': [
    'A repair loses no change that somebody else made meanwhile.',
    'authoring 6.3',
    'packages/mcp/test/authoring.test.ts: loses no change that somebody else made meanwhile',
  ],
  'journal.clock': [
    'A clock that is set takes no run away from a process that lives, and ends waits by as much.',
    'design 15',
    'test/e2e/clock.test.ts: takes no run away from a process that lives',
    'packages/engine/src/run/lease.test.ts: of a process that is gone lasts longer by what the clock was set back',
    'packages/engine/src/run/parking.test.ts: goes by the clock of the wall, whichever way that is set',
  ],
  'journal.damage': [
    'A damaged or lost state file is said, and nothing of it is cut off or written over.',
    'design 15',
    'packages/store/test/sqlite.test.ts: whose write-ahead log is damaged %s is refused as often as it is opened',
    'packages/store/test/sqlite.test.ts: that was removed or replaced is written no more',
    'packages/store/test/sqlite.test.ts: with a damaged page is seen through by an inspection',
  ],
  'journal.trouble': [
    'A disk that fills up, a file that becomes read-only, or a database that restarts or is busy, stops a run where it is, and it goes on afterwards.',
    'design 15',
    'test/e2e/state-troubles.test.ts: in the middle of a run stops it there, and whoever has room goes on',
    'test/e2e/state-troubles.test.ts: in the middle of a run stops it there, and it goes on later',
    'packages/store/test/postgres.test.ts: whose connections are all in use says so, and sends nothing',
    'test/e2e/database-restart.test.ts: loses no step, whether the process lives or not',
  ],
  'journal.unread': [
    'A workflow is renamed and deleted although nobody can read which schedules start it, and that is said.',
    'design 12',
    'packages/runtime/test/workflows.test.ts: is renamed and deleted when the journal cannot be read',
  ],
  'journal.silent': [
    'Node 22 says nothing of SQLite.',
    'design 15',
    'packages/store/test/load-sqlite.test.ts: SQLite is loaded without the warning of Node 22, and no other warning is lost',
  ],
  'operation.durable': [
    'A draft outlives the process and the client that began it.',
    'design 10',
    'packages/mcp/test/authoring.test.ts: outlives the process and the client that began it',
    'packages/mcp/test/authoring.test.ts: goes to a client with a model, when the first one has none any more',
  ],
  'operation.ext-tasks': [
    'The requester of ext-tasks drives tasks, questions and the model.',
    'mcp tasks',
    'packages/mcp/test/ext-tasks.test.ts: runs a task to its result',
    'packages/mcp/test/ext-tasks.test.ts: is asked over its own stream, since it never waits for a result then',
    'packages/mcp/test/ext-tasks.test.ts: lets its model write, and is asked for what the call did not bring',
  ],
  'modern.sampling': [
    'In 2026-07-28 the model is asked through the task.',
    'mcp-2026 tasks extension',
    'packages/mcp/test/modern-authoring.test.ts: asks the model through the task, and goes on with what it wrote',
    'packages/mcp/test/modern-authoring.test.ts: shows the request to nobody who has no model',
  ],
} as const satisfies Readonly<Record<string, Entry>>;
