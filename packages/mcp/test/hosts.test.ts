/**
 * The main job as the hosts do it that people use: find a command, write a workflow, run it, read what came of it.
 *
 * The model that does it knows nothing of oatty but what its host shows: instructions, tools, texts.
 */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { createMcpServer } from '../src/index.ts';
import type { McpServer } from '../src/index.ts';
import { Host, toShown } from './a-host.ts';
import type { HostOptions } from './a-host.ts';
import { applyAdvice } from './apply-advice.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let server: McpServer;
const hosts: Host[] = [];

beforeAll(async () => {
  world = await openShop();
  server = createMcpServer({ oatty: world.oatty, version: '1', log: () => undefined });
});

beforeEach(async () => {
  world.shop.reset();
  const { items } = await world.oatty.workflows.list();
  for (const { workflow_id } of items) await world.oatty.workflows.delete(workflow_id);
});

afterEach(async () => {
  for (const host of hosts.splice(0)) await host.close();
});

afterAll(() => world.close());

const accept = () => ({ action: 'accept', content: {} });
const person = { 'elicitation/create': accept };

/** What each declares, as of November 2026. */
const claudeLike: HostOptions = { revision: '2025-11-25', capabilities: { roots: {} } };
const vsCodeLike: HostOptions = {
  revision: '2025-11-25',
  capabilities: {
    roots: { listChanged: true },
    sampling: { tools: {} },
    elicitation: { form: {}, url: {} },
  },
  answers: person,
};
const pretending: HostOptions = {
  revision: '2025-11-25',
  capabilities: { roots: {}, sampling: {}, elicitation: {} },
};
const modern: HostOptions = { revision: '2026-07-28', capabilities: {} };
const tasksExtension = { extensions: { 'io.modelcontextprotocol/tasks': {} } };

const kinds: Readonly<Record<string, HostOptions>> = {
  'like Claude, with tools alone': claudeLike,
  'like VS Code, with forms and a model': vsCodeLike,
  'of 2025-06-18, with forms': { revision: '2025-06-18', capabilities: { elicitation: {} }, answers: person },
  'of 2025-03-26': { revision: '2025-03-26', capabilities: { sampling: {} } },
  'of 2024-11-05': { revision: '2024-11-05', capabilities: {} },
  'that declares what it cannot do': pretending,
  'of 2026-07-28': modern,
  'of 2026-07-28, with forms': { ...modern, capabilities: { elicitation: {} }, answers: person },
};

describe.each(Object.entries(kinds))('a host %s', (_, options) => {
  it('finds a command, writes a workflow, runs it and reads the result', async () => {
    const host = await connect(options);
    const manifest = await draft(host);
    const { workflow_id } = await host.read('workflow_save', { manifest_content: manifest });
    const refused = await host.fail('workflow_run', { workflow_id });
    const start = host.toolIn(refused.split('support. ')[1] ?? '');
    expect(start).toBe('run_start');
    const incomplete = await host.fail(start, { workflow_id });
    expect(JSON.parse(incomplete).data.violations).toMatchObject([{ path: '$.inputs.order_id' }]);
    const { run_id } = await host.read(start, { workflow_id, inputs: { order_id: 'ord_1' } });
    await expect.poll(async () => (await host.read('run_status', { run_id })).status).toBe('succeeded');
    expect((await host.read('run_status', { run_id })).final_output).toBe('ord_1');
  });

  it('removes something only after a yes', async () => {
    const host = await connect(options);
    const removal = { command_id: 'shop orders:delete', with: { order: 'ord_1' } };
    const { isError, text } = await host.call('command_run_destructive', removal);
    expect(host.asked).toEqual('elicitation' in options.capabilities ? ['elicitation/create'] : []);
    expect([isError, /CONFIRMATION_REQUIRED.*confirm: true/.test(text), world.shop.calls().length]).toEqual(
      options.answers ? [false, false, 1] : [true, true, 0],
    );
    if (isError) await host.read('command_run_destructive', { ...removal, confirm: true });
    expect(world.shop.calls().map(({ method }) => method)).toEqual(['DELETE']);
  });
});

