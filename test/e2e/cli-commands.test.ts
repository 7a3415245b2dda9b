/** `oatty <vendor> <command>`: an imported command, called from a shell. */
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openShopCommandLines } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

describe('calling a command', () => {
  it('gives status, headers and body with --json, and a table without', async () => {
    await using oatty = await shops.open();
    const { document } = await oatty.binary.json('shop', 'orders:list', '--status', 'open');
    expect(document).toMatchObject({ status: 200, headers: { 'content-type': expect.any(String) } });
    expect(document.body.items.map(({ id }: { id: string }) => id)).toEqual(['ord_1', 'ord_2', 'ord_6']);
    const { stdout } = await oatty.binary.run('shop', 'orders:list', '--status', 'open');
    expect(stdout.split('\n').slice(0, 2)).toEqual([
      'ID     CUSTOMER  STATUS  TOTAL  VERSION  CREATED_AT',
      'ord_1  cus_1     open    3000   1        2026-01-02T09:00:00.000Z',
    ]);
  });

  it('takes path parameters from positionals, flags or --with', async () => {
    await using oatty = await shops.open();
    const calls = [
      ['ord_1', 'itm_1'],
      ['--order=ord_1', 'itm_1'],
      ['--with', 'order=ord_1', '--item', 'itm_1'],
    ];
    for (const args of calls) {
      const { document } = await oatty.json('shop', 'orders:items:info', ...args);
      expect(document.body).toMatchObject({ id: 'itm_1' });
    }
  });

  it('may be called with exec, and with global flags anywhere', async () => {
    await using oatty = await shops.open();
    const plain = await oatty.run('shop', 'orders:info', 'ord_1', '--json');
    const calls = [
      ['exec', 'shop', 'orders:info', 'ord_1', '--json'],
      ['--json', 'exec', 'shop', 'orders:info', 'ord_1'],
      ['--json', 'shop', '--quiet', 'orders:info', 'ord_1'],
    ];
    for (const args of calls)
      expect(JSON.parse((await oatty.run(...args)).stdout).body).toEqual(JSON.parse(plain.stdout).body);
  });

  it('sends a body from the arguments, from a file and from stdin', async () => {
    await using oatty = await shops.open();
    const body = JSON.stringify({ name: 'Finn', email: 'finn@example.com' });
    const file = await oatty.write('body.json', body.replace('finn@', 'file@'));
    const { document } = await oatty.json('shop', 'customers:create', '--body', body);
    expect(document).toMatchObject({ status: 201, body: { name: 'Finn', email: 'finn@example.com' } });
    const fromFile = await oatty.json('shop', 'customers:create', '--body', `@${file}`);
    expect(fromFile.document.body.email).toBe('file@example.com');
    const stdin = body.replace('finn@', 'stdin@');
    const fromStdin = await oatty.binary.runWith(
      { stdin },
      'shop',
      'customers:create',
      '--body',
      '-',
      '--json',
    );
    expect(JSON.parse(fromStdin.stdout).body.email).toBe('stdin@example.com');
  });

  it('converts the text of flags to the types of the parameters', async () => {
    await using oatty = await shops.open();
    const items = '[{"sku": "MUG-01", "quantity": 2}]';
    const { document } = await oatty.json('shop', 'orders:create', '--customer', 'cus_1', '--items', items);
    expect(document).toMatchObject({ status: 201, body: { customer: 'cus_1', total: 2400 } });
    expect(shops.shop.calls().at(-1)?.body).toEqual({
      customer: 'cus_1',
      items: [{ sku: 'MUG-01', quantity: 2 }],
    });
  });

  it('follows pages with --max-pages', async () => {
    await using oatty = await shops.open();
    const one = await oatty.json('shop', 'orders:list', '--limit', '2');
    const three = await oatty.binary.json('shop', 'orders:list', '--limit', '2', '--max-pages', '3');
    expect([one.document.body.items.length, three.document.body.items.length]).toEqual([2, 6]);
    const shown = await oatty.run('shop', 'orders:list', '--limit', '2');
    expect(shown.stderr).toContain('has_more: true');
    expect((await oatty.run('shop', 'orders:list', '--limit', '2', '--quiet')).stderr).toBe('');
  });

  it('sends nothing with --dry-run, and shows no credentials', async () => {
    await using oatty = await shops.open();
    const { document, stdout } = await oatty.json('shop', 'orders:list', '--status', 'open', '--dry-run');
    expect(document).toMatchObject({
      method: 'GET',
      url: `${shops.shop.url}/orders?status=open`,
      body: null,
    });
    expect(stdout).not.toContain('shop-test-key');
    const text = await oatty.binary.run(
      'shop',
      'orders:create',
      '--body',
      '{"customer":"cus_1","items":[]}',
      '--dry-run',
    );
    expect(text.stdout).toMatch(/^POST http:\/\/[^]*\n\n\{\n {2}"customer": "cus_1"/);
    expect(shops.shop.calls()).toEqual([]);
  });

  it('asks before a destructive one, and takes --yes for an answer', async () => {
    await using oatty = await shops.open();
    const asked = await oatty.run('shop', 'orders:delete', 'ord_1', '--json');
    expect([asked.exitCode, errorOf(asked).error_code, shops.shop.calls()]).toEqual([
      1,
      'CONFIRMATION_REQUIRED',
      [],
    ]);
    const { document } = await oatty.binary.json('shop', 'orders:delete', 'ord_1', '--yes');
    expect(document).toMatchObject({ status: 204, body: null });
  });

  it('runs a saved workflow', async () => {
    await using oatty = await shops.open();
    await oatty.run('import', 'workflows/charge_and_wait.yaml');
    const { document } = await oatty.binary.json(
      'exec',
      'workflow',
      'charge_and_wait',
      '--order-id',
      'ord_1',
    );
    expect(document).toMatchObject({ status: 200, body: { status: 'done', order_status: 'paid' } });
  });
});

describe('help', () => {
  it('tells a command by its description', async () => {
    await using oatty = await shops.open();
    const { exitCode, stdout } = await oatty.binary.run('shop', 'orders:list', '--help');
    expect([exitCode, stdout]).toEqual([
      0,
      expect.stringMatching(/^List orders\n[^]*\n {2}--status STRING /),
    ]);
    expect((await oatty.run('help', 'shop', 'orders:list')).stdout).toBe(stdout);
  });

  it('lists the commands of a vendor', async () => {
    await using oatty = await shops.open();
    const { stdout } = await oatty.binary.run('shop', '--help');
    expect(stdout).toMatch(/^Usage: oatty shop <command>[^]*\nshop orders:list +safe +List orders\n/);
    expect((await oatty.run('help', 'shop')).stdout).toBe(stdout);
  });
});

describe('a call that cannot be made', () => {
  it.each<[string[], string, string]>([
    [['shop'], 'ARGUMENT_INVALID', 'See oatty shop --help for its commands.'],
    [['shpo', 'orders:list'], 'ARGUMENT_INVALID', 'Did you mean oatty shop?'],
    [['shop', 'orders:lst'], 'COMMAND_NOT_FOUND', 'Did you mean "shop orders:list"'],
    [['shop', '__proto__'], 'COMMAND_NOT_FOUND', ''],
    [['shop', 'orders:list', '--limt', '2'], 'ARGUMENT_INVALID', 'Did you mean --limit?'],
    [
      ['shop', 'orders:list', '--limit', 'two'],
      'ARGUMENT_INVALID',
      'Usage: oatty shop orders:list [options]',
    ],
    [
      ['shop', 'orders:list', '--status', 'odd'],
      'ARGUMENT_INVALID',
      'Usage: oatty shop orders:list [options]',
    ],
    [['shop', 'orders:info'], 'ARGUMENT_INVALID', 'Usage: oatty shop orders:info <order> [options]'],
    [['shop', 'orders:info', ''], 'ARGUMENT_INVALID', ''],
    [['shop', 'orders:info', 'a', 'b'], 'ARGUMENT_INVALID', ''],
    [['shop', 'orders:create', '--body', '{"customer'], 'ARGUMENT_INVALID', 'Correct the JSON'],
    [['shop', 'orders:create', '--body', '@nope.json'], 'SOURCE_NOT_FOUND', 'Check the path.'],
    [['workflow', 'list', '--limit', '2'], 'ARGUMENT_INVALID', ''],
  ])('%j ends with exit code 2 and sends nothing', async (args, code, advice) => {
    await using oatty = await shops.open();
    const outcome = await oatty.run(...args, '--json');
    expect({ exitCode: outcome.exitCode, stdout: outcome.stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(errorOf(outcome)).toMatchObject({
      error_code: code,
      suggested_action: expect.stringContaining(advice),
    });
    expect(shops.shop.calls()).toEqual([]);
  });
});

describe('an HTTP error', () => {
  it('is a document with --json and two lines without, and ends with exit code 1', async () => {
    await using oatty = await shops.open();
    const outcome = await oatty.binary.json('shop', 'orders:info', 'nope');
    expect([outcome.exitCode, outcome.document.status, outcome.document.body.title]).toEqual([
      1,
      404,
      'Not Found',
    ]);
    expect(errorOf(outcome)).toMatchObject({
      error_code: 'HTTP_ERROR',
      context: { status: 404 },
      retryable: false,
    });
    const text = await oatty.binary.run('shop', 'orders:info', 'nope');
    expect([text.exitCode, text.stdout, text.stderr]).toEqual([
      1,
      '',
      'error: GET /orders/nope answered 404: There is no order "nope".\nhelp:  Check the ids in the arguments, and the base URL of the catalog.\n',
    ]);
  });

  it('shows every field that the API finds wrong', async () => {
    await using oatty = await shops.open();
    const { stderr } = await oatty.run('shop', 'customers:create', '--name', 'Finn', '--email', 'no address');
    expect(stderr).toMatch(
      /answered 400[^]*help: {2}Correct what the API says is wrong\.[^]*"field": "email"/,
    );
  });

  it.each([
    ['broken:list', 500, true],
    ['notifications:create', 429, true],
  ])('%s: %d tells whether another try may help', async (name, status, retryable) => {
    await using oatty = await shops.open();
    const args = name === 'notifications:create' ? ['--customer', 'cus_1', '--message', 'hi'] : [];
    const outcome = await oatty.json('shop', name, ...args);
    expect([outcome.exitCode, outcome.document.status, errorOf(outcome).retryable]).toEqual([
      1,
      status,
      retryable,
    ]);
    expect(shops.shop.calls()).toHaveLength(1);
  });
});

describe('a server that misbehaves', () => {
  it.each<[string, (response: ServerResponse) => void, string]>([
    ['a page in place of JSON', (response) => page(response), 'RESPONSE_INVALID'],
    ['an answer that breaks off', (response) => breakOff(response), 'NETWORK_ERROR'],
    ['JSON that breaks off', (response) => halfJson(response), 'RESPONSE_INVALID'],
  ])('%s ends with exit code 1', async (_, answer, code) => {
    await using oatty = await shops.open();
    await using server = await serve(answer);
    await oatty.run('catalog', 'base-url', 'shop-api', server.url);
    const outcome = await oatty.run('shop', 'orders:list', '--json');
    expect([outcome.exitCode, outcome.stdout, errorOf(outcome).error_code]).toEqual([1, '', code]);
  });

  it('is named when it cannot be reached', async () => {
    await using oatty = await shops.open();
    await oatty.run('catalog', 'base-url', 'shop-api', 'http://127.0.0.1:9');
    const { exitCode, stderr } = await oatty.run('shop', 'orders:list');
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: 127\.0\.0\.1:9 refuses the connection\.\nhelp: /),
    ]);
  });
});

