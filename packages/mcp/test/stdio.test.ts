import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { serveStdio } from '../src/index.ts';
import { ScriptedRuns } from './scripted-runs.ts';

describe('a server on stdio', () => {
  it('answers line by line and writes nothing else', async () => {
    const { send, lines } = serve();
    send(anInitialize);
    send({ jsonrpc: '2.0', id: 2, method: 'tools/list' });
    await expect.poll(() => lines().length).toBe(2);
    expect(lines()).toMatchObject([
      {
        id: 1,
        result: {
          protocolVersion: '2025-11-25',
          serverInfo: { name: 'oatty', version: '1' },
          instructions: expect.stringContaining('discover, draft, validate, save, run'),
          capabilities: {
            tools: {},
            resources: { subscribe: true, listChanged: true },
            prompts: {},
            completions: {},
            logging: {},
            tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
          },
        },
      },
      { id: 2, result: { tools: expect.any(Array) } },
    ]);
  });

  it('tells of failed calls from the level on that the client names', async () => {
    const { send, lines } = serve();
    send(anInitialize);
    for (const message of [
      aWrongCall(2),
      aLevel(3, 'error'),
      aWrongCall(4),
      aLevel(5, 'info'),
      aWrongCall(6),
    ])
      send(message);
    await expect.poll(() => lines().length).toBe(7);
    expect(lines().filter((line) => 'method' in (line as object))).toMatchObject([
      {
        method: 'notifications/message',
        params: { level: 'warning', logger: 'oatty', data: { error_code: 'ARGUMENT_INVALID' } },
      },
    ]);
  });

  it.each([
    ['this is not JSON', { id: null, error: { code: -32_700 } }],
    ['[{"jsonrpc":"2.0","id":2,"method":"ping"}]', { id: null, error: { code: -32_600 } }],
    ['{"jsonrpc":"2.0","id":2,"method":"tools/call","params":null}', { id: 2, error: { code: -32_600 } }],
    ['{"jsonrpc":"2.0","id":2,"method":"initialize","params":{}}', { id: 2, error: { code: -32_602 } }],
    ['{"jsonrpc":"1.0","id":"a","method":"ping"}', { id: 'a', error: { code: -32_600 } }],
  ])('answers %s with an error, and goes on', async (line, refusal) => {
    const { input, send, lines, log } = serve();
    input.write(`${line}\n`);
    send(anInitialize);
    await expect.poll(() => lines()).toMatchObject([refusal, { id: 1 }]);
    expect(lines()[0]).toMatchObject({
      error: { message: expect.stringMatching(/^ARGUMENT_INVALID: /), data: { category: 'validation' } },
    });
    expect(log.length).toBe(1);
  });

  it('takes no notice of empty lines, and of answers that are malformed', async () => {
    const { input, send, lines } = serve();
    input.write('\n\r\n{"jsonrpc":"2.0","id":{},"result":{}}\n');
    send(anInitialize);
    await expect.poll(() => lines()).toMatchObject([{ id: 1 }]);
  });

  it('reads a message that comes in pieces, and several that come at once', async () => {
    const { input, lines } = serve();
    for (const byte of Buffer.from(aPing('ü'))) input.write(Buffer.of(byte));
    input.write(aPing('b') + aPing('c'));
    await expect.poll(() => lines()).toMatchObject([{ id: 'ü' }, { id: 'b' }, { id: 'c' }]);
  });

  it('ends when the client closes its end, after the answers', async () => {
    const { input, send, lines, ended } = serve();
    send(anInitialize);
    send({
      jsonrpc: '2.0',
      id: 2,
      method: 'tools/call',
      params: { name: 'run_status', arguments: { run_id: 'x' } },
    });
    input.end();
    await ended;
    expect(lines()).toMatchObject([{ id: 1 }, { id: 2, result: { isError: true } }]);
  });

  it('does not wait for the end of a run when the client closes its end', async () => {
    const { input, send, runs, lines, ended } = serve();
    send(anInitialize);
    const [name, args] = ['workflow_run', { workflow_id: 'pay' }];
    send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name, arguments: args, task: {} } });
    await expect.poll(() => runs.started.length).toBe(1);
    send({ jsonrpc: '2.0', id: 3, method: 'tasks/result', params: { taskId: 'run-1' } });
    input.end();
    await ended;
    expect(lines().map((line) => (line as { id?: number }).id)).toContain(2);
    expect((await runs.get('run-1')).status).toBe('running');
  });

  it('ends with a client that dies while a person is asked, and does nothing more', async () => {
    const { input, output, send, runs, lines, ended } = serve();
    const { params } = anInitialize;
    send({ ...anInitialize, params: { ...params, capabilities: { elicitation: {} } } });
    const [name, args] = ['workflow_run', { workflow_id: 'pay' }];
    send({ jsonrpc: '2.0', id: 2, method: 'tools/call', params: { name, arguments: args, task: {} } });
    await expect.poll(() => runs.started.length).toBe(1);
    const cancel = { name: 'workflow_cancel', arguments: { operation_id: 'run-1' } };
    send({ jsonrpc: '2.0', id: 3, method: 'tools/call', params: cancel });
    await expect.poll(() => JSON.stringify(lines())).toContain('elicitation/create');
    input.destroy();
    output.destroy();
    await ended;
    expect((await runs.get('run-1')).status).toBe('running');
  });

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const { ended } = serve(controller.signal);
    controller.abort();
    await expect(ended).resolves.toBeUndefined();
  });

  it('skips a line that is longer than a line may be, and says so', async () => {
    const { input, send, lines } = serve();
    for (let megabytes = 0; megabytes < 17; megabytes += 1) input.write('x'.repeat(1024 * 1024));
    input.write('\n');
    send(anInitialize);
    await expect
      .poll(() => lines())
      .toMatchObject([{ id: null, error: { data: { error_code: 'LIMIT_EXCEEDED' } } }, { id: 1 }]);
  });

  it('survives a client that has stopped reading', async () => {
    const { output, send, ended } = serve();
    output.destroy(new Error('EPIPE'));
    send(anInitialize);
    await expect(ended).resolves.toBeUndefined();
    output.emit('error', new Error('EPIPE again'));
  });
});

// --- internal ---

const anInitialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

function aWrongCall(id: number) {
  return { jsonrpc: '2.0', id, method: 'tools/call', params: { name: 'run_status' } };
}

function aLevel(id: number, level: string) {
  return { jsonrpc: '2.0', id, method: 'logging/setLevel', params: { level } };
}

function aPing(id: string): string {
  return `${JSON.stringify({ jsonrpc: '2.0', id, method: 'ping' })}\r\n`;
}

function serve(signal?: AbortSignal) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const runs = new ScriptedRuns();
  const log: string[] = [];
  let text = '';
  output.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = serveStdio({
    oatty: runs.toOatty(),
    version: '1',
    log: (entry) => log.push(JSON.stringify(entry)),
    input,
    output,
    ...(signal && { signal }),
  });
  return {
    input,
    output,
    runs,
    ended,
    log,
    send: (message: object) => input.write(`${JSON.stringify(message)}\n`),
    lines: () =>
      text
        .split('\n')
        .filter(Boolean)
        .map((line): unknown => JSON.parse(line)),
  };
}
