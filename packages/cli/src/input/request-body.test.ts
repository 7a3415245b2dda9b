import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { captureIo } from '../../test/captured-io.ts';
import { readRequestBody } from './request-body.ts';

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oatty-body-'));
  await writeFile(join(folder, 'order.json'), '{"sku": "a"}');
  await writeFile(join(folder, 'photo.png'), Buffer.from([0x89, 0x50, 0xff]));
});
afterAll(() => rm(folder, { recursive: true }));

const read = (given: string, mediaType?: string, stdin = '') =>
  readRequestBody(captureIo({ cwd: folder, stdin }), given, mediaType);

describe('readRequestBody', () => {
  it.each(['application/json', 'application/vnd.api+json', 'multipart/form-data', '*/*', undefined])(
    'gives the value of JSON for %s',
    async (mediaType) => {
      expect(await read('{"a": [1]}', mediaType)).toEqual({ a: [1] });
      expect(await read('@order.json', mediaType)).toEqual({ sku: 'a' });
      expect(await read('-', mediaType, '[1]')).toEqual([1]);
    },
  );

  it('takes a form that is encoded already as it is', async () => {
    expect(await read('a=1&b=2', 'application/x-www-form-urlencoded')).toBe('a=1&b=2');
  });

  it('refuses what begins like JSON and is none', async () => {
    await expect(read('{"a": 1', 'application/json')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it.each(['1.50', 'true', '{"a": 1', '"a","b"', '{"sku": 1}'])(
    'leaves %j alone for text/csv',
    async (text) => {
      expect(await read(text, 'text/csv')).toBe(text);
      expect(await read('-', 'text/csv', text)).toBe(text);
    },
  );

  it('changes no byte of a file that is no text', async () => {
    expect(await read('@photo.png', 'image/png')).toEqual({ base64: 'iVD/' });
  });

  it('takes a file value where bytes go, but not out of a file', async () => {
    const text = '{"file": "photo.png"}';
    expect(await read(text, 'application/octet-stream')).toEqual({ file: 'photo.png' });
    expect(await read('-', 'application/octet-stream', text)).toBe(text);
  });
});
