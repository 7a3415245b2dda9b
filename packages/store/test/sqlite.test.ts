import { describe, expect, it, onTestFinished } from 'vitest';
import { runStoreContract, scheduleStoreContract } from '@oatty/engine/testing';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  copyFileSync,
  existsSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import { migrations } from '../src/schema/migrations.ts';
import { openJournal } from '../src/open-journal.ts';
import type { DurableJournal } from '../src/open-journal.ts';
import { createRunStore } from '../src/runs/create-run-store.ts';
import { inspectSqlite } from '../src/sqlite/inspect-sqlite.ts';
import { oattyState } from '../src/sqlite/open-sqlite.ts';
import { SqliteDatabase } from '../src/sqlite/sqlite-database.ts';
import { sqliteDialect } from '../src/sqlite/sqlite-dialect.ts';
import { aDirectory } from './a-directory.ts';
import { aLease, anOutput, aRun, noon, owner } from './a-run.ts';
import { olderCommits, olderEvents, olderState, olderVersion } from './older-state.ts';

runStoreContract('SQLite', async () => (await openAt(aStateFile())).runs);
scheduleStoreContract('SQLite', async () => (await openAt(aStateFile())).schedules);

describe('the state file', () => {
  it('is made at the first write, and by no question', async () => {
    const path = aStateFile();
    const { runs } = await openAt(path);
    expect(await runs.listRuns({ limit: 10 })).toEqual({ items: [] });
    expect(await runs.getRun('run-1')).toBeUndefined();
    await expect(runs.readEvents('run-1', 0, 10)).rejects.toMatchObject({ code: 'RUN_NOT_FOUND' });
    expect(existsSync(path)).toBe(false);
    await runs.createRun(aRun());
    expect(existsSync(path)).toBe(true);
  });

  it('can be read by its owner alone', async () => {
    const path = aStateFile();
    const { runs } = await openAt(path);
    await runs.createRun(aRun());
    const modes = [path, `${path}-wal`, `${path}-shm`].map((file) => statSync(file).mode & 0o777);
    expect(modes).toEqual([0o600, 0o600, 0o600]);
  });

  it('is shared by two who open it at once', async () => {
    const path = aStateFile();
    const journals = await Promise.all([openAt(path), openAt(path), openAt(path)]);
    await Promise.all(journals.map(({ runs }, index) => runs.createRun(aRun({ run_id: `run-${index}` }))));
    const [first] = journals;
    expect((await first?.runs.listRuns({ limit: 9 }))?.items).toHaveLength(3);
  });

  it.skipIf(!existsSync('/proc/locks'))('stays locked when it is opened here once more', async () => {
    const path = aStateFile();
    for (const run_id of ['run-1', 'run-2']) await (await openAt(path)).runs.createRun(aRun({ run_id }));
    expect(readFileSync('/proc/locks', 'utf8')).toMatch(new RegExp(`:${statSync(path).ino} `));
  });

  it('keeps what was committed when the process is killed', async () => {
    const path = aStateFile();
    const told = await writeUntilKilled(path);
    const { runs } = await openAt(path);
    const events = await runs.readEvents('run-1', told - 1, 10);
    expect(events.length).toBeGreaterThan(0);
  });

  it('is not taken for what it was before when a killed process has lost its log', async () => {
    const path = aStateFile();
    await writeUntilKilled(path);
    unlinkSync(`${path}-wal`);
    const { runs } = await openAt(path);
    await expect(runs.getRun('run-1')).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: `Cannot open ${path}: its log ${path}-wal is missing.`,
    });
  });

  it('takes the writes of several processes at once', async () => {
    const path = aStateFile();
    const ids = ['run-1', 'run-2', 'run-3'];
    await Promise.all(ids.map(async (id) => once(startChild(path, id, 60), 'close')));
    const { runs } = await openAt(path);
    const counts = await Promise.all(ids.map(async (id) => (await runs.readEvents(id, 0, 100)).length));
    expect(counts).toEqual([60, 60, 60]);
  });

  it('that another process holds too long is STATE_LOCKED', async () => {
    const path = await aWrittenState();
    const other = connect(path);
    other.exec('BEGIN IMMEDIATE');
    const runs = createRunStore(new SqliteDatabase(connect(path), path, 50));
    await expect(runs.append('run-1', owner, { at: noon })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      retryable: true,
    });
    expect(await runs.getRun('run-1')).toMatchObject({ status: 'running' });
    other.exec('ROLLBACK');
    await runs.append('run-1', owner, { at: noon });
  });

  it('of an older oatty is brought up to date, and what it told is read', async () => {
    const path = aStateFile();
    const older = new DatabaseSync(path);
    older.exec(olderState(sqliteDialect).join(';\n'));
    older.exec(`PRAGMA user_version = ${olderVersion}; PRAGMA application_id = ${oattyState}`);
    older.close();
    const { runs } = await openAt(path);
    await runs.createRun(aRun(), aLease());
    await runs.append('run-1', owner, anOutput([1]));
    expect(await inspectSqlite(path)).toMatchObject({ version: migrations.length });
    expect(await runs.deleteRuns(['old-1'])).toEqual(['old-1']);
    expect(await runs.readCommits('old-2')).toEqual(olderCommits('old-2'));
    expect(await runs.readEvents('old-2', 0, 10)).toEqual(olderEvents('old-2'));
    expect(await runs.readEvents('run-1', 0, 10)).toMatchObject([{ seq: 1, result: { output: [1] } }]);
  });

  it('gives the rows of a run that was removed to none that comes after', async () => {
    const { runs } = await openAt(aStateFile());
    for (const run_id of ['run-1', 'run-2']) {
      await runs.createRun(aRun({ run_id }), aLease());
      await runs.changeRun(
        run_id,
        owner,
        ['running'],
        { status: 'failed', finished_at: noon },
        anOutput([1]),
      );
      await runs.deleteRuns([run_id]);
    }
    await runs.createRun(aRun());
    expect(await runs.readCommits('run-1')).toEqual([]);
    expect(await runs.readEvents('run-1', 0, 10)).toEqual([]);
  });

  it('that a newer oatty has changed while it was open says so, and keeps what it has', async () => {
    const path = aStateFile();
    const { runs } = await openAt(path);
    await runs.createRun(aRun(), aLease());
    await runs.append('run-1', owner, anOutput([1]));
    const newer = new DatabaseSync(path);
    newer.exec('ALTER TABLE commits RENAME COLUMN result TO outcome');
    await expect(runs.append('run-1', owner, anOutput([2], 'b'))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: `Cannot write ${path}: its tables are not those that this oatty has opened.`,
    });
    newer.exec('ALTER TABLE commits RENAME COLUMN outcome TO result');
    newer.close();
    expect(await runs.readEvents('run-1', 0, 10)).toHaveLength(1);
  });

  it('of a newer oatty is refused and left alone', async () => {
    const path = await aWrittenState();
    const other = new DatabaseSync(path);
    other.exec('PRAGMA user_version = 999');
    other.close();
    const before = readFileSync(path);
    const { runs } = await openAt(path);
    await expect(runs.createRun(aRun({ run_id: 'run-2' }))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: `${path} was written by a newer oatty.`,
      options: { context: { version: 999 } },
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it('of another program is refused and left alone', async () => {
    const path = aStateFile();
    const other = new DatabaseSync(path);
    other.exec('CREATE TABLE runs (a)');
    other.close();
    const before = readFileSync(path);
    const { runs } = await openAt(path);
    await expect(runs.createRun(aRun())).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  it.each([
    ['text', 'This is no database, it is a letter to my aunt. '.repeat(40)],
    ['a damaged first page', `SQLite format 3\0${'x'.repeat(8_000)}`],
  ])('that is no database is refused and left alone: %s', async (_, text) => {
    const path = aStateFile();
    writeFileSync(path, text);
    const { runs } = await openAt(path);
    await expect(runs.createRun(aRun())).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(path),
    });
    expect(readFileSync(path, 'utf8')).toBe(text);
  });

  it.each([
    ['a directory', (directory: string) => directory],
    ['below a file', (directory: string) => join(fileIn(directory), 'state.db')],
  ])('that cannot be a file is named: %s', async (_, pathIn) => {
    const path = pathIn(aDirectory());
    const { runs } = await openAt(path);
    await expect(runs.createRun(aRun())).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(path),
    });
  });

  it('whose write-ahead log is damaged is refused and left alone', async () => {
    const path = await aWrittenState();
    const copy = join(aDirectory(), 'state.db');
    copyFileSync(path, copy);
    const log = readFileSync(`${path}-wal`).fill(0x55, 0, 32);
    writeFileSync(`${copy}-wal`, log);
    const { runs } = await openAt(copy);
    await expect(runs.getRun('run-1')).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(`${copy}-wal`),
    });
    expect(readFileSync(`${copy}-wal`).equals(log)).toBe(true);
  });

  it.each([
    ['in the middle', (log: Buffer) => void log.fill(0x55, log.length / 2, log.length / 2 + 8)],
    ['at its end', (log: Buffer) => void log.fill(0x55, log.length - 8)],
    ['by a lost half', (log: Buffer) => log.subarray(0, log.length / 2)],
  ])('whose write-ahead log is damaged %s is refused as often as it is opened', async (_, damage) => {
    const copy = await aLeftState();
    const log = readFileSync(`${copy}-wal`);
    const damaged = damage(log) ?? log;
    writeFileSync(`${copy}-wal`, damaged);
    for (let tries = 0; tries < 2; tries += 1) {
      const { runs } = await openAt(copy);
      await expect(runs.getRun('run-1')).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        message: expect.stringContaining(`${copy}-wal`),
      });
    }
    expect(readFileSync(`${copy}-wal`).equals(damaged)).toBe(true);
    unlinkSync(`${copy}-shm`); // as the advice says: what can be read goes on
    const { runs } = await openAt(copy);
    await runs.createRun(aRun({ run_id: 'run-2' }));
  });

  it.each([
    ['removed', (log: string) => unlinkSync(log)],
    ['emptied', (log: string) => truncateSync(log)],
    ['cut off behind its head', (log: string) => truncateSync(log, 32)],
  ])('whose write-ahead log was %s is refused as often as it is opened', async (_, harm) => {
    const path = await aLeftState();
    const log = readFileSync(`${path}-wal`);
    const before = readFileSync(path);
    harm(`${path}-wal`);
    for (let tries = 0; tries < 2; tries += 1) {
      const { runs } = await openAt(path);
      await expect(runs.getRun('run-1')).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        message: expect.stringContaining(`${path}-wal`),
      });
    }
    await expect(inspectSqlite(path)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
    expect(readFileSync(path).equals(before)).toBe(true);
    writeFileSync(`${path}-wal`, log); // as the advice says
    const { runs } = await openAt(path);
    expect(await runs.getRun('run-1')).toMatchObject({ status: 'running' });
  });

  it('goes on without its log when the index was moved away', async () => {
    const path = await aLeftState();
    unlinkSync(`${path}-wal`);
    renameSync(`${path}-shm`, `${path}-shm.away`);
    const { runs } = await openAt(path);
    await runs.createRun(aRun({ run_id: 'run-2' }));
    expect((await runs.listRuns({ limit: 10 })).items).toMatchObject([{ run_id: 'run-2' }]);
  });

  it('that was removed with its log is begun anew', async () => {
    const path = await aLeftState();
    for (const end of ['', '-wal']) unlinkSync(`${path}${end}`);
    const { runs } = await openAt(path);
    await runs.createRun(aRun({ run_id: 'run-2' }));
    expect((await runs.listRuns({ limit: 10 })).items).toMatchObject([{ run_id: 'run-2' }]);
  });

  it('is opened without a log that held nothing more than it', async () => {
    const path = await aWrittenState();
    connect(path).exec('PRAGMA wal_checkpoint');
    const copy = aCopyOf(path);
    unlinkSync(`${copy}-wal`);
    const { runs } = await openAt(copy);
    expect(await runs.getRun('run-1')).toMatchObject({ status: 'running' });
  });

  it('gets back a removed log from whoever has it open', async () => {
    const path = aStateFile();
    const journal = await openAt(path);
    await journal.runs.createRun(aRun());
    unlinkSync(`${path}-wal`);
    await expect(journal.runs.createRun(aRun({ run_id: 'run-2' }))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: `The log ${path}-wal was removed while it was open.`,
    });
    const { runs } = await openAt(path);
    const refusal = { code: 'STORAGE_FAILED', message: expect.stringContaining('is missing') };
    await expect(runs.getRun('run-1')).rejects.toMatchObject(refusal);
    await journal.close();
    const { runs: again } = await openAt(path);
    expect(await again.getRun('run-1')).toMatchObject({ status: 'running' });
  });

  it('is opened with the log that a killed process has left', async () => {
    const { runs } = await openAt(await aLeftState());
    expect(await runs.getRun('run-1')).toMatchObject({ status: 'running' });
  });

  it('that was removed or replaced is written no more', async () => {
    const path = await aWrittenState();
    const { runs } = await openAt(path);
    await runs.append('run-1', owner, { at: noon });
    renameSync(path, `${path}.away`);
    for (const replace of [() => {}, () => writeFileSync(path, '')]) {
      replace();
      await expect(runs.append('run-1', owner, { at: noon })).rejects.toMatchObject({
        code: 'STORAGE_FAILED',
        message: `${path} was removed or replaced while it was open.`,
      });
    }
    renameSync(`${path}.away`, path);
    await runs.append('run-1', owner, { at: noon });
  });

  it('with a damaged page is seen through by an inspection', async () => {
    const path = aStateFile();
    const journal = await openJournal({ stateFile: path });
    await journal.runs.createRun(aRun(), aLease());
    await journal.close();
    expect(await inspectSqlite(path)).toMatchObject({ version: migrations.length });
    writeFileSync(path, readFileSync(path).fill(0x55, 20_480, 24_576));
    await expect(inspectSqlite(path)).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });

  it('that is full changes nothing and can be written again later', async () => {
    const path = await aWrittenState();
    const connection = connect(path);
    connection.exec('PRAGMA max_page_count = 40');
    const runs = createRunStore(new SqliteDatabase(connection, path));
    const large = Array.from({ length: 30_000 }, () => Math.random());
    await expect(runs.append('run-1', owner, anOutput(large))).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining('the disk is full'),
    });
    expect(await runs.readCommits('run-1')).toEqual([]);
    expect(await runs.readEvents('run-1', 0, 10)).toEqual([]);
    await runs.append('run-1', owner, anOutput('small'));
    expect(await runs.readCommits('run-1')).toHaveLength(1);
  });

  it('that was closed says so', async () => {
    const journal = await openAt(await aWrittenState());
    await journal.runs.getRun('run-1');
    await journal.close();
    await expect(journal.runs.getRun('run-1')).rejects.toMatchObject({ code: 'STORAGE_FAILED' });
  });
});

