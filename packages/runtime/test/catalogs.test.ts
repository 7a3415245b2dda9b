import { readFile, writeFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { aDescription, aServer, importApi, writeDescription } from './an-api.ts';
import { aHome, openAt, openOatty, openShop, shopDescription } from './open-oatty.ts';

describe('a preview of an import', () => {
  it('says what the import would bring and writes nothing', async () => {
    const oatty = await openOatty();
    const preview = await oatty.catalogs.previewImport({
      source: shopDescription,
      vendor: 'shop',
      includeCommandPreview: true,
    });
    expect(preview).toMatchObject({
      catalog: {
        catalog_id: 'shop-api',
        title: 'Shop API',
        vendor: 'shop',
        base_url: 'http://127.0.0.1:8787',
      },
      projected_command_count: 45,
    });
    expect(preview.projected_group_prefixes).toContain('orders');
    expect(preview.command_preview?.[0]).toMatchObject({ id: 'shop broken:list', effect: 'safe' });
    expect(preview).not.toHaveProperty('changes');
    expect((await oatty.catalogs.list()).items).toEqual([]);
  });

  it('shows the base URL that an import over a catalog would keep', async () => {
    const { oatty, shop } = await openShop();
    const { catalog, changes } = await oatty.catalogs.previewImport({
      source: shopDescription,
      vendor: 'shop',
    });
    expect(catalog.base_url).toBe(shop.url);
    expect(changes).toEqual({ added: [], removed: [], changed: [] });
  });
});

describe('the validation of a description', () => {
  it('counts the operations of a good one', async () => {
    const oatty = await openOatty();
    const report = await oatty.catalogs.validateOpenapi({ source: shopDescription });
    expect(report).toMatchObject({
      valid: true,
      document_kind: 'openapi_3',
      operation_count: 45,
      violations: [],
    });
  });

  it('names what is wrong with another document', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await writeFile(`${home.dir}/arazzo.yaml`, 'arazzo: 1.0.1\ninfo: { title: X, version: "1" }\n');
    const report = await oatty.catalogs.validateOpenapi({ source: 'arazzo.yaml' });
    expect(report).toMatchObject({ valid: false, document_kind: 'unknown' });
    expect(report.violations).not.toEqual([]);
    await expect(oatty.catalogs.importOpenapi({ source: 'arazzo.yaml' })).rejects.toMatchObject({
      code: 'OPENAPI_SOURCE_VALIDATION_FAILED',
    });
  });
});

