import { open, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { loadDescription } from '../src/index.ts';
import { aDirectory } from './a-directory.ts';
import { aServer } from './a-server.ts';

const minimal = { openapi: '3.1.0', info: { title: 'Shop', version: '1' }, paths: {} };

describe('loading from a path', () => {
  it('reads JSON and YAML', async () => {
    const directory = await aDirectory({ 'api.json': minimal, 'api.yaml': 'openapi: 3.1.0\npaths: {}\n' });

    const json = await loadDescription({ source: join(directory, 'api.json') });
    const yaml = await loadDescription({ source: 'api.yaml', cwd: directory });

    expect(json).toMatchObject({
      sourceType: 'path',
      document: minimal,
      location: `file://${directory}/api.json`,
    });
    expect(yaml.document).toEqual({ openapi: '3.1.0', paths: {} });
  });

  it.each(['utf-16le', 'utf-16be'])('reads %s with a byte order mark', async (encoding) => {
    const little = Buffer.from(`\uFEFF${JSON.stringify(minimal)}`, 'utf16le');
    const directory = await aDirectory({});
    const source = join(directory, 'api.json');
    await writeFile(source, encoding === 'utf-16le' ? little : little.swap16());

    expect((await loadDescription({ source })).document).toEqual(minimal);
  });

  it('says that there is nothing at the path', async () => {
    await expect(loadDescription({ source: 'nowhere.yaml' })).rejects.toMatchObject({
      code: 'SOURCE_NOT_FOUND',
    });
    await expect(loadDescription({ source: '' })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('takes only regular files', async () => {
    const directory = await aDirectory({});

    await expect(loadDescription({ source: directory })).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
    await expect(loadDescription({ source: '/dev/zero' })).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('refuses a document of 60 MB before reading it, naming size and limit', async () => {
    const directory = await aDirectory({ 'api.json': '{' });
    await using file = await open(join(directory, 'api.json'), 'r+');
    await file.truncate(60_000_000);

    await expect(loadDescription({ source: 'api.json', cwd: directory })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringMatching(/has 60000000 bytes, more than the 52428800 bytes allowed\.$/),
    });
  });

  it('survives an alias bomb', async () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) => `l${level + 1}: &l${level + 1} [${`*l${level}, `.repeat(10)}]`,
    );
    const directory = await aDirectory({
      'bomb.yaml': ['openapi: 3.0.0', 'l0: &l0 [x, x]', ...levels].join('\n'),
    });

    await expect(loadDescription({ source: 'bomb.yaml', cwd: directory })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
    });
  });

  it('refuses 5,000 levels of nesting', async () => {
    const directory = await aDirectory({
      'deep.json': `{"openapi":"3.0.0","x":${'['.repeat(5_000)}${']'.repeat(5_000)}}`,
    });

    await expect(loadDescription({ source: 'deep.json', cwd: directory })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('levels of nesting'),
    });
  });
});

