import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aContext, captureIo } from '../../test/captured-io.ts';
import { readInputs } from './input-values.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oatty-inputs-'));
});
afterAll(() => rm(folder, { recursive: true }));

const read = async (options: Record<string, string | string[]>, { files = {}, stdin = '' }: World = {}) => {
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
  return readInputs(aContext(captureIo({ cwd: folder, stdin })), { positionals: [], options });
};
interface World {
  readonly files?: Readonly<Record<string, string>>;
  readonly stdin?: string;
}

describe('readInputs', () => {
  it('takes --input over what the file says', async () => {
    const files = { 'values.yaml': 'order_id: ord_1\namount: 5\ntags: [a]' };
    expect(await read({ inputs: 'values.yaml', input: ['order_id=ord_2'] }, { files })).toEqual({
      order_id: 'ord_2',
      amount: 5,
      tags: ['a'],
    });
  });

  it('makes a list of an input that is given again', async () => {
    expect(await read({ input: ['tag=a', 'tag=b'] })).toEqual({ tag: ['a', 'b'] });
  });

  it('reads JSON, also from stdin', async () => {
    expect(await read({ inputs: '-' }, { stdin: '{"a": [1]}' })).toEqual({ a: [1] });
  });

  it('gives nothing when nothing is given', async () => {
    expect(await read({})).toEqual({});
  });

  it.each([
    ['a list', '- 1', 'holds no object'],
    ['text', 'hello', 'holds no object'],
    ['nothing', '', 'holds no object'],
    ['broken YAML', 'a: [1', 'neither JSON nor YAML'],
    ['two documents', 'a: 1\n---\nb: 2', 'neither JSON nor YAML'],
    ['a doubled key', 'a: 1\na: 2', 'neither JSON nor YAML'],
    ['an alias bomb', aliasBomb(), 'neither JSON nor YAML'],
  ])('refuses a file with %s', async (_, text, message) => {
    await expect(read({ inputs: 'bad.yaml' }, { files: { 'bad.yaml': text } })).rejects.toThrow(
      expect.objectContaining({
        code: 'ARGUMENT_INVALID',
        message: expect.stringContaining(message) as string,
      }),
    );
  });

  it('treats __proto__ in a file as a name like any other', async () => {
    const values = await read({ inputs: 'p.yaml' }, { files: { 'p.yaml': '__proto__: { a: 1 }' } });
    expect(Object.hasOwn(values, '__proto__')).toBe(true);
    expect(Object.getPrototypeOf(values)).toBe(Object.prototype);
  });
});

// --- internal ---

function aliasBomb(): string {
  const lines = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const previous = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
    lines.push(`a${level}: &a${level} [${previous}]`);
  }
  return lines.join('\n');
}
