/** `oatty import` and `oatty catalog preview`: what they take, and what they refuse without changing a file. */
import { createServer } from 'node:http';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { errorOf, openCommandLine, openShopCommandLines } from './command-line.ts';
import type { ShopCommandLines } from './command-line.ts';

let shops: ShopCommandLines;
beforeAll(async () => {
  shops = await openShopCommandLines();
});
afterAll(() => shops.close());

const minimal = (extra = '') =>
  `openapi: 3.1.0\ninfo: { title: Tiny, version: '1' }\nservers: [{ url: https://tiny.example }]\npaths:\n  /things:\n    get: { summary: List things, responses: { '200': { description: ok } } }\n${extra}`;
const manifest = `workflow: look
steps:
  - id: all
    run: shop orders:list
`;

describe('importing a description', () => {
  it('reports what came of it', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write('tiny.yaml', minimal());
    const { document, exitCode } = await oatty.binary.json('import', source);
    expect([exitCode, document]).toEqual([
      0,
      {
        kind: 'catalog',
        source,
        source_type: 'path',
        catalog_id: 'tiny',
        catalog_path: join(oatty.home, 'registry.json'),
        manifest_path: join(oatty.home, 'catalogs/tiny.json'),
        vendor: expect.any(String),
        command_count: 1,
        provider_contract_count: 0,
        enabled: true,
        base_urls: ['https://tiny.example'],
        warnings: [],
      },
    ]);
  });

  it('takes title, vendor, base URL and the enabled flag from its options', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write('tiny.yaml', minimal());
    const options = [
      '--catalog-title',
      'My API',
      '--vendor',
      'mine',
      '--base-url',
      'http://127.0.0.1:1',
      '--disabled',
    ];
    const { stdout } = await oatty.run('import', source, ...options);
    expect(stdout).toContain('Imported catalog my-api: 1 command, 0 providers (disabled)');
    const { document } = await oatty.json('catalog', 'list');
    expect(document.items).toMatchObject([
      {
        catalog_id: 'my-api',
        title: 'My API',
        vendor: 'mine',
        enabled: false,
        base_url: 'http://127.0.0.1:1',
      },
    ]);
  });

  it('takes those that come with the program by their names', async () => {
    await using oatty = await openCommandLine();
    const jira = ['import', 'oatty:jira', '--base-url', 'https://acme.atlassian.net'];
    const { stdout, stderr, exitCode } = await oatty.runWith({ cwd: oatty.home }, ...jira);
    expect([exitCode, stdout]).toEqual([0, expect.stringContaining('Imported catalog jira: 2 commands')]);
    expect(stderr).toContain('oatty catalog auth');
  });

  it('replaces a catalog only with --overwrite, and says what changed', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write('tiny.yaml', minimal());
    await oatty.run('import', source, '--vendor', 'tiny');
    const again = await oatty.run('import', source, '--vendor', 'tiny', '--json');
    expect([again.exitCode, errorOf(again).error_code]).toEqual([1, 'CATALOG_CONFLICT']);
    await oatty.write('tiny.yaml', minimal('    post: { responses: { default: { description: ok } } }\n'));
    const { document } = await oatty.binary.json('import', source, '--vendor', 'tiny', '--overwrite');
    expect(document.changes).toEqual({ added: ['tiny things:create'], removed: [], changed: [] });
  });

  it('says which saved workflows break when a catalog is replaced', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write('tiny.yaml', minimal());
    await oatty.run('import', source, '--vendor', 'tiny');
    const workflow = await oatty.write('look.yaml', manifest.replace('shop orders:list', 'tiny things:list'));
    await oatty.run('workflow', 'save', workflow);
    await oatty.write('tiny.yaml', minimal().replace('/things:', '/others:'));
    const preview = await oatty.run('catalog', 'preview', source, '--vendor', 'tiny');
    const { stdout } = await oatty.run('import', source, '--vendor', 'tiny', '--overwrite');
    const lines = ['  changes   1 added, 1 removed, 0 changed', '  breaks    look: '];
    for (const line of lines)
      expect([preview.stdout, stdout]).toEqual(Array(2).fill(expect.stringContaining(line)));
  });

  it('reads a private address only when asked to', async () => {
    await using oatty = await openCommandLine();
    const url = `${shops.shop.url}/openapi.yaml`;
    const refused = await oatty.run('import', url, '--json');
    expect([refused.exitCode, errorOf(refused).error_code]).toEqual([2, 'ADDRESS_NOT_ALLOWED']);
    const { document } = await oatty.binary.json('import', url, '--allow-private');
    expect(document).toMatchObject({
      source: url,
      source_type: 'url',
      catalog_id: 'shop-api',
      command_count: 45,
    });
  });

  it('takes --source-type at its word', async () => {
    await using oatty = await openCommandLine();
    const outcome = await oatty.run(
      'import',
      await oatty.write('tiny.yaml', minimal()),
      '--source-type',
      'url',
      '--json',
    );
    expect(outcome.exitCode).toBe(2);
    expect(await readdir(oatty.home)).toEqual(['tiny.yaml']);
  });
});

