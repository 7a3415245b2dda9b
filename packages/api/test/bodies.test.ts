import { describe, expect, it } from 'vitest';
import type { CommandBody, CommandParameter, PropertyEncoding } from '@oatty/types';
import { executeHttpCommand } from '../src/execute-http-command.ts';
import { aCall, aCommand, aParameter } from './a-call.ts';
import type { CallChanges } from './a-call.ts';
import { startServer } from './local-server.ts';

/** Sends a body and gives back what arrived. */
async function sendBody(
  body: Partial<CommandBody>,
  changes: CallChanges,
  parameters: CommandParameter[] = [],
) {
  const server = await startServer();
  const command = aCommand({
    method: 'POST',
    parameters,
    body: { media_type: 'application/json', schema: {}, required: false, ...body },
  });
  await executeHttpCommand(aCall({ baseUrl: server.origin, command, ...changes }));
  const [request] = server.requests;
  if (request === undefined) throw new Error('nothing arrived');
  return { type: request.headers['content-type'], text: request.body, headers: request.headers };
}

describe('a JSON body', () => {
  it.each([[{ a: [1, null] }], [[1, 2]], ['text'], [0], [false]])('sends %j as it is', async (body) => {
    const sent = await sendBody({}, { body });
    expect(JSON.parse(sent.text)).toEqual(body);
    expect(sent.type).toBe('application/json');
  });

  it('is made of the properties that are given', async () => {
    const parameters = [
      aParameter({ name: 'amount', in: 'body' }),
      aParameter({ name: 'kind', in: 'body', wire_name: 'type' }),
      aParameter({ name: 'note', in: 'body' }),
    ];
    const sent = await sendBody({}, { with: { kind: 'card', amount: 5 } }, parameters);
    expect(sent.text).toBe('{"amount":5,"type":"card"}');
  });

  it.each(['application/vnd.api+json', 'application/x-amz-json-1.0', 'text/json'])(
    'is sent as %s',
    async (media_type) => {
      const sent = await sendBody({ media_type }, { body: { a: 1 } });
      expect(sent).toMatchObject({ type: media_type, text: '{"a":1}' });
    },
  );

  it('keeps the media type of the command', async () => {
    const sent = await sendBody({ media_type: 'application/json-patch+json' }, { body: [] });
    expect(sent.type).toBe('application/json-patch+json');
  });

  it('is sent for a media range that includes it', async () => {
    expect(await sendBody({ media_type: '*/*' }, { body: {} })).toMatchObject({
      type: 'application/json',
      text: '{}',
    });
  });

  it('counts bytes and not characters', async () => {
    expect((await sendBody({}, { body: 'é' })).headers['content-length']).toBe('4');
  });

  it('is not sent when there is none', async () => {
    const sent = await sendBody({}, {});
    expect(sent).toMatchObject({ text: '', type: undefined });
  });

  it('goes with GET where the command declares it', async () => {
    const server = await startServer();
    const command = aCommand({ body: { media_type: 'application/json', schema: {}, required: true } });
    await executeHttpCommand(aCall({ baseUrl: server.origin, command, body: { query: 'all' } }));
    expect(server.requests).toMatchObject([{ method: 'GET', body: '{"query":"all"}' }]);
  });

  it('writes integers beyond 2^53 digit by digit where a number is asked for', async () => {
    const big = '12345678901234567890';
    const schemas = { Id: { type: 'integer' }, Either: { type: ['integer', 'string'] } };
    const schema = {
      allOf: [{ properties: { id: { $ref: '#/schemas/Id' } } }],
      properties: {
        name: { type: 'string' },
        list: { type: 'array', items: { anyOf: [{ $ref: '#/schemas/Id' }, { type: 'null' }] } },
        either: { $ref: '#/schemas/Either' },
      },
      additionalProperties: { type: 'number' },
    };
    const body = { id: big, name: big, list: [`-${big}`, 1], either: big, free: big };

    const { text } = await sendBody({ schema }, { body, schemas });

    expect(text).toBe(`{"id":${big},"name":"${big}","list":[-${big},1],"either":"${big}","free":${big}}`);
  });

  it('that is nested without end is refused', async () => {
    const body: unknown = JSON.parse('['.repeat(20_000) + ']'.repeat(20_000));
    await expect(sendBody({}, { body })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});

describe('a form body', () => {
  const media_type = 'application/x-www-form-urlencoded';

  it('encodes names and values, and repeats the name for lists', async () => {
    const sent = await sendBody({ media_type }, { body: { 'a b': 'c&d', tags: ['x', 'y'], none: null } });
    expect(sent).toMatchObject({ type: media_type, text: 'a%20b=c%26d&tags=x&tags=y' });
  });

  it('writes deep objects as Stripe reads them', async () => {
    const deep: PropertyEncoding = { style: 'deepObject', explode: true };
    const body = { email: 'a@b.c', metadata: { k: 'v' }, items: [{ price: 'p1', quantity: 2 }] };
    const sent = await sendBody({ media_type, encoding: { metadata: deep, items: deep } }, { body });
    expect(decodeURIComponent(sent.text)).toBe(
      'email=a@b.c&metadata[k]=v&items[0][price]=p1&items[0][quantity]=2',
    );
  });

  it('writes objects without an encoding as JSON text', async () => {
    const sent = await sendBody({ media_type }, { body: { filter: { a: 1 } } });
    expect(decodeURIComponent(sent.text)).toBe('filter={"a":1}');
  });

  it('joins the lists of Swagger 2.0 by their delimiter', async () => {
    const encoding: Record<string, PropertyEncoding> = { ids: { style: 'form', explode: false } };
    expect((await sendBody({ media_type, encoding }, { body: { ids: [1, 2] } })).text).toBe('ids=1,2');
  });

  it('takes text as already encoded', async () => {
    expect((await sendBody({ media_type }, { body: 'a=1&b=2' })).text).toBe('a=1&b=2');
  });

  it('refuses what is no object', async () => {
    await expect(sendBody({ media_type }, { body: [1] })).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });
});

describe('a multipart body', () => {
  const media_type = 'multipart/form-data';

  /** The parts without the boundary between them. */
  async function sendParts(
    body: Partial<CommandBody>,
    changes: CallChanges,
    parameters?: CommandParameter[],
  ) {
    const { type = '', text } = await sendBody({ media_type, ...body }, changes, parameters);
    const boundary = /^multipart\/form-data; boundary=(\S+)$/.exec(type)?.[1] ?? 'none';
    const parts = text.split(`--${boundary}`);
    expect([parts.at(0), parts.at(-1)]).toEqual(['', '--\r\n']);
    return parts.slice(1, -1).map((part) => part.replace(/^\r\n/, '').replace(/\r\n$/, ''));
  }

  it('has a part for each property and each list item', async () => {
    const parts = await sendParts({}, { body: { name: 'Ann', tags: ['a', 'b'], meta: { k: 1 } } });
    expect(parts).toEqual([
      'Content-Disposition: form-data; name="name"\r\n\r\nAnn',
      'Content-Disposition: form-data; name="tags"\r\n\r\na',
      'Content-Disposition: form-data; name="tags"\r\n\r\nb',
      'Content-Disposition: form-data; name="meta"\r\nContent-Type: application/json\r\n\r\n{"k":1}',
    ]);
  });

  it('carries files that the caller reads', async () => {
    const parts = await sendParts(
      {},
      {
        body: { photo: { file: './photo.png' } },
        readFile: async (path) => ({
          name: 'photo.png',
          bytes: Buffer.from(`bytes of ${path}`),
          mediaType: 'image/png',
        }),
      },
    );
    expect(parts).toEqual([
      'Content-Disposition: form-data; name="photo"; filename="photo.png"\r\n' +
        'Content-Type: image/png\r\n\r\nbytes of ./photo.png',
    ]);
  });

  it('carries bytes in base64 under the name and type that they say', async () => {
    const photo = { base64: 'AP+A', filename: 'a"b.bin', media_type: 'image/gif' };
    const parts = await sendParts(
      { encoding: { photo: { content_type: 'image/png' } } },
      { body: { photo } },
    );
    expect(parts).toEqual([
      'Content-Disposition: form-data; name="photo"; filename="a%22b.bin"\r\n' +
        'Content-Type: image/gif\r\n\r\n\u0000ÿ\u0080',
    ]);
  });

  it('sends text as a file where the schema says bytes', async () => {
    const parameters = [aParameter({ name: 'csv', in: 'body', schema: { $ref: '#/schemas/Upload' } })];
    const changes = { with: { csv: 'a;b' }, schemas: { Upload: { type: 'string', format: 'binary' } } };
    expect(await sendParts({ encoding: { csv: { content_type: 'text/csv' } } }, changes, parameters)).toEqual(
      ['Content-Disposition: form-data; name="csv"; filename="csv"\r\nContent-Type: text/csv\r\n\r\na;b'],
    );
  });

  it('has the type that the schema of a part says', async () => {
    const parameters = [
      aParameter({ name: 'photo', in: 'body', schema: { contentMediaType: 'image/png' } }),
      aParameter({ name: 'note', in: 'body', schema: { type: 'string', contentMediaType: 'text/html' } }),
      aParameter({
        name: 'thumb',
        in: 'body',
        schema: { type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' },
      }),
    ];
    expect(await sendParts({}, { with: { photo: 'PNG', note: '<b>', thumb: 'aGk=' } }, parameters)).toEqual([
      'Content-Disposition: form-data; name="photo"; filename="photo"\r\nContent-Type: image/png\r\n\r\nPNG',
      'Content-Disposition: form-data; name="note"\r\nContent-Type: text/html\r\n\r\n<b>',
      'Content-Disposition: form-data; name="thumb"\r\n\r\naGk=',
    ]);
  });

  it('carries files whatever style the encoding gives their property', async () => {
    const file = { base64: 'aGk=', filename: 'a.txt' };
    const encoding: Record<string, PropertyEncoding> = { one: { style: 'form' }, many: { style: 'form' } };
    const parts = await sendParts({ encoding }, { body: { one: file, many: [file, file] } });
    expect(parts).toEqual(
      ['one', 'many', 'many'].map(
        (name) =>
          `Content-Disposition: form-data; name="${name}"; filename="a.txt"\r\n` +
          'Content-Type: application/octet-stream\r\n\r\nhi',
      ),
    );
  });

  it('follows style and explode of the encoding', async () => {
    const encoding: Record<string, PropertyEncoding> = {
      a: { style: 'form', explode: false },
      b: { style: 'deepObject', explode: true },
    };
    const parts = await sendParts({ encoding }, { body: { a: ['x', 'y'], b: { c: 'd e' } } });
    expect(parts).toEqual([
      'Content-Disposition: form-data; name="a"\r\n\r\nx,y',
      'Content-Disposition: form-data; name="b[c]"\r\n\r\nd e',
    ]);
  });

  describe('with headers of its parts', () => {
    const header = { in: 'header', wire_name: 'X-Tag', part: 'photo', schema: {} } as const;
    const parameters = [
      aParameter({ name: 'photo', in: 'body' }),
      aParameter({ name: 'note', in: 'body' }),
      aParameter({ ...header, name: 'photo_X-Tag' }),
    ];
    const encoding = { photo: { headers: { 'X-Kind': 'image' } } };
    const photo = { base64: 'aGk=', filename: 'a.txt' };

    it('sends those with one value and those that are given', async () => {
      const given = { photo: [photo, 'plain'], note: 'x', 'photo_X-Tag': ['a', 'b'] };
      expect(await sendParts({ encoding }, { with: given }, parameters)).toEqual([
        'Content-Disposition: form-data; name="photo"; filename="a.txt"\r\n' +
          'Content-Type: application/octet-stream\r\nX-Kind: image\r\nX-Tag: a,b\r\n\r\nhi',
        'Content-Disposition: form-data; name="photo"\r\nX-Kind: image\r\nX-Tag: a,b\r\n\r\nplain',
        'Content-Disposition: form-data; name="note"\r\n\r\nx',
      ]);
    });

    it('refuses one whose part is not given', async () => {
      const call = sendParts({ encoding }, { with: { note: 'x', 'photo_X-Tag': 'a' } }, parameters);
      await expect(call).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
        options: { violations: [{ path: '$.with.photo_X-Tag', rule: 'argument_conflict' }] },
      });
    });

    it('refuses a value that would begin another header', async () => {
      const call = sendParts({}, { with: { photo, 'photo_X-Tag': 'a\r\nX-Y: z' } }, parameters);
      await expect(call).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
        options: { context: { header: 'X-Tag' } },
      });
    });
  });

  it('cannot be broken apart by a name', async () => {
    const parts = await sendParts({}, { body: { 'a"\r\nX-Y: z': '1' } });
    expect(parts).toEqual(['Content-Disposition: form-data; name="a%22%0D%0AX-Y: z"\r\n\r\n1']);
  });
});

