import { mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { OattyError } from '@oatty/types';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createUserFiles } from './files.ts';
import type { UserFiles } from './files.ts';

async function aDirectory(): Promise<string> {
  const dir = await mkdtemp(join(tmpdir(), 'oatty-files-'));
  onTestFinished(() => rm(dir, { recursive: true, force: true }));
  await mkdir(join(dir, 'work'));
  return dir;
}

function filesIn(dir: string): UserFiles {
  return createUserFiles(join(dir, 'work'), join(dir, 'state'));
}

async function* bytesOf(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield Buffer.from(part);
}

async function* brokenBytes(): AsyncGenerator<Uint8Array> {
  yield Buffer.from('ab');
  throw new OattyError('RESPONSE_INVALID', 'The response was cut off.');
}

describe('reading a file', () => {
  it('takes paths below the working directory, absolute or not', async () => {
    const dir = await aDirectory();
    await writeFile(join(dir, 'work', 'a.txt'), 'abc');
    const files = filesIn(dir);
    expect(await files.read('a.txt', 3)).toEqual({ name: 'a.txt', bytes: Buffer.from('abc') });
    expect((await files.read(join(dir, 'work', 'a.txt'), 3)).name).toBe('a.txt');
  });

  it.each(['../out.txt', 'link.txt', 'folder/out.txt'])('refuses %s, which leads out', async (path) => {
    const dir = await aDirectory();
    await writeFile(join(dir, 'out.txt'), 'abc');
    await symlink(join(dir, 'out.txt'), join(dir, 'work', 'link.txt'));
    await symlink(dir, join(dir, 'work', 'folder'));
    await expect(filesIn(dir).read(path, 10)).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
      options: { context: { path } },
    });
  });

  it('refuses what is not there, not a file, or too large', async () => {
    const dir = await aDirectory();
    await writeFile(join(dir, 'work', 'a.txt'), 'abc');
    const files = filesIn(dir);
    await expect(files.read('b.txt', 10)).rejects.toMatchObject({ code: 'SOURCE_NOT_FOUND' });
    await expect(files.read('.', 10)).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    await expect(files.read('a.txt', 2)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'maxRequestBytes', maximum: 2 } },
    });
  });
});

describe('saving a file', () => {
  it('gives each a name of its own that only the user can read', async () => {
    const dir = await aDirectory();
    const files = filesIn(dir);
    const save = () => files.save({ name: 'a.pdf', mediaType: 'application/pdf', bytes: bytesOf('ab', 'c') });
    const [first, second] = [await save(), await save()];
    expect(first).not.toBe(second);
    expect(first).toMatch(/\/state\/downloads\/[\da-f-]{36}-a\.pdf$/);
    expect(await readFile(first, 'utf8')).toBe('abc');
    expect((await stat(first)).mode & 0o777).toBe(0o600);
  });

  it('leaves nothing behind when the bytes break off', async () => {
    const dir = await aDirectory();
    const files = filesIn(dir);
    const saving = files.save({ name: 'a.pdf', mediaType: 'application/pdf', bytes: brokenBytes() });
    await expect(saving).rejects.toMatchObject({ code: 'RESPONSE_INVALID' });
    expect(await readdir(join(dir, 'state', 'downloads'))).toEqual([]);
  });

  it('says where nothing can be written', async () => {
    const dir = await aDirectory();
    await writeFile(join(dir, 'state'), 'a file');
    const files = filesIn(dir);
    await expect(files.save({ name: 'a', mediaType: 'x', bytes: bytesOf('a') })).rejects.toMatchObject({
      code: 'STORAGE_FAILED',
    });
  });
});
