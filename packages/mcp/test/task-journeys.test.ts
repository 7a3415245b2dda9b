/** What people do with their tasks through AI clients, of both generations, over HTTP: each sees only their own. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { StreamableHTTPClientTransport as ModernTransport } from '@modelcontextprotocol/client';
import { createOatty } from '@oatty/runtime';
import type { Oatty } from '@oatty/runtime';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { catalogTools } from '../src/catalog-tools/catalog-tool-list.ts';
import { serveHttp } from '../src/index.ts';
import type { HttpServer } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { post } from './http-calls.ts';
import { postModern } from './modern-request.ts';
import { connectModern } from './modern-client.ts';
import type { ModernClient } from './modern-client.ts';
import { startTokenIssuer } from './token-issuer.ts';
import type { TokenIssuer } from './token-issuer.ts';
import { answerOf } from './tool-calls.ts';

let dir: string;
let oatty: Oatty;
let issuer: TokenIssuer;
let server: HttpServer;
/** Speaks the older revision. */
let ann: TestClient;
/** Speaks the newer one. */
let ben: ModernClient;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'oatty-journeys-'));
  oatty = await createOatty({ env: { REGISTRY_CONFIG_PATH: join(dir, 'registry.json') }, cwd: dir });
  await oatty.catalogs.setEnabled('tasks', true);
  issuer = await startTokenIssuer();
  server = await serveHttp({
    oatty,
    version: '1',
    log: () => undefined,
    host: '127.0.0.1',
    port: 0,
    authentication: { issuer: issuer.issuer },
  });
  const url = new URL(server.url);
  ann = await connectClient(new StreamableHTTPClientTransport(url, await asUser('ann')));
  ben = await connectModern(new ModernTransport(url, await asUser('ben')));
});
afterAll(async () => {
  await Promise.all([ann.close(), ben.close()]);
  await server.close();
  await issuer.close();
  await oatty.close();
  await rm(dir, { recursive: true, force: true });
});

describe('somebody who asks their AI client', () => {
  it('for five tasks gets one table of them', async () => {
    const tasks = [1, 2, 3, 4, 5].map((part) => ({ title: `Deliverable ${part}`, due: '2036-04-11' }));
    for (const { client } of [ann, ben]) {
      const { document, text } = await answerOf(client, 'create_tasks', { tasks });
      expect(document).toMatchObject({ type: 'task_list', count: 5, total: 5, failed: 0 });
      for (const { title } of tasks) expect(text).toContain(`| ${title} | pending | medium | 2036-04-11 |`);
      const again = await answerOf(client, 'list_tasks', toListCall(document));
      expect(again.document['tasks']).toEqual(document['tasks']);
    }
  });

  it('to show overdue tasks and mark them done gets the next ones too', async () => {
    for (const { client } of [ann, ben]) {
      const late = { title: 'Late', due: '2026-01-05' };
      await answerOf(client, 'create_task', late);
      await answerOf(client, 'create_task', { ...late, recurrence: 'FREQ=WEEKLY' });
      const { document } = await answerOf(client, 'list_tasks', { overdue: true });
      const ids = idsIn(document);
      expect(ids).toHaveLength(2);
      const next = [];
      for (const task_id of ids) {
        const done = await answerOf(client, 'update_task_status', { task_id, status: 'completed' });
        expect(done.document).toMatchObject({ type: 'task_updated', newStatus: 'completed' });
        next.push(done.document['next']);
      }
      expect(next).toEqual([null, expect.objectContaining({ title: 'Late', status: 'pending' })]);
      expect((await answerOf(client, 'list_tasks', { overdue: true })).text).toBe('No task matches.');
    }
  });

  it('for a report gets the figures of their own tasks', async () => {
    for (const { client } of [ann, ben]) {
      const { document, text } = await answerOf(client, 'generate_report', {});
      expect(document).toMatchObject({
        type: 'report',
        kpis: expect.arrayContaining([{ kpi: 'created', value: 8, unit: 'tasks' }]),
      });
      expect(text).toContain('- completed: 2 tasks');
    }
  });
});

