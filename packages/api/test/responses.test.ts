import { Buffer } from 'node:buffer';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import type { IncomingFile } from '../src/http-call.ts';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand } from './a-call.ts';
import type { CallChanges } from './a-call.ts';
import { startServer } from './local-server.ts';

/** Answers with these bytes and headers, and gives the result of the command. */
async function receive(
  bytes: string | Uint8Array,
  headers: Readonly<Record<string, string>>,
  changes: CallChanges = {},
) {
  const server = await startServer((_, response) => response.writeHead(200, headers).end(bytes));
  return executeHttpCommand(aCall({ baseUrl: server.origin, ...changes }));
}

/** Keeps nothing. */
async function readThrough(file: IncomingFile): Promise<string> {
  for await (const _ of file.bytes);
  return file.name;
}

const json = { 'content-type': 'application/json' };
const jsonOnly = { command: aCommand({ accept: ['application/json'] }) };

describe('the result', () => {
  it('has status, headers in lower case and the body', async () => {
    const server = await startServer((_, response) =>
      response
        .writeHead(201, { 'Content-Type': 'application/json', 'X-A': '1', Link: ['<a>', '<b>'] })
        .end('{"a":1}'),
    );
    expect(await executeHttpCommand(aCall({ baseUrl: server.origin }))).toMatchObject({
      status: 201,
      headers: { 'content-type': 'application/json', 'x-a': '1', link: '<a>, <b>' },
      body: { a: 1 },
    });
  });

  it('never shows cookies', async () => {
    const { headers } = await receive('{}', { ...json, 'set-cookie': 'session=abcdef' });
    expect(headers).not.toHaveProperty('set-cookie');
  });

  it.each([
    ['application/json', '{"a":[1,null]}', { a: [1, null] }],
    ['application/vnd.shop.v2+json; charset=utf-8', '"x"', 'x'],
    ['APPLICATION/JSON', 'false', false],
    ['application/x-amz-json-1.1', '{"a":1}', { a: 1 }],
    ['application/x-ndjson', '{"a":1}', '{"a":1}'],
    ['text/plain', 'hello', 'hello'],
    ['application/xml', '<a/>', '<a/>'],
    ['text/html', '<html>', '<html>'],
    ['text/csv; charset=iso-8859-1', Buffer.from('é', 'latin1'), 'é'],
    ['application/json; charset=utf-16le', Buffer.from('{"a":1}', 'utf16le'), { a: 1 }],
    ['text/plain; charset=nonsense', 'é', 'é'],
    ['application/json', '\uFEFF{"a":1}', { a: 1 }],
    ['application/json', '', null],
    ['application/json', ' \n', null],
    ['text/plain', '', null],
  ])('reads %s %j', async (type, bytes, expected) => {
    expect((await receive(bytes, { 'content-type': type })).body).toEqual(expected);
  });

  it.each([
    ['{"a":1}', { a: 1 }],
    ['plain', 'plain'],
    [Buffer.from([0xff, 0xfe, 0x00]), { base64: '//4A', media_type: 'application/octet-stream', bytes: 3 }],
  ])('finds out what %j without a type is', async (bytes, expected) => {
    expect((await receive(bytes, {})).body).toEqual(expected);
  });

  it.each([
    ['204', 'GET', 204],
    ['HEAD', 'HEAD', 200],
  ] as const)('is null for %s', async (_, method, status) => {
    const server = await startServer((__, response) => response.writeHead(status, json).end());
    const command = aCommand({ method, accept: ['application/json'] });
    expect(await executeHttpCommand(aCall({ baseUrl: server.origin, command }))).toMatchObject({
      status,
      body: null,
    });
  });

  it('keeps the digits of integers beyond 2^53 as text', async () => {
    const { body } = await receive('{"id":12345678901234567890,"count":12}', json);
    expect(body).toEqual({ id: '12345678901234567890', count: 12 });
  });

  it('keeps a key named __proto__ an ordinary key', async () => {
    const { body } = await receive('{"__proto__":{"admin":true}}', json, {
      secrets: new Set(['some secret']),
    });
    expect(Object.keys(body as object)).toEqual(['__proto__']);
    expect((body as { admin?: unknown }).admin).toBeUndefined();
  });

  it.each([
    ['gzip', gzipSync],
    ['x-gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
    ['identity', (bytes: Uint8Array) => bytes],
  ])('is decompressed from %s', async (encoding, compress) => {
    const bytes = compress(Buffer.from('{"a":1}'));
    expect((await receive(bytes, { ...json, 'content-encoding': encoding })).body).toEqual({ a: 1 });
  });

  it('is decompressed in the reverse order of its encodings', async () => {
    const bytes = brotliCompressSync(gzipSync('{"a":1}'));
    expect((await receive(bytes, { ...json, 'content-encoding': 'gzip, br' })).body).toEqual({ a: 1 });
  });

  it('is null for no bytes that claim to be compressed', async () => {
    expect(
      (await receive('', { ...json, 'content-encoding': 'gzip', 'content-length': '0' })).body,
    ).toBeNull();
  });
});

describe('an answer that is not what it should be', () => {
  it.each([
    ['JSON that is not JSON', json, '{"a":', {}],
    ['a page with the type of JSON', json, '<!doctype html><p>Log in', {}],
    ['a page where the command promises JSON', { 'content-type': 'text/html' }, '<html>Log in', jsonOnly],
    [
      'a page where the command promises JSON of any type',
      { 'content-type': 'text/html' },
      '<html>Log in',
      { command: aCommand({ accept: ['*/*'], output_schema: { type: 'object' } }) },
    ],
    [
      'a page where the command has an output schema',
      { 'content-type': 'text/html' },
      '<html>Log in',
      { command: aCommand({ output_schema: { type: 'object' } }) },
    ],
  ])('is an error: %s', async (_, headers, text, changes) => {
    await expect(receive(text, headers, changes)).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
      options: {
        command: 'shop things:list',
        context: { status: 200, content_type: headers['content-type'] },
        responsePayload: { status: 200, body: text },
      },
    });
  });

  it('shows only the beginning of what came, without secrets', async () => {
    const text = `<html>hunter2${'x'.repeat(500)}`;
    await expect(receive(text, json, { secrets: new Set(['hunter2']) })).rejects.toMatchObject({
      options: { responsePayload: { body: `<html>[secret]${'x'.repeat(186)}` } },
    });
  });

  it.each([
    ['text/html', '{"a":1}', { a: 1 }],
    ['text/plain', '[1]', [1]],
    ['text/plain', 'OK', 'OK'],
    ['text/plain', '{not json}', '{not json}'],
  ])('may be JSON or text under the type %s: %j', async (type, text, expected) => {
    expect((await receive(text, { 'content-type': type }, jsonOnly)).body).toEqual(expected);
  });

  it.each([
    ['broken gzip', 'gzip', Buffer.from('no gzip at all')],
    ['broken brotli', 'br', Buffer.from('no brotli at all')],
    ['gzip that is cut off', 'gzip', gzipSync('{"a":1}').subarray(0, 12)],
    ['brotli that is cut off', 'br', brotliCompressSync('{"a":1}').subarray(0, 4)],
  ])('is an error when it is %s', async (_, encoding, bytes) => {
    await expect(receive(bytes, { ...json, 'content-encoding': encoding })).rejects.toMatchObject({
      code: 'RESPONSE_INVALID',
    });
  });

  it.each(['zstd-of-tomorrow', 'gzip, gzip, gzip, gzip'])(
    'is an error when its compression is %s',
    async (encoding) => {
      await expect(receive('x', { ...json, 'content-encoding': encoding })).rejects.toMatchObject({
        code: 'RESPONSE_INVALID',
      });
    },
  );
});