describe('loading several files', () => {
  it('keeps each file once and makes all references local', async () => {
    const directory = await aDirectory({
      'api.yaml':
        'openapi: 3.1.0\npaths:\n  /a:\n    $ref: paths/a.yaml\n  /b:\n    $ref: "paths/a.yaml#/get"\n',
      'paths/a.yaml':
        'get:\n  x: {$ref: "../schemas/node.yaml"}\n  y: {$ref: "#/get"}\n  z: {$ref: "../api.yaml#/paths"}\n',
      'schemas/node.yaml': 'properties:\n  next: {$ref: node.yaml}\n',
    });

    const { document } = await loadDescription({ source: join(directory, 'api.yaml') });

    const node = '#/x-oatty-files/schemas~1node.yaml';
    expect(document).toEqual({
      openapi: '3.1.0',
      paths: {
        '/a': { $ref: '#/x-oatty-files/paths~1a.yaml' },
        '/b': { $ref: '#/x-oatty-files/paths~1a.yaml/get' },
      },
      'x-oatty-files': {
        'paths/a.yaml': {
          get: {
            x: { $ref: node },
            y: { $ref: '#/x-oatty-files/paths~1a.yaml/get' },
            z: { $ref: '#/paths' },
          },
        },
        'schemas/node.yaml': { properties: { next: { $ref: node } } },
      },
    });
  });

  it.each([
    '../secret.yaml',
    '../../etc/passwd',
    '/etc/passwd',
    'file:///etc/passwd',
    'deep/../../secret.yaml',
  ])('refuses the reference %s out of the directory', async (reference) => {
    const directory = await aDirectory({
      'api/api.json': { ...minimal, paths: { '/a': { $ref: reference } } },
    });

    await expect(loadDescription({ source: join(directory, 'api/api.json') })).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('refuses a link that leads out of the directory', async () => {
    const directory = await aDirectory({
      'api/api.json': { ...minimal, paths: { '/a': { $ref: 'link.yaml' } } },
      'secret.yaml': 'password: x',
    });
    await symlink(join(directory, 'secret.yaml'), join(directory, 'api/link.yaml'));

    await expect(loadDescription({ source: join(directory, 'api/api.json') })).rejects.toMatchObject({
      code: 'PATH_NOT_ALLOWED',
    });
  });

  it('refuses a reference to a private address', async () => {
    const address = 'http://169.254.169.254/latest/meta-data';
    const directory = await aDirectory({ 'api.json': { ...minimal, paths: { '/a': { $ref: address } } } });

    await expect(loadDescription({ source: join(directory, 'api.json') })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
  });

  it.each(['gone.yaml', '%', 'half%zz.yaml', 'nul%00.yaml', `${'long'.repeat(100)}.yaml`])(
    'goes on without the file %s that is not there',
    async (gone) => {
      const paths = { '/a': { $ref: gone }, '/b': { $ref: 'here.yaml' } };
      const directory = await aDirectory({ 'api.json': { ...minimal, paths }, 'here.yaml': 'get: {}' });

      const { document } = await loadDescription({ source: join(directory, 'api.json') });

      expect(document).toMatchObject({
        paths: { '/a': { $ref: gone }, '/b': { $ref: '#/x-oatty-files/here.yaml' } },
      });
    },
  );

  it('names the file that is broken', async () => {
    const directory = await aDirectory({
      'api.json': { ...minimal, paths: { '/a': { $ref: 'a.yaml' } } },
      'a.yaml': 'a: [',
    });

    await expect(loadDescription({ source: join(directory, 'api.json') })).rejects.toMatchObject({
      code: 'OPENAPI_SOURCE_PARSE_FAILED',
      message: expect.stringContaining('a.yaml'),
    });
  });

  it('limits the bytes of all files together, and their number', async () => {
    const paths = { '/a': { $ref: 'a.yaml' }, '/b': { $ref: 'b.yaml' } };
    const filler = `get: {summary: ${'x'.repeat(400)}}`;
    const directory = await aDirectory({
      'api.json': { ...minimal, paths },
      'a.yaml': filler,
      'b.yaml': filler,
    });
    const load = (limits: object) => loadDescription({ source: join(directory, 'api.json'), limits });

    await expect(load({ maxBytes: 800 })).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      message: expect.stringContaining('with the files it refers to'),
    });
    await expect(load({ maxFiles: 1 })).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it('counts the values of all files together', async () => {
    const names = ['a', 'b', 'c', 'd'];
    const paths = Object.fromEntries(names.map((name) => [`/${name}`, { $ref: `${name}.json` }]));
    const values = { get: { tags: Array.from({ length: 100 }, () => 'x') } };
    const files = Object.fromEntries(names.map((name) => [`${name}.json`, values]));
    const directory = await aDirectory({ 'api.json': { ...minimal, paths }, ...files });
    const load = (maxNodes: number) =>
      loadDescription({ source: join(directory, 'api.json'), limits: { maxNodes } });

    await expect(load(300)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    await expect(load(500)).resolves.toMatchObject({ warnings: [] });
  });

  it('reads no other file for a document that is no description', async () => {
    const directory = await aDirectory({
      'schema.json': { $schema: 'x', properties: { a: { $ref: '../../etc/passwd' } } },
    });

    const { document } = await loadDescription({ source: join(directory, 'schema.json') });

    expect(document).toMatchObject({ properties: { a: { $ref: '../../etc/passwd' } } });
  });
});

describe('loading from an address', () => {
  const allowPrivate = true;

  it('reads a description and what it refers to, relative to where it was found at last', async () => {
    const base = await aServer((request, response) => {
      if (request.url === '/api') return response.writeHead(302, { location: '/v2/api.json' }).end();
      if (request.url === '/v2/api.json') {
        return response.end(JSON.stringify({ ...minimal, paths: { '/a': { $ref: 'a.yaml' } } }));
      }
      return request.url === '/v2/a.yaml' ? response.end('get: {}') : response.writeHead(404).end();
    });

    const loaded = await loadDescription({ source: `${base}/api`, allowPrivate });

    expect(loaded).toMatchObject({ sourceType: 'url', location: `${base}/v2/api.json` });
    expect(loaded.document).toMatchObject({ 'x-oatty-files': { 'a.yaml': { get: {} } } });
  });

  it('reads what it refers to relative to its $self', async () => {
    const base = await aServer((request, response) => {
      if (request.url !== '/download?id=1')
        return response.writeHead(request.url === '/v3/a.yaml' ? 200 : 404).end('get: {}');
      const paths = { '/a': { $ref: 'a.yaml' } };
      return response.end(JSON.stringify({ ...minimal, openapi: '3.2.0', $self: '/v3/shop.json', paths }));
    });

    const loaded = await loadDescription({ source: `${base}/download?id=1`, allowPrivate });

    expect(loaded).toMatchObject({
      location: `${base}/download?id=1`,
      document: {
        paths: { '/a': { $ref: '#/x-oatty-files/a.yaml' } },
        'x-oatty-files': { 'a.yaml': { get: {} } },
      },
    });
  });

  it('refuses a private address unless it is asked for', async () => {
    const base = await aServer((_, response) => response.end('{}'));

    await expect(loadDescription({ source: base })).rejects.toMatchObject({ code: 'ADDRESS_NOT_ALLOWED' });
    await expect(loadDescription({ source: base.replace('127.0.0.1', 'localhost') })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
  });

  it.each([
    [404, 'SOURCE_NOT_FOUND', false],
    [410, 'SOURCE_NOT_FOUND', false],
    [403, 'HTTP_ERROR', false],
    [503, 'HTTP_ERROR', true],
  ])('reports status %d as %s', async (status, code, retryable) => {
    const base = await aServer((_, response) => response.writeHead(status).end('no'));

    await expect(loadDescription({ source: base, allowPrivate })).rejects.toMatchObject({ code, retryable });
  });

  it('recognizes a web page', async () => {
    const base = await aServer((_, response) => response.end('<!doctype html><title>Docs</title>'));

    await expect(loadDescription({ source: base, allowPrivate })).rejects.toMatchObject({
      code: 'OPENAPI_SOURCE_PARSE_FAILED',
      message: expect.stringContaining('web page'),
    });
  });

  it.each([
    ['gzip', gzipSync],
    ['deflate', deflateSync],
    ['br', brotliCompressSync],
  ])('reads what comes compressed with %s, within the limit of bytes', async (encoding, compress) => {
    const body = compress(JSON.stringify({ ...minimal, 'x-padding': ' '.repeat(5_000) }));
    const base = await aServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(body),
    );

    expect((await loadDescription({ source: base, allowPrivate })).document).toMatchObject(minimal);
    await expect(
      loadDescription({ source: base, allowPrivate, limits: { maxBytes: 2_000 } }),
    ).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
  });

  it.each(['gzip', 'zstd'])('refuses what only says that it is %s', async (encoding) => {
    const base = await aServer((_, response) =>
      response.writeHead(200, { 'content-encoding': encoding }).end(JSON.stringify(minimal)),
    );

    await expect(loadDescription({ source: base, allowPrivate })).rejects.toMatchObject({
      code: 'OPENAPI_SOURCE_PARSE_FAILED',
      message: expect.stringContaining('compressed'),
    });
  });

  it('limits what is announced and what comes without announcement', async () => {
    const announced = await aServer((_, response) =>
      response.writeHead(200, { 'content-length': '60000000' }).end(),
    );
    const streamed = await aServer((_, response) => {
      response.write('x'.repeat(1_000));
      response.end('x'.repeat(1_000));
    });
    const limits = { maxBytes: 1_500 };

    for (const source of [announced, streamed]) {
      await expect(loadDescription({ source, allowPrivate, limits })).rejects.toMatchObject({
        code: 'LIMIT_EXCEEDED',
      });
    }
  });

  it('follows five redirects, and only to http and https', async () => {
    const loop = await aServer((_, response) => response.writeHead(301, { location: '/again' }).end());
    const file = await aServer((_, response) =>
      response.writeHead(301, { location: 'file:///etc/passwd' }).end(),
    );

    await expect(loadDescription({ source: loop, allowPrivate })).rejects.toMatchObject({
      code: 'NETWORK_ERROR',
    });
    await expect(loadDescription({ source: file, allowPrivate })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
  });

  it('reports a host that does not answer in time, refuses, or breaks off', async () => {
    const silent = await aServer(() => undefined);
    const broken = await aServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{"openapi"');
      setImmediate(() => response.destroy());
    });
    const limits = { timeoutMs: 200 };

    for (const source of [silent, broken, 'http://127.0.0.1:1/']) {
      await expect(loadDescription({ source, allowPrivate, limits })).rejects.toMatchObject({
        code: 'NETWORK_ERROR',
        retryable: true,
      });
    }
  });

  it('stops when it is canceled', async () => {
    const silent = await aServer(() => undefined);
    const loading = loadDescription({ source: silent, allowPrivate, signal: AbortSignal.abort() });

    await expect(loading).rejects.toMatchObject({ code: 'CANCELED' });
  });

  it('sends credentials of the address to its host and shows them to nobody', async () => {
    const seen: unknown[] = [];
    const base = await aServer((request, response) => {
      seen.push(request.headers.authorization);
      return request.url === '/gone' ? response.writeHead(404).end() : response.end(JSON.stringify(minimal));
    });
    const withPassword = base.replace('http://', 'http://ann:s3cret@');

    const loaded = await loadDescription({ source: `${withPassword}/api`, allowPrivate });
    const failure = await loadDescription({ source: `${withPassword}/gone`, allowPrivate }).catch(
      (error: unknown) => error,
    );

    expect(seen).toEqual(Array.from({ length: 2 }, () => `Basic ${btoa('ann:s3cret')}`));
    expect(JSON.stringify([loaded, failure, String(failure)])).not.toContain('s3cret');
  });

  it('takes only http and https addresses', async () => {
    await expect(loadDescription({ source: 'ftp://x/y', sourceType: 'url' })).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
  });
});