describe('a write that is refused', () => {
  it('leaves the writes alone that travel with it', async () => {
    const { runs } = await openAt(aStateFile());
    await runs.createRun(aRun(), aLease());
    const writes = await Promise.allSettled([
      runs.append('run-1', owner, anOutput(1, 'a')),
      runs.answerQuestion('run-1', 'nobody-asked', { value: true, at: noon }),
      runs.append('run-1', 'somebody-else', anOutput(2, 'b')),
      runs.append('run-1', owner, anOutput(3, 'c')),
    ]);
    expect(writes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected', 'fulfilled']);
    expect((await runs.readCommits('run-1')).map(({ step_id }) => step_id)).toEqual(['a', 'c']);
  });
});

describe('an event that tells of a step', () => {
  it('names the damage when the step is gone', async () => {
    const path = aStateFile();
    const { runs } = await openAt(path);
    await runs.createRun(aRun(), aLease());
    await runs.append('run-1', owner, anOutput(1));
    connect(path).exec('DELETE FROM commits');
    await expect(runs.readEvents('run-1', 0, 10)).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: 'The journal is damaged: event 1 of run run-1 tells of a step that is gone.',
    });
  });
});

describe('a long value', () => {
  it('is kept once, compressed, whoever keeps it', async () => {
    const path = aStateFile();
    const { runs } = await openAt(path);
    const rows = Array.from({ length: 5_000 }, (_, id) => ({ id, name: 'the same name again and again' }));
    for (const run_id of ['run-1', 'run-2', 'run-3']) {
      await runs.createRun(aRun({ run_id }), aLease());
      await runs.append(run_id, owner, anOutput(rows, 'a'));
      await runs.append(run_id, owner, anOutput(rows, 'b'));
    }
    const { blobs, bytes } =
      connect(path).prepare('SELECT count(*) blobs, sum(length(bytes)) bytes FROM blobs').get() ?? {};
    expect(blobs).toBe(1);
    expect(Number(bytes)).toBeLessThan(JSON.stringify(rows).length / 5);
    expect((await runs.readCommits('run-3'))[1]?.result.output).toEqual(rows);
    expect((await runs.readEvents('run-3', 1, 1))[0]).toMatchObject({ result: { output: rows } });
  });
});