describe('a binary answer', () => {
  const pdf = {
    'content-type': 'application/pdf',
    'content-disposition': 'attachment; filename="../r 1.pdf"',
  };
  const bytes = Buffer.from([0, 1, 2, 255]);

  it('is base64 for a caller that keeps no files', async () => {
    expect((await receive(bytes, pdf)).body).toEqual({
      base64: 'AAEC/w==',
      media_type: 'application/pdf',
      bytes: 4,
    });
  });

  it('is a file for a caller that keeps files', async () => {
    const saved: Uint8Array[] = [];
    const { body } = await receive(bytes, pdf, {
      saveFile: async (file) => {
        for await (const chunk of file.bytes) saved.push(chunk);
        return `/downloads/${file.name}`;
      },
    });
    expect(body).toEqual({ file: '/downloads/r 1.pdf', media_type: 'application/pdf', bytes: 4 });
    expect(Buffer.concat(saved)).toEqual(bytes);
  });

  it('may be larger than other answers, up to a limit of its own', async () => {
    const limits = { maxResponseBytes: 1, maxFileBytes: 3 };
    expect((await receive('abc', pdf, { saveFile: readThrough, limits })).body).toMatchObject({ bytes: 3 });
    await expect(receive('abcd', pdf, { saveFile: readThrough, limits })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_file_bytes' } },
    });
  });

  it('gives the error of whoever cannot keep it', async () => {
    const saving = receive(bytes, pdf, { saveFile: () => Promise.reject(new RangeError('disk full')) });
    await expect(saving).rejects.toThrow(RangeError);
  });
});

describe('the size of an answer', () => {
  it('is limited', async () => {
    const limits = { maxResponseBytes: 10 };
    expect((await receive('"12345678"', json, { limits })).body).toBe('12345678');
    await expect(receive('"123456789"', json, { limits })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_response_bytes', maximum: 10 } },
    });
  });

  it('is limited to 10 MiB when nobody says otherwise', async () => {
    await expect(receive(Buffer.alloc(10 * 1024 ** 2 + 1, ' '), json)).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  it('is counted after decompression', async () => {
    const bomb = gzipSync(Buffer.alloc(1024 ** 2));
    const receiving = receive(
      bomb,
      { ...json, 'content-encoding': 'gzip' },
      { limits: { maxResponseBytes: 100_000 } },
    );
    await expect(receiving).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('is limited in depth, brackets within texts aside', async () => {
    const limits = { maxResponseDepth: 3 };
    expect((await receive('[[["[[[[\\"[["]]]', json, { limits })).body).toEqual([[['[[[["[[']]]);
    await expect(receive('[[[[]]]]', json, { limits })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_response_depth' } },
    });
  });

  it('is limited to a depth that nothing else overflows on', async () => {
    await expect(receive('['.repeat(100_000), json)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('is limited in its headers', async () => {
    const receiving = receive(
      '{}',
      { ...json, 'x-long': 'x'.repeat(5_000) },
      { limits: { maxHeaderBytes: 2_000 } },
    );
    await expect(receiving).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_header_bytes' } },
    });
  });
});