describe('a host like VS Code', () => {
  it('reads the specification, starts from a prompt, and hears of what changes', async () => {
    const host = await connect(vsCodeLike);
    const { result: specification } = await host.request('resources/read', { uri: 'oatty://workflow/spec' });
    expect(JSON.stringify(specification)).toContain('# Workflows');
    const prompt = { name: 'workflow.author', arguments: { goal: 'look an order up' } };
    expect(JSON.stringify((await host.request('prompts/get', prompt)).result)).toContain('shop orders:info');
    await host.read('workflow_save', { manifest_content: await draft(host) });
    await expect.poll(() => host.told, { timeout: 10_000 }).toContain('notifications/resources/list_changed');
  });
});

describe('a host that declares what it cannot do', () => {
  it('is asked once, and from then on as one without forms', async () => {
    const host = await connect(pretending);
    const { workflow_id } = await host.read('workflow_save', { manifest_content: await draft(host) });
    const waiting = await startTask(host, { workflow_id });
    await expect.poll(() => host.asked).toEqual(['elicitation/create']);
    for (let poll = 0; poll < 3; poll += 1) await host.request('tasks/get', { taskId: waiting.taskId });
    const next = await host.call('workflow_run', { workflow_id }, { task: {} });
    expect(next.text).toMatch(/^MCP error -32602: WORKFLOW_INPUTS_INCOMPLETE: .*order_id/);
    expect(host.asked).toEqual(['elicitation/create']);
  });

  it('answers what a task asks with the tool that the task names', async () => {
    const host = await connect(pretending);
    const { workflow_id } = await host.read('workflow_save', { manifest_content: await draft(host) });
    const { taskId: run_id, text } = await startTask(host, { workflow_id });
    await expect.poll(async () => (await host.read('run_status', { run_id })).status).toBe('waiting');
    const {
      open_questions: [question],
    } = await host.read('run_status', { run_id });
    expect(question.schema.required).toEqual(['order_id']);
    expect(text).toContain('run.respond');
    await host.read('run_respond', { run_id, answer: { order_id: 'ord_2' } });
    const { text: result } = toShown(await host.request('tasks/result', { taskId: run_id }));
    expect(JSON.parse(result)).toMatchObject({ status: 'succeeded', final_output: 'ord_2' });
  });

  it.each([
    ['missing inputs', {}, /^MCP error -32602: WORKFLOW_INPUTS_INCOMPLETE: .*order_id/],
    [
      'a confirmation',
      { order_id: 'ord_1' },
      /^MCP error -32602: CONFIRMATION_REQUIRED: .*remove.*confirm: true/,
    ],
  ])('does not wait for ever for %s that it cannot ask for', async (_, inputs, expected) => {
    const host = await connect(pretending);
    const saved = await host.read('workflow_save', { manifest_content: removal });
    const { taskId } = await startTask(host, { workflow_id: saved.workflow_id, inputs });
    const { text } = toShown(await host.request('tasks/result', { taskId }));
    expect(text).toMatch(expected);
    expect((await host.read('run_status', { run_id: taskId })).status).toBe('canceled');
    expect(world.shop.calls()).toEqual([]);
  });

  it('is told in the result what is asked after an answer, too', async () => {
    const host = await connect(pretending);
    const { workflow_id } = await host.read('workflow_save', { manifest_content: removal });
    const { taskId: run_id } = await startTask(host, { workflow_id });
    await expect.poll(() => host.asked).toEqual(['elicitation/create']);
    await host.read('run_respond', { run_id, answer: { order_id: 'ord_1' } });
    const { text } = toShown(await host.request('tasks/result', { taskId: run_id }));
    expect(text).toMatch(/CONFIRMATION_REQUIRED/);
    expect(host.asked).toEqual(['elicitation/create']);
  });

  it('has no model, and is told to pass a manifest', async () => {
    const host = await connect(pretending);
    const { taskId } = await startTask(host, { goal: 'look an order up' }, 'workflow_author_and_run');
    const { text } = toShown(await host.request('tasks/result', { taskId }));
    expect(JSON.parse(text).data.suggested_action).toContain('manifest_content');
    const next = await host.call('workflow_author_and_run', { goal: 'look' }, { task: {} });
    expect(next.text).toContain('manifest_content');
  });
});

