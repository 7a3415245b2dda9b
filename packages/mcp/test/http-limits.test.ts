import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { OattyError } from '@oatty/types';
import { serveHttp } from '../src/index.ts';
import type { HttpLimits, HttpOptions } from '../src/index.ts';
import { aPing, anInitialize, initialize, post, sessionOf } from './http-calls.ts';
import { ScriptedRuns } from './scripted-runs.ts';
import { startTokenIssuer } from './token-issuer.ts';

const cleanups: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
});

/** One request is earned in 1,000 seconds: never within a test. */
const slow = { requestsPerSecond: 0.001 };

describe('the rate of one caller', () => {
  it('is limited, and the answer says for how long', async () => {
    const { url } = await serve({ ...slow, burst: 2 });
    const session = sessionOf(await initialize(url));
    expect((await post(url, aPing, session)).status).toBe(200);
    const { status, headers, body } = await post(url, aPing, session);
    expect([status, body.error.data]).toMatchObject([
      429,
      { error_code: 'LIMIT_EXCEEDED', retryable: true, context: { limit: 'requestsPerSecond' } },
    ]);
    expect(Number(headers['retry-after'])).toBeGreaterThan(900);
  });

  it('is counted by principal, not by address', async () => {
    const { url, token } = await protect({ ...slow, burst: 1 });
    const [ann, bob] = [await token('ann'), await token('bob')];
    const statuses = [];
    for (const headers of [ann, ann, bob]) statuses.push((await post(url, anInitialize, headers)).status);
    expect(statuses).toEqual([200, 429, 200]);
  });

  it('that guesses tokens is limited, and harms nobody behind the same address', async () => {
    const { url, token } = await protect({ ...slow, burst: 2 });
    const guess = { authorization: 'Bearer guess' };
    const statuses = [];
    for (const headers of [guess, guess, guess, await token('ann')]) {
      statuses.push((await post(url, anInitialize, headers)).status);
    }
    expect(statuses).toEqual([401, 401, 429, 200]);
  });
});

describe('other limits', () => {
  it('holds for the answers that are open to one caller', async () => {
    const { url, runs } = await serve({ maxConcurrentCalls: 1 });
    const session = sessionOf(await initialize(url));
    const { begun } = await hold(runs);
    const answered = post(url, aWait, session);
    await begun;
    const { status, headers, body } = await post(url, aPing, session);
    expect([status, headers['retry-after'], body.error.data]).toMatchObject([
      429,
      '1',
      { context: { limit: 'maxConcurrentCalls', maximum: 1 } },
    ]);
    runs.finish('run-1', { status: 'succeeded' });
    expect((await answered).status).toBe(200);
    await expect.poll(async () => (await post(url, aPing, session)).status).toBe(200);
  });

  it('holds for the headers', async () => {
    const { url } = await serve({ maxHeaderBytes: 1_000 });
    const { status, body } = await post(url, aPing, { 'x-filler': 'x'.repeat(2_000) });
    expect([status, body.error.data]).toMatchObject([
      431,
      { error_code: 'LIMIT_EXCEEDED', context: { limit: 'maxHeaderBytes', maximum: 1_000 } },
    ]);
  });

  it('holds for the time in which a request has to come', async () => {
    const { url } = await serve({ maxRequestMs: 50 });
    const type = 'content-type: application/json';
    const head = `POST /mcp HTTP/1.1\r\nhost: 127.0.0.1\r\n${type}\r\ncontent-length: 100\r\n\r\n{`;
    expect(await sendRaw(url, head)).toMatch(/^HTTP\/1\.1 408 [^]*LIMIT_EXCEEDED[^]*maxRequestMs/);
    expect(await sendRaw(url, 'POST /mcp HTTP/1.1\r\nhost:')).toMatch(/^HTTP\/1\.1 408 /);
  });

  it('says so when what comes is not HTTP', async () => {
    const { url } = await serve({});
    expect(await sendRaw(url, '\x16\x03\x01\x02\x00\r\n\r\n')).toMatch(
      /^HTTP\/1\.1 400 [^]*ARGUMENT_INVALID/,
    );
  });
});

describe('supervisors', () => {
  it('hear that the server lives and takes work, whatever name they use', async () => {
    const { url } = await protect({});
    for (const [path, status] of [
      ['/healthz', 'ok'],
      ['/readyz', 'ready'],
    ] as const) {
      const answer = await get(new URL(path, url), { host: '10.1.2.3' });
      expect([answer.status, answer.text]).toEqual([200, `{"status":"${status}"}`]);
    }
  });

  it('hear that the journal cannot be read', async () => {
    const runs = new ScriptedRuns();
    runs.list = () => Promise.reject(new OattyError('STORAGE_FAILED', 'The disk is gone.'));
    const { url, log } = await serve({}, runs);
    const answer = await get(new URL('/readyz', url));
    expect([answer.status, answer.text]).toEqual([503, '{"status":"unavailable"}']);
    expect(log.join('')).toContain('STORAGE_FAILED');
  });
});

describe('a journal that says nothing', () => {
  it('is as good as none for supervisors, and is asked once for all of them', async () => {
    const runs = new ScriptedRuns();
    let asked = 0;
    runs.list = () => {
      asked += 1;
      return new Promise(() => undefined);
    };
    const { url } = await serve({ maxReadyMs: 200 }, runs);
    const answers = await Promise.all([1, 2, 3].map(() => get(new URL('/readyz', url))));
    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503]);
    expect(asked).toBe(1);
    runs.list = async () => ({ items: [] });
    expect((await get(new URL('/readyz', url))).status).toBe(200);
  });
});

