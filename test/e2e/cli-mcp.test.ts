/** `oatty mcp`: its options. What it serves is tested where it is made. */
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { errorOf, openCommandLine, outcomeOf } from './command-line.ts';
import type { CommandLine } from './command-line.ts';

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: {
    protocolVersion: '2025-11-25',
    capabilities: {},
    clientInfo: { name: 'test', version: '1' },
  },
};
const session = [
  initialize,
  { jsonrpc: '2.0', method: 'notifications/initialized' },
  { jsonrpc: '2.0', id: 2, method: 'tools/list' },
];

describe('over stdio', () => {
  it.each([
    [[], 'workflow_list'],
    [['--tool-names', 'underscore'], 'workflow_list'],
    [['--tool-names', 'dotted'], 'workflow.list'],
    [['--transport', 'stdio'], 'workflow_list'],
  ])('%j lists %s, with nothing but the protocol on stdout', async (options, name) => {
    await using oatty = await openCommandLine();
    const stdin = session.map((message) => `${JSON.stringify(message)}\n`).join('');
    const { exitCode, stdout, stderr } = await oatty.runWith({ stdin }, 'mcp', ...options);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([exitCode, stderr, answers.map(({ id }) => id)]).toEqual([0, '', [1, 2]]);
    expect(answers[1].result.tools.map((tool: { name: string }) => tool.name)).toContain(name);
  });

  it.each(['--port=1', '--host=127.0.0.1'])('takes no %s', async (option) => {
    await using oatty = await openCommandLine();
    const outcome = await oatty.run('mcp', option, '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
  });
});

describe('over HTTP', () => {
  it('says where it listens, answers, and ends with Ctrl-C', async () => {
    await using oatty = await openCommandLine();
    const { url, child } = await serveHttp(oatty, '--port', '0', '--host', '127.0.0.1');
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
      body: JSON.stringify(initialize),
    });
    expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('2025-11-25')]);
    const outcome = outcomeOf(child);
    child.kill('SIGINT');
    expect(await outcome).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('refuses a port that is taken, and addresses beyond this machine', async () => {
    await using oatty = await openCommandLine();
    const { url, child } = await serveHttp(oatty, '--port', '0');
    const taken = await oatty.run('mcp', '--transport', 'http', '--port', new URL(url).port, '--json');
    expect([taken.exitCode, errorOf(taken).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
    const open = await oatty.run('mcp', '--transport', 'http', '--host', '0.0.0.0', '--port', '0', '--json');
    expect([open.exitCode, errorOf(open).error_code]).toEqual([2, 'ADDRESS_NOT_ALLOWED']);
    const ended = outcomeOf(child);
    child.kill('SIGTERM');
    await ended;
  });
});

// --- internal ---

async function serveHttp(oatty: CommandLine, ...options: readonly string[]) {
  const child = oatty.start({}, 'mcp', '--transport', 'http', ...options);
  const [line] = (await once(child.stderr, 'data')) as [Buffer];
  const url = /Serving MCP on (\S+)/.exec(line.toString())?.[1] ?? '';
  return { url, child };
}
