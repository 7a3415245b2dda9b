import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpLimits } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { aPing, anInitialize, initialize, post, sessionOf } from './http-calls.ts';
import { ScriptedRuns } from './scripted-runs.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

const accept = (order: string): ElicitResult => ({ action: 'accept', content: { order } });

describe('a client over HTTP', () => {
  it('lists tools and follows a task over its own stream', async () => {
    const { runs, connect } = await serve();
    const client = await connect();
    expect((await client.client.listTools()).tools[0]?.name).toBe('workflow_list');
    await client.startTask({ workflow_id: 'pay' });
    const result = client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    runs.finish('run-1', { status: 'succeeded' });
    expect((await result).structuredContent).toMatchObject({ run_id: 'run-1', status: 'succeeded' });
    await expect.poll(() => client.statuses.at(-1)?.status).toBe('completed');
  });

  it('is asked over its own stream while it waits for nothing', async () => {
    const { runs, connect } = await serve();
    const client = await connect({ person: () => accept('ord_1') });
    await client.startTask({ workflow_id: 'pay' });
    askWhichOrder(runs);
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_1' }]);
    expect(client.forms.length).toBe(1);
  });

  it('without a stream of its own is asked over the stream of tasks/result', async () => {
    const { runs, connect } = await serve();
    const client = await connect({ person: () => accept('ord_1') }, withoutGet);
    await client.startTask({ workflow_id: 'pay' });
    askWhichOrder(runs);
    expect(await client.request('tasks/get', { taskId: 'run-1' })).toMatchObject({
      status: 'input_required',
    });
    expect(client.forms).toEqual([]);
    const result = client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    await expect.poll(() => runs.answers).toEqual([{ order: 'ord_1' }]);
    runs.finish('run-1', { status: 'succeeded' });
    expect((await result).structuredContent).toMatchObject({ status: 'succeeded' });
    expect(client.forms.length).toBe(1);
  });

  it('that has lost its session is asked again in its new one', async () => {
    const { runs, connect } = await serve();
    const never = new Promise<ElicitResult>(() => undefined);
    const lost = await connect({ person: () => never });
    await lost.startTask({ workflow_id: 'pay' });
    askWhichOrder(runs);
    await expect.poll(() => lost.forms.length).toBe(1);
    await lost.close(); // ends its streams, and keeps the session
    const back = await connect({ person: () => accept('ord_2') });
    await expect
      .poll(async () => {
        await back.request('tasks/get', { taskId: 'run-1' });
        return runs.answers;
      })
      .toEqual([{ order: 'ord_2' }]);
  });

  it.each([true, false])(
    'whose streams break while it is asked is replaced by another one, there before: %s',
    async (isThereBefore) => {
      const { runs, connect } = await serve();
      const lost = await connect({ person: () => new Promise<ElicitResult>(() => undefined) });
      await lost.startTask({ workflow_id: 'pay' });
      askWhichOrder(runs);
      await expect.poll(() => lost.forms.length).toBe(1);
      const result = lost.request('tasks/result', { taskId: 'run-1' }).catch(() => undefined);
      const other = isThereBefore ? await waitingClient(connect) : undefined;
      await lost.close(); // ends its streams, and keeps the session
      const last = other ?? (await waitingClient(connect));
      await expect.poll(() => runs.answers).toEqual([{ order: 'ord_2' }]);
      expect(last.forms.length).toBe(1);
      await result;
    },
  );

  it('asks the person over the stream of a call that needs a confirmation', async () => {
    const { runs, connect } = await serve();
    const client = await connect({ person: () => ({ action: 'accept' }) }, withoutGet);
    await client.startTask({ workflow_id: 'pay' });
    const { structuredContent } = await client.client.callTool({
      name: 'workflow_cancel',
      arguments: { operation_id: 'run-1' },
    });
    expect(structuredContent).toMatchObject({ run_id: 'run-1', status: 'canceled' });
    expect(client.forms).toMatchObject([{ message: 'Cancel the run "run-1" of "pay"?' }]);
    expect((await runs.get('run-1')).status).toBe('canceled');
  });

  it('that dies while a confirmation is asked leaves all as it was', async () => {
    const { runs, connect } = await serve();
    const lost = await connect({ person: () => new Promise<ElicitResult>(() => undefined) });
    await lost.startTask({ workflow_id: 'pay' });
    const cancel = { name: 'workflow_cancel', arguments: { operation_id: 'run-1' } };
    const canceling = lost.client.callTool(cancel).catch((error: unknown) => error);
    await expect.poll(() => lost.forms.length).toBe(1);
    await lost.close(); // ends its streams, and keeps the session
    await canceling;
    const other = await connect();
    expect(await other.request('tasks/get', { taskId: 'run-1' })).toMatchObject({ status: 'working' });
    expect((await runs.get('run-1')).status).toBe('running');
  });
});

