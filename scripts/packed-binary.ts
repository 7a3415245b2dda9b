/**
 * What somebody has who installs the package `oatty`: the tarball is unpacked somewhere else, and used from there.
 *
 * It has no dependencies that it needs, so unpacking is installing.
 */
import { execFile, spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** @returns what does not work, one sentence each */
export async function tryPackedBinary(): Promise<readonly string[]> {
  const home = await mkdtemp(join(tmpdir(), 'oatty-packed-'));
  try {
    await unpack(home);
    const names = await readdir('packages/tasks/descriptions');
    const imports = names.map((name) => ['import', `oatty:${name.replace('.yaml', '')}`]);
    const calls = [...imports, ['catalog', 'enable', 'tasks'], ['tasks', 'list']];
    const failures = calls.flatMap((args) => callBinary(home, args));
    return [...failures, ...(readsWidget(home) ? [] : ['The packed server does not give a widget.'])];
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

// --- internal ---

const run = promisify(execFile);

async function unpack(home: string): Promise<void> {
  await run('npm', ['pack', '--silent', '--ignore-scripts', '--pack-destination', home], {
    cwd: 'packages/cli',
  });
  const tarball = (await readdir(home)).find((name) => name.endsWith('.tgz')) ?? '';
  await run('tar', ['-xzf', tarball], { cwd: home });
}

function callBinary(home: string, args: readonly string[]): readonly string[] {
  const { status, stdout, stderr } = start(home, args, '');
  if (status === 0) return [];
  return [`Packed, "oatty ${args.join(' ')}" ends with ${status}: ${stderr || stdout}`];
}

function readsWidget(home: string): boolean {
  const clientInfo = { name: 'check', version: '1' };
  const messages = [
    { id: 1, method: 'initialize', params: { protocolVersion: '2025-11-25', capabilities: {}, clientInfo } },
    { method: 'notifications/initialized' },
    { id: 2, method: 'resources/read', params: { uri: 'ui://tasks/table' } },
  ];
  const input = messages.map((message) => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`).join('');
  return start(home, ['mcp'], input).stdout.includes('<!doctype html>');
}

function start(home: string, args: readonly string[], input: string) {
  return spawnSync(process.execPath, [join(home, 'package/dist/main.js'), ...args], {
    cwd: home,
    env: { REGISTRY_CONFIG_PATH: join(home, 'registry.json'), OATTY_SECRETS_BACKEND: 'env' },
    encoding: 'utf8',
    input,
    timeout: 60_000,
  });
}
