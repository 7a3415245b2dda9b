/** Streams that break, and go on where they broke. */
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { CallToolResultSchema } from '@modelcontextprotocol/sdk/types.js';
import { afterEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import type { HttpLimits } from '../src/index.ts';
import { connectClient } from './a-client.ts';
import { initialize, post, sessionOf } from './http-calls.ts';
import { ScriptedRuns } from './scripted-runs.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('a stream that broke', () => {
  it('gives the result that came meanwhile', async () => {
    const { url, runs } = await serve();
    const { headers, lastEventId } = await breakWait(url, runs);
    runs.finish('run-1', { status: 'succeeded' });
    const { text, hasEnded } = await read(url, { ...headers, 'last-event-id': lastEventId }, 'succeeded');
    expect(text).toContain('"id":7');
    expect(await hasEnded).toBe(true);
  });

  it('goes on while the answer is awaited', async () => {
    const { url, runs } = await serve();
    const { headers, lastEventId } = await breakWait(url, runs);
    const resumed = read(url, { ...headers, 'last-event-id': lastEventId }, 'succeeded');
    runs.finish('run-1', { status: 'succeeded' });
    expect((await resumed).text).toContain('"run_id":"run-1"');
  });

  it('is continued by the SDK client without being told', async () => {
    const { url, runs } = await serve();
    const streams: AbortController[] = [];
    const breakable: typeof fetch = async (address, init) => {
      const stream = new AbortController();
      const response = await fetch(address, init);
      if (typeof init?.body !== 'string' || !init.body.includes('tasks/result')) return response;
      streams.push(stream);
      return new Response(
        response.body?.pipeThrough(new TransformStream(), { signal: stream.signal }),
        response,
      );
    };
    const reconnectionOptions = {
      initialReconnectionDelay: 10,
      maxReconnectionDelay: 10,
      reconnectionDelayGrowFactor: 1,
      maxRetries: 2,
    };
    const transport = new StreamableHTTPClientTransport(new URL(url), {
      fetch: breakable,
      reconnectionOptions,
    });
    const client = await connectClient(transport);
    cleanups.push(() => client.close());
    await client.startTask({ workflow_id: 'pay' });
    const result = client.client.experimental.tasks.getTaskResult('run-1', CallToolResultSchema);
    await expect.poll(() => streams.length).toBe(1);
    streams[0]?.abort();
    runs.finish('run-1', { status: 'succeeded' });
    expect((await result).structuredContent).toMatchObject({ status: 'succeeded' });
  });

  it('of the client itself gives the notifications that it missed', async () => {
    const { url, runs } = await serve();
    const headers = await aSession(url);
    await startTask(url, headers);
    const own = await read(url, headers, 'id: ', () =>
      runs.emit('run-1', { type: 'run_started', workflow_id: 'pay' }),
    );
    await own.close();
    runs.finish('run-1', { status: 'failed' });
    const resumed = await read(url, { ...headers, 'last-event-id': lastId(own.text) }, 'failed');
    expect(resumed.text).toContain('notifications/tasks/status');
    expect(resumed.text).not.toContain(lastId(own.text));
  });

  it('of a request that was taken back does not go on', async () => {
    const { url, runs } = await serve();
    const { headers, lastEventId } = await breakWait(url, runs);
    const cancel = { jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 7 } };
    await post(url, JSON.stringify(cancel), headers);
    expect(await refusal(url, { ...headers, 'last-event-id': lastEventId })).toEqual([
      400,
      'ARGUMENT_INVALID',
    ]);
  });

  it('does not go on for another client', async () => {
    const { url, runs } = await serve();
    const { lastEventId } = await breakWait(url, runs);
    const other = await aSession(url);
    expect(await refusal(url, { ...other, 'last-event-id': lastEventId })).toEqual([400, 'ARGUMENT_INVALID']);
  });

  it.each([{ maxReplayEvents: 1 }, { maxReplayBytes: 50 }])('does not go on beyond %j', async (limits) => {
    const { url, runs } = await serve(limits);
    const { headers, lastEventId } = await breakWait(url, runs);
    runs.finish('run-1', { status: 'succeeded' });
    await expect
      .poll(() => refusal(url, { ...headers, 'last-event-id': lastEventId }))
      .toEqual([400, 'ARGUMENT_INVALID']);
  });
});

// --- internal ---

async function serve(limits: Partial<HttpLimits> = {}) {
  const runs = new ScriptedRuns();
  const options = { oatty: runs.toOatty(), version: '1', log: () => undefined, host: '127.0.0.1', port: 0 };
  const server = await serveHttp({ ...options, limits });
  cleanups.push(() => server.close());
  return { url: server.url, runs };
}

async function aSession(url: string): Promise<Record<string, string>> {
  const session = sessionOf(await initialize(url));
  return { ...session, 'mcp-protocol-version': '2025-11-25' };
}

async function startTask(url: string, headers: Record<string, string>): Promise<void> {
  const params = { name: 'workflow_run', arguments: { workflow_id: 'pay' }, task: {} };
  await post(url, JSON.stringify({ jsonrpc: '2.0', id: 2, method: 'tools/call', params }), headers);
}

/** Waits for a task as request 7, on a stream that then breaks. */
async function breakWait(url: string, runs: ScriptedRuns) {
  const headers = await aSession(url);
  await runs.start({ workflow: { workflowId: 'pay' }, ttlMs: 60_000 });
  const wait = { jsonrpc: '2.0', id: 7, method: 'tasks/result', params: { taskId: 'run-1' } };
  const stream = await read(url, headers, 'id: ', () => undefined, JSON.stringify(wait));
  await stream.close();
  return { headers, lastEventId: lastId(stream.text) };
}

function lastId(text: string): string {
  return [...text.matchAll(/^id: (.+)$/gm)].at(-1)?.[1] ?? '';
}

/** Reads a stream until `expected` has come. */
async function read(
  url: string,
  headers: Record<string, string>,
  expected: string,
  onOpen: () => void = () => undefined,
  body?: string,
) {
  const controller = new AbortController();
  cleanups.push(async () => controller.abort());
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json, text/event-stream',
      'content-type': 'application/json',
      ...headers,
    },
    signal: controller.signal,
    ...(body !== undefined && { body }),
  });
  onOpen();
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (let isOpen = reader !== undefined; isOpen && !text.includes(expected);) {
    const part = await reader?.read();
    text += part?.value ?? '';
    isOpen = part?.done === false;
  }
  return {
    text,
    get hasEnded() {
      return reader?.read().then(({ done }) => done);
    },
    async close() {
      controller.abort();
      await reader?.closed.catch(() => undefined);
    },
  };
}

async function refusal(url: string, headers: Record<string, string>): Promise<[number, string]> {
  const controller = new AbortController();
  const accept = 'text/event-stream';
  const response = await fetch(url, { headers: { accept, ...headers }, signal: controller.signal });
  if (response.status === 200) {
    controller.abort();
    return [200, ''];
  }
  const { error } = (await response.json()) as { error: { data: { error_code: string } } };
  return [response.status, error.data.error_code];
}
