/** The tools that the catalog of tasks brings, as clients of both revisions see them. */
import { InMemoryTransport } from '@modelcontextprotocol/sdk/inMemory.js';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { createOatty, defineCatalog, defineCommand } from '@oatty/runtime';
import type { Oatty, OattyOptions } from '@oatty/runtime';
import type { AuditEvent } from '@oatty/types';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { catalogTools } from '../src/catalog-tools/catalog-tool-list.ts';
import { createMcpServer } from '../src/index.ts';
import type { McpServer } from '../src/index.ts';
import { describeTools } from '../src/tools/describe-tool.ts';
import { productToolbox } from '../src/tools/product-toolbox.ts';
import { productTools } from '../src/tools/tool-list.ts';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { connectModern } from './modern-client.ts';
import type { ModernClient } from './modern-client.ts';
import { answerOf, call, failure } from './tool-calls.ts';
import type { Answer } from './tool-calls.ts';

let dir: string;
let env: Readonly<Record<string, string>>;
let oatty: Oatty;
let server: McpServer;
let client: TestClient;
let modern: ModernClient;
const cleanups: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'oatty-task-tools-'));
  env = {
    REGISTRY_CONFIG_PATH: join(dir, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    HOOK: `whsec_${Buffer.alloc(32, 'k').toString('base64')}`,
  };
  oatty = await createOatty({ env, cwd: dir });
  await oatty.catalogs.setEnabled('tasks', true);
  server = createMcpServer({ oatty, version: '1', log: () => undefined });
  client = await connectInMemory(server);
  const [near, far] = InMemoryTransport.createLinkedPair();
  await server.connect(far);
  modern = await connectModern(near);
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});
afterAll(async () => {
  await client.close();
  await modern.close();
  await oatty.close();
  await rm(dir, { recursive: true, force: true });
});

const names = catalogTools.map(({ name }) => name);