describe('a host with tasks', () => {
  it('of 2025-11-25 asks its person for what is missing, and shows the run', async () => {
    const content = { order_id: 'ord_2' };
    const answers = { 'elicitation/create': () => ({ action: 'accept', content }) };
    const host = await connect({ ...vsCodeLike, answers });
    const { workflow_id } = await host.read('workflow_save', { manifest_content: await draft(host) });
    const { taskId } = await startTask(host, { workflow_id });
    const { text } = toShown(await host.request('tasks/result', { taskId }));
    expect(JSON.parse(text)).toMatchObject({ status: 'succeeded', final_output: 'ord_2' });
  });

  it('of 2026-07-28 finds the run in its task', async () => {
    const host = await connect({ ...modern, capabilities: tasksExtension });
    const { workflow_id } = await host.read('workflow_save', { manifest_content: await draft(host) });
    const inputs = { order_id: 'ord_1' };
    const created = await host.request('tools/call', {
      name: 'workflow_run',
      arguments: { workflow_id, inputs },
    });
    const { taskId } = modernTask.parse(created.result);
    const read = async () => modernTask.parse((await host.request('tasks/get', { taskId })).result);
    await expect.poll(read).toMatchObject({ status: 'completed' });
    const { text } = toShown(await read());
    expect(JSON.parse(text)).toMatchObject({ status: 'succeeded', final_output: 'ord_1' });
  });
});

describe('the revision', () => {
  it.each([
    ['2025-11-25', '2025-11-25'],
    ['2025-06-18', '2025-06-18'],
    ['2025-03-26', '2025-03-26'],
    ['2024-11-05', '2024-11-05'],
    ['2024-01-01', '2025-11-25'],
    ['2026-07-28', '2026-07-28'],
  ])('of a host that wants %s is %s', async (revision, agreed) => {
    const host = await connect({ revision, capabilities: {} });
    expect(host.revision).toBe(agreed);
  });
});

// --- internal ---

async function connect(options: HostOptions): Promise<Host> {
  const host = new Host(options);
  hosts.push(host);
  await host.connect(server);
  return host;
}

/** The example of the instructions, with a command that was found and read, and a mistake that was corrected. */
async function draft(host: Host): Promise<string> {
  const { items } = await host.read('command_search', { query: 'get an order' });
  const { command } = await host.read('command_get', { command_id: items[0].id });
  const [, example = ''] = /```yaml\n([^]*?)```/.exec(host.instructions) ?? [];
  const right = example
    .replace(/run: .*/, `run: ${command.id}`)
    .replace('order:', `${command.parameters[0].name}:`);
  expect(await host.read('workflow_validate', { manifest_content: right })).toMatchObject({ valid: true });
  const wrong = right.replace('orders:info', 'order:info');
  const refused = await host.fail('workflow_save', { manifest_content: wrong });
  return applyAdvice(wrong, JSON.parse(refused).data.suggested_action);
}

const removal = `workflow: remove_order
inputs:
  order_id: { type: string }
steps:
  - id: remove
    run: shop orders:delete
    with: { order: '\${{ inputs.order_id }}' }
`;

async function startTask(host: Host, args: Readonly<Record<string, unknown>>, name = 'workflow_run') {
  const { result } = await host.request('tools/call', { name, arguments: args, task: {} });
  const { task, _meta: meta } = createdTask.parse(result);
  return { taskId: task.taskId, text: meta['io.modelcontextprotocol/model-immediate-response'] };
}

const createdTask = z.object({
  task: z.object({ taskId: z.string() }),
  _meta: z.object({ 'io.modelcontextprotocol/model-immediate-response': z.string() }),
});

const modernTask = z.object({ taskId: z.string(), status: z.string(), result: z.unknown().optional() });