// --- internal ---

function aStateFile(): string {
  return join(aDirectory(), 'state.db');
}

async function openAt(stateFile: string): Promise<DurableJournal> {
  const journal = await openJournal({ stateFile });
  onTestFinished(() => journal.close());
  return journal;
}

/** A state file with one run, and its log not yet merged. */
async function aWrittenState(): Promise<string> {
  const path = aStateFile();
  const { runs } = await openAt(path);
  await runs.createRun(aRun(), aLease());
  return path;
}

/** What a process leaves that is killed: the file, its log and its index. */
async function aLeftState(): Promise<string> {
  return aCopyOf(await aWrittenState());
}

function aCopyOf(path: string): string {
  const copy = join(aDirectory(), 'state.db');
  for (const end of ['', '-wal', '-shm']) copyFileSync(`${path}${end}`, `${copy}${end}`);
  return copy;
}

/** @returns how many events were confirmed */
async function writeUntilKilled(path: string): Promise<number> {
  const child = startChild(path, 'run-1', 100_000);
  let told = 0;
  child.stdout.on('data', (text: Buffer) => {
    told = Number(text.toString().trim().split('\n').at(-1));
    if (told > 50) child.kill('SIGKILL');
  });
  await once(child, 'close');
  return told;
}

function fileIn(directory: string): string {
  const path = join(directory, 'file');
  writeFileSync(path, '');
  return path;
}

function connect(path: string): DatabaseSync {
  const connection = new DatabaseSync(path, { timeout: 0 });
  onTestFinished(() => connection.close());
  return connection;
}

function startChild(path: string, runId: string, count: number) {
  const script = fileURLToPath(new URL('children/append-events.ts', import.meta.url));
  const args = ['--conditions=@oatty/source', script, path, runId, `${count}`];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}