describe('somebody else', () => {
  it('reaches no task by its id, a cursor or a key', async () => {
    const mine = await answerOf(ann.client, 'create_task', { title: 'Secret', idempotency_key: 'k' });
    const { next_cursor: cursor } = (await answerOf(ann.client, 'list_tasks', { limit: 1 })).document;
    const stolen = { task_id: mine.document['taskId'], status: 'completed' };
    expect(await codeOf('update_task_status', stolen)).toBe('TASK_NOT_FOUND');
    expect(await codeOf('list_tasks', { limit: 1, cursor })).toBe('ARGUMENT_INVALID');
    const { total } = (await answerOf(ben.client, 'list_tasks', { text: 'Secret' })).document;
    expect(total).toBe(0);
    const other = await answerOf(ben.client, 'create_task', { title: 'Other', idempotency_key: 'k' });
    expect(other.document).toMatchObject({ title: 'Other', created: true });
    const { document } = await answerOf(ann.client, 'list_tasks', { text: 'Secret' });
    expect(document['tasks']).toMatchObject([{ status: 'pending' }]);
  });

  it('who names a user is told to get the scope of an admin', async () => {
    for (const name of ['list_tasks', 'generate_report']) {
      const call = { name, arguments: { user: 'somebody' } };
      const { requestInit: member } = await asUser('ben', 'oatty:destructive');
      const message = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: call };
      const refused = await post(server.url, JSON.stringify(message), member.headers);
      expect([refused.status, refused.body.error.data.error_code]).toEqual([403, 'SCOPE_INSUFFICIENT']);
      expect(refused.headers['www-authenticate']).toContain('scope="oatty:read oatty:admin"');
      const { requestInit: admin } = await asUser('root', 'oatty:read oatty:admin');
      const { body } = await postModern(server.url, 'tools/call', call, admin.headers);
      expect(JSON.stringify(body)).toContain('USER_NOT_FOUND');
    }
  });

  it('finds every argument that names others among those for admins', async () => {
    for (const { command, adminArguments = [] } of catalogTools) {
      const { parameters } = (await oatty.commands.get(command)).command;
      const naming = parameters.map(({ name }) => name).filter((name) => name === 'user');
      expect(adminArguments).toEqual(naming);
    }
  });
});

describe('the scope of a tool', () => {
  it.each(catalogTools.map(({ name, safety }) => [name, safety]))(
    '%s is that of its effect',
    async (name, safety) => {
      const { requestInit } = await asUser('eve', 'oatty:read');
      const call = { name, arguments: {} };
      const { status } = await postModern(server.url, 'tools/call', call, requestInit.headers);
      expect(status).toBe(safety === 'safe' ? 200 : 403);
    },
  );

  it('counts without a token as none', async () => {
    const call = { jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'list_tasks' } };
    expect((await post(server.url, JSON.stringify(call))).status).toBe(401);
  });
});

// --- internal ---

async function asUser(sub: string, scope = 'oatty:write') {
  const token = await issuer.token(server.url, { sub, scope });
  return { requestInit: { headers: { authorization: `Bearer ${token}` } } };
}

/** The list that the document of `create_tasks` says it is. */
function toListCall({ applied }: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { filter, sort, order, time_zone } = applied as Readonly<Record<string, object>>;
  return { ...filter, sort, order, time_zone };
}

function idsIn({ tasks }: Readonly<Record<string, unknown>>): readonly string[] {
  return (tasks as readonly { readonly id: string }[]).map(({ id }) => id);
}

/** The code of a call of Ben's that fails. */
async function codeOf(name: string, args: Record<string, unknown>): Promise<string> {
  const { isError, structuredContent } = await ben.client.callTool({ name, arguments: args });
  const { data } = structuredContent as { readonly data?: { readonly error_code: string } };
  return isError === true ? (data?.error_code ?? '') : 'none';
}
