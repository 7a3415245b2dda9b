/** Workflows that the model of a client writes, and that the server validates, saves and runs. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { McpError } from '@modelcontextprotocol/sdk/types.js';
import { createMemoryRunStore } from '@oatty/engine';
import { createOatty } from '@oatty/runtime';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMcpServer, serveHttp } from '../src/index.ts';
import { connectClient, connectInMemory } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call } from './tool-calls.ts';

let world: ShopWorld;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  world = await openShop();
});

beforeEach(async () => {
  world.shop.reset();
  const { items } = await world.oatty.workflows.list();
  for (const { workflow_id } of items) await world.oatty.workflows.delete(workflow_id);
});

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

afterAll(() => world.close());

const whole = `workflow: look_up
title: Look an order up
inputs:
  order_id: { type: string, description: Which order }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
final_output: { id: '\${{ steps.order.id }}' }
`;
const broken = whole.replace('orders:info', 'orders:inof');
const removal = `workflow: remove
steps:
  - id: drop
    run: shop orders:delete
    with: { order: ord_1 }
`;
const goal = { goal: 'look an order up', inputs: { order_id: 'ord_1' } };

describe('workflow.author_and_run', () => {
  it('lets the model write, repairs, saves, runs and sums up', async () => {
    const client = await connect({ model: oneAfterTheOther([broken, whole]) });
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    expect(task.status).toBe('working');
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({
      run_id: task.taskId,
      workflow_id: 'look_up',
      status: 'succeeded',
      summary: expect.stringContaining('1 of 1 steps succeeded'),
      outputs: { order: { id: 'ord_1' } },
      final_output: { id: 'ord_1' },
      path: expect.stringContaining('look_up.yaml'),
      overwritten: false,
    });
    expect((await world.oatty.workflows.get('look_up')).content).toBe(whole);
  });

  it('gives the model the reference, the commands, and what is wrong', async () => {
    const client = await connect({ model: oneAfterTheOther([broken, whole]) });
    const { task } = await client.startTask(
      { ...goal, target_system: 'shop', constraints: 'one step' },
      { tool: 'workflow_author_and_run' },
    );
    await client.request('tasks/result', { taskId: task.taskId });
    const [first, second] = client.prompts.map(({ messages }) => textOf(messages));
    expect(first).toContain('goal:\n<data>\nlook an order up\n</data>');
    expect(first).toContain('constraints:\n<data>\none step\n</data>');
    expect(first).toContain('"id":"shop orders:info"');
    expect(second).toContain(`the manifest:\n<data>\n${broken.trim()}\n</data>`);
    expect(second).toMatch(/- \$\.steps\[0\]\.run \(line 7\): .*orders:info/);
    expect(client.prompts[1]?.systemPrompt).toContain('# Expressions');
    for (const { systemPrompt = '', messages } of client.prompts) {
      expect(systemPrompt.length + textOf(messages).length).toBeLessThan(100_000);
    }
  });

  it('tells its stages as they come', async () => {
    const client = await connect({ model: () => whole });
    await client.startTask(goal, { tool: 'workflow_author_and_run' });
    await expect.poll(() => client.statuses.at(-1)?.status).toBe('completed');
    const told = client.statuses.map(({ status, statusMessage, _meta }) => [
      status,
      (_meta as { 'oatty/progress': { step_name: string | null } })['oatty/progress'].step_name,
      statusMessage,
    ]);
    expect(told).toMatchObject([
      ['input_required', 'draft', expect.stringMatching(/^Drafting the inputs .*round 1 of 3/)],
      ['working', 'save', expect.stringMatching(/^Saved the workflow "look_up"/)],
      ['working', null, 'look_up started.'],
      ['working', 'shop orders:info', 'order: shop orders:info'],
      ['working', 'shop orders:info', 'order succeeded (1 of 1).'],
      ['completed', 'shop orders:info', 'Run succeeded.'],
    ]);
  });

  it('asks the person for inputs that the call did not bring', async () => {
    const client = await connect({
      model: () => whole,
      person: () => ({ action: 'accept', content: { order_id: 'ord_2' } }),
    });
    const { task } = await client.startTask({ goal: 'look' }, { tool: 'workflow_author_and_run' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ final_output: { id: 'ord_2' } });
    expect(client.forms).toMatchObject([{ requestedSchema: { required: ['order_id'] } }]);
  });

  it('says how to go on when inputs are missing and nobody can be asked', async () => {
    const client = await connect({ model: () => whole });
    const { task } = await client.startTask({ goal: 'look' }, { tool: 'workflow_author_and_run' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({
      data: {
        error_code: 'WORKFLOW_INPUTS_INCOMPLETE',
        suggested_action: expect.stringContaining('workflow_id "look_up"'),
      },
    });
    expect((await world.oatty.workflows.list()).items).toHaveLength(1);
  });

  it('shows destructive steps of a draft to the person before they run', async () => {
    const client = await connect({ model: () => removal, person: () => ({ action: 'decline' }) });
    const { task } = await client.startTask({ goal: 'remove' }, { tool: 'workflow_author_and_run' });
    const error = await client.refusal('tasks/result', { taskId: task.taskId });
    expect(error.data.error_code).toBe('CANCELED');
    expect(client.forms).toMatchObject([{ message: expect.stringContaining('drop (shop orders:delete)') }]);
    expect(world.shop.calls()).toEqual([]);
  });

  it('does not take confirm for what is not written yet', async () => {
    const client = await connect({ model: () => removal });
    const { task } = await client.startTask(
      { goal: 'remove', confirm: true },
      { tool: 'workflow_author_and_run' },
    );
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ data: { error_code: 'CONFIRMATION_REQUIRED' } });
    expect(world.shop.calls()).toEqual([]);
  });

  it('ends when the person does not let the model be asked', async () => {
    const client = await connect({
      model: () => {
        throw new McpError(-1, 'User rejected sampling request');
      },
    });
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    const error = await client.refusal('tasks/result', { taskId: task.taskId });
    expect(error.data.error_code).toBe('CANCELED');
  });

  it.each([
    ['fails', () => Promise.reject(new Error('overloaded')), 'overloaded'],
    ['writes without end', () => 'x'.repeat(100_001), 'longer than 100000'],
    ['writes nothing', () => ' ', 'empty'],
  ])('gives up after three tries when the model %s', async (_, model, reason) => {
    const client = await connect({ model });
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({
      message: expect.stringContaining(reason),
      data: { error_code: 'RESPONSE_INVALID', suggested_action: expect.stringContaining('manifest_content') },
    });
    expect(client.prompts).toHaveLength(3);
  });

  it('ends with the violations when the model does not get it right', async () => {
    const client = await connect({ model: () => broken });
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    expect(await client.request('tasks/result', { taskId: task.taskId })).toMatchObject({
      isError: true,
      structuredContent: {
        data: { error_code: 'WORKFLOW_VALIDATION_FAILED', violations: [{ path: '$.steps[0].run' }] },
      },
    });
  });

  it('stops asking when the task is canceled', async () => {
    const client = await connect({ model: () => new Promise(() => undefined) });
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    await expect.poll(() => client.prompts.length).toBe(1);
    const canceled = await client.request('tasks/cancel', { taskId: task.taskId });
    expect(canceled).toMatchObject({ status: 'cancelled' });
    expect((await world.oatty.workflows.list()).items).toEqual([]);
  });

  it('is the run of what was written, for run.list too', async () => {
    const client = await connect({ model: () => whole });
    await client.client.listTools();
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    await client.request('tasks/result', { taskId: task.taskId });
    const { items } = await call(client, 'run_list', { workflow_id: 'look_up' });
    expect(items).toContainEqual(expect.objectContaining({ run_id: task.taskId, status: 'succeeded' }));
  });
});

describe('workflow.author_and_run of a client without a model', () => {
  it('takes a manifest', async () => {
    const client = await connect();
    const args = { manifest_content: whole, inputs: { order_id: 'ord_1' } };
    const { task } = await client.startTask(args, { tool: 'workflow_author_and_run' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded', final_output: { id: 'ord_1' } });
  });

  it.each([
    ['a goal alone', { goal: 'look' }, 'ARGUMENT_INVALID', /manifest_content/],
    ['neither goal nor manifest', {}, 'ARGUMENT_INVALID', /goal/],
    ['violations', { manifest_content: broken }, 'WORKFLOW_VALIDATION_FAILED', /violation/],
    ['missing inputs', { manifest_content: whole }, 'WORKFLOW_INPUTS_INCOMPLETE', /input/],
    ['destructive steps', { manifest_content: removal }, 'CONFIRMATION_REQUIRED', /confirm/],
  ])('refuses %s before anything is written', async (_, args, code, action) => {
    const client = await connect();
    const error = await refuse(client, 'workflow_author_and_run', args);
    expect([error.code, error.data.error_code]).toEqual([-32_602, code]);
    expect(error.data.suggested_action).toMatch(action);
    expect((await world.oatty.workflows.list()).items).toEqual([]);
  });

  it('runs destructive steps of the manifest that was confirmed', async () => {
    const client = await connect();
    const args = { manifest_content: removal, confirm: true };
    const { task } = await client.startTask(args, { tool: 'workflow_author_and_run' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
    expect(world.shop.calls().map(({ method }) => method)).toEqual(['DELETE']);
  });

  it('runs the plan that was confirmed, and no other', async () => {
    const client = await connect();
    const tool = 'workflow_author_and_run';
    const shown = await refuse(client, tool, { manifest_content: removal });
    const agreed = { confirm: true, plan_hash: shown.data.context['plan_hash'] };
    const other = removal.replace('ord_1', 'ord_2');
    const error = await refuse(client, tool, { manifest_content: other, ...agreed });
    expect(error.data.error_code).toBe('CONFIRMATION_REQUIRED');
    expect(error.data.context['plan_hash']).not.toBe(agreed.plan_hash);
    const lone = await refuse(client, tool, { manifest_content: removal, plan_hash: agreed.plan_hash });
    expect(lone.data.error_code).toBe('ARGUMENT_INVALID');
    expect(world.shop.calls()).toEqual([]);
    const { task } = await client.startTask({ manifest_content: removal, ...agreed }, { tool });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
  });

  it('does not write over a workflow that is there, unless told to', async () => {
    await world.oatty.workflows.save({ content: whole });
    const client = await connect();
    const other = whole.replace('Look an order up', 'Another title');
    const args = { manifest_content: other, inputs: { order_id: 'ord_1' } };
    const error = await refuse(client, 'workflow_author_and_run', args);
    expect(error.data.error_code).toBe('WORKFLOW_ALREADY_EXISTS');
    const { task } = await client.startTask(
      { ...args, overwrite: true },
      { tool: 'workflow_author_and_run' },
    );
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ overwritten: true });
  });
});

describe('workflow.repair_and_rerun', () => {
  const failing = whole.replace('${{ inputs.order_id }}', 'nobody');

  it('shows the model why the run failed, and runs what it corrected', async () => {
    const client = await connect({ model: () => whole });
    const failed = await failedRun(client, failing);
    const { task } = await client.startTask({ run_id: failed }, { tool: 'workflow_repair_and_rerun' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ workflow_id: 'look_up', final_output: { id: 'ord_1' } });
    expect(textOf(client.prompts[0]?.messages)).toContain('"error_code":"HTTP_ERROR"');
    expect(task.taskId).not.toBe(failed);
    expect((await world.oatty.workflows.get('look_up')).content).toBe(whole);
  });

  it('takes the corrected manifest instead, and the inputs of the failed run', async () => {
    const client = await connect();
    const failed = await failedRun(client, failing);
    const args = { run_id: failed, manifest_content: whole };
    const { task } = await client.startTask(args, { tool: 'workflow_repair_and_rerun' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded', overwritten: true });
  });

  it('repairs a saved workflow from its last failed run', async () => {
    const client = await connect({ model: () => whole });
    await failedRun(client, failing);
    const { task } = await client.startTask(
      { workflow_id: 'look_up' },
      { tool: 'workflow_repair_and_rerun' },
    );
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
    expect(textOf(client.prompts[0]?.messages)).toContain(failing.trim());
  });

  it('repairs a manifest that has violations', async () => {
    const client = await connect({ model: () => whole });
    const args = { manifest_content: broken, inputs: { order_id: 'ord_1' } };
    const { task } = await client.startTask(args, { tool: 'workflow_repair_and_rerun' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
  });

  it('keeps the id of the workflow', async () => {
    const renamed = whole.replace('look_up', 'other');
    const client = await connect({ model: oneAfterTheOther([renamed, whole]) });
    const failed = await failedRun(client, failing);
    const { task } = await client.startTask({ run_id: failed }, { tool: 'workflow_repair_and_rerun' });
    await client.request('tasks/result', { taskId: task.taskId });
    expect(textOf(client.prompts[1]?.messages)).toContain('The workflow keeps its id, "look_up".');
    expect((await world.oatty.workflows.list()).items.map(({ workflow_id }) => workflow_id)).toEqual([
      'look_up',
    ]);
  });

  it('goes on from a draft that never came right', async () => {
    const hopeless = await connect({ model: () => broken });
    const { task: first } = await hopeless.startTask(goal, { tool: 'workflow_author_and_run' });
    await hopeless.request('tasks/result', { taskId: first.taskId });
    const client = await connect({ model: () => whole });
    const { task } = await client.startTask({ run_id: first.taskId }, { tool: 'workflow_repair_and_rerun' });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded', final_output: { id: 'ord_1' } });
    const prompt = textOf(client.prompts[0]?.messages);
    expect(prompt).toContain(broken.trim());
    expect(prompt).toContain('look an order up');
  });

  it('loses no change that somebody else made meanwhile', async () => {
    const writing = Promise.withResolvers<string>();
    const client = await connect({ model: () => writing.promise });
    const failed = await failedRun(client, failing);
    const { task } = await client.startTask({ run_id: failed }, { tool: 'workflow_repair_and_rerun' });
    await expect.poll(() => client.prompts.length).toBe(1);
    const theirs = failing.replace('Look an order up', 'Theirs');
    await world.oatty.workflows.save({ content: theirs, overwrite: true });
    writing.resolve(whole);
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ data: { error_code: 'WORKFLOW_VERSION_CONFLICT' } });
    expect((await world.oatty.workflows.get('look_up')).content).toBe(theirs);
  });

  it.each([
    ['nothing to repair', {}, 'ARGUMENT_INVALID'],
    ['a run that is not there', { run_id: 'nobody' }, 'RUN_NOT_FOUND'],
    ['a workflow that is not there', { workflow_id: 'nobody' }, 'WORKFLOW_NOT_FOUND'],
    ['a run and a workflow', { run_id: 'a', workflow_id: 'b' }, 'ARGUMENT_INVALID'],
  ])('refuses %s', async (_, args, code) => {
    const client = await connect();
    const error = await refuse(client, 'workflow_repair_and_rerun', args);
    expect([error.code, error.data.error_code]).toEqual([-32_602, code]);
  });

  it('says that a manifest is needed where there is no model', async () => {
    const client = await connect();
    const failed = await failedRun(client, failing);
    const error = await refuse(client, 'workflow_repair_and_rerun', { run_id: failed });
    expect(error.data.error_code).toBe('ARGUMENT_INVALID');
    expect(error.data.suggested_action).toContain('manifest_content');
  });

  it('refuses a run that has not failed', async () => {
    const client = await connect();
    const args = { manifest_content: whole, inputs: { order_id: 'ord_1' } };
    const { task } = await client.startTask(args);
    await client.request('tasks/result', { taskId: task.taskId });
    const error = await refuse(client, 'workflow_repair_and_rerun', { run_id: task.taskId });
    expect(error.data.error_code).toBe('RUN_STATE_CONFLICT');
  });
});

describe('a draft', () => {
  it('outlives the process and the client that began it', async () => {
    const store = createMemoryRunStore();
    const first = await createOatty({ env: world.env, cwd: world.dir, store });
    const gone = await connect({ model: () => new Promise(() => undefined) }, first);
    const { task } = await gone.startTask(goal, { tool: 'workflow_author_and_run' });
    await expect.poll(() => gone.prompts.length).toBe(1);
    await gone.close();
    await first.close();
    const second = await createOatty({ env: world.env, cwd: world.dir, store });
    cleanups.push(() => second.close());
    const client = await connect({ model: () => whole }, second);
    expect(await client.request('tasks/get', { taskId: task.taskId })).toMatchObject({
      status: 'input_required',
    });
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded', final_output: { id: 'ord_1' } });
    expect(client.prompts).toHaveLength(1);
  });

  it('is asked for over the stream of tasks/result where there is no other', async () => {
    const options = { oatty: world.oatty, version: '1', log: () => undefined };
    const server = await serveHttp({ ...options, host: '127.0.0.1', port: 0 });
    cleanups.push(() => server.close());
    const transport = new StreamableHTTPClientTransport(new URL(server.url), { fetch: withoutGet });
    const client = await connectClient(transport, { model: () => whole });
    cleanups.push(() => client.close());
    const { task } = await client.startTask(goal, { tool: 'workflow_author_and_run' });
    await expect
      .poll(() => client.request('tasks/get', { taskId: task.taskId }))
      .toMatchObject({ status: 'input_required' });
    expect(client.prompts).toEqual([]);
    const { structuredContent } = await client.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
  });

  it('goes to a client with a model, when the first one has none any more', async () => {
    const server = createMcpServer({ oatty: world.oatty, version: '1', log: () => undefined });
    const gone = await connectInMemory(server, { model: () => new Promise(() => undefined) });
    const { task } = await gone.startTask(goal, { tool: 'workflow_author_and_run' });
    await expect.poll(() => gone.prompts.length).toBe(1);
    await gone.close();
    const plain = await connectInMemory(server, { person: () => ({ action: 'accept', content: {} }) });
    await plain.request('tasks/get', { taskId: task.taskId });
    const able = await connectInMemory(server, { model: () => whole });
    cleanups.push(
      () => plain.close(),
      () => able.close(),
    );
    const { structuredContent } = await able.request('tasks/result', { taskId: task.taskId });
    expect(structuredContent).toMatchObject({ status: 'succeeded' });
    expect([plain.forms.length, able.prompts.length]).toEqual([0, 1]);
  });
});

// --- internal ---

async function connect(options: TestClientOptions = {}, oatty = world.oatty): Promise<TestClient> {
  const client = await connectInMemory({ oatty, version: '1', log: () => undefined }, options);
  cleanups.push(() => client.close());
  return client;
}

function refuse(client: TestClient, name: string, args: Record<string, unknown>) {
  return client.refusal('tools/call', { name, arguments: args, task: {} });
}

/** Saves the manifest and runs it until it fails. */
async function failedRun(client: TestClient, content: string): Promise<string> {
  await world.oatty.workflows.save({ content });
  const args = { workflow_id: 'look_up', inputs: { order_id: 'ord_1' } };
  const { task } = await client.startTask(args, { tool: 'workflow_execute' });
  expect(await client.request('tasks/result', { taskId: task.taskId })).toMatchObject({ isError: true });
  return task.taskId;
}

function oneAfterTheOther(texts: readonly string[]): () => string {
  const rest = [...texts];
  return () => rest.shift() ?? '';
}

function textOf(messages: TestClient['prompts'][number]['messages'] = []): string {
  return messages
    .flatMap(({ content }) => content)
    .map((content) => (content.type === 'text' ? content.text : ''))
    .join('\n');
}

const withoutGet: typeof fetch = async (url, init) =>
  init?.method === 'GET' ? new Response(null, { status: 405 }) : fetch(url, init);