describe('another body', () => {
  it('is text for a text type', async () => {
    expect(await sendBody({ media_type: 'text/plain' }, { body: 'hé' })).toMatchObject({
      type: 'text/plain',
      text: Buffer.from('hé').toString('latin1'),
    });
  });

  it('is lines of JSON for a list', async () => {
    const body = [{ index: {} }, { title: 'a\nb' }];
    expect(await sendBody({ media_type: 'application/x-ndjson' }, { body })).toMatchObject({
      type: 'application/x-ndjson',
      text: '{"index":{}}\n{"title":"a\\nb"}\n',
    });
    expect((await sendBody({ media_type: 'application/jsonl' }, { body: '{}\n' })).text).toBe('{}\n');
  });

  it('is the bytes of a file', async () => {
    const sent = await sendBody(
      { media_type: 'application/octet-stream' },
      { body: { file: 'x' }, readFile: async () => ({ name: 'x', bytes: Buffer.from([0, 255]) }) },
    );
    expect(sent).toMatchObject({ type: 'application/octet-stream', text: '\u0000ÿ' });
  });

  it('has the type that a header parameter names', async () => {
    const parameters = [aParameter({ name: 'Content-Type', in: 'header' })];
    const changes = { with: { 'Content-Type': 'image/png' }, body: { base64: 'AA==' } };
    const sent = await sendBody({ media_type: 'application/octet-stream' }, changes, parameters);
    expect(sent.type).toBe('image/png');
  });

  it.each([
    ['text/*', 'text/plain'],
    ['image/*', 'application/octet-stream'],
  ])('has a type of its own for %s', async (media_type, expected) => {
    expect((await sendBody({ media_type }, { body: 'x' })).type).toBe(expected);
  });

  it('has the type that a file says where the description names a range', async () => {
    const body = { base64: 'aGk=', media_type: 'image/png' };
    expect((await sendBody({ media_type: 'image/*' }, { body })).type).toBe('image/png');
    expect((await sendBody({ media_type: 'image/jpeg' }, { body })).type).toBe('image/jpeg');
  });

  it('of a text type cannot be an object', async () => {
    const sending = sendBody({ media_type: 'application/xml' }, { body: { a: 1 } });
    await expect(sending).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('reads no file unless the caller allows it', async () => {
    const sending = sendBody({ media_type: 'image/png' }, { body: { file: '/etc/passwd' } });
    await expect(sending).rejects.toMatchObject({ code: 'PATH_NOT_ALLOWED' });
  });

  it('refuses text that is not base64', async () => {
    const sending = sendBody({ media_type: 'image/png' }, { body: { base64: 'no base64!' } });
    await expect(sending).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
  });

  it('cannot be larger than the limit', async () => {
    const sending = sendBody({}, { body: 'x'.repeat(100), limits: { maxRequestBytes: 101 } });
    await expect(sending).rejects.toMatchObject({
      code: 'LIMIT_EXCEEDED',
      options: { context: { limit: 'max_request_bytes' } },
    });
  });
});