describe('the tools of the tasks catalog', () => {
  it('are listed behind the others, for both generations of clients', async () => {
    for (const { client: asked } of [client, modern]) {
      const { tools } = await asked.listTools();
      expect(tools.slice(0, -names.length)).toHaveLength(productTools.list.length);
      expect(tools.slice(-names.length).map(({ name }) => name)).toEqual(names);
    }
  });

  it('are the ones that were reviewed, in at most 14,000 bytes', async () => {
    const { tools } = describeTools(await productToolbox.read(oatty), 'underscore');
    const listed = tools.slice(productTools.list.length);
    await expect(`${JSON.stringify({ tools: listed }, null, 2)}\n`).toMatchFileSnapshot(
      '../src/catalog-tools/catalog-tool-list.golden.json',
    );
    expect(Buffer.byteLength(JSON.stringify({ tools: listed }))).toBeLessThanOrEqual(14_000);
  });

  it('do at most what their commands do, and take what they take', async () => {
    const { tools } = await client.client.listTools();
    for (const tool of catalogTools) {
      const { command } = await oatty.commands.get(tool.command);
      expect([tool.name, tool.safety]).toEqual([tool.name, command.effect]);
      const { inputSchema } = tools.find(({ name }) => name === tool.name) ?? {};
      expect(Object.keys(inputSchema?.properties ?? {})).toEqual(command.parameters.map(({ name }) => name));
    }
  });

  it('say which view shows their result, in the new way and the old', async () => {
    const { tools } = await modern.client.listTools();
    const { _meta: meta } = tools.find(({ name }) => name === 'list_tasks') ?? {};
    expect(meta).toMatchObject({
      ui: { resourceUri: 'ui://tasks/table', visibility: ['model', 'app'] },
      'ui/resourceUri': 'ui://tasks/table',
    });
    for (const { client: asked } of [client, modern]) {
      expect(asked.getServerCapabilities()).toMatchObject({
        extensions: { 'io.modelcontextprotocol/ui': { mimeTypes: ['text/html;profile=mcp-app'] } },
      });
    }
  });

  it('come and go with their catalog, and clients are told', async () => {
    const told: string[] = [];
    client.client.setNotificationHandler(ToolListChangedNotificationSchema, () => void told.push('legacy'));
    modern.client.setNotificationHandler('notifications/tools/list_changed', () => void told.push('modern'));
    const listening = await modern.client.listen({ toolsListChanged: true });
    cleanups.push(() => listening.close());
    const other = await createOatty({ env, cwd: dir });
    cleanups.push(() => other.close());

    await other.catalogs.setEnabled('tasks', false);
    await expect.poll(() => told.toSorted(), patience).toEqual(['legacy', 'modern']);
    expect((await client.client.listTools()).tools).toHaveLength(productTools.list.length);
    const refusal = await client.refusal('tools/call', { name: 'list_tasks' });
    expect(refusal.message).toContain('while the catalog "tasks" is enabled');
    const { resources } = await client.client.listResources();
    expect(resources.filter(({ uri }) => uri.startsWith('ui://'))).toEqual([]);
    const unread = await client.refusal('resources/read', { uri: 'ui://tasks/table' });
    expect(unread.data.error_code).toBe('RESOURCE_NOT_FOUND');

    await other.catalogs.setEnabled('tasks', true);
    await expect.poll(() => told.toSorted(), patience).toEqual(['legacy', 'legacy', 'modern', 'modern']);
    expect((await client.client.listTools()).tools).toHaveLength(productTools.list.length + names.length);
  });

  it('are those of this version, whichever wrote the manifest', async () => {
    const old = await openWith({});
    await old.catalogs.setEnabled('tasks', true);
    const registry = await readFile(old.paths.registry, 'utf8');
    const [version = ''] = /(?<="document_version": )"\w+"/.exec(registry) ?? [];
    await writeFile(old.paths.registry, registry.replace(version, '"another"'));
    const { tools } = await (await connectTo(old)).client.listTools();
    expect(tools).toHaveLength(productTools.list.length + names.length);
    expect(await readFile(old.paths.registry, 'utf8')).toBe(registry);
  });

  it('are none where the catalogs cannot be read, and the others stay', async () => {
    for (const file of ['registry', 'manifest'] as const) {
      const broken = await openWith({});
      await broken.catalogs.setEnabled('tasks', true);
      const { registry, catalogs } = broken.paths;
      await writeFile({ registry, manifest: join(catalogs, 'tasks.json') }[file], '{');
      const { tools } = await (await connectTo(broken)).client.listTools();
      expect(tools).toHaveLength(productTools.list.length);
    }
  });

  it('are not brought by a catalog of the user with the same name', async () => {
    const { tools } = await (await connectTo(await openWithOwnTasks())).client.listTools();
    expect(tools.map(({ name }) => name)).not.toContain('create_task');
  });
});

describe('the views of results', () => {
  it('are resources of one page each that reaches no network', async () => {
    for (const { client: asked } of [client, modern]) {
      const { resources } = await asked.listResources();
      const views = resources.filter(({ uri }) => uri.startsWith('ui://'));
      expect(views.map(({ uri }) => uri)).toContain('ui://tasks/table');
      for (const view of views) {
        const { contents } = await asked.readResource({ uri: view.uri });
        expect(contents).toMatchObject([
          { ...aView, uri: view.uri, text: expect.stringMatching(/^<!doctype/i) },
        ]);
        expect(view).toMatchObject(aView);
      }
    }
  });

  it('show the result of a tool, each of them', async () => {
    const { resources } = await client.client.listResources();
    const uris = resources.map(({ uri }) => uri).filter((uri) => uri.startsWith('ui://'));
    expect(catalogTools.map(({ view }) => view)).toEqual(expect.arrayContaining(uris));
  });
});