describe('a pipe', () => {
  it('may end before the output does', async () => {
    await using oatty = await shops.open();
    const child = oatty.start({}, 'catalog', 'show', 'shop-api', '--json');
    child.stdout.once('data', () => child.stdout.destroy());
    let stderr = '';
    child.stderr.on('data', (text: Buffer) => (stderr += text.toString()));
    const [exitCode] = (await once(child, 'close')) as [number | null];
    expect([exitCode, stderr]).toEqual([0, '']);
  });

  it('gets text as the API sent it', async () => {
    await using oatty = await shops.open();
    await using server = await serve((response) => {
      response.writeHead(200, { 'content-type': 'text/plain' }).end('a\u001B[1mb\r\nlast\n');
    });
    await oatty.run('catalog', 'base-url', 'shop-api', server.url);
    expect((await oatty.binary.run('shop', 'health:list')).stdout).toBe('a\u001B[1mb\r\nlast\n');
  });
});

describe('Ctrl-C', () => {
  it('breaks the request off and ends with exit code 130', async () => {
    await using oatty = await shops.open();
    const aborted = Promise.withResolvers<void>();
    await using server = await serve((response) => {
      response.once('close', () => aborted.resolve());
      child.kill('SIGINT');
    });
    await oatty.run('catalog', 'base-url', 'shop-api', server.url);
    const child = oatty.start({}, 'shop', 'orders:list');
    const [exitCode] = (await once(child, 'close')) as [number | null];
    await aborted.promise;
    expect(exitCode).toBe(130);
  });
});

// --- internal ---

function page(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Log in</title>');
}

function breakOff(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '100' });
  response.write('{"items": [', () => response.destroy());
}

function halfJson(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end('{"items": [');
}

async function serve(answer: (response: ServerResponse) => void) {
  const server = createServer((_, response) => answer(response));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
