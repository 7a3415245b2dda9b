/** What a client does with oatty, told once for every transport. Each scenario names the requirements that it shows. */
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import type { Client } from '@modelcontextprotocol/sdk/client/index.js';
import type { ShopApi } from '@oatty/example-shop-api';
import { expect } from 'vitest';
import type { Answers, McpClient, Revision } from './connect-mcp.ts';
import type { RequirementId } from './requirements.ts';

export interface Stage {
  /** Without elicitation. */
  readonly plain: McpClient;
  /** Shows forms to a person, and has a model. */
  readonly asked: McpClient;
  /** What the person and the model say. */
  readonly answers: { person: ReturnType<Answers['person']>; model: string };
  readonly shop: ShopApi;
  /** Path of the shop's description. */
  readonly description: string;
}

export interface Scenario {
  readonly title: string;
  readonly covers: readonly RequirementId[];
  /** Speaks of what other revisions do not have, or have otherwise. */
  readonly only?: Revision;
  run(stage: Stage): Promise<void>;
}

// oxlint-disable-next-line typescript/no-explicit-any -- tests read into documents, and compare what they find
type Document = any;

export const scenarios: readonly Scenario[] = [
  {
    title: 'is told what the server offers and how to work with it',
    covers: ['server.instructions'],
    async run({ plain: { client } }) {
      const instructions = client.getInstructions() ?? '';
      expect(instructions).toContain('discover, draft, validate, save, run');
      expect(Buffer.byteLength(instructions)).toBeLessThanOrEqual(2_048);
    },
  },
  {
    title: 'is told the capabilities of the server',
    covers: ['server.capabilities'],
    only: '2025-11-25',
    async run({ plain: { client } }) {
      expect((client as Client).getServerCapabilities()).toMatchObject({
        tools: {},
        resources: { subscribe: true, listChanged: true },
        prompts: {},
        completions: {},
        tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
      });
    },
  },
  {
    title: 'lists tools that every host accepts',
    covers: [
      'tools.names',
      'tools.budget',
      'tools.first',
      'tools.annotations',
      'tools.metadata',
      'tools.task-support',
    ],
    only: '2025-11-25',
    async run({ plain }) {
      const list = await plain.request('tools/list');
      const tools = list.tools as Document[];
      expect(Buffer.byteLength(JSON.stringify(list))).toBeLessThanOrEqual(32_000);
      expect(await call(plain, tools[0].name)).toHaveProperty('items');
      expect(await call(plain, tools[0].title)).toHaveProperty('items');
      for (const { name, title, annotations, execution, _meta: meta } of tools) {
        expect([name, meta['oatty/name']]).toEqual([title.replace('.', '_'), title]);
        expect(name).toMatch(/^[a-z_]{1,40}$/);
        expect(annotations).toEqual({
          readOnlyHint: meta['oatty/safety'] === 'safe',
          destructiveHint: meta['oatty/safety'] === 'destructive',
          idempotentHint: expect.any(Boolean),
          openWorldHint: expect.any(Boolean),
        });
        expect(['local', 'http', 'workflow']).toContain(meta['oatty/execution_type']);
        expect(['GET', 'POST', 'DELETE']).toContain(meta['oatty/http_method']);
        expect(['required', 'forbidden']).toContain(execution.taskSupport);
      }
    },
  },
  {
    title: 'is corrected when a call is wrong',
    covers: ['errors.argument', 'errors.tool-unknown', 'errors.payload'],
    async run({ plain }) {
      const error = await failure(plain, 'workflow_get', { workflow: 'x' });
      expect(error).toMatchObject({
        code: -32_602,
        message: expect.stringMatching(/^ARGUMENT_INVALID: /),
        data: {
          error_code: 'ARGUMENT_INVALID',
          category: 'validation',
          retryable: false,
          suggested_action: 'Did you mean "workflow_id"?',
          correlation_id: expect.any(String),
          violations: expect.arrayContaining([expect.objectContaining({ rule: 'unknown_argument' })]),
        },
      });
      await expect(plain.client.callTool({ name: 'workflow_lst' })).rejects.toMatchObject({
        code: -32_602,
        data: { suggested_action: 'Did you mean "workflow_list"?' },
      });
    },
  },
  {
    title: 'finds, lists, reads and runs commands',
    covers: [
      'command.search',
      'command.list',
      'command.get',
      'command.run',
      'provider.list',
      'safety.safe',
      'tools.text',
      'tools.output-schema',
    ],
    async run({ plain }) {
      const found = await call(plain, 'command_search', { query: 'get an order' });
      expect(found.items[0]).toMatchObject({ id: 'shop orders:info', effect: 'safe' });
      const first = await call(plain, 'command_list', { vendor: 'shop', limit: 2 });
      expect(first.items).toHaveLength(2);
      const next = await call(plain, 'command_list', { vendor: 'shop', cursor: first.next_cursor });
      expect(next.items[0].id > first.items[1].id).toBe(true);
      expect((await call(plain, 'provider_list')).items).toContainEqual(
        expect.objectContaining({ id: 'shop orders:list', select: { value_field: 'id' } }),
      );
      expect(await call(plain, 'command_get', { command_id: 'shop orders:info' })).toMatchObject({
        command: { parameters: [{ name: 'order', required: true }] },
      });
      const order = { command_id: 'shop orders:info', with: { order: 'ord_1' } };
      expect(await call(plain, 'command_run_safe', order)).toMatchObject({
        status: 200,
        body: { id: 'ord_1' },
      });
      const body = { customer: 'cus_1', items: [{ sku: 'MUG-01', quantity: 1 }] };
      const created = await call(plain, 'command_run', { command_id: 'shop orders:create', body });
      expect(created).toMatchObject({ status: 201, body: { customer: 'cus_1' } });
      const refused = await failure(plain, 'command_run_safe', {
        ...order,
        command_id: 'shop orders:delete',
      });
      expect(refused.data.error_code).toBe('ARGUMENT_INVALID');
    },
  },
  {
    title: 'validates, saves, reads, renames and deletes a workflow',
    covers: [
      'workflow.validate',
      'workflow.save',
      'workflow.save-version',
      'workflow.save-invalid',
      'workflow.get',
      'workflow.list',
      'workflow.rename',
      'workflow.delete',
      'workflow.as-command',
      'errors.violations',
    ],
    async run({ plain }) {
      const wrong = { manifest_content: look('draft').replace('orders:info', 'orders:inf') };
      const report = await call(plain, 'workflow_validate', wrong);
      expect(report).toMatchObject({
        valid: false,
        violations: [{ path: '$.steps[0].run', rule: expect.any(String), line: 7 }],
      });
      const unsaved = await failure(plain, 'workflow_save', wrong);
      expect(unsaved.data).toMatchObject({ error_code: 'WORKFLOW_VALIDATION_FAILED', violations: [{}] });
      const text = `# kept\n${look('draft')}`;
      const saved = await call(plain, 'workflow_save', { manifest_content: text });
      const read = await call(plain, 'workflow_get', { workflow_id: 'draft' });
      expect(read).toMatchObject({
        content: text,
        format: 'yaml',
        path: saved.path,
        version: saved.version,
        parsed: { workflow: 'draft' },
      });
      const stale = { manifest_content: text, overwrite: true, expected_version: 'older' };
      expect((await failure(plain, 'workflow_save', stale)).data.category).toBe('conflict');
      const renamed = await call(plain, 'workflow_rename', { workflow_id: 'draft', new_id: 'final' });
      expect(renamed.version).not.toBe(saved.version);
      const listed = (await call(plain, 'workflow_list')).items.map((item: Document) => item.workflow_id);
      expect(listed).toContain('final');
      expect(listed).not.toContain('draft');
      const found = await call(plain, 'command_search', { query: 'look at final', vendor: 'workflow' });
      expect(found.items[0].id).toBe('workflow final');
      const deleted = await call(plain, 'workflow_delete', { workflow_id: 'final', confirm: true });
      expect(deleted).toMatchObject({ deleted: true, workflow_id: 'final' });
    },
  },
  {
    title: 'sees what a workflow would do before it runs',
    covers: [
      'workflow.preview-inputs',
      'workflow.resolve-inputs',
      'workflow.step-plan',
      'workflow.preview-rendered',
    ],
    async run({ plain }) {
      const manifest_content = look('plan');
      expect(await call(plain, 'workflow_preview_inputs', { manifest_content })).toMatchObject({
        required_missing: ['order_id'],
        inputs: [{ input: 'order_id', required: true }],
      });
      const resolve = (partial_inputs: object) =>
        call(plain, 'workflow_resolve_inputs', { manifest_content, partial_inputs });
      expect((await resolve({})).ready).toBe(false);
      expect(await resolve({ order_id: 'ord_1' })).toMatchObject({
        ready: true,
        resolved_inputs: { order_id: 'ord_1' },
      });
      const inputs = { order_id: 'ord_1' };
      expect(await call(plain, 'workflow_step_plan', { manifest_content, inputs })).toMatchObject({
        effect: 'safe',
        steps: [{ index: 0, step_id: 'order', depends_on: [], condition: null, will_run: true }],
      });
      expect(await call(plain, 'workflow_preview_rendered', { manifest_content, inputs })).toMatchObject({
        rendered_steps: [{ with: { order: 'ord_1' } }],
        rendered_final_output: '${{ steps.order.id }}',
        unresolved: [{ path: '$.final_output', expression: 'steps.order.id' }],
      });
    },
  },
  {
    title: 'runs a workflow as a task',
    covers: [
      'task.created',
      'task.get',
      'task.result',
      'task.list',
      'task.unknown',
      'task.terminal',
      'task.status',
    ],
    only: '2025-11-25',
    async run({ plain }) {
      const { task, _meta: meta } = (await plain.request('tools/call', {
        name: 'workflow_run',
        arguments: { manifest_content: look('task'), inputs: { order_id: 'ord_1' } },
        task: {},
      })) as Document;
      expect(meta['oatty/run_id']).toEqual(expect.any(String));
      expect(await plain.request('tasks/get', { taskId: task.taskId })).toMatchObject({
        taskId: task.taskId,
      });
      const result = await plain.request('tasks/result', { taskId: task.taskId });
      await validate(plain, 'workflow_run', result.structuredContent);
      expect(result).toMatchObject({
        structuredContent: { status: 'succeeded', final_output: 'ord_1' },
        _meta: { 'io.modelcontextprotocol/related-task': { taskId: task.taskId } },
      });
      const { tasks } = (await plain.request('tasks/list')) as Document;
      expect(tasks).toContainEqual(expect.objectContaining({ taskId: task.taskId, status: 'completed' }));
      await expect.poll(() => plain.told).toContain('task completed');
      for (const [method, taskId] of [
        ['tasks/get', 'nobody'],
        ['tasks/cancel', task.taskId],
      ]) {
        await expect(plain.request(method, { taskId })).rejects.toMatchObject({ code: -32_602 });
      }
    },
  },
  {
    title: 'learns where a task is needed and where it is not',
    covers: ['task.required', 'task.forbidden'],
    only: '2025-11-25',
    async run({ plain, shop }) {
      const manifest = { manifest_content: look('handle'), inputs: { order_id: 'ord_1' } };
      await expect(
        plain.request('tools/call', { name: 'workflow_run', arguments: manifest }),
      ).rejects.toMatchObject({
        code: -32_601,
        data: {
          error_code: 'TASK_CAPABILITY_REQUIRED',
          category: 'execution',
          suggested_action: expect.stringContaining('run.start'),
        },
      });
      shop.reset();
      const command = { command_id: 'shop orders:info', with: { order: 'ord_1' } };
      await expect(
        plain.request('tools/call', { name: 'command_run_safe', arguments: command, task: {} }),
      ).rejects.toMatchObject({ code: -32_601 });
      expect(shop.calls()).toEqual([]);
    },
  },
  {
    title: 'starts runs without tasks and asks how they go',
    covers: ['run.handle', 'run.list', 'errors.execution'],
    async run({ plain }) {
      const manifest = { manifest_content: look('handle'), inputs: { order_id: 'ord_1' } };
      const { run_id } = await call(plain, 'run_start', manifest);
      await expect
        .poll(async () => (await call(plain, 'run_status', { run_id })).status, { timeout: 10_000 })
        .toBe('succeeded');
      expect((await call(plain, 'run_list', { limit: 1 })).items).toMatchObject([{ run_id }]);
      const failing = await call(plain, 'run_start', { ...manifest, inputs: { order_id: 'nobody' } });
      await expect
        .poll(async () => (await call(plain, 'run_status', { run_id: failing.run_id })).error, {
          timeout: 10_000,
        })
        .toMatchObject({ category: 'execution', step_id: 'order', command: 'shop orders:info' });
    },
  },
  {
    title: 'has a person who knows what is missing',
    covers: ['task.input'],
    only: '2025-11-25',
    async run({ asked, answers }) {
      answers.person = { action: 'accept', content: { order_id: 'ord_2' } };
      const { task } = (await asked.request('tools/call', {
        name: 'workflow_run',
        arguments: { manifest_content: look('asks') },
        task: {},
      })) as Document;
      expect(await asked.request('tasks/result', { taskId: task.taskId })).toMatchObject({
        structuredContent: { final_output: 'ord_2' },
      });
    },
  },
  {
    title: 'has a person who is asked before anything is removed',
    covers: ['safety.asks', 'safety.confirm'],
    async run({ asked, plain, answers, shop }) {
      shop.reset();
      const deletion = { command_id: 'shop orders:delete', with: { order: 'ord_1' } };
      answers.person = { action: 'decline' };
      const declined = await failure(asked, 'command_run_destructive', { ...deletion, confirm: true });
      expect(declined.data.error_code).toBe('CANCELED');
      const unconfirmed = await failure(plain, 'command_run_destructive', deletion);
      expect(unconfirmed.data).toMatchObject({
        error_code: 'CONFIRMATION_REQUIRED',
        suggested_action: expect.stringContaining('confirm: true'),
      });
      expect(shop.calls()).toEqual([]);
      const done = await call(plain, 'command_run_destructive', { ...deletion, confirm: true });
      expect(done.status).toBe(204);
      shop.reset();
    },
  },
  {
    title: 'imports a description, sets it up and removes it',
    covers: [
      'catalog.validate',
      'catalog.preview',
      'catalog.import',
      'catalog.toggle',
      'catalog.settings',
      'catalog.remove',
    ],
    async run({ plain, description: source }) {
      const options = { source, catalog_title: 'Second', vendor: 'second' };
      expect(await call(plain, 'catalog_validate_openapi', { source })).toMatchObject({
        valid: true,
        document_kind: 'openapi_3',
        violations: [],
      });
      const preview = await call(plain, 'catalog_preview_import', options);
      expect((await call(plain, 'catalog_list')).items).toHaveLength(1);
      const imported = await call(plain, 'catalog_import_openapi', options);
      expect(imported).toMatchObject({
        catalog_id: 'second',
        command_count: preview.projected_command_count,
      });
      expect((await failure(plain, 'catalog_import_openapi', options)).data.category).toBe('conflict');
      const catalog = { catalog_id: 'second' };
      await call(plain, 'catalog_set_enabled', { ...catalog, enabled: false });
      expect((await call(plain, 'command_list', { vendor: 'second' })).items).toEqual([]);
      const base_url = 'https://second.example';
      expect(await call(plain, 'catalog_set_base_url', { ...catalog, base_url })).toMatchObject({ base_url });
      const set = { 'X-Token': 'hush-hush-hush', 'X-Key': '${env:SHOP_KEY}' };
      const settings = await call(plain, 'catalog_edit_headers', {
        catalog_title: 'Second',
        set,
        confirm: true,
      });
      expect(settings.headers['X-Key']).toBe('${env:SHOP_KEY}');
      expect(JSON.stringify(settings)).not.toContain('hush-hush');
      const removal = { ...catalog, remove_manifest: true, confirm: true };
      expect(await call(plain, 'catalog_remove', removal)).toEqual({
        removed_catalog_id: 'second',
        manifest_removed: true,
        remaining_catalog_count: 1,
      });
    },
  },
  {
    title: 'hears when resources change',
    covers: ['resources.updated', 'resources.unknown'],
    only: '2025-11-25',
    async run({ plain }) {
      const { told } = plain;
      const client = plain.client as Client;
      const manifest = 'oatty://workflow/manifest/watched';
      await client.subscribeResource({ uri: manifest });
      told.length = 0;
      await expect
        .poll(
          async () => {
            await client.ping();
            const manifest_content = `# ${Date.now()}\n${look('watched')}`;
            await call(plain, 'workflow_save', { manifest_content, overwrite: true });
            return told;
          },
          { timeout: 10_000, interval: 500 },
        )
        .toEqual(expect.arrayContaining(['list', manifest]));
      await expect(client.readResource({ uri: 'oatty://nothing' })).rejects.toMatchObject({
        code: -32_002,
        data: { error_code: 'RESOURCE_NOT_FOUND' },
      });
    },
  },
  {
    title: 'lists resources and reads each of them',
    covers: ['resources.list', 'resources.read'],
    async run({ plain }) {
      const { client } = plain;
      const kept = { manifest_content: look('kept'), overwrite: true };
      await call(plain, 'workflow_save', kept);
      const { resources } = await client.listResources();
      const uris = resources.map(({ uri }) => uri);
      expect(uris).toEqual(
        expect.arrayContaining([
          'oatty://workflow/spec',
          'oatty://workflow/schema',
          'oatty://workflow/manifests',
          'oatty://command/catalog',
          'oatty://provider/catalog?vendor=shop',
          'oatty://workflow/manifest/kept',
        ]),
      );
      for (const uri of uris) expect((await client.readResource({ uri })).contents.length).toBeGreaterThan(0);
    },
  },
  {
    title: 'starts from prompts, with arguments completed',
    covers: ['prompts.list', 'prompts.get', 'prompts.arguments', 'completion'],
    async run({ plain: { client } }) {
      const { prompts } = await client.listPrompts();
      expect(prompts.map(({ name }) => name)).toEqual([
        'workflow.author',
        'workflow.extend',
        'workflow.fix_validation',
        'workflow.run_with_inputs',
      ]);
      const { messages } = await client.getPrompt({
        name: 'workflow.author',
        arguments: { goal: 'delete old orders', target_system: 'shop' },
      });
      expect(messages).toHaveLength(1);
      expect(JSON.stringify(messages)).not.toMatch(
        /orders:delete|workflow_delete|catalog_remove|run_destructive/,
      );
      await expect(client.getPrompt({ name: 'workflow.extend' })).rejects.toMatchObject({
        code: -32_602,
      });
      for (const [ref, name, value, first] of [
        [{ type: 'ref/prompt', name: 'workflow.author' }, 'target_system', 's', 'shop'],
        [{ type: 'ref/resource', uri: 'oatty://tool/output/{tool}' }, 'tool', 'workflow.l', 'workflow.list'],
      ] as const) {
        const { completion } = await client.complete({ ref, argument: { name, value } });
        expect(completion.values).toEqual([first]);
      }
    },
  },
  {
    title: 'answers, resumes, cancels and forgets runs',
    covers: ['run.respond', 'run.resume', 'workflow.cancel', 'workflow.purge-history'],
    async run({ plain }) {
      const asking = await call(plain, 'run_start', { manifest_content: approval });
      const waiting = await untilStatus(plain, asking.run_id, 'waiting');
      expect(waiting.open_questions).toMatchObject([{ kind: 'approval', message: 'Go?' }]);
      await call(plain, 'run_respond', { run_id: asking.run_id, answer: { choice: 'approve' } });
      expect(await untilStatus(plain, asking.run_id, 'succeeded')).toMatchObject({ final_output: 'approve' });

      const failing = { manifest_content: look('mended'), inputs: { order_id: 'nobody' } };
      const failed = await call(plain, 'run_start', failing);
      await untilStatus(plain, failed.run_id, 'failed');
      const mended = look('mended').replace('${{ inputs.order_id }}', 'ord_1');
      const resumption = { run_id: failed.run_id, manifest_content: mended };
      const { plan } = await call(plain, 'run_resume', { ...resumption, preview: true });
      expect(plan).toMatchObject({ can_resume: true, steps: [{ action: 'run_again' }] });
      const resumed = await call(plain, 'run_resume', resumption);
      expect(resumed.resumed_from).toBe(failed.run_id);
      expect(await untilStatus(plain, resumed.run_id, 'succeeded')).toMatchObject({ final_output: 'ord_1' });

      const left = await call(plain, 'run_start', { manifest_content: approval });
      const cancellation = { operation_id: left.run_id, confirm: true };
      expect(await call(plain, 'workflow_cancel', cancellation)).toMatchObject({ status: 'canceled' });
      const purge = { workflow_id: 'approval' };
      const unconfirmed = await failure(plain, 'workflow_purge_history', purge);
      expect(unconfirmed.data.error_code).toBe('CONFIRMATION_REQUIRED');
      expect(await call(plain, 'workflow_purge_history', { ...purge, confirm: true })).toMatchObject({
        purged: true,
        removed_entries: 2,
      });
      expect((await call(plain, 'run_list', purge)).items).toEqual([]);
    },
  },
  {
    title: 'has a model that writes, runs and repairs workflows',
    covers: ['task.author-and-run', 'task.execute-saved', 'task.repair-and-rerun', 'task.sampling'],
    only: '2025-11-25',
    async run({ asked, plain, answers }) {
      answers.model = look('written');
      const goal = { goal: 'look an order up', inputs: { order_id: 'ord_1' }, overwrite: true };
      const written = await settle(asked, 'workflow_author_and_run', goal);
      expect(written).toMatchObject({ workflow_id: 'written', status: 'succeeded', final_output: 'ord_1' });
      expect((await call(asked, 'workflow_get', { workflow_id: 'written' })).content).toBe(look('written'));

      const saved = { workflow_id: 'written', inputs: { order_id: 'ord_2' } };
      expect(await settle(plain, 'workflow_execute', saved)).toMatchObject({
        summary: expect.stringContaining('1 of 1 steps succeeded'),
        outputs: { order: { id: 'ord_2' } },
        final_output: 'ord_2',
      });

      const failing = { workflow_id: 'written', inputs: { order_id: 'nobody' } };
      const failed = await call(asked, 'run_start', failing);
      await untilStatus(asked, failed.run_id, 'failed');
      answers.model = look('written').replace('${{ inputs.order_id }}', 'ord_3');
      expect(await settle(asked, 'workflow_repair_and_rerun', { run_id: failed.run_id })).toMatchObject({
        status: 'succeeded',
        final_output: 'ord_3',
        overwritten: true,
      });
    },
  },
];