describe('a call of a task tool', () => {
  it('creates, lists and completes tasks, with what a model needs as text', async () => {
    const created = await callBoth('create_task', { title: 'Buy milk', due: '2026-03-29' });
    for (const { document, text } of created) {
      expect(document).toMatchObject({
        type: 'task_created',
        title: 'Buy milk',
        priority: 'medium',
        status: 'pending',
        created: true,
      });
      expect(document['task']).toMatchObject({ id: document['taskId'], task_id: document['taskId'] });
      expect(text).toContain(String(document['taskId']));
      expect(text).toContain(`"tasks undo", with {"change": ${String(document['change'])}}`);
    }
    const listed = await callBoth('list_tasks', { text: 'milk', limit: 1 });
    for (const { document, text } of listed) {
      expect(document).toMatchObject({ type: 'task_list', count: 1, total: 2, has_more: true });
      expect(text).toContain('| Buy milk | pending, overdue | medium | 2026-03-29 |');
      expect(text).toContain(`cursor "${String(document['next_cursor'])}"`);
    }
    const [first] = created;
    const completed = await answerOf(client.client, 'update_task_status', {
      task_id: first?.document['taskId'],
      status: 'completed',
    });
    expect(completed.document).toMatchObject({
      type: 'task_updated',
      taskId: first?.document['taskId'],
      oldStatus: 'pending',
      newStatus: 'completed',
      next: null,
    });
    expect(completed.text).toContain('From pending to completed');
    const { change } = completed.document;
    const undone = await call(client, 'command_run', { command_id: 'tasks undo', with: { change } });
    expect(undone).toMatchObject({ body: { tasks: [{ outcome: 'restored' }] } });
  });

  it('creates several at once, and tells what became of each', async () => {
    const tasks = [
      { title: 'One' },
      { title: 'Two', due: 'next Friday' },
      { title: 'A | B\nC' },
      { title: `a${'😀'.repeat(200)}` },
      { title: 'Odd', [`no such ${'field '.repeat(1_000)}`]: 1 },
      { due: '2026-03-29' },
      'Milk',
    ];
    const { document, text } = await answerOf(client.client, 'create_tasks', { tasks });
    expect(document).toMatchObject({ type: 'task_list', count: 3, total: 3, created: 3, failed: 4 });
    expect(text).toContain('Created 3 of 7 tasks.');
    expect(text).toContain('| A \\| B C | pending |');
    expect(text).toContain(`| a${'😀'.repeat(49)}… |`);
    expect(text).toContain(
      '- tasks[1]: failed: due: Write a day as 2026-03-29, or a time as 2026-03-29T09:00Z.',
    );
    expect(text).toMatch(/^- tasks\[4\]: failed: .{10,110}$/m);
    expect(text).toMatch(/^- tasks\[5\]: failed: title: /m);
  });

  it('refuses more than a hundred at once by name', async () => {
    const tasks = Array.from({ length: 101 }, (_, index) => ({ title: `Task ${index}` }));
    const refused = await failure(client, 'create_tasks', { tasks });
    expect(refused).toMatchObject({
      error_code: 'ARGUMENT_INVALID',
      message: expect.stringContaining('"tasks"'),
    });
  });

  it('triggers an integration, and links what was made', async () => {
    const { url, close } = await startReceiver();
    cleanups.push(close);
    const settings = { url, secret: 'HOOK' };
    await oatty.commands.run('tasks integrations:add', { with: { name: 'hook', kind: 'webhook', settings } });
    const args = { integration: 'hook', action: 'send', idempotency_key: 'k1' };
    const { document, text } = await answerOf(client.client, 'trigger_integration', args);
    expect(document).toMatchObject({
      type: 'integration_triggered',
      integration: 'hook',
      action: 'send',
      status: 'success',
      links: [],
      details: { status: 204 },
    });
    expect(text).toBe('hook: send is done.');
    const again = await answerOf(modern.client, 'trigger_integration', args);
    expect(again).toMatchObject({
      document: { repeated: true },
      text: 'hook: send was done before; nothing was done again.',
    });
    const unset = await failure(client, 'trigger_integration', { ...args, integration: 'fax' });
    expect(unset).toMatchObject({ error_code: 'INTEGRATION_NOT_FOUND' });
    const add = { name: 'own', kind: 'webhook', settings };
    const refused = await failure(client, 'command.run', { command_id: 'tasks integrations:add', with: add });
    expect(refused).toMatchObject({ error_code: 'POLICY_DENIED' });
  });

  it('reports with its main figures as text', async () => {
    for (const { document, text } of await callBoth('generate_report', { csv: true })) {
      expect(document).toMatchObject({ type: 'report', kpis: expect.any(Array), csv: expect.any(String) });
      expect(text).toMatch(/^- completed: \d+ tasks$/m);
      expect(text).toContain('By status: pending');
    }
  });

  it('plans a command, and tells when it runs by the clocks of the user', async () => {
    const rule = { rrule: 'FREQ=WEEKLY;BYDAY=MO;BYHOUR=9;BYMINUTE=0', time_zone: 'Pacific/Chatham' };
    const given = { run: 'tasks reports:generate', ...rule, start: '2999-01-01' };
    for (const { document, text } of await callBoth('schedule_workflow', given)) {
      const { scheduleId } = document;
      expect(document).toMatchObject({
        type: 'workflow_scheduled',
        scheduleId: expect.any(String),
        name: 'tasks reports:generate',
        target: { kind: 'command', id: 'tasks reports:generate' },
        when: { kind: 'rrule', value: rule.rrule, time_zone: 'Pacific/Chatham' },
        schedule: { schedule_id: scheduleId },
      });
      expect(document['next']).toContain('2999-01-14T09:00:00+13:45');
      expect(text).toContain(`(schedule_id ${String(scheduleId)})`);
      expect(text).toContain('Next: 2999-01-07T09:00:00+13:45, ');
    }
    const remove = { run: 'tasks delete', inputs: { task_id: 'x' }, cron: '@daily' };
    expect(await failure(client, 'schedule_workflow', remove)).toMatchObject({
      error_code: 'CONFIRMATION_REQUIRED',
      suggested_action: expect.stringContaining('command.run_destructive'),
    });
  });

  it('names everything that is unknown or missing, and what does not fit', async () => {
    const unknown = await failure(client, 'create_task', { titel: 'x', __proto__: {} });
    expect(unknown).toMatchObject({ error_code: 'ARGUMENT_INVALID' });
    expect(unknown.violations?.map(({ path, rule }) => [path, rule])).toEqual([
      ['$.title', 'missing_argument'],
      ['$.titel', 'unknown_argument'],
    ]);
    const wrong = await failure(client, 'create_task', { title: 'x', priority: 'urgent', due: 'tomorrow' });
    expect(wrong.violations?.map(({ path }) => path)).toEqual(['$.priority', '$.due']);
    const empty = await failure(client, 'create_task', { title: null });
    expect(empty).toMatchObject({ suggested_action: 'Give title.' });
  });

  it('takes one value where a list is taken as a list of one', async () => {
    const { structuredContent } = await modern.client.callTool({
      name: 'list_tasks',
      arguments: { status: 'pending', priority: ['low', 'high'] },
    });
    expect(structuredContent).toMatchObject({
      applied: { filter: { status: ['pending'], priority: ['low', 'high'] } },
    });
  });

  it('fails as other tools do, against the same schema', async () => {
    const gone = { task_id: '00000000-0000-7000-8000-000000000000', status: 'completed' };
    expect(await failure(client, 'update_task_status', gone)).toMatchObject({ error_code: 'TASK_NOT_FOUND' });
    const result = await modern.client.callTool({ name: 'update_task_status', arguments: gone });
    expect(result).toMatchObject({ isError: true, structuredContent: { data: { category: 'not_found' } } });
  });

  it('goes the way of every command: the policy decides, and a trail is left', async () => {
    const events: AuditEvent[] = [];
    const policed = await openWith({
      policy: {
        decide: async ({ effect }) =>
          effect === 'safe' ? { kind: 'allow' } : { kind: 'deny', reason: 'Not today.' },
      },
      audit: { record: async (event) => void events.push(event) },
    });
    await policed.catalogs.setEnabled('tasks', true);
    const asked = await connectTo(policed);
    expect(await failure(asked, 'create_task', { title: 'x' })).toMatchObject({
      error_code: 'POLICY_DENIED',
    });
    await answerOf(asked.client, 'list_tasks', {});
    expect(events).toMatchObject([
      { command_id: 'tasks create', outcome: 'refused', caller: { principal: 'local', via: 'mcp' } },
      { command_id: 'tasks list', outcome: 'succeeded' },
    ]);
  });

  it('gives what the whole schema of its result says', async () => {
    const { url, close } = await startReceiver();
    cleanups.push(close);
    const hook = { name: 'samples', kind: 'webhook', settings: { url, secret: 'HOOK' } };
    await oatty.commands.run('tasks integrations:add', { with: hook });
    const { document: created } = await answerOf(client.client, 'create_task', { title: 'Sample' });
    const all = {
      ...samples,
      update_task_status: { task_id: created['taskId'], status: 'completed' },
      trigger_integration: { integration: 'samples', action: 'send' },
    };
    expect(Object.keys(all).toSorted()).toEqual(names.toSorted());
    for (const [name, args] of Object.entries(all)) {
      const { document } = await answerOf(client.client, name, args);
      const uri = `oatty://tool/output/${name}`;
      const { contents } = await client.client.readResource({ uri });
      const [schema] = contents.map((part) => ('text' in part ? JSON.parse(part.text) : undefined));
      const { properties } = z.object({ properties: z.record(z.string(), z.unknown()) }).parse(schema);
      expect(Object.keys(document).filter((key) => !Object.hasOwn(properties, key))).toEqual([]);
      expect(z.fromJSONSchema(schema).safeParse(document).error).toBeUndefined();
    }
  });
});

