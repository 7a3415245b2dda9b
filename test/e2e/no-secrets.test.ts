import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { sharedPostgresUrl } from '@oatty/store/testing';
import { join } from 'node:path';
import { repository } from './command-line.ts';
import { useAllSecrets } from './secret-uses.ts';
import { openSharedState } from './shared-state.ts';

const serverUrl = await sharedPostgresUrl();

describe.each([
  { name: 'a state file', server: undefined, isThere: true },
  { name: 'PostgreSQL', server: serverUrl, isThere: serverUrl !== undefined },
])('a journal in $name', ({ server, isThere }) => {
  it.skipIf(!isThere)('holds the value of no secret, nor does its log', { timeout: 60_000 }, async () => {
    const { secrets, arrived, texts } = await useAllSecrets(server);
    expect(arrived).toEqual([
      secrets['API_KEY'],
      `Basic ${secrets['client']}`,
      `Bearer ${secrets['accessToken']}`,
      `Basic ${secrets['password']}`,
      secrets['API_KEY'],
      `Basic ${secrets['password']}`,
    ]);
    const where = (text: string) => [...texts].filter(([, all]) => all.includes(text)).map(([name]) => name);
    expect(where('[secret]')).toEqual(
      expect.arrayContaining([expect.stringMatching(/blobs$/), 'what was told']),
    );
    const found = Object.entries(secrets).map(([name, secret]) => [name, where(secret)]);
    expect(found).toEqual(Object.keys(secrets).map((name) => [name, []]));
  });
});

describe('an MCP server', () => {
  it('tells no secret in its answers, nor in its log', { timeout: 60_000 }, async () => {
    const secrets = { SHOP_API_KEY: 'shop-test-key', token: 'tok-9e4b-very-secret' };
    await using state = await openSharedState();
    const transport = new StdioClientTransport({
      command: process.execPath,
      args: [join(repository, 'packages/cli/dist/main.js'), 'mcp', '--verbose'],
      env: { PATH: process.env['PATH'] ?? '', ...state.env },
      stderr: 'pipe',
    });
    const told: string[] = [];
    transport.stderr?.on('data', (text: Buffer) => told.push(text.toString()));
    const client = new Client({ name: 'test', version: '1' });
    client.onerror = (error) => told.push(String(error));
    await client.connect(transport);
    onTestFinished(() => client.close());
    const call = async (name: string, args: Readonly<Record<string, unknown>>) => {
      const result = await client.callTool({ name, arguments: args });
      told.push(JSON.stringify(result));
      return result.structuredContent as Readonly<Record<string, unknown>>; // each tool has some
    };
    const inputs = { token: secrets.token };
    const { run_id } = await call('run_start', { manifest_content: aManifest, inputs });
    await vi.waitFor(
      async () => expect((await call('run_status', { run_id }))['status']).toBe('failed'),
      10_000,
    );
    await call('command_run', { command_id: 'shop orders:info', with: { order: 'none' } });
    await call('run_start', { manifest_content: aManifest, inputs: { token: { odd: secrets.token } } });
    expect(told.join('\n')).toContain('[secret]');
    for (const secret of Object.values(secrets)) expect(told.join('\n')).not.toContain(secret);
  });
});

/** The API answers with the note, and then with an error that tells of what was sent. */
const aManifest = `workflow: secretive
inputs:
  token: { type: string, secret: true }
steps:
  - id: note
    run: shop orders:note:update
    with: { order: ord_1 }
    body: The token is \${{ inputs.token }}.
  - id: lost
    run: shop orders:info
    depends_on: [note]
    with: { order: '\${{ inputs.token }}' }
`;
