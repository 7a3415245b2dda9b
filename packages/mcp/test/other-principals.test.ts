/** What one caller can find out about, or do to, the runs of another: nothing, by any tool, method or revision. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { McpError } from '@modelcontextprotocol/sdk/types.js';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { modernEnvelope, postModern, tasksExtension } from './modern-request.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { startTokenIssuer } from './token-issuer.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { call, failure } from './tool-calls.ts';

/** Waits for an answer, after a step that has an output. */
const asking = `workflow: asking
inputs:
  note: { type: string, optional: true, default: { from: history } }
steps:
  - id: order
    run: shop orders:info
    with: { order: ord_1 }
  - id: ok
    run: oatty approval
    depends_on: [order]
    with: { message: 'Go on?' }
final_output: { note: '\${{ inputs.note ?? "" }}' }
`;

/** Waits for one that waits for an answer. */
const calling = `workflow: calling
steps:
  - id: ask
    run: workflow asking
    with: { note: 'between us' }
`;

let world: ShopWorld;
let issuer: TokenIssuer;
let server: HttpServer;
let ann: TestClient;
let eve: TestClient;
/** Ann's, and a task of hers. */
let runId: string;
/** What a run of hers has started. */
let childId: string;

beforeAll(async () => {
  world = await openShop();
  issuer = await startTokenIssuer();
  server = await serveHttp({
    oatty: world.oatty,
    version: '1',
    log: () => undefined,
    host: '127.0.0.1',
    port: 0,
    authentication: { issuer: issuer.issuer },
  });
  ann = await connectAs('ann');
  eve = await connectAs('eve');
  await call(ann, 'workflow_save', { manifest_content: asking });
  const { task } = await ann.startTask({ workflow_id: 'asking', inputs: { note: 'between us' } });
  runId = task.taskId;
  const { run_id: parentId } = await call(ann, 'run_start', { manifest_content: calling });
  for (const id of [runId, parentId]) await untilWaiting(String(id));
  childId = childOf(String(parentId));
  await untilWaiting(childId);
});

afterAll(async () => {
  await Promise.all([ann.close(), eve.close()]);
  await server.close();
  await issuer.close();
  await world.close();
});

describe('the run of somebody else', () => {
  it('is for every tool what a run is that never was, and so is what it started', async () => {
    const tools = await toolsForRuns();
    expect(tools.length).toBeGreaterThan(4);
    const before = await bothRuns();
    for (const tool of tools) {
      const [never = '', ...others] = await Promise.all([neverId, runId, childId].map(tool));
      expect(others).toEqual([never, never]);
      expect(never).toContain('RUN_NOT_FOUND');
    }
    expect(await bothRuns()).toEqual(before);
  });

  it.each([
    ['run_status', () => ({ run_id: runId })],
    ['run_respond', () => ({ run_id: runId, answer: { choice: 'approve' } })],
    ['run_resume', () => ({ run_id: runId, preview: true })],
    ['run_resume', () => ({ run_id: runId, confirm: true })],
    ['workflow_cancel', () => ({ operation_id: runId, confirm: true })],
  ])('is not there for %s', async (tool, args) => {
    expect(await failure(eve, tool, args())).toMatchObject({ error_code: 'RUN_NOT_FOUND' });
    expect((await call(ann, 'run_status', { run_id: runId })).status).toBe('waiting');
  });

  it('is not there to be repaired', async () => {
    const named = await refusalOf('workflow_repair_and_rerun', { run_id: runId, manifest_content: asking });
    expect(named.data.error_code).toBe('RUN_NOT_FOUND');
  });

  it.each(['tasks/get', 'tasks/result', 'tasks/cancel'])('is no task for %s', async (method) => {
    const error = await eve.refusal(method, { taskId: runId });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'RUN_NOT_FOUND']);
  });

  it.each(['tasks/get', 'tasks/update', 'tasks/cancel'])(
    'is no task for %s of the newer revision',
    async (method) => {
      const { body } = await asEve(method, { taskId: runId, inputResponses: {} });
      expect(body.error).toMatchObject({ code: -32_602, data: { error_code: 'RUN_NOT_FOUND' } });
    },
  );

  it('is in no list, whatever place it is asked to go on from', async () => {
    await call(ann, 'run_start', { workflow_id: 'asking' });
    const { next_cursor: cursor } = await call(ann, 'run_list', { limit: 1 });
    expect(cursor).toBeTypeOf('string');
    expect(await call(eve, 'run_list')).toEqual({ items: [] });
    expect(await call(eve, 'run_list', { cursor })).toEqual({ items: [] });
    expect(await eve.request('tasks/list')).toMatchObject({ tasks: [] });
  });

  it('stays when others remove what they have run', async () => {
    const args = { workflow_id: 'asking', confirm: true };
    expect(await call(eve, 'workflow_purge_history', args)).toMatchObject({ removed_entries: 0 });
    expect((await call(ann, 'run_status', { run_id: runId })).run_id).toBe(runId);
  });

  it('leaves no value to the inputs of others, when it has succeeded', async () => {
    await call(ann, 'run_respond', { run_id: runId, answer: { choice: 'approve' } });
    expect((await world.oatty.runs.wait(runId)).status).toBe('succeeded');
    expect(await resolvedInputs(ann)).toEqual({ note: 'between us' });
    expect(await resolvedInputs(eve)).toEqual({ note: null });
  });
});

