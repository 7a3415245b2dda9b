import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { libraryVariables } from '@oatty/runtime';
import { afterEach, describe, expect, it } from 'vitest';
import { programVariables } from '../src/program-variables.ts';
import { runCli } from '../src/run-cli.ts';
import { captureIo } from './captured-io.ts';

const homes: string[] = [];

afterEach(async () => {
  for (const home of homes.splice(0)) await rm(home, { recursive: true, force: true });
});

describe('oatty doctor', () => {
  it('ends with 0 when nothing is broken', async () => {
    const { exitCode, out } = await doctor({ OATTY_STATEPATH: 'x' });
    expect([exitCode, out.includes('Nothing is broken. 1 warning.')]).toEqual([0, true]);
  });

  it('shows what is broken first, with what to do, and ends with 1', async () => {
    const { exitCode, out } = await doctor({ DATABASE_URL: 'x' }, { 'registry.json': '{' });
    expect(exitCode).toBe(1);
    await expect(out).toMatchFileSnapshot('golden/doctor-report.txt');
  });

  it('gives one document with --json', async () => {
    const { out } = await doctor({}, {}, ['--json']);
    const document = JSON.parse(out) as { client_config: unknown };
    expect(document).toMatchObject({ healthy: true, node: process.versions.node });
    expect(document.client_config).toEqual({
      mcpServers: {
        oatty: {
          command: 'oatty',
          args: ['mcp'],
          env: {
            REGISTRY_CONFIG_PATH: expect.stringContaining('registry.json'),
            OATTY_SECRETS_BACKEND: 'env',
          },
        },
      },
    });
  });

  it('says whether the server would start over HTTP', async () => {
    const open = { OATTY_HTTP_HOST: '0.0.0.0', OATTY_HTTP_PORT: '1' };
    expect((await doctor(open)).out).toContain('--auth-issuer');
    const tokens = {
      OATTY_HTTP_AUTH_ISSUER: 'https://login.example.com',
      OATTY_HTTP_PUBLIC_URL: 'https://oatty.example.com/mcp',
    };
    const { exitCode, out } = await doctor({ ...open, ...tokens }, {}, ['--json']);
    expect([exitCode, out.includes('with tokens of https://login.example.com')]).toEqual([0, true]);
  });

  it('counts what is in order when there is much of it', async () => {
    const env = {
      OATTY_HTTP_ALLOWED_HOST: 'oatty.example.com',
      OATTY_HTTP_ALLOWED_ORIGIN: 'https://app.example.com',
      OATTY_HTTP_HOST: '127.0.0.1',
      OATTY_HTTP_LIMIT: 'burst=10',
      OATTY_HTTP_PORT: '62889',
    };
    const last = 'REGISTRY_CONFIG_PATH: It is set.';
    const { out } = await doctor(env);
    expect([out.includes('and 2 more in order'), out.includes(last)]).toEqual([true, false]);
    expect((await doctor(env, {}, ['--verbose'])).out).toContain(last);
  });
});

describe('the variables that doctor knows', () => {
  it('are those that the sources read', () => {
    const read = new Set(
      sources().flatMap((text) => text.match(/\b(?:OATTY|REGISTRY)_[A-Z]+(?:_[A-Z]+)*\b/g) ?? []),
    );
    const known = new Set([...libraryVariables, ...programVariables]);
    expect(
      [...read].filter((name) => !known.has(name) && !/^OATTY_(?:HTTP$|TEST_)/.test(name)).sort(),
    ).toEqual([]);
  });
});

// --- internal ---

async function doctor(
  env: Record<string, string> = {},
  files: Record<string, string> = {},
  flags: readonly string[] = [],
) {
  const home = await mkdtemp(join(tmpdir(), 'oatty-cli-doctor-'));
  homes.push(home);
  for (const [name, text] of Object.entries(files)) await writeFile(join(home, name), text);
  const places = { REGISTRY_CONFIG_PATH: join(home, 'registry.json'), OATTY_SECRETS_BACKEND: 'env' };
  const all = { ...places, ...env };
  const located = Object.fromEntries(
    Object.entries(all).map(([name, value]) => [name, value === '.' ? home : value]),
  );
  const io = captureIo({ env: located, cwd: home });
  const exitCode = await runCli(['doctor', ...flags], io, new AbortController().signal);
  const out = io
    .out()
    .replaceAll(home, 'HOME')
    .replaceAll(process.versions.node, flags.includes('--json') ? process.versions.node : 'NODE');
  return { exitCode, out };
}

/** The program's own files, without tests and specs. */
function sources(): string[] {
  const packages = new URL('../../', import.meta.url).pathname;
  return readdirSync(packages)
    .flatMap((name) => readdirSync(join(packages, name, 'src'), { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile() && /(?<!\.test)\.ts$/.test(entry.name))
    .filter((entry) => !entry.parentPath.endsWith('spec-pages'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'utf8'));
}
