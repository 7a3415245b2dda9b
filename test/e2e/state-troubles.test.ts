/** A state file that cannot be written: what people see, and what is left of it. */
import { describe, expect, it } from 'vitest';
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { openCommandLine, outcomeOf, repository } from './command-line.ts';
import type { CommandLine, Outcome } from './command-line.ts';

const binary = join(repository, 'packages/cli/dist/main.js');
const isRoot = process.getuid?.() === 0;
const canBeNobody = !isRoot || existsSync('/usr/bin/setpriv');

const approval = `workflow: ask
inputs: { text: { type: string } }
steps:
  - { id: ok, run: oatty approval, with: { message: 'Go on?' } }
`;

describe.skipIf(!canBeNobody)('a state that may only be read', () => {
  it.each([
    ['the file', { file: 0o444, home: 0o777 }],
    ['the directory', { file: 0o666, home: 0o555 }],
  ])('is listed, and left as it is: %s', async (_, modes) => {
    await using oatty = await openCommandLine();
    const { manifest, runId } = await aWaitingRun(oatty);
    const state = join(oatty.home, 'state.db');
    chmodSync(state, modes.file);
    chmodSync(oatty.home, modes.home);
    const before = { names: readdirSync(oatty.home), bytes: readFileSync(state) };

    try {
      const list = await asNobody(oatty, 'runs', 'list');
      expect([list.exitCode, list.stdout]).toEqual([0, expect.stringContaining(runId)]);
      for (const args of [
        ['runs', 'respond', runId, 'approve'],
        ['run', manifest, '--input', 'text=a'],
      ]) {
        const { exitCode, stdout, stderr } = await asNobody(oatty, ...args);
        expect([exitCode, stdout, stderr]).toEqual([1, '', expect.stringContaining(state)]);
        expect(stderr).not.toContain('    at ');
      }
    } finally {
      chmodSync(oatty.home, 0o700);
    }
    expect({ names: readdirSync(oatty.home), bytes: readFileSync(state) }).toEqual(before);
  });
});

describe.skipIf(process.platform === 'win32')('a state that has no room', () => {
  it('says so, stays intact, and is carried on', async () => {
    await using oatty = await openCommandLine();
    const { manifest, runId } = await aWaitingRun(oatty);
    const values = await oatty.write('values.json', JSON.stringify({ text: noise(400_000) }));
    const full = await withMostBlocks(oatty, 150, 'run', manifest, '--inputs', values);
    expect([full.exitCode, full.stdout, full.stderr]).toEqual([
      1,
      '',
      expect.stringContaining(`Cannot write ${join(oatty.home, 'state.db')}`),
    ]);
    expect((await oatty.json('runs', 'list')).document.items).toMatchObject([
      { run_id: runId, status: 'waiting' },
    ]);
    expect((await oatty.json('runs', 'respond', runId, 'approve')).document.status).toBe('succeeded');
  });
});

// --- internal ---

async function aWaitingRun(
  oatty: CommandLine,
): Promise<{ readonly manifest: string; readonly runId: string }> {
  const manifest = await oatty.write('ask.yaml', approval);
  const { document } = await oatty.json('run', manifest, '--input', 'text=a', '--detach');
  for (let tries = 0; tries < 100; tries += 1) {
    const shown = await oatty.json('runs', 'show', document.run_id);
    const isAtRest = !existsSync(join(oatty.home, 'state.db-wal')); // its process is gone
    if (shown.document.status === 'waiting' && isAtRest) return { manifest, runId: document.run_id };
  }
  throw new Error('The run never waited.');
}

/** A process that permissions hold for. */
function asNobody(oatty: CommandLine, ...args: readonly string[]): Promise<Outcome> {
  const node = realpathSync(process.execPath);
  const account = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  return runIn(oatty, [...(isRoot ? account : []), node, binary, ...args]);
}

/** A process that writes no file larger than so many blocks of 1 kB, as on a full disk. */
function withMostBlocks(oatty: CommandLine, blocks: number, ...args: readonly string[]): Promise<Outcome> {
  const script = `ulimit -f ${blocks}; exec "$@"`;
  return runIn(oatty, ['bash', '-c', script, 'bash', process.execPath, binary, ...args]);
}

function runIn({ home }: CommandLine, [file = '', ...args]: readonly string[]): Promise<Outcome> {
  const env = {
    PATH: process.env['PATH'] ?? '',
    REGISTRY_CONFIG_PATH: join(home, 'registry.json'),
    OATTY_SECRETS_BACKEND: 'env',
  };
  const child = spawn(file, args, { env, cwd: '/' });
  child.stdin.end();
  return outcomeOf(child);
}

/** Text that does not compress. */
function noise(bytes: number): string {
  return randomBytes(bytes).toString('base64');
}
