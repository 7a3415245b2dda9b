/** What the README says is true: its blocks are run as they stand, against a shop on another port. */
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { startShopApi } from '@oatty/example-shop-api';
import type { ShopApi } from '@oatty/example-shop-api';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCommandLine, outcomeOf, repository } from './command-line.ts';
import type { CommandLine, Outcome } from './command-line.ts';

const readme = readFileSync(join(repository, 'README.md'), 'utf8');
const node = process.execPath;
const binary = join(repository, 'packages/cli/dist/main.js');

describe('the README', () => {
  it('begins with the two commands that show it working', () => {
    expect(blockUnder('oatty', 'sh')).toBe('npx pnpm@12 demo\nnpx pnpm@12 test\n');
  });

  it('shows command lines that work one after the other', async () => {
    const { commandLine, shop } = await aReader();
    const lines = blockUnder('The command line in ten lines', 'sh').trimEnd().split('\n');
    expect(lines.slice(0, 2)).toEqual([
      'npx pnpm@12 build',
      'alias oatty="$PWD/node_modules/.bin/node $PWD/packages/cli/dist/main.js"',
    ]);
    const script = [
      'set -e',
      `oatty() { '${node}' '${binary}' "$@"; }`,
      ...lines
        .slice(2)
        .map((line) => (line.startsWith('oatty import ') ? `${line} --base-url ${shop.url}` : line)),
    ];
    const { exitCode, stdout, stderr } = await runProcess(commandLine, 'sh', ['-c', script.join('\n')]);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: expect.stringContaining('succeeded') });
    expect(stdout).toContain('shop orders:list');
    expect(stdout).toContain('charge_and_wait.yaml: valid\n');
    expect(stdout).toContain('order_status');
  });

  it('shows how tasks are enabled, created and listed', async () => {
    const { commandLine } = await aReader();
    const script = `set -e\noatty() { '${node}' '${binary}' "$@"; }\n${blockUnder('Tasks of your own', 'sh')}`;
    const { exitCode, stdout } = await runProcess(commandLine, 'sh', ['-c', script]);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/\n[0-9a-f-]{36} +Write the report .*2036-03-29/);
  });

  it('shows the example of the library, which works', async () => {
    const { commandLine, shop } = await aReader();
    const example = readFileSync(join(repository, 'examples/library/main.ts'), 'utf8');
    expect(blockUnder('The library in ten lines', 'ts')).toBe(example);

    const file = join(repository, 'examples/library', `.readme-${process.pid}.ts`);
    onTestFinished(() => rm(file, { force: true }));
    await writeFile(file, example.replace("vendor: 'shop',", `vendor: 'shop', baseUrl: '${shop.url}',`));
    const { exitCode, stdout, stderr } = await runProcess(commandLine, node, [
      '--conditions=@oatty/source',
      file,
    ]);
    expect([exitCode, stderr]).toEqual([0, '']);
    expect(stdout).toMatch(/^run_started\nstep_started\n[^]*run_finished\nshop orders:list /);
    expect(stdout).toContain("order_status: 'paid'");
  });

  it.each(blocksUnder('Use it from an AI client', 'json'))(
    'shows settings of hosts that start a server: %s',
    async (json) => {
      const { commandLine } = await aReader();
      const settings = JSON.parse(
        json.replaceAll('/path/to/oatty', repository.replace(/\/$/, '')),
      ) as HostSettings;
      const { command, args } = Object.values(settings)[0]?.oatty ?? { command: '', args: [] };
      const child = spawn(command, args, { env: environmentOf(commandLine), cwd: commandLine.home });
      child.stdin.end(`${JSON.stringify(initialize)}\n`);
      const { exitCode, stdout } = await outcomeOf(child);
      expect(exitCode).toBe(0);
      expect(JSON.parse(stdout.split('\n')[0] ?? '')).toMatchObject({
        id: 1,
        result: { serverInfo: { name: 'oatty' } },
      });
    },
  );
});

// --- internal ---

type HostSettings = Record<string, { readonly oatty: { readonly command: string; readonly args: string[] } }>;

const initialize = {
  jsonrpc: '2.0',
  id: 1,
  method: 'initialize',
  params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo: { name: 'reader', version: '1' } },
};

/** Somebody who has cloned the repository and started the shop. */
async function aReader(): Promise<{ readonly commandLine: CommandLine; readonly shop: ShopApi }> {
  const shop = await startShopApi();
  onTestFinished(() => shop.close());
  const commandLine = await openCommandLine();
  onTestFinished(() => commandLine[Symbol.asyncDispose]());
  return { commandLine, shop };
}

function environmentOf({ home }: CommandLine): Record<string, string> {
  return {
    PATH: process.env['PATH'] ?? '',
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
    SHOP_API_KEY: 'shop-test-key',
  };
}

function runProcess(commandLine: CommandLine, command: string, args: readonly string[]): Promise<Outcome> {
  const child = spawn(command, args, { env: environmentOf(commandLine), cwd: repository });
  child.stdin.end();
  return outcomeOf(child);
}

function blockUnder(heading: string, language: string): string {
  return blocksUnder(heading, language)[0] ?? '';
}

function blocksUnder(heading: string, language: string): string[] {
  const section = readme.split(/^#+ /m).find((text) => text.startsWith(`${heading}\n`)) ?? '';
  return [...section.matchAll(/^```(\w+)\n([^]*?)^```$/gm)].flatMap(([, found, text]) =>
    found === language ? (text ?? '') : [],
  );
}