describe('a session of somebody else', () => {
  it('is told nothing of what happens to the run', async () => {
    expect(ann.statuses.map(({ taskId }) => taskId)).toContain(runId);
    expect(eve.statuses).toEqual([]);
  });
});

// --- internal ---

const neverId = '00000000-0000-4000-8000-000000000000';

/** Those that are asked about a run: each calls one, and gives what comes back but for the id. */
async function toolsForRuns(): Promise<readonly ((id: string) => Promise<string>)[]> {
  const { tools } = await eve.client.listTools();
  return tools.flatMap(({ name, inputSchema: { properties = {} }, execution }) => {
    const parameter = ['run_id', 'operation_id'].find((candidate) => candidate in properties);
    if (parameter === undefined) return [];
    const more = { answer: { choice: 'approve' }, confirm: true, manifest_content: asking };
    const needed = Object.entries(more).filter(([key]) => key in properties);
    const task = execution?.taskSupport === 'required' && { task: {} };
    return [
      async (id) => {
        const args = { ...Object.fromEntries(needed), [parameter]: id };
        const answer = await eve
          .request('tools/call', { name, arguments: args, ...task })
          .catch(({ code, message, data }: McpError) => ({ code, message, data }));
        return JSON.stringify(answer)
          .replaceAll(id, '(id)')
          .replaceAll(/correlation_id[\\":]+[\da-f-]+/g, '');
      },
    ];
  });
}

async function bothRuns(): Promise<unknown> {
  return Promise.all([runId, childId].map((id) => world.oatty.runs.get(id)));
}

/** No list tells it. */
function childOf(parentId: string): string {
  using state = new DatabaseSync(join(world.dir, 'state.db'), { readOnly: true });
  const row = state.prepare('SELECT run_id FROM runs WHERE parent_run_id = ?').get(parentId);
  return String(row?.['run_id']);
}

async function untilWaiting(id: string): Promise<void> {
  await vi.waitUntil(async () => (await world.oatty.runs.get(id)).status === 'waiting', {
    timeout: 10_000,
  });
}

async function tokenOf(sub: string): Promise<string> {
  return issuer.token(server.url, { sub, scope: 'oatty:destructive' });
}

async function connectAs(sub: string): Promise<TestClient> {
  const authorization = `Bearer ${await tokenOf(sub)}`;
  const transport = new StreamableHTTPClientTransport(new URL(server.url), {
    requestInit: { headers: { authorization } },
  });
  return connectClient(transport);
}

async function resolvedInputs(client: TestClient): Promise<unknown> {
  const { resolved_inputs: inputs } = await call(client, 'workflow_resolve_inputs', {
    workflow_id: 'asking',
  });
  return inputs;
}

async function refusalOf(tool: string, args: Record<string, unknown>) {
  return eve.refusal('tools/call', { name: tool, arguments: args, task: {} });
}

async function asEve(method: string, params: Record<string, unknown>) {
  const capabilities = { elicitation: {}, extensions: { [tasksExtension]: {} } };
  const envelope = { ...modernEnvelope, 'io.modelcontextprotocol/clientCapabilities': capabilities };
  const authorization = `Bearer ${await tokenOf('eve')}`;
  return postModern(server.url, method, { _meta: envelope, ...params }, { authorization });
}
