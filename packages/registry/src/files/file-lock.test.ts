import { describe, expect, it } from 'vitest';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { aDirectory } from '../../test/builders/a-directory.ts';
import { withFileLock } from './file-lock.ts';

const run = promisify(execFile);

function aLockFile(): string {
  return join(aDirectory(), 'registry.json.lock');
}

function writeLock(path: string, owner: Record<string, unknown>, ageMs = 0): void {
  writeFileSync(path, JSON.stringify({ host: hostname(), token: 'other', ...owner }));
  const changed = new Date(Date.now() - ageMs);
  utimesSync(path, changed, changed);
}

/** The id of a process that has ended. */
async function aDeadPid(): Promise<number> {
  const child = run(process.execPath, ['-e', '0']);
  await child;
  return child.child.pid ?? 0;
}

describe('withFileLock', () => {
  it('gives the result of the work and leaves no file', async () => {
    const path = aLockFile();
    expect(await withFileLock(path, async () => existsSync(path))).toBe(true);
    expect(existsSync(path)).toBe(false);
  });

  it('frees the lock when the work fails', async () => {
    const path = aLockFile();
    await expect(withFileLock(path, () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(existsSync(path)).toBe(false);
  });

  it('lets callers of one process work one after the other', async () => {
    const path = aLockFile();
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise(setImmediate);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withFileLock(path, work)));
    expect(most).toBe(1);
  });

  it('loses no update of processes that write at once', async () => {
    const path = aLockFile();
    const counter = `${path}.count`;
    writeFileSync(counter, '0');
    const script = fileURLToPath(new URL('../../test/children/count-under-lock.ts', import.meta.url));
    const start = () => run(process.execPath, ['--conditions=@oatty/source', script, path, counter, '25']);
    await Promise.all(Array.from({ length: 4 }, start));
    expect(readFileSync(counter, 'utf8')).toBe('100');
  });

  it('gives up with the holder named when the lock stays taken', async () => {
    const path = aLockFile();
    writeLock(path, { pid: process.ppid });
    await expect(withFileLock(path, () => Promise.resolve(), { waitMs: 30 })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
      retryable: true,
      options: { context: { path, pid: process.ppid } },
    });
    expect(existsSync(path)).toBe(true);
  });

  it('takes over the lock of a process that is gone', async () => {
    const path = aLockFile();
    writeLock(path, { pid: await aDeadPid() });
    expect(await withFileLock(path, () => Promise.resolve('done'), { waitMs: 0 })).toBe('done');
  });

  it('takes over a lock that an earlier process with the same id left', async () => {
    const path = aLockFile();
    writeLock(path, { pid: process.pid });
    expect(await withFileLock(path, () => Promise.resolve('done'), { waitMs: 0 })).toBe('done');
  });

  it('takes over a lock that is too old, whoever holds it', async () => {
    const path = aLockFile();
    writeLock(path, { pid: 1, host: 'elsewhere' }, 61_000);
    expect(await withFileLock(path, () => Promise.resolve('done'), { waitMs: 0 })).toBe('done');
  });

  it('does not believe that a process of another host is gone', async () => {
    const path = aLockFile();
    writeLock(path, { pid: await aDeadPid(), host: 'elsewhere' });
    await expect(withFileLock(path, () => Promise.resolve(), { waitMs: 0 })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
    });
  });

  it('takes over a lock that was never written, once it is not new any more', async () => {
    const path = aLockFile();
    writeFileSync(path, '');
    await expect(withFileLock(path, () => Promise.resolve(), { waitMs: 0 })).rejects.toMatchObject({
      code: 'STATE_LOCKED',
    });
    utimesSync(path, new Date(Date.now() - 3_000), new Date(Date.now() - 3_000));
    expect(await withFileLock(path, () => Promise.resolve('done'), { waitMs: 0 })).toBe('done');
  });

  it('lets exactly one of many take over at a time', async () => {
    const path = aLockFile();
    writeLock(path, { pid: await aDeadPid() });
    let inside = 0;
    let most = 0;
    const work = async () => {
      most = Math.max(most, (inside += 1));
      await new Promise(setImmediate);
      inside -= 1;
    };
    await Promise.all(Array.from({ length: 8 }, () => withFileLock(path, work)));
    expect(most).toBe(1);
    expect(existsSync(`${path}.takeover`)).toBe(false);
  });

  it('does not remove a lock that was taken over meanwhile', async () => {
    const path = aLockFile();
    await withFileLock(path, async () => writeLock(path, { pid: process.ppid }));
    expect(JSON.parse(readFileSync(path, 'utf8'))).toMatchObject({ pid: process.ppid });
  });

  it('names a directory that cannot be made', async () => {
    const file = aLockFile();
    writeFileSync(file, 'not a directory');
    await expect(withFileLock(join(file, 'lock'), () => Promise.resolve())).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
      message: expect.stringContaining(file),
    });
  });
});
