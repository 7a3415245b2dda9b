/** What the response to one request of revision 2025-11-25 is: JSON, or a stream that can be continued. */
import { afterEach, describe, expect, it } from 'vitest';
import { serveHttp } from '../src/index.ts';
import { aPing, initialize, post, sessionOf } from './http-calls.ts';
import { ScriptedRuns } from './scripted-runs.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

describe('the response to a request', () => {
  it('is JSON when its answer comes at once', async () => {
    const { url, session } = await serve();
    const { headers, body } = await post(url, aPing, session);
    expect(headers['content-type']).toBe('application/json');
    expect(headers['mcp-session-id']).toBe(session['mcp-session-id']);
    expect(body).toEqual({ jsonrpc: '2.0', id: 1, result: {} });
  });

  it('is a stream that begins with an id when the answer takes long', async () => {
    const { url, session, runs } = await serve();
    const response = await fetchStream(url, await aWait(runs, 7), session);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    runs.finish('run-1', { status: 'succeeded' });
    const text = await response.text();
    expect(text).toMatch(/^id: \S+\ndata: \n\n/);
    expect(text).toContain('"id":7');
  });

  it('is a stream when something is said before the answer', async () => {
    const { url, session } = await serve();
    await post(url, aRequest('logging/setLevel', { level: 'debug' }), session);
    const { text } = await post(
      url,
      aRequest('tools/call', { name: 'workflow_get', arguments: {} }),
      session,
    );
    const logged = text.indexOf('notifications/message');
    expect(logged).toBeGreaterThan(0);
    expect(text.indexOf('"id":3')).toBeGreaterThan(logged);
  });

  it('is a stream for a batch, as the SDK answers it', async () => {
    const { url, session } = await serve();
    const { headers, text } = await post(url, `[${aPing},${aRequest('ping')}]`, session);
    expect(headers['content-type']).toBe('text/event-stream');
    expect(text).toContain('"id":3');
  });

  it('is a refusal for a client that takes no streams', async () => {
    const { url, session } = await serve();
    const { status } = await post(url, aPing, { ...session, accept: 'application/json' });
    expect(status).toBe(406);
  });

  it('goes nowhere when the client leaves, who may ask again', async () => {
    const { url, session, runs } = await serve();
    const leaving = new AbortController();
    const ask = await aWait(runs, 7);
    const wait = runs.wait.bind(runs);
    runs.wait = (runId) => {
      leaving.abort();
      return wait(runId);
    };
    await expect(fetchStream(url, ask, session, leaving.signal)).rejects.toThrow('aborted');
    const again = await fetchStream(url, ask, session);
    runs.finish('run-1', { status: 'succeeded' });
    expect(await again.text()).toContain('"id":7');
  });
});

// --- internal ---

async function serve(): Promise<{ url: string; runs: ScriptedRuns; session: Record<string, string> }> {
  const runs = new ScriptedRuns();
  const options = { oatty: runs.toOatty(), version: '1', log: () => undefined, host: '127.0.0.1', port: 0 };
  const server = await serveHttp(options);
  cleanups.push(() => server.close());
  const { url } = server;
  return {
    url,
    runs,
    session: { ...sessionOf(await initialize(url)), 'mcp-protocol-version': '2025-11-25' },
  };
}

function aRequest(method: string, params: object = {}): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 3, method, params });
}

/** Waits for the end of a run. */
async function aWait(runs: ScriptedRuns, id: number): Promise<string> {
  await runs.start({ workflow: { workflowId: 'pay' }, ttlMs: 60_000 });
  return JSON.stringify({ jsonrpc: '2.0', id, method: 'tasks/result', params: { taskId: 'run-1' } });
}

function fetchStream(
  url: string,
  body: string,
  session: Record<string, string>,
  signal?: AbortSignal,
): Promise<Response> {
  const headers = { accept: 'application/json, text/event-stream', 'content-type': 'application/json' };
  return fetch(url, {
    method: 'POST',
    headers: { ...headers, ...session },
    body,
    ...(signal && { signal }),
  });
}