describe('importing a workflow', () => {
  it('knows a manifest from a description, in YAML and in JSON', async () => {
    await using oatty = await shops.open();
    const yaml = await oatty.write('a.yaml', manifest);
    const { document } = await oatty.binary.json('import', yaml);
    expect(document).toEqual({
      kind: 'workflow',
      source: yaml,
      source_type: 'path',
      workflow_id: 'look',
      path: join(oatty.home, 'workflows/look.yaml'),
      version: expect.stringMatching(/^[0-9a-f]{64}$/),
      overwritten: false,
      warnings: [],
    });
    const json = await oatty.write(
      'b.json',
      '{"workflow":"other","steps":[{"id":"all","run":"shop orders:list"}]}',
    );
    expect((await oatty.json('import', json)).document).toMatchObject({
      kind: 'workflow',
      workflow_id: 'other',
    });
  });

  it('finds out what a URL holds', async () => {
    await using oatty = await shops.open();
    const texts: Record<string, string> = {
      '/good': manifest,
      '/bad': `${manifest}surprise: 1\n`,
      '/other': 'a: 1',
    };
    await using server = await serve((path) => [200, 'application/yaml', texts[path] ?? '']);
    const { document } = await oatty.json('import', `${server.url}/good`, '--allow-private');
    expect(document).toMatchObject({ kind: 'workflow', source_type: 'url', workflow_id: 'look' });
    const bad = await oatty.run('import', `${server.url}/bad`, '--allow-private', '--json');
    expect([bad.exitCode, errorOf(bad).error_code]).toEqual([2, 'WORKFLOW_VALIDATION_FAILED']);
    const other = await oatty.run('import', `${server.url}/other`, '--allow-private', '--json');
    expect([other.exitCode, errorOf(other).error_code]).toEqual([2, 'OPENAPI_SOURCE_VALIDATION_FAILED']);
    const named = await oatty.run(
      'import',
      `${server.url}/good`,
      '--allow-private',
      '--vendor',
      'v',
      '--json',
    );
    expect([named.exitCode, errorOf(named).error_code]).toEqual([2, 'OPENAPI_SOURCE_VALIDATION_FAILED']);
  });

  it('takes --kind at its word', async () => {
    await using oatty = await shops.open();
    const outcome = await oatty.run(
      'import',
      await oatty.write('a.yaml', manifest),
      '--kind',
      'catalog',
      '--json',
    );
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'OPENAPI_SOURCE_VALIDATION_FAILED']);
    const description = await oatty.write('tiny.yaml', minimal());
    const asWorkflow = await oatty.run('import', description, '--kind', 'workflow', '--json');
    expect([asWorkflow.exitCode, errorOf(asWorkflow).category]).toEqual([2, 'validation']);
  });

  it('replaces a workflow only with --overwrite', async () => {
    await using oatty = await shops.open();
    const source = await oatty.write('a.yaml', manifest);
    await oatty.run('import', source);
    const again = await oatty.run('import', source, '--json');
    expect([again.exitCode, errorOf(again).error_code]).toEqual([1, 'WORKFLOW_ALREADY_EXISTS']);
    expect((await oatty.json('import', source, '--overwrite')).document).toMatchObject({ overwritten: true });
  });

  it.each(['--vendor=x', '--catalog-title=x', '--base-url=http://x', '--disabled'])(
    'refuses %s, which is for catalogs',
    async (option) => {
      await using oatty = await shops.open();
      const outcome = await oatty.run('import', await oatty.write('a.yaml', manifest), option, '--json');
      expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'ARGUMENT_INVALID']);
    },
  );
});