describe('the HTTP server', () => {
  it.each([{ host: 'evil.example' }, { origin: 'https://evil.example' }])('keeps out %j', async (headers) => {
    const { url } = await serve();
    const { status, body } = await post(url, aPing, headers);
    expect([status, body.error.data.error_code]).toEqual([403, 'ADDRESS_NOT_ALLOWED']);
  });

  it('has one address', async () => {
    const { url } = await serve();
    const { status, body } = await post(url.replace('/mcp', '/other'), aPing);
    expect([status, body.error.data.error_code]).toEqual([404, 'RESOURCE_NOT_FOUND']);
  });

  it('does not know a session of another server', async () => {
    const { url } = await serve();
    const { status } = await post(url, aPing, { 'mcp-session-id': 'b6e9' });
    expect(status).toBe(404);
  });

  it('refuses a body over the limit, and the client gets to read why', async () => {
    const { url } = await serve({ maxBodyBytes: 100 });
    const text = JSON.stringify('x'.repeat(5_000_000));
    const { status, body } = await post(url, text);
    expect([status, body.error.data.error_code]).toEqual([413, 'LIMIT_EXCEEDED']);
    const unsized = await post(url, text, { 'transfer-encoding': 'chunked' });
    expect([unsized.status, unsized.body.error.data.error_code]).toEqual([413, 'LIMIT_EXCEEDED']);
    const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
    expect((await fetch(url, { method: 'POST', headers, body: text })).status).toBe(413);
  });

  it.each([
    ['{', -32_700],
    ['', -32_700],
    ['{}', -32_600],
    ['[]', -32_600],
    ['[{}]', -32_600],
    ['{"jsonrpc":"2.0","id":1,"method":"ping","params":null}', -32_600],
  ])('refuses the body %s', async (text, code) => {
    const { url } = await serve();
    const { status, body } = await post(url, text, sessionOf(await initialize(url)));
    expect([status, body.error.code, body.error.data.error_code]).toEqual([400, code, 'ARGUMENT_INVALID']);
  });

  it('opens a session for nothing but an initialize', async () => {
    const { url } = await serve({ maxSessions: 1 });
    const session = sessionOf(await initialize(url));
    const notification = JSON.stringify({ ...JSON.parse(anInitialize), id: undefined });
    const malformed = JSON.stringify({ ...JSON.parse(anInitialize), params: {} });
    for (const text of [aPing, notification, malformed]) {
      const { status, body } = await post(url, text);
      expect([status, body.error.data.error_code]).toEqual([400, 'ARGUMENT_INVALID']);
    }
    expect((await fetch(url)).status).toBe(400);
    expect((await post(url, aPing, session)).status).toBe(200);
  });

  it('forgets the session that was idle longest when there is no room', async () => {
    const { url } = await serve({ maxSessions: 2 });
    const ids = [await initialize(url), await initialize(url), await initialize(url)];
    const statuses = await Promise.all(ids.map(async (id) => (await post(url, aPing, sessionOf(id))).status));
    expect(statuses).toEqual([404, 200, 200]);
  });

  it('answers whatever number of clients begin and never come back', async () => {
    const { url } = await serve({ maxSessions: 5 });
    const ids: string[] = [];
    for (let count = 0; count < 50; count += 1) ids.push(await initialize(url));
    const answers = await Promise.all(
      [ids.at(0), ids.at(-1)].map((id = '') => post(url, aPing, sessionOf(id))),
    );
    expect([new Set(ids).size, ...answers.map(({ status }) => status)]).toEqual([50, 404, 200]);
  });

  it('refuses a client when every session is busy', async () => {
    const { url, connect } = await serve({ maxSessions: 1 });
    await connect();
    await expect
      .poll(async () => {
        const { status, body } = await post(url, anInitialize);
        return [status, body.error?.data.error_code];
      })
      .toEqual([503, 'LIMIT_EXCEEDED']);
  });

  it('forgets a session that is idle for long', async () => {
    const { url } = await serve({ maxIdleMs: 1 });
    const id = await initialize(url);
    await expect.poll(async () => (await post(url, aPing, sessionOf(id))).status).toBe(404);
  });

  it('ends the stream of a request that is taken back', async () => {
    const { url, runs } = await serve();
    const session = sessionOf(await initialize(url));
    await runs.start({ workflow: { workflowId: 'pay' }, ttlMs: 60_000 });
    const waiting = Promise.withResolvers<void>();
    runs.wait = () => {
      waiting.resolve();
      return new Promise(() => undefined);
    };
    const wait = { jsonrpc: '2.0', id: 7, method: 'tasks/result', params: { taskId: 'run-1' } };
    const answered = post(url, JSON.stringify(wait), session);
    await waiting.promise;
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } };
    await post(url, JSON.stringify(cancel), session);
    expect(await answered).toMatchObject({ status: 200, body: {} });
  });

  it('ends a session when the client says so', async () => {
    const { url } = await serve();
    const id = await initialize(url);
    expect((await fetch(url, { method: 'DELETE', headers: sessionOf(id) })).status).toBe(200);
    expect((await post(url, aPing, sessionOf(id))).status).toBe(404);
  });

  it('ends the streams of its clients when it closes', async () => {
    const { url, connect, server } = await serve();
    await connect();
    await server.close();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('says so when the port is taken', async () => {
    const { url } = await serve();
    const options = {
      oatty: new ScriptedRuns().toOatty(),
      version: '1',
      log: () => undefined,
      host: '127.0.0.1',
    };
    const second = serveHttp({ ...options, port: Number(new URL(url).port) });
    await expect(second).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});

// --- internal ---

async function serve(limits: Partial<HttpLimits> = {}) {
  const runs = new ScriptedRuns();
  const options = { oatty: runs.toOatty(), version: '1', log: () => undefined };
  const server = await serveHttp({ ...options, host: '127.0.0.1', port: 0, limits });
  cleanups.push(() => server.close());
  const connect = async (person?: TestClientOptions, fetchOfClient?: typeof fetch) => {
    const transport = new StreamableHTTPClientTransport(new URL(server.url), {
      ...(fetchOfClient && { fetch: fetchOfClient }),
    });
    const client = await connectClient(transport, person);
    cleanups.push(() => client.close());
    return client;
  };
  return { runs, server, url: server.url, connect };
}

async function waitingClient(connect: (options: TestClientOptions) => Promise<TestClient>) {
  const client = await connect({ person: () => accept('ord_2') });
  client.request('tasks/result', { taskId: 'run-1' }).catch(() => undefined);
  await client.request('tasks/get', { taskId: 'run-1' });
  return client;
}

function askWhichOrder(runs: ScriptedRuns): void {
  const schema = { type: 'object', properties: { order: { type: 'string' } }, required: ['order'] };
  runs.ask('run-1', { question_id: 'q-1', kind: 'input', message: 'Which order?', schema });
}

const withoutGet: typeof fetch = async (url, init) =>
  init?.method === 'GET' ? new Response(null, { status: 405 }) : fetch(url, init);