describe('an import', () => {
  it('tells where everything was written', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    const imported = await oatty.catalogs.importOpenapi({ source: shopDescription, vendor: 'shop' });
    expect(imported).toMatchObject({
      kind: 'catalog',
      source_type: 'path',
      catalog_id: 'shop-api',
      catalog_path: oatty.paths.registry,
      manifest_path: `${home.dir}/catalogs/shop-api.json`,
      command_count: 45,
      enabled: true,
      base_urls: ['http://127.0.0.1:8787'],
    });
    expect(imported.warnings).toContain(
      'Credentials are not set; the description names: apiKey (oatty catalog auth).',
    );
  });

  it('over a catalog needs to be asked for, keeps settings, and tells what changed', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await importApi(oatty, home, {});
    await oatty.catalogs.editHeaders('notes', { set: { 'X-Team': 'docs' } });
    await oatty.catalogs.setEnabled('notes', false);
    const [{ base_url } = { base_url: null }] = (await oatty.catalogs.list()).items;
    const source = await writeDescription(home, {
      paths: { '/tags': { get: { summary: 'List tags', responses: { 200: { description: 'Done.' } } } } },
    });

    await expect(oatty.catalogs.importOpenapi({ source, vendor: 'notes' })).rejects.toMatchObject({
      code: 'CATALOG_CONFLICT',
    });
    const imported = await oatty.catalogs.importOpenapi({ source, vendor: 'notes', overwrite: true });

    expect(imported.changes).toEqual({
      added: ['notes tags:list'],
      removed: ['notes notes:create', 'notes notes:list'],
      changed: [],
    });
    expect(await oatty.catalogs.show('notes')).toMatchObject({
      base_url,
      enabled: false,
      headers: { 'X-Team': '••••' },
      commands: [{ id: 'notes tags:list' }],
    });
  });

  it('over a catalog names the workflows that it breaks, and why', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await importApi(oatty, home, {});
    const aWorkflow = (id: string, run: string) =>
      oatty.workflows.save({ content: `workflow: ${id}\nsteps:\n  - id: only\n    run: ${run}\n` });
    await aWorkflow('reads', 'notes notes:list');
    await aWorkflow('writes', 'notes notes:create');
    await aWorkflow('calls-reads', 'workflow reads');
    const list = { parameters: [{ name: 'day', in: 'query', required: true, schema: { type: 'string' } }] };
    const source = await writeDescription(home, { paths: { '/notes': { get: list, post: {} } } });
    const options = { source, vendor: 'notes' };

    const preview = await oatty.catalogs.previewImport(options);
    const imported = await oatty.catalogs.importOpenapi({ ...options, overwrite: true });

    expect(imported.changes).toMatchObject({ changed: ['notes notes:create', 'notes notes:list'] });
    expect(imported.broken_workflows).toMatchObject([
      {
        workflow_id: 'reads',
        violation: { rule: 'parameter_missing', line: 3 },
        violation_count: 1,
      },
    ]);
    expect(preview.broken_workflows).toEqual(imported.broken_workflows);
    expect((await oatty.workflows.validate({ workflowId: 'reads' })).valid).toBe(false);
    const again = await oatty.catalogs.importOpenapi({ ...options, overwrite: true });
    expect(again.broken_workflows).toEqual([]);
  });

  it('over a catalog offers the command that took the place of another', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    await importApi(oatty, home, {});
    await oatty.workflows.save({ content: 'workflow: w\nsteps:\n  - id: a\n    run: notes notes:list\n' });
    const source = await writeDescription(home, { paths: { '/note': { get: {} } } });

    const { broken_workflows } = await oatty.catalogs.previewImport({ source, vendor: 'notes' });

    expect(broken_workflows).toMatchObject([
      { workflow_id: 'w', violation: { suggestion: expect.stringContaining('notes note:list') } },
    ]);
  });

  it('of a taken title is refused before the description is read', async () => {
    const { oatty } = await openShop();
    await expect(
      oatty.catalogs.importOpenapi({ source: 'no-such-file.yaml', catalogTitle: 'Shop API' }),
    ).rejects.toMatchObject({ code: 'CATALOG_CONFLICT', options: { context: { catalog_id: 'shop-api' } } });
  });

  it('mends a catalog whose file is broken', async () => {
    const { oatty, home } = await openShop();
    await writeFile(`${home.dir}/catalogs/shop-api.json`, '{ broken');
    expect((await oatty.catalogs.list()).problems).toMatchObject([
      { path: `${home.dir}/catalogs/shop-api.json` },
    ]);
    const options = { source: shopDescription, vendor: 'shop', overwrite: true };
    expect(await oatty.catalogs.importOpenapi(options)).not.toHaveProperty('changes');
    expect((await oatty.catalogs.list()).problems).toEqual([]);
  });

  it('from the network cannot point commands at a private address', async () => {
    const home = await aHome();
    const oatty = await openAt(home);
    const url = await aServer((_, response) =>
      response.end(JSON.stringify(aDescription({ servers: [url] }))),
    );
    await expect(oatty.catalogs.importOpenapi({ source: url })).rejects.toMatchObject({
      code: 'ADDRESS_NOT_ALLOWED',
    });
    await oatty.catalogs.importOpenapi({ source: url, vendor: 'notes', allowPrivate: true });
    // As if it had come from a public address.
    const registry = JSON.parse(await readFile(oatty.paths.registry, 'utf8')) as { catalogs: object[] };
    const catalogs = registry.catalogs.map((entry) => ({ ...entry, public_only: true }));
    await writeFile(oatty.paths.registry, JSON.stringify({ ...registry, catalogs }));

    const refused = { code: 'ADDRESS_NOT_ALLOWED', options: { context: { host: '127.0.0.1' } } };
    await expect(oatty.commands.run('notes notes:list')).rejects.toMatchObject(refused);
    const { warnings } = await oatty.catalogs.importOpenapi({
      source: await writeDescription(home, { servers: [url] }),
      vendor: 'notes',
      overwrite: true,
    });
    expect(warnings).toContain(
      `The description names the private address ${url}; calls to it are refused until you set it yourself: ` +
        `oatty catalog base-url notes ${url}`,
    );
    await oatty.catalogs.setBaseUrl('notes', url);
    expect(await oatty.commands.run('notes notes:list')).toMatchObject({ status: 200 });
  });
});