describe('a source that cannot be imported', () => {
  it.each<[string, string, string]>([
    ['broken YAML', 'openapi: 3.1.0\ninfo: [', 'OPENAPI_SOURCE_PARSE_FAILED'],
    ['text', 'hello', 'OPENAPI_SOURCE_PARSE_FAILED'],
    ['nothing', '', 'OPENAPI_SOURCE_PARSE_FAILED'],
    ['HTML', '<!doctype html><html></html>', 'OPENAPI_SOURCE_PARSE_FAILED'],
    ['an alias bomb', aliasBomb(), 'LIMIT_EXCEEDED'],
    ['a reference out of its folder', minimal('    $ref: ../../../../etc/passwd\n'), 'PATH_NOT_ALLOWED'],
    ['a reference to this machine', minimal('    $ref: http://127.0.0.1:1/x.yaml\n'), 'ADDRESS_NOT_ALLOWED'],
    [
      'a manifest that does not hold',
      'workflow: a\nsteps: [{ id: x, run: no such }]\nsurprise: 1',
      'WORKFLOW_VALIDATION_FAILED',
    ],
    [
      'a manifest with a broken id',
      'workflow: ../../escape\nsteps: [{ id: x, run: shop orders:list }]',
      'WORKFLOW_VALIDATION_FAILED',
    ],
  ])('%s ends with exit code 2 and changes no file', async (_, text, code) => {
    await using oatty = await shops.open();
    const before = await treeOf(oatty.home);
    const source = await oatty.write('source.yaml', text);
    const outcome = await oatty.run('import', source, '--json');
    expect({ exitCode: outcome.exitCode, stdout: outcome.stdout }).toEqual({ exitCode: 2, stdout: '' });
    expect(errorOf(outcome).error_code).toBe(code);
    expect(outcome.stderr).not.toMatch(/\bat .*\.[jt]s:\d+/);
    expect(await treeOf(oatty.home)).toEqual([...before, 'source.yaml'].sort());
  });

  it('is a directory, or is not there', async () => {
    await using oatty = await openCommandLine();
    for (const source of ['.', 'nope.yaml', '../../../../../../nope']) {
      const outcome = await oatty.run('import', source, '--json');
      expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'SOURCE_NOT_FOUND']);
    }
  });

  it('is 60 MB large', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write('large.yaml', minimal(`x-padding: ${'x'.repeat(60 * 1024 * 1024)}\n`));
    const outcome = await oatty.run('import', source, '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([2, 'LIMIT_EXCEEDED']);
  });

  it('answers with a page, with an error, or not at all', async () => {
    await using oatty = await openCommandLine();
    await using server = await serve((path) =>
      path === '/page' ? [200, 'text/html', '<!doctype html><title>x</title>'] : [500, 'text/plain', 'no'],
    );
    const codes: [number | null, string][] = [];
    for (const url of [`${server.url}/page`, `${server.url}/broken`, 'http://127.0.0.1:9/openapi.json']) {
      const outcome = await oatty.run('import', url, '--allow-private', '--json');
      codes.push([outcome.exitCode, errorOf(outcome).error_code]);
    }
    expect(codes[0]?.[0]).toBe(2);
    expect(codes.slice(1)).toEqual([
      [1, 'HTTP_ERROR'],
      [1, 'NETWORK_ERROR'],
    ]);
  });
});

describe('names that mean something elsewhere', () => {
  it('are ordinary names of paths, parameters and inputs', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write(
      'odd.yaml',
      `openapi: 3.1.0
info: { title: __proto__, version: '1' }
servers: [{ url: https://odd.example }]
paths:
  /__proto__/{constructor}:
    get:
      parameters: [{ name: constructor, in: path, required: true, schema: { type: string } }]
      responses: { '200': { description: ok } }
`,
    );
    const { document } = await oatty.json('import', source, '--vendor', 'odd');
    expect(document).toMatchObject({ catalog_id: 'proto', command_count: 1 });
    const { document: catalog } = await oatty.json('catalog', 'show', 'proto');
    const [vendor, name] = catalog.commands[0].id.split(' ');
    const { document: request } = await oatty.json(vendor, name, 'x y', '--dry-run');
    expect(request).toMatchObject({ method: 'GET', url: 'https://odd.example/__proto__/x%20y' });
  });
});

describe('two imports at once', () => {
  it('both arrive', async () => {
    await using oatty = await openCommandLine();
    const titles = ['One', 'Two', 'Three', 'Four'];
    const outcomes = await Promise.all(
      titles.map(async (title) => {
        const source = await oatty.write(`${title}.yaml`, minimal());
        return oatty.binary.run('import', source, '--catalog-title', title, '--vendor', title.toLowerCase());
      }),
    );
    expect(outcomes.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0]);
    const { document } = await oatty.json('catalog', 'list');
    expect(document.items.map((item: { catalog_id: string }) => item.catalog_id).sort()).toEqual([
      'four',
      'one',
      'three',
      'two',
    ]);
  });
});