// --- internal ---

const aView = {
  mimeType: 'text/html;profile=mcp-app',
  _meta: {
    ui: {
      csp: { connectDomains: [], resourceDomains: [], frameDomains: [], baseUriDomains: [] },
      prefersBorder: true,
    },
  },
};

/** A loaded machine may take its time. */
const patience = { timeout: 10_000 };

/** Of the tools that need nothing to be there before. */
const samples: Readonly<Record<string, Record<string, unknown>>> = {
  create_task: { title: 'Sample' },
  create_tasks: { tasks: [{ title: 'Sample' }, { title: '' }] },
  list_tasks: { limit: 3 },
  generate_report: {},
  schedule_workflow: { run: 'tasks list', event: 'created' },
};

async function startReceiver() {
  const receiver = createServer((_, response) => void response.writeHead(204).end());
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  const address = receiver.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  return {
    url: `http://127.0.0.1:${port}/`,
    close: async () => {
      receiver.closeAllConnections();
      receiver.close();
    },
  };
}

/** Both clients check the structure against the listed schema. */
async function callBoth(name: string, args: Record<string, unknown>): Promise<readonly Answer[]> {
  return [await answerOf(client.client, name, args), await answerOf(modern.client, name, args)];
}

async function openWithOwnTasks(): Promise<Oatty> {
  const create = defineCommand({
    summary: 'Create.',
    effect: 'destructive',
    input: z.object({}),
    handler: async () => null,
  });
  return openWith({ modules: [defineCatalog({ title: 'Tasks', commands: { create } })] });
}

async function openWith(options: OattyOptions): Promise<Oatty> {
  const home = await mkdtemp(join(tmpdir(), 'oatty-task-tools-'));
  const env = { REGISTRY_CONFIG_PATH: join(home, 'registry.json') };
  const opened = await createOatty({ ...options, env, cwd: home });
  cleanups.push(async () => {
    await opened.close();
    await rm(home, { recursive: true, force: true });
  });
  return opened;
}

async function connectTo(opened: Oatty): Promise<TestClient> {
  const connected = await connectInMemory({ oatty: opened, version: '1', log: () => undefined });
  cleanups.push(() => connected.close());
  return connected;
}