describe('the settings of a catalog', () => {
  it('are shown with references, and without what they stand for', async () => {
    const { oatty } = await openShop();
    await oatty.catalogs.editHeaders('shop-api', {
      set: { 'X-Token': 'abc', 'X-Ref': 'Bearer ${secret:TOKEN}' },
    });
    const settings = await oatty.catalogs.setAuth('shop-api', 'apiKey', { value: 'top-secret' });
    expect(settings.headers).toEqual({ 'X-Token': '••••', 'X-Ref': 'Bearer ${secret:TOKEN}' });
    expect(settings.auth).toEqual({ apiKey: { value: '••••' } });
    expect(JSON.stringify(await oatty.catalogs.show('shop-api'))).not.toContain('top-secret');
    expect((await oatty.catalogs.setAuth('shop-api', 'apiKey', undefined)).auth).toEqual({});
  });

  it('decide where requests go and what they carry', async () => {
    const { oatty, shop } = await openShop();
    await oatty.catalogs.setBaseUrl('shop-api', 'http://127.0.0.1:1');
    await expect(oatty.commands.run('shop health:list')).rejects.toMatchObject({ code: 'NETWORK_ERROR' });
    await oatty.catalogs.setBaseUrl('shop-api', `${shop.url}/`);
    await oatty.catalogs.editHeaders('shop-api', { set: { 'X-Team': 'docs' } });
    await oatty.commands.run('shop health:list');
    expect(shop.calls().at(-1)?.headers).toMatchObject({ 'x-team': 'docs', 'user-agent': 'oatty' });
  });

  it('stay as they are when nothing is edited', async () => {
    const { oatty } = await openShop();
    expect((await oatty.catalogs.editHeaders('shop-api', {})).headers).toEqual({});
  });

  it('of a disabled catalog keep its commands from running', async () => {
    const { oatty } = await openShop();
    expect(await oatty.catalogs.setEnabled('shop-api', false)).toEqual({
      catalog_id: 'shop-api',
      enabled: false,
      command_count_after_toggle: 0,
    });
    await expect(oatty.commands.run('shop health:list')).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
    expect((await oatty.commands.search('list orders')).items).toEqual([]);
    expect(await oatty.commands.get('shop orders:list')).toMatchObject({ enabled: false });
    await oatty.catalogs.setEnabled('shop-api', true);
    expect(await oatty.commands.run('shop health:list')).toMatchObject({ status: 200 });
  });

  it('are seen by another oatty at once', async () => {
    const { oatty, home } = await openShop();
    const other = await openAt(home);
    expect(await other.commands.run('shop health:list')).toMatchObject({ status: 200 });
    await oatty.catalogs.setEnabled('shop-api', false);
    await expect(other.commands.run('shop health:list')).rejects.toMatchObject({ code: 'COMMAND_NOT_FOUND' });
  });
});

describe('removing a catalog', () => {
  it('forgets it, and its file when that is asked for', async () => {
    const { oatty } = await openShop();
    expect(await oatty.catalogs.remove('shop-api', { removeManifest: true })).toEqual({
      removed_catalog_id: 'shop-api',
      manifest_removed: true,
      remaining_catalog_count: 0,
    });
    await expect(oatty.catalogs.show('shop-api')).rejects.toMatchObject({ code: 'CATALOG_NOT_FOUND' });
    await expect(oatty.catalogs.remove('shop-api')).rejects.toMatchObject({ code: 'CATALOG_NOT_FOUND' });
  });
});
