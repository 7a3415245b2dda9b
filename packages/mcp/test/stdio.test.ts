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
            resources: {},
            completions: {},
            tasks: { list: {}, cancel: {}, requests: { tools: { call: {} } } },
          },
        },
      },
      { id: 2, result: { tools: expect.any(Array) } },
    ]);
  });

  it('offers no prompts and no logging', async () => {
    const { send, lines } = serve();
    send(anInitialize);
    send({ jsonrpc: '2.0', id: 2, method: 'prompts/list' });
    await expect.poll(() => lines().length).toBe(2);
    expect(lines()[0]).not.toHaveProperty('result.capabilities.prompts');
    expect(lines()[0]).not.toHaveProperty('result.capabilities.logging');
    expect(lines()[1]).toMatchObject({ error: { code: -32_601, data: { error_code: 'ARGUMENT_INVALID' } } });
  });

  it('goes on after a line that is no message', async () => {
    const { input, send, lines, log } = serve();
    input.write('this is not JSON\n');
    send(anInitialize);
    await expect.poll(() => lines()).toMatchObject([{ id: 1 }]);
    expect(log.length).toBe(1);
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

  it('ends when it is told to', async () => {
    const controller = new AbortController();
    const { ended } = serve(controller.signal);
    controller.abort();
    await expect(ended).resolves.toBeUndefined();
  });

  it('ends when a line is longer than a line may be', async () => {
    const { input, ended, log } = serve();
    for (let megabytes = 0; megabytes < 17; megabytes += 1) input.write('x'.repeat(1024 * 1024));
    await ended;
    expect(log).toEqual([expect.stringContaining('ReadBuffer exceeded maximum size')]);
  });
});

// --- internal ---

const anInitialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'test', version: '1' } },
};

function serve(signal?: AbortSignal) {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const log: string[] = [];
  let text = '';
  output.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  const ended = serveStdio({
    oatty: new ScriptedRuns().toOatty(),
    version: '1',
    log: (line) => log.push(line),
    input,
    output,
    ...(signal && { signal }),
  });
  return {
    input,
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
