/**
 * Runs every command of the tasks, and calls every tool that they bring; prints which there are, which were run and
 * called, and which addresses were asked for.
 */
import { asked } from './guard-addresses.ts';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { createMcpServer } from '@oatty/mcp';
import { createOatty } from '@oatty/runtime';

const oatty = await createOatty();
await oatty.catalogs.setEnabled('tasks', true);
await setUpApi('jira', `${process.env['JIRA_URL']}`, 'basic', {
  username: 'ada@acme.example',
  password: 'token',
});
await setUpApi('slack', `${process.env['SLACK_URL']}/api`, 'bot', { value: 'xoxb-1' });
await setUpApi('google-calendar', `${process.env['CALENDAR_URL']}/calendar/v3`, 'bearer', { value: 'ya29' });
const ran: string[] = [];
const { task } = await run('create', { title: 'Pay the bill', due: '2036-03-29' });
const { task_id: taskId } = task;
await run('list', { overdue: false });
await run('get', { task_id: taskId });
await run('update', { task_id: taskId, priority: 'high' });
await run('update_status', { task_id: taskId, status: 'completed' });
await run('undo');
await run('history', { task_id: taskId });
await run('bulk:create', { tasks: [{ title: 'One' }, { title: 'Two' }] });
await run('bulk:update', { filter: { text: 'one' }, set: { priority: 'low' } });
await run('reports:generate', { csv: true });
await run('settings', { time_zone: 'Europe/Berlin' });
const { schedule } = await run('schedules:create', { run: 'tasks list', rrule: 'FREQ=DAILY' });
const { schedule_id: scheduleId } = schedule;
await run('schedules:list');
await run('schedules:pause', { schedule_id: scheduleId });
await run('schedules:resume', { schedule_id: scheduleId });
await run('schedules:remove', { schedule_id: scheduleId });
const settings = { url: process.env['HOOK_URL'], secret: 'HOOK' };
await run('integrations:add', { name: 'hook', kind: 'webhook', settings });
await run('integrations:list');
await run('integrations:trigger', { integration: 'hook', action: 'send', task_id: taskId });
const mail = { to: 'ann@example.com', subject: 'Bill', body: 'It is due.' };
await run('integrations:trigger', { integration: 'email', action: 'send', data: mail });
for (const [kind, action, data, given] of [
  ['jira', 'create_issue', { title: 'Bill' }, { project: 'OPS' }],
  ['slack', 'post_message', { text: 'Bill' }, { channel: '#ops' }],
  ['calendar', 'create_event', { title: 'Bill', start: '2036-03-29' }, {}],
] as const) {
  await run('integrations:add', { name: kind, kind, settings: given });
  await run('integrations:trigger', { integration: kind, action, data });
}
const { deliveries } = await run('integrations:history');
await run(
  'integrations:settle',
  { delivery_id: deliveries[0].delivery_id, carried_out: true },
  'TASK_CONFLICT',
);
await run('integrations:remove', { name: 'hook' });
await run('users');
await run('reads');
const { tools, called } = await callTools();
await run('delete', { task_id: taskId });
const { commands } = await oatty.catalogs.show('tasks');
await oatty.close();
process.stdout.write(JSON.stringify({ commands: commands.map(({ id }) => id), ran, tools, called, asked }));

/** What an AI client calls, and gets an answer to. */
async function callTools(): Promise<Readonly<Record<'tools' | 'called', readonly string[]>>> {
  const server = createMcpServer({ oatty, version: '1', log: () => undefined });
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  const client = new Client({ name: 'whole-catalog', version: '1' });
  await client.connect(near);
  const calls: Readonly<Record<string, Record<string, unknown>>> = {
    create_task: { title: 'Pay the bill' },
    create_tasks: { tasks: [{ title: 'One' }, { title: 'Two' }] },
    list_tasks: { overdue: false },
    update_task_status: { task_id: taskId, status: 'in_progress' },
    generate_report: { csv: true },
    schedule_workflow: { run: 'tasks list', cron: '@daily' },
    trigger_integration: { integration: 'slack', action: 'post_message', data: { text: 'Bill' } },
  };
  for (const [name, args] of Object.entries(calls)) {
    const { isError, content } = await client.callTool({ name, arguments: args });
    if (isError === true) throw new Error(`${name} failed: ${JSON.stringify(content)}`);
  }
  const listed = (await client.listTools()).tools.filter(({ _meta: meta }) => meta?.['ui'] !== undefined);
  await client.close();
  return { tools: listed.map(({ name }) => name), called: Object.keys(calls) };
}

async function setUpApi(
  id: string,
  baseUrl: string,
  scheme: string,
  credential: Parameters<typeof oatty.catalogs.setAuth>[2],
): Promise<void> {
  await oatty.catalogs.importOpenapi({ source: `oatty:${id}`, baseUrl });
  await oatty.catalogs.setAuth(id, scheme, credential);
}

/** @param refusal - the code with which it is refused, where nothing is there that it could be asked for */
// oxlint-disable-next-line typescript/no-explicit-any -- what is used of the answers is used by the next call
async function run(name: string, args: object = {}, refusal?: string): Promise<any> {
  const id = `tasks ${name}`;
  ran.push(id);
  const answer = oatty.commands.run(id, { with: { ...args }, confirmed: true });
  if (refusal === undefined) return (await answer).body;
  const code: unknown = await answer.catch((thrown: { readonly code?: unknown }) => thrown.code);
  if (code !== refusal) throw new Error(`${id} was not refused with ${refusal}.`);
}
