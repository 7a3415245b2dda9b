/** The tasks that come with oatty: a catalog with data and users of its own. */
import type { Entry } from './entry.ts';

const changes = 'packages/tasks/test/changes.test.ts';
const journeys = 'packages/mcp/test/task-journeys.test.ts';
const widgets = 'test/e2e/widgets.test.ts';
const states = 'test/e2e/widget-states.test.ts';
const taskTools = 'packages/mcp/test/task-tools.test.ts';
const services = 'packages/runtime/test/task-integrations.test.ts';
const integrations = 'packages/tasks/test/integrations.test.ts';
const mail = 'packages/runtime/test/mail.test.ts';
const recipients = 'packages/runtime/src/mail/mail-recipients.test.ts';
const tasks = 'packages/tasks/test/tasks.test.ts';
const schedules = 'packages/runtime/test/task-schedules.test.ts';
const events = 'packages/runtime/test/task-events.test.ts';
const rules = 'packages/engine/src/timing/recurring-times.test.ts';

export const taskCatalog = {
  'task-catalog.enable': [
    'The catalog is off until one command enables it; then it is one like any other.',
    'tasks 1',
    'packages/runtime/test/bundled-catalogs.test.ts: is nowhere before it is enabled',
    'packages/runtime/test/bundled-catalogs.test.ts: is a catalog like any other once it is enabled',
    'packages/runtime/test/bundled-catalogs.test.ts: gives steps to workflows, and values to their inputs',
    'test/e2e/readme.test.ts: shows how tasks are enabled, created and listed',
  ],
  'task-catalog.owner': [
    'No command returns or changes the tasks of another user.',
    'tasks 2',
    'packages/mcp/test/strangers.test.ts: reaches nothing by any command, whatever was stolen',
    'packages/mcp/test/strangers.test.ts: is offered nothing that a provider has offered to somebody else',
    'packages/mcp/test/other-principals.test.ts: is for every tool what a run is that never was, and so is what it started',
    'packages/mcp/test/other-principals.test.ts: is told nothing of what happens to the run',
    `${tasks}: belong to their user: nobody else reads or changes them`,
    'packages/tasks/src/rows/own-rows.test.ts: no other file writes a statement of its own about them',
  ],
  'task-catalog.no-model': [
    'No model is asked, nor any address that was not set up.',
    'tasks 11',
    'test/e2e/no-model.test.ts: runs the whole catalog of tasks with every address but the configured ones refused',
  ],
  'task-catalog.admin': [
    'An admin sees the tasks of another user, and changes none; nobody else sees them.',
    'tasks 7',
    'packages/tasks/test/admin.test.ts: sees the tasks of others as they see them',
    'packages/tasks/test/admin.test.ts: changes nothing that belongs to others',
    'packages/tasks/test/admin.test.ts: is written down for the user whose tasks were read',
    'packages/tasks/test/admin.test.ts: is not written down for what was refused, or is the own',
    'packages/tasks/test/admin.test.ts: is told who is not there; others are told nothing',
    'packages/mcp/test/task-journeys.test.ts: who names a user is told to get the scope of an admin',
  ],
  'task-catalog.audit': [
    'Each change writes who, what, before and after in the same transaction.',
    'tasks 2',
    `${changes}: leave a trail of who changed what, newest first`,
    `${changes}: are whole or not at all: a trail that cannot be written takes the task back`,
  ],
  'task-catalog.list': [
    'Lists have filters that are echoed, any order, and cursors that belong to them.',
    'tasks 3',
    `${tasks}: are found by %o`,
    `${tasks}: are sorted by %s, page by page`,
    `${tasks}: go on behind the page whatever has changed meanwhile`,
  ],
  'task-catalog.schedules': [
    'A user plans a command or a saved workflow for a time, a cron line or a rule of recurrence.',
    'tasks 6',
    `${schedules}: plans one command, and tells its next times by the clocks of the user`,
    `${schedules}: plans a saved workflow by a rule of recurrence`,
    `${schedules}: is refused where it could not run`,
    'packages/mcp/test/task-tools.test.ts: plans a command, and tells when it runs by the clocks of the user',
  ],
  'task-catalog.schedule-owner': [
    'A schedule belongs to its user, and destroys nothing that a person has not agreed to.',
    'tasks 6',
    `${schedules}: is there for nobody else`,
    `${schedules}: destroys something only when a person agreed to that`,
    'test/e2e/cli-schedules.test.ts: a command is planned for the user, and one that removes something after a question',
    `${schedules}: is planned once by a step of a run, and destroys nothing`,
  ],
  'task-catalog.events': [
    'A task that is created, completed or overdue starts one run of each schedule for that, whoever looks.',
    'tasks 6',
    `${events}: starts a run for each, and hands the task over`,
    `${events}: starts one run, whoever looks, and whoever died before it was done`,
    `${events}: is looked at while its user changes something, else when all are`,
    `${events}: is an event once for each due time, by the clocks of its user`,
    `${events}: makes up for what nobody saw in time as it says: %s`,
  ],
  'task-catalog.weekly-report': [
    'A schedule mails the report of a week, on time when clocks have changed.',
    'tasks 10',
    'packages/runtime/test/weekly-report.test.ts: a weekly report is mailed on Monday, once, with the figures of the week',
  ],
  'task-catalog.schedules-once': [
    'Three processes that share the state start nothing twice and miss nothing when one is killed.',
    'tasks 6',
    'test/e2e/schedules.test.ts: start each run once, by time, rule and event, also when one is killed',
  ],
  'task-catalog.event-loops': [
    'Runs that events have started do not start each other without end.',
    'tasks 6',
    `${events}: start no run of the same schedule again, whatever comes in between`,
    `${events}: start no run of the same schedule again by what they make overdue`,
    `${events}: follow each other three times at most`,
  ],
  'task-catalog.clock-changes': [
    'Times that clocks skip or show twice count once, in nine zones.',
    'tasks 6',
    `${rules}: in %s counts once, when they are put forward`,
    `${rules}: in %s counts once, the first time`,
  ],
  'task-catalog.many': [
    'Many tasks are created or changed with a result each; by filter it takes two steps.',
    'tasks 3',
    `${changes}: of many tasks tell for each what became of it`,
    `${changes}: of many tasks are judged one by one, also what is no task`,
    `${taskTools}: refuses more than a hundred at once by name`,
    `${changes}: by filter are shown first, and made by the token`,
  ],
  'task-catalog.once': [
    'One idempotency key creates one task, also when calls race.',
    'tasks 3',
    `${changes}: happen once for one idempotency key, also when ten thousand race`,
  ],
  'task-catalog.zones': [
    'Overdue is judged in the time zone of the user, at the edges of daylight saving too.',
    'tasks 3',
    'packages/tasks/test/zones.test.ts: in %s %s ends at %s: then it is overdue',
  ],
  'task-catalog.recurrence': [
    'Completing a recurring task creates the next one in the same change.',
    'tasks 3',
    'packages/tasks/test/recurrence.test.ts: are followed by the next one when they are completed',
  ],
  'task-catalog.undo': [
    'The last change can be taken back, unless somebody has changed it since.',
    'tasks 3',
    `${changes}: are taken back one after the other`,
    `${changes}: are not taken back when the task was changed since`,
  ],
  'task-catalog.reports': [
    'Thirteen figures and their tables agree with a calculation from the tasks alone.',
    'tasks 4',
    'packages/tasks/test/report.test.ts: agree with a calculation of another kind: %s, %s to %s',
  ],
  'task-catalog.tools': [
    'Tools have the names of the requirements, with the arguments of their commands.',
    'tasks 1',
    `${taskTools}: are listed behind the others, for both generations of clients`,
    `${taskTools}: do at most what their commands do, and take what they take`,
    `${taskTools}: creates, lists and completes tasks, with what a model needs as text`,
    `${taskTools}: creates several at once, and tells what became of each`,
    `${taskTools}: come and go with their catalog, and clients are told`,
    `${taskTools}: goes the way of every command: the policy decides, and a trail is left`,
  ],
  'task-catalog.views': [
    'Each tool names the view of its result, which is a page without a network.',
    'tasks 8',
    `${taskTools}: say which view shows their result, in the new way and the old`,
    `${taskTools}: are resources of one page each that reaches no network`,
  ],
  'task-catalog.widgets': [
    'Results are shown as widgets whose buttons call tools, in either theme, for the keyboard and for screen readers.',
    'tasks 8',
    `${widgets}: completes a task by its button, keeps the focus, and undoes`,
    `${widgets}: narrows the list by search, drop-downs and days, and clears them`,
    `${widgets}: sorts by the heads of its columns with the keyboard`,
    `${widgets}: schedules the start of a task for a time of the user`,
    `${widgets}: exports every page as CSV without formulas`,
    `${widgets}: tells a failure with what to do, and keeps the list`,
    `${widgets}: show the figures of a report, another period, and a file of it`,
    `${widgets}: have no violation that axe finds, in any state and theme`,
    `${states}: have no violation that axe finds after actions, in dialogs and in narrow frames`,
    `${states}: reaches everything that can be done, and shows where it is`,
    `${states}: keeps its place when what it was on goes away`,
    `${states}: fit into a narrow frame in every state, and take odd texts for texts`,
    `${states}: changes theme, zone and language while a text is typed, and the text stays`,
    `${states}: that refuses a call is quoted, and what was there stays`,
    `${states}: that never answers is given up after a minute, and other tasks can be changed`,
  ],
  'task-catalog.widgets-safe': [
    'A widget is one small page, takes words for words, and asks nobody but its host.',
    'tasks 8',
    'packages/ui/test/widgets.test.ts: $uri is small and refers to nothing outside',
    `${widgets}: takes the words of a task for words`,
    `${widgets}: ask nobody but the host for anything`,
  ],
  'task-catalog.journeys': [
    'What people ask for works end to end, and reaches no task of somebody else.',
    'tasks 7',
    `${journeys}: for five tasks gets one table of them`,
    `${journeys}: to show overdue tasks and mark them done gets the next ones too`,
    `${journeys}: for a report gets the figures of their own tasks`,
    `${journeys}: reaches no task by its id, a cursor or a key`,
    `${journeys}: %s is that of its effect`,
  ],
  'task-catalog.mail': [
    'Mail goes over SMTP with TLS; a server that hangs, refuses or breaks off is told in bounded time.',
    'tasks 5',
    `${mail}: arrives as it was written, once for each recipient`,
    `${mail}: is not sent without TLS that is trusted: %s, offered: %s`,
    `${mail}: tells what became of it when %s meets %s`,
    'packages/runtime/test/task-integrations.test.ts: goes through the server that the settings name',
  ],
  'task-catalog.recipients': [
    'What a model or a run sends goes only where a person has said.',
    'tasks 5',
    `${services}: goes nowhere that a person has not named when a model asks, and says what to do`,
    `${services}: is told to be of no use to somebody for whom no recipient is named`,
    `${recipients}: goes to the addresses and domains that are set, in any case`,
    `${recipients}: goes from %s to its own domain: %j but %j`,
    `${services}: goes nowhere else, and shows its secret to nobody`,
  ],
  'task-catalog.deliveries': [
    'What an integration does is tried again by policy, never doubled, and told.',
    'tasks 5',
    `${integrations}: do it once for one key, and give the answer again`,
    `${integrations}: try again what was not done, with the same key`,
    `${integrations}: never do again what may have been done`,
    `${integrations}: do not do again what a process was doing when it ended`,
  ],
  'task-catalog.integrations': [
    'Webhooks are signed; Jira, Slack and calendars are called through imported catalogs; results link what was made.',
    'tasks 5',
    `${services}: is signed as its receiver expects, at each attempt with the same id`,
    `${services}: makes an issue through its imported description, and links it`,
    `${services}: is asked again after 429, when it says, and told nothing twice after a cut`,
    `${services}: are called through their imported descriptions, and link what was made`,
    `${services}: is asked nothing that the policy denies to the caller`,
    'packages/runtime/test/bundled-descriptions.test.ts: oatty:%s is imported by its name, without a warning',
    'packages/runtime/test/bundled-descriptions.test.ts: is named when an integration is set up before it',
    'test/e2e/cli-import.test.ts: takes those that come with the program by their names',
    'packages/tasks/test/integration-kinds.test.ts: makes one issue of a task, whenever and however often it is asked',
    'packages/tasks/test/integration-kinds.test.ts: is not set up %s',
    `${taskTools}: triggers an integration, and links what was made`,
    'packages/runtime/test/overdue-to-jira.test.ts: overdue tasks become issues once, and what is new is mailed',
  ],
} as const satisfies Readonly<Record<string, Entry>>;