// --- internal ---

/** The result of a call, which is as both schemas of the tool say, and is repeated as text. */
async function call(from: McpClient, name: string, args: Record<string, unknown> = {}): Promise<Document> {
  const { isError, structuredContent, content } = await from.client.callTool({ name, arguments: args });
  expect([isError, structuredContent]).toEqual([undefined, structuredContent]);
  expect(content).toEqual([{ type: 'text', text: JSON.stringify(structuredContent) }]);
  await validate(from, name, structuredContent);
  return structuredContent;
}

/** The result of a task, which is as the full schema of its tool says. */
async function settle(from: McpClient, name: string, args: Record<string, unknown>): Promise<Document> {
  const call = { name, arguments: args, task: {} };
  const { task } = (await from.request('tools/call', call)) as Document;
  const { structuredContent } = await from.request('tasks/result', { taskId: task.taskId });
  await validate(from, name, structuredContent);
  return structuredContent;
}

async function validate({ client, validated }: McpClient, name: string, result: unknown): Promise<void> {
  const dotted = name.replace('_', '.');
  const { contents } = await client.readResource({ uri: `oatty://tool/output/${dotted}` });
  const [schema] = contents;
  const check = new AjvJsonSchemaValidator().getValidator(
    JSON.parse(schema && 'text' in schema ? schema.text : '{}'),
  );
  expect(check(result)).toMatchObject({ valid: true });
  validated.add(dotted);
}

async function untilStatus(from: McpClient, runId: string, status: string): Promise<Document> {
  await expect
    .poll(async () => (await call(from, 'run_status', { run_id: runId })).status, { timeout: 10_000 })
    .toBe(status);
  return call(from, 'run_status', { run_id: runId });
}

/** The error of a call that fails as a result. */
async function failure(
  { client }: McpClient,
  name: string,
  args: Record<string, unknown>,
): Promise<Document> {
  const { isError, structuredContent } = await client.callTool({ name, arguments: args });
  expect(isError).toBe(true);
  return structuredContent;
}

function look(id: string): string {
  return `workflow: ${id}
title: Look at ${id}
inputs:
  order_id: { type: string }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
final_output: \${{ steps.order.id }}
`;
}

const approval = `workflow: approval
steps:
  - id: ok
    run: oatty approval
    with: { message: Go? }
final_output: \${{ steps.ok.choice }}
`;