describe('settings that cannot be read or written', () => {
  it('are never overwritten when they do not parse', async () => {
    await using oatty = await openCommandLine();
    await oatty.write('registry.json', '{ "catalogs": [');
    const outcome = await oatty.run('import', await oatty.write('tiny.yaml', minimal()), '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([1, 'STORAGE_FAILED']);
    expect(await oatty.read('registry.json')).toBe('{ "catalogs": [');
  });

  it('are named when they cannot be written', async () => {
    await using oatty = await openCommandLine();
    const file = await oatty.write('a-file', '');
    const source = await oatty.write('tiny.yaml', minimal());
    const env = { REGISTRY_CONFIG_PATH: join(file, 'registry.json') };
    const outcome = await oatty.binary.runWith({ env }, 'import', source, '--json');
    expect([outcome.exitCode, errorOf(outcome).error_code]).toEqual([1, 'STORAGE_FAILED']);
    expect(errorOf(outcome).message).toContain(file);
  });
});

describe('catalog preview', () => {
  it('shows what an import would bring, and writes nothing', async () => {
    await using oatty = await openCommandLine();
    const source = await oatty.write('tiny.yaml', minimal());
    const options = ['--vendor', 'tiny', '--catalog-title', 'Other', '--base-url', 'https://other.example'];
    const { document } = await oatty.json('catalog', 'preview', source, ...options);
    expect(document).toMatchObject({
      catalog: { catalog_id: 'other', title: 'Other', vendor: 'tiny', base_url: 'https://other.example' },
      projected_command_count: 1,
      command_preview: [{ id: 'tiny things:list', summary: 'List things', effect: 'safe' }],
    });
    expect(await readdir(oatty.home)).toEqual(['tiny.yaml']);
    const { stdout } = await oatty.binary.run('catalog', 'preview', source, ...options);
    expect(stdout).toContain('tiny things:list  safe    List things');
  });

  it('reads a private address for a preview only when asked to', async () => {
    await using oatty = await openCommandLine();
    const url = `${shops.shop.url}/openapi.yaml`;
    expect((await oatty.run('catalog', 'preview', url)).exitCode).toBe(2);
    expect((await oatty.run('catalog', 'preview', url, '--allow-private')).exitCode).toBe(0);
  });
});

describe('importing an Arazzo document', () => {
  const arazzo = `arazzo: 1.0.1
info: { title: Look, version: '1' }
sourceDescriptions: [{ name: shop, url: none.yaml, type: openapi }]
workflows:
  - { workflowId: look, steps: [{ stepId: all, operationId: listOrders }] }
  - { workflowId: bad, steps: [{ stepId: all, operationId: listNothing }] }
`;

  it('ends with exit code 1 when a workflow is left out', async () => {
    await using oatty = await shops.open();
    const source = await oatty.write('look.arazzo.yaml', arazzo.replace('listNothing', 'getOrder'));
    const { exitCode, stdout, stderr } = await oatty.binary.run('import', source);
    expect([exitCode, stdout]).toEqual([
      1,
      expect.stringMatching(/^Saved workflow look to .*\nLeft out bad:\n {2}\$\.workflows\[1\]: .*"order"/),
    ]);
    expect(stderr).toContain('"shop" is taken as the catalog "shop-api"');
  });

  it('says why none of its workflows was imported', async () => {
    await using oatty = await shops.open();
    const outcome = await oatty.run('import', await oatty.write('look.arazzo.yaml', arazzo), '--json');
    expect([outcome.exitCode, errorOf(outcome).violations.length]).toEqual([2, 2]);
  });

  it('takes back what was exported', async () => {
    await using oatty = await shops.open();
    await oatty.run('import', await oatty.write('a.yaml', manifest));
    const path = join(oatty.home, 'out.yaml');
    const { document } = await oatty.binary.json('workflow', 'export', 'look', path, '--format', 'arazzo');
    expect(document).toMatchObject({ output_path: path, format: 'arazzo', warnings: [] });
    expect(await oatty.read('out.yaml')).toMatch(/^arazzo: 1\.0\.1\n/);
    const again = await oatty.json('import', path, '--overwrite');
    expect(again.document).toMatchObject({ workflow_id: 'look', overwritten: true, arazzo: { refused: [] } });
  });
});

// --- internal ---

async function treeOf(home: string): Promise<string[]> {
  const entries = await readdir(home, { recursive: true, withFileTypes: true });
  // The cache of what the workflow files say may be written by whoever reads them.
  const files = entries.filter((entry) => entry.isFile() && !entry.parentPath.endsWith('cache'));
  return files.map((entry) => join(entry.parentPath, entry.name).slice(home.length + 1)).sort();
}

function aliasBomb(): string {
  const lines = ['openapi: 3.1.0', 'a0: &a0 [x, x, x, x, x, x, x, x, x]'];
  for (let level = 1; level < 9; level += 1) {
    const previous = Array.from({ length: 9 }, () => `*a${level - 1}`).join(', ');
    lines.push(`a${level}: &a${level} [${previous}]`);
  }
  return lines.join('\n');
}

async function serve(answer: (path: string) => [number, string, string]) {
  const server = createServer((request, response) => {
    const [status, type, body] = answer(request.url ?? '/');
    response.writeHead(status, { 'content-type': type }).end(body);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}
