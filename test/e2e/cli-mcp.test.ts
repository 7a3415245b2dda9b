/** `oatty mcp`: its options. What it serves is tested where it is made. */
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import { describe, expect, it } from 'vitest';
import { startTokenIssuer } from '../../packages/mcp/test/token-issuer.ts';
import { errorOf, openCommandLine, outcomeOf, repository } from './command-line.ts';
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

const overHttp = ['mcp', '--transport', 'http'];

describe('over stdio', () => {
  it.each([
    [[], 'workflow_list'],
    [['--tool-names', 'underscore'], 'workflow_list'],
    [['--tool-names', 'dotted'], 'workflow.list'],
    [['--transport', 'stdio'], 'workflow_list'],
  ])('%j lists %s, with nothing but the protocol on stdout', async (options, name) => {
    await using oatty = await openCommandLine();
    const stdin = session.map((message) => `${JSON.stringify(message)}\n`).join('');
    const { exitCode, stdout, stderr } = await oatty.binary.runWith({ stdin }, 'mcp', ...options);
    const answers = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([exitCode, stderr, answers.map(({ id }) => id)]).toEqual([0, '', [1, 2]]);
    expect(answers[1].result.tools.map((tool: { name: string }) => tool.name)).toContain(name);
  });

  it('has the pages of the widgets beside the binary', async () => {
    await using oatty = await openCommandLine();
    await oatty.run('catalog', 'enable', 'tasks');
    const read = { jsonrpc: '2.0', id: 2, method: 'resources/read', params: { uri: 'ui://tasks/table' } };
    const stdin = [...session.slice(0, 2), read].map((message) => `${JSON.stringify(message)}\n`).join('');
    const { stdout } = await oatty.binary.runWith({ stdin }, 'mcp');
    const [, answer] = stdout.trimEnd().split('\n');
    expect(JSON.parse(answer ?? '').result.contents).toMatchObject([
      { mimeType: 'text/html;profile=mcp-app', text: expect.stringContaining('<main id="widget">') },
    ]);
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
    const { url, child } = await serveHttp(
      oatty.start({}, ...overHttp, '--port', '0', '--host', '127.0.0.1'),
    );
    expect(await initializeAs(url, {})).toEqual([200, expect.stringContaining('2025-11-25')]);
    const outcome = outcomeOf(child);
    child.kill('SIGINT');
    expect(await outcome).toMatchObject({ exitCode: 0, stdout: '' });
  });

  it('refuses a port that is taken, and addresses beyond this machine', async () => {
    await using oatty = await openCommandLine();
    const { url, child } = await serveHttp(oatty.start({}, ...overHttp, '--port', '0'));
    const taken = await oatty.binary.run('mcp', '--transport', 'http', '--port', new URL(url).port, '--json');
    expect([taken.exitCode, errorOf(taken).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
    const open = await oatty.run('mcp', '--transport', 'http', '--host', '0.0.0.0', '--port', '0', '--json');
    expect([open.exitCode, errorOf(open).error_code]).toEqual([2, 'ADDRESS_NOT_ALLOWED']);
    const ended = outcomeOf(child);
    child.kill('SIGTERM');
    await ended;
  });
});

describe('over HTTP with authentication', () => {
  it('asks everybody for a token, as the environment of deploy/.env.example says', async () => {
    await using oatty = await openCommandLine();
    const { DATABASE_URL: _, ...example } = parseEnv(
      readFileSync(join(repository, 'deploy/.env.example'), 'utf8'),
    );
    const env = { ...example, OATTY_HTTP_ALLOWED_HOST: 'a.example.com, b.example.com' };
    const examination = await oatty.runWith({ env }, 'doctor');
    expect([examination.exitCode, examination.stdout.includes('warning')]).toEqual([0, false]);
    const { url, child } = await serveHttp(
      oatty.start({ env }, ...overHttp, '--port', '0', '--host', '0.0.0.0'),
    );
    const address = url.replace('0.0.0.0', '127.0.0.1');
    const response = await fetch(address, { method: 'POST' });
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      expect.stringContaining('https://oatty.example.com/.well-known/oauth-protected-resource/mcp'),
    ]);
    const metadata = await fetch(new URL('/.well-known/oauth-protected-resource', address));
    expect(await metadata.json()).toMatchObject({
      resource: 'https://oatty.example.com/mcp',
      authorization_servers: ['https://login.example.com/realms/acme'],
    });
    const ended = outcomeOf(child);
    child.kill('SIGTERM');
    expect(await ended).toMatchObject({ exitCode: 0 });
  });

  it('takes its address, pages, keys and kinds of tokens from options', async () => {
    const issuer = await startTokenIssuer();
    issuer.answers.delete('/.well-known/oauth-authorization-server');
    await using oatty = await openCommandLine();
    const options = [
      ['--public-url', 'https://oatty.example.com/mcp'],
      ['--allowed-origin', 'https://app.example.com'],
      ['--auth-issuer', issuer.issuer],
      ['--auth-jwks-url', `${issuer.issuer}/keys`],
      ['--auth-token-type', 'jwt'],
    ].flat();
    const plainToken = await issuer.token('https://oatty.example.com/mcp', {}, { typ: 'JWT' });

    const good = await serveHttp(oatty.start({}, ...overHttp, '--port', '0', ...options));
    const authorization = `Bearer ${plainToken}`;
    expect([
      await initializeAs(good.url, { authorization, origin: 'https://app.example.com' }),
      await initializeAs(good.url, { authorization, origin: 'https://else.example.com' }),
      await initializeAs(good.url, {}),
    ]).toEqual([
      [200, expect.stringContaining('2025-11-25')],
      [403, expect.stringContaining('origin')],
      [401, expect.stringContaining('https://oatty.example.com/.well-known/oauth-protected-resource/mcp')],
    ]);
    const strict = await serveHttp(
      oatty.start({}, ...overHttp, '--port', '0', ...options, '--auth-algorithm', 'RS256'),
    );
    expect(await initializeAs(strict.url, { authorization })).toEqual([
      401,
      expect.stringContaining('invalid_token'),
    ]);
    for (const { child } of [good, strict]) {
      const ended = outcomeOf(child);
      child.kill('SIGTERM');
      await ended;
    }
    await issuer.close();
  });

  it.each([
    [['--auth-audience', 'x'], {}, 'Options of authentication need --auth-issuer.'],
    [['--limit', 'max-bodybytes=1'], {}, 'There is no limit "max-bodybytes".'],
    [['--limit', 'burst=many'], {}, '--limit burst= takes a whole number from 1, not "many".'],
    [
      ['--auth-issuer', 'http://login.example.com'],
      {},
      'The issuer "http://login.example.com" is not https.',
    ],
    [[], { OATTY_HTTP_AUTH_TOKEN_TYPE: 'x' }, 'OATTY_HTTP_AUTH_TOKEN_TYPE is one of at+jwt, jwt, not "x".'],
  ])('refuses %j with %j', async (options, env, message) => {
    await using oatty = await openCommandLine();
    const outcome = await oatty.runWith({ env }, ...overHttp, '--port', '0', ...options, '--json');
    expect([outcome.exitCode, errorOf(outcome).message]).toEqual([2, message]);
  });
});

// --- internal ---

async function initializeAs(url: string, headers: Readonly<Record<string, string>>) {
  const response = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      ...headers,
    },
    body: JSON.stringify(initialize),
  });
  return [response.status, response.headers.get('www-authenticate') ?? (await response.text())];
}

async function serveHttp(child: ReturnType<CommandLine['start']>) {
  const [line] = (await once(child.stderr, 'data')) as [Buffer];
  const url = /Serving MCP on (\S+)/.exec(line.toString())?.[1] ?? '';
  return { url, child };
}