describe('closing', () => {
  it('lets a call end, and takes no other one', async () => {
    const { url, runs, server } = await serve({});
    const session = sessionOf(await initialize(url));
    const started = Promise.withResolvers<void>();
    const go = Promise.withResolvers<void>();
    const inspect = runs.inspect.bind(runs);
    runs.inspect = async (...args) => {
      started.resolve();
      await go.promise;
      return inspect(...args);
    };
    await runs.start({ workflow: { workflowId: 'pay' } });
    const call = { name: 'run_status', arguments: { run_id: 'run-1' } };
    const answered = post(url, aRequest('tools/call', call), session);
    await started.promise;
    const closed = server.close();
    await expect(fetch(url)).rejects.toThrow('fetch failed');
    go.resolve();
    expect((await answered).text).toContain('"run_id":"run-1"');
    await closed;
  });

  it('does not wait for runs, or for calls that take too long', async () => {
    const { url, runs, server } = await serve({ maxDrainMs: 20 });
    const session = sessionOf(await initialize(url));
    const { begun } = await hold(runs);
    const answered = post(url, aWait, session).catch(() => undefined);
    await begun;
    runs.list = () => new Promise(() => undefined);
    const listed = post(url, aRequest('tools/call', { name: 'run_list', arguments: {} }), session);
    const ended = listed.catch(() => undefined);
    await new Promise((resolve) => setImmediate(resolve));
    await server.close();
    await Promise.all([answered, ended]);
    expect((await runs.get('run-1')).status).toBe('running');
  });
});

describe('a page of an allowed origin', () => {
  const origin = 'https://app.example.com';

  it('may ask first, and read the answer', async () => {
    const { url } = await serve({}, new ScriptedRuns(), { allowedOrigins: [origin] });
    const preflight = { origin, 'access-control-request-method': 'POST' };
    const allowed = await fetch(url, { method: 'OPTIONS', headers: preflight });
    expect([allowed.status, allowed.headers.get('access-control-allow-origin')]).toEqual([204, origin]);
    expect(allowed.headers.get('access-control-allow-headers')).toContain('authorization');
    const { status, headers } = await post(url, anInitialize, { origin });
    expect([
      status,
      headers['access-control-allow-origin'],
      headers['access-control-expose-headers'],
    ]).toEqual([200, origin, 'mcp-session-id, www-authenticate, retry-after']);
  });

  it('is the only one: pages of this machine cannot read the answer', async () => {
    const { url } = await serve({}, new ScriptedRuns(), { allowedOrigins: [origin] });
    const { headers } = await post(url, anInitialize, { origin: 'http://localhost:3000' });
    expect(headers['access-control-allow-origin']).toBeUndefined();
    const evil = await post(url, anInitialize, { origin: 'https://evil.example.com' });
    expect([evil.status, evil.headers['access-control-allow-origin']]).toEqual([403, undefined]);
  });
});

// --- internal ---

async function serve(
  limits: Partial<HttpLimits>,
  runs = new ScriptedRuns(),
  more: Partial<HttpOptions> = {},
) {
  const log: string[] = [];
  const server = await serveHttp({
    oatty: runs.toOatty(),
    version: '1',
    log: (entry) => void log.push(JSON.stringify(entry)),
    host: '127.0.0.1',
    port: 0,
    limits,
    ...more,
  });
  cleanups.push(() => server.close());
  return { url: server.url, server, runs, log };
}

async function protect(limits: Partial<HttpLimits>) {
  const issuer = await startTokenIssuer();
  cleanups.push(() => issuer.close());
  const authentication = { issuer: issuer.issuer };
  const served = await serve(limits, new ScriptedRuns(), { authentication });
  const token = async (sub: string) => ({
    authorization: `Bearer ${await issuer.token(served.url, { sub })}`,
  });
  return { ...served, token };
}

/** Starts `run-1`; `begun` resolves when somebody waits for it. */
async function hold(runs: ScriptedRuns): Promise<{ readonly begun: Promise<void> }> {
  await runs.start({ workflow: { workflowId: 'pay' }, ttlMs: 60_000 });
  const begun = Promise.withResolvers<void>();
  const wait = runs.wait.bind(runs);
  runs.wait = (...args) => {
    begun.resolve();
    return wait(...args);
  };
  return { begun: begun.promise };
}

const aWait = aRequest('tasks/result', { taskId: 'run-1' });

function aRequest(method: string, params: object): string {
  return JSON.stringify({ jsonrpc: '2.0', id: 7, method, params });
}

async function get(url: URL, headers: Record<string, string> = {}) {
  const { request } = await import('node:http');
  const { promise, resolve, reject } = Promise.withResolvers<{ status: number; text: string }>();
  const sent = request(url, { headers }, (response) => {
    let text = '';
    response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
    response.on('end', () => resolve({ status: response.statusCode ?? 0, text }));
  });
  sent.on('error', reject).end();
  return promise;
}

/** What the server says to bytes that are no whole request. */
function sendRaw(url: string, text: string): Promise<string> {
  const { hostname, port } = new URL(url);
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  let answer = '';
  const socket = connect(Number(port), hostname, () => socket.write(text));
  socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
  socket.on('error', reject).on('close', () => resolve(answer));
  return promise;
}
