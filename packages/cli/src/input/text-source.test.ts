import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureIo } from '../../test/captured-io.ts';
import { readText } from './text-source.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oatty-text-'));
  await writeFile(join(folder, 'ten'), '0123456789');
});
afterAll(() => rm(folder, { recursive: true }));

const limits = { maxBytes: 10, what: 'a text' };
const read = (path: string, stdin = '') => readText(captureIo({ cwd: folder, stdin }), path, limits);

describe('readText', () => {
  it('reads a file and stdin up to the limit', async () => {
    expect(await read('ten')).toBe('0123456789');
    expect(await read('-', '0123456789')).toBe('0123456789');
  });

  it('does not break a character that two chunks share', async () => {
    expect(await read('-', 'äöü€')).toBe('äöü€');
  });

  it('refuses more than the limit', async () => {
    await writeFile(join(folder, 'eleven'), '0123456789a');
    const tooLarge = expect.objectContaining({ code: 'LIMIT_EXCEEDED' }) as Error;
    await expect(read('eleven')).rejects.toThrow(tooLarge);
    await expect(read('-', '0123456789a')).rejects.toThrow(tooLarge);
    await expect(read('/dev/zero')).rejects.toThrow(tooLarge);
  });

  it.each([
    ['missing', 'There is no file missing.'],
    ['.', '. is a directory.'],
  ])('names %s when it cannot be read', async (path, message) => {
    await expect(read(path)).rejects.toThrow(expect.objectContaining({ code: 'SOURCE_NOT_FOUND', message }));
  });
});
