/** The product that the tasks are for: its journeys, its criteria of acceptance, and what it has to do. */
import type { Entry } from './entry.ts';

const catalog = 'packages/tasks/test/tasks.test.ts';
const changes = 'packages/tasks/test/changes.test.ts';
const journeys = 'packages/mcp/test/task-journeys.test.ts';
const abroad = 'test/e2e/product-journeys.test.ts';
const auth = 'packages/mcp/test/http-auth.test.ts';
const services = 'packages/runtime/test/task-integrations.test.ts';
const states = 'test/e2e/widget-states.test.ts';
const taskTools = 'packages/mcp/test/task-tools.test.ts';
const widgets = 'test/e2e/widgets.test.ts';

export const product = {
  'product.journey.tasks': [
    'Five tasks that are asked for are created in one call, and come back as one table with their statuses.',
    'product journey 1',
    `${journeys}: for five tasks gets one table of them`,
    `${widgets}: shows the tasks that were just created, and why others were not`,
  ],
  'product.journey.overdue': [
    'Overdue tasks are shown and marked done, and the state afterwards comes back.',
    'product interaction flow',
    `${journeys}: to show overdue tasks and mark them done gets the next ones too`,
    `${widgets}: completes a task by its button, keeps the focus, undoes and reopens`,
  ],
  'product.journey.report': [
    'A weekly report is calculated from the tasks, and shown as charts and tables.',
    'product journey 2',
    `${journeys}: for a report gets the figures of their own tasks`,
    `${widgets}: show the figures of a report, another period, and a file of it`,
  ],
  'product.journey.integration': [
    'Overdue tasks become issues in Jira by two tools, and what was made is linked.',
    'product journey 3',
    `${abroad}: to make issues of the overdue tasks of a client gets links to them`,
    `${abroad}: to make an issue of a task of somebody else sends nothing`,
    `${states}: is shown as what was done, was done before, was refused, or may have been done`,
  ],
  'product.accepted.structure': [
    'Every tool answers with a structure that its listed schema allows.',
    'product criterion 1',
    `${abroad}: gets from every tool a structure that its listed schema allows`,
    `${taskTools}: fails as other tools do, against the same schema`,
  ],
  'product.accepted.views': [
    'Results are shown as interactive components.',
    'product criterion 2',
    `${taskTools}: say which view shows their result, in the new way and the old`,
    `${widgets}: have no violation that axe finds, in any state, wide in light and narrow in dark`,
    `${states}: work in ChatGPT over the bridge of the standard, and use nothing beside it`,
  ],
  'product.accepted.authentication': [
    'No tool, workflow or view is reached without a token.',
    'product criterion 3',
    `${abroad}: reaches a tool, a workflow or a view without a token`,
    `${auth}: %s is refused`,
    `${journeys}: %s is that of its effect`,
  ],
  'product.accepted.no-model': [
    'The server asks no language model.',
    'product criterion 4',
    'test/e2e/no-model.test.ts: runs the whole catalog of tasks with every address but the configured ones refused',
  ],
  'product.accepted.services': [
    'Integrations work against services that speak the real protocols.',
    'product criterion 5',
    `${services}: goes through the server that the settings name`,
    `${services}: is signed as its receiver expects, at each attempt with the same id`,
    `${services}: makes an issue through its imported description, and links it`,
    `${services}: are called through their imported descriptions, and link what was made`,
  ],
  'product.tools': [
    'A model finds the six tools by their names, with what it needs as text.',
    'product FR1, FR3',
    `${taskTools}: are listed behind the others, for both generations of clients`,
    `${taskTools}: creates, lists and completes tasks, with what a model needs as text`,
  ],
  'product.sessions': [
    'Each user sees their own, within the scopes of their token.',
    'product FR4',
    `${auth}: that are missing are named, all of the operation at once`,
    `${journeys}: reaches no task by its id, a cursor or a key`,
  ],
  'product.lists': [
    'Lists are filtered and sorted, by the model and in the table.',
    'product FR5',
    `${catalog}: are found by %o`,
    `${widgets}: narrows the list by search, drop-downs and days, and clears them`,
    `${widgets}: sorts by the heads of its columns with the keyboard`,
  ],
  'product.schedules': [
    'Work is planned for later or for what happens to a task, by the model and by a button.',
    'product FR6',
    `${taskTools}: plans a command, and tells when it runs by the clocks of the user`,
    'packages/runtime/test/task-events.test.ts: starts a run for each, and hands the task over',
    `${widgets}: schedules the start of a task for a time of the user`,
    `${states}: is shown in words and by the clocks of the user, whatever says when`,
  ],
  'product.once': [
    'What is critical happens once, whoever repeats it.',
    'product reliability',
    `${changes}: happen once for one idempotency key, also when ten thousand race`,
    'packages/tasks/test/integrations.test.ts: never do again what may have been done',
  ],
  'product.trail': [
    'Who did what is on record.',
    'product security',
    `${changes}: leave a trail of who changed what, newest first`,
    `${taskTools}: goes the way of every command: the policy decides, and a trail is left`,
  ],
} as const satisfies Readonly<Record<string, Entry>>;
