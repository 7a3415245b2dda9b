/** A state file that cannot be written: what people see, and what is left of it. */
import { createOatty } from '@oatty/runtime';
import { describe, expect, it, vi } from 'vitest';
import { execFileSync, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Readable } from 'node:stream';
import { builtProgram } from './built-program.ts';
import { openCommandLine, outcomeOf, repository } from './command-line.ts';
import type { CommandLine, Outcome } from './command-line.ts';
import { openSharedState } from './shared-state.ts';

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

  it('in the middle of a run stops it there, and whoever has room goes on', { timeout: 60_000 }, async () => {
    await using state = await openSharedState();
    const manifest = join(state.home, 'notes.yaml');
    await writeFile(manifest, manyNotes);
    // Each write adds some pages to the log: there is room for about the half of them.
    const args = withBlocks(1_000, [process.execPath, builtProgram('start-run'), manifest]);
    const child = spawn('bash', args, { env: { PATH: process.env['PATH'], ...state.env }, stdio: 'pipe' });
    const printed = collect(child.stdout);
    await vi.waitFor(() => expect(printed()).toContain('STORAGE_FAILED'), 20_000);
    const runId = printed().split('\n')[0] ?? '';
    const before = await state.oatty.runs.get(runId);
    const done = before.steps.filter(({ status }) => status === 'succeeded').length;
    expect([before.status, done > 3, done < 57]).toEqual(['running', true, true]);

    state.oatty.runs.takeOver();
    expect(await state.oatty.runs.wait(runId)).toMatchObject({ status: 'succeeded' });
    const bodies = state.shop.calls().map(({ body }) => body);
    const counts = noteNumbers.map((number) => bodies.filter((body) => body === `note ${number}`).length);
    // What was in flight at that moment may have been called again, nothing else.
    expect(counts.filter((count) => count !== 1).length).toBeLessThanOrEqual(1);
    child.kill();
  });
});

describe.skipIf(!canForbidWrites())('a state that becomes read-only', () => {
  it('in the middle of a run stops it there, and it goes on later', { timeout: 60_000 }, async () => {
    await using state = await openSharedState();
    const manifest = join(state.home, 'slow.yaml');
    await writeFile(manifest, noteWaitNote);
    const env = { PATH: process.env['PATH'], ...state.env };
    const running = outcomeOf(spawn(process.execPath, [binary, 'run', manifest], { env, stdio: 'pipe' }));
    const operations = () => state.shop.calls().map(({ operation_id }) => operation_id);
    await vi.waitFor(() => expect(operations()).toEqual(['setOrderNote', 'getSlow']), 20_000);
    const files = ['state.db', 'state.db-wal'].map((name) => join(state.home, name));
    execFileSync('chattr', ['+i', ...files]);
    try {
      const { exitCode, stdout, stderr } = await running;
      expect([exitCode, stdout]).toEqual([1, '']);
      expect(stderr).toContain(`Cannot write ${join(state.home, 'state.db')}`);
      const { items } = await state.oatty.runs.list();
      expect(items).toMatchObject([{ status: 'running' }]);
      expect(stderr).toContain(`Run ${items[0]?.run_id} is left where it is`);
    } finally {
      execFileSync('chattr', ['-i', ...files]);
    }

    state.oatty.runs.takeOver();
    const [left] = (await state.oatty.runs.list()).items;
    expect(await state.oatty.runs.wait(left?.run_id ?? '')).toMatchObject({ status: 'succeeded' });
    expect(operations()).toEqual(['setOrderNote', 'getSlow', 'getSlow', 'setOrderNote']);
  });
});

// --- internal ---

const noteWaitNote = `workflow: slow
steps:
  - { id: first, run: shop orders:note:update, with: { order: ord_1 }, body: first }
  - { id: wait, run: shop slow:list, depends_on: [first], with: { delay_ms: 1500 } }
  - { id: last, run: shop orders:note:update, depends_on: [wait], with: { order: ord_1 }, body: last }
`;

/** Whether a file that is open for writing can be made one that nobody may write: with the rights of root, on ext4 or xfs. */
function canForbidWrites(): boolean {
  const path = join(mkdtempSync(join(tmpdir(), 'oatty-probe-')), 'probe');
  const file = openSync(path, 'w');
  try {
    execFileSync('chattr', ['+i', path], { stdio: 'ignore' });
    return fails(() => writeSync(file, 'a'));
  } catch {
    return false;
  } finally {
    fails(() => execFileSync('chattr', ['-i', path], { stdio: 'ignore' }));
    closeSync(file);
    rmSync(dirname(path), { recursive: true });
  }
}

function fails(work: () => unknown): boolean {
  try {
    work();
    return false;
  } catch {
    return true;
  }
}

/** Nobody carries it, and nobody has the state open. */
async function aWaitingRun(
  line: CommandLine,
): Promise<{ readonly manifest: string; readonly runId: string }> {
  const env = { REGISTRY_CONFIG_PATH: join(line.home, 'registry.json') };
  const oatty = await createOatty({ env, cwd: line.home });
  const { run_id: runId } = await oatty.runs.start({
    workflow: { manifest: approval },
    inputs: { text: 'a' },
  });
  await vi.waitFor(
    async () => expect(await oatty.runs.get(runId)).toMatchObject({ status: 'waiting' }),
    10_000,
  );
  await oatty.close();
  expect(readdirSync(line.home)).not.toContain('state.db-wal');
  return { manifest: await line.write('ask.yaml', approval), runId };
}

/** A process that permissions hold for. */
function asNobody(oatty: CommandLine, ...args: readonly string[]): Promise<Outcome> {
  const node = realpathSync(process.execPath);
  const account = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  return runIn(oatty, [...(isRoot ? account : []), node, binary, ...args]);
}

const noteNumbers = Array.from({ length: 60 }, (_, index) => index + 1);

/** One after the other. */
const manyNotes = `workflow: notes\nsteps:\n${noteNumbers
  .map(
    (number) => `  - id: note_${number}
    run: shop orders:note:update
    with: { order: ord_1 }
    body: note ${number}
${number === 1 ? '' : `    depends_on: [note_${number - 1}]\n`}`,
  )
  .join('')}`;

/** What the stream has given so far. */
function collect(stream: Readable): () => string {
  let text = '';
  stream.setEncoding('utf8').on('data', (part: string) => (text += part));
  return () => text;
}

/** A process that writes no file larger than so many blocks of 1 kB, as on a full disk. */
function withMostBlocks(oatty: CommandLine, blocks: number, ...args: readonly string[]): Promise<Outcome> {
  return runIn(oatty, ['bash', ...withBlocks(blocks, [process.execPath, binary, ...args])]);
}

/** Arguments of `bash`. */
function withBlocks(blocks: number, command: readonly string[]): readonly string[] {
  return ['-c', `ulimit -f ${blocks}; exec "$@"`, 'bash', ...command];
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
