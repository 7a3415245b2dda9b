import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AjvJsonSchemaValidator } from '@modelcontextprotocol/sdk/validation/ajv';
import { productTools } from '../src/tools/tool-list.ts';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call } from './tool-calls.ts';

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  client = await connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined });
});

afterAll(() => world.close());

describe('resources/list', () => {
  it('has the fixed ones first, then catalogs and workflows by address', async () => {
    await save('one');
    const { resources } = await client.client.listResources();
    expect(resources.map(({ uri, name }) => [uri, name])).toEqual([
      ['oatty://workflow/spec', 'workflow.spec'],
      ['oatty://workflow/schema', 'workflow.schema'],
      ['oatty://workflow/manifests', 'workflow.manifests'],
      ['oatty://spec/workflows', 'spec.workflows'],
      ['oatty://spec/expressions', 'spec.expressions'],
      ['oatty://spec/catalogs', 'spec.catalogs'],
      ['oatty://spec/runs', 'spec.runs'],
      ['oatty://spec/mcp', 'spec.mcp'],
      ['oatty://spec/errors', 'spec.errors'],
      ['oatty://spec/arazzo', 'spec.arazzo'],
      ['oatty://spec/tasks', 'spec.tasks'],
      ['oatty://command/catalog', 'command.catalog'],
      ['oatty://command/catalog?vendor=shop', 'command.catalog:shop'],
      ['oatty://provider/catalog', 'provider.catalog'],
      ['oatty://provider/catalog?vendor=shop', 'provider.catalog:shop'],
      ['oatty://workflow/manifest/one', 'workflow.manifest:one'],
    ]);
    expect(resources.at(-1)).toMatchObject({
      title: 'Look at one',
      mimeType: 'application/yaml',
      _meta: { 'oatty/version': expect.stringMatching(/^[0-9a-f]{64}$/) },
    });
  });

  it('is read page by page, whatever comes and goes in between', async () => {
    const ids = Array.from({ length: 120 }, (_, index) => `many_${String(index).padStart(3, '0')}`);
    const { workflows } = world.oatty.paths;
    await Promise.all(ids.map((id) => writeFile(join(workflows, `${id}.yaml`), aManifest(id))));
    const first = await client.client.listResources();
    expect(first.resources).toHaveLength(100);
    const last = first.resources.at(-1)?.uri.split('/').at(-1) ?? '';
    await call(client, 'workflow_delete', { workflow_id: last, confirm: true });
    const second = await client.client.listResources({ cursor: first.nextCursor });
    expect(second.nextCursor).toBeUndefined();
    const listed = [...first.resources, ...second.resources].map(({ uri }) => uri);
    expect(listed.filter((uri) => uri.includes('/many_'))).toEqual(
      ids.map((id) => `oatty://workflow/manifest/${id}`),
    );
    await Promise.all(ids.map((id) => rm(join(workflows, `${id}.yaml`), { force: true })));
  });

  it.each(['next', '%', Buffer.from('no address').toString('base64url')])(
    'refuses the cursor %s',
    async (cursor) => {
      const error = await client.refusal('resources/list', { cursor });
      expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
    },
  );

  it('has a template for each kind', async () => {
    const { resourceTemplates } = await client.client.listResourceTemplates();
    expect(resourceTemplates.map(({ uriTemplate, name }) => [uriTemplate, name])).toEqual([
      ['oatty://workflow/manifest/{workflow_id}', 'workflow.manifest'],
      ['oatty://command/catalog{?vendor,cursor}', 'command.catalog'],
      ['oatty://provider/catalog{?vendor,cursor}', 'provider.catalog'],
      ['oatty://tool/output/{tool}', 'tool.output'],
    ]);
  });
});

describe('resources/read', () => {
  it('gives the pages about workflows and expressions', async () => {
    const { contents } = await client.client.readResource({ uri: 'oatty://workflow/spec' });
    expect(contents).toMatchObject([
      {
        uri: 'oatty://workflow/spec',
        mimeType: 'text/markdown',
        text: expect.stringMatching(/^# Workflows\n/),
      },
      { uri: 'oatty://workflow/spec#expressions', text: expect.stringMatching(/^# Expressions\n/) },
    ]);
  });

  it('gives each page of the specification at its address', async () => {
    expect(await read('oatty://spec/runs')).toMatch(/^# Runs\n/);
  });

  it('gives the schema, the list and the text of a workflow', async () => {
    await save('readable');
    expect(await readJson('oatty://workflow/schema')).toMatchObject({
      type: 'object',
      required: ['workflow', 'steps'],
    });
    expect(await readJson('oatty://workflow/manifests')).toMatchObject({
      items: expect.arrayContaining([expect.objectContaining({ workflow_id: 'readable' })]),
    });
    expect(await read('oatty://workflow/manifest/readable')).toBe(aManifest('readable'));
  });

  it('gives the commands and the providers of a vendor, as the tools do', async () => {
    expect(await readJson('oatty://command/catalog?vendor=shop')).toEqual(
      await call(client, 'command_list', { vendor: 'shop' }),
    );
    expect(await readJson('oatty://provider/catalog')).toEqual(await call(client, 'provider_list'));
  });

  it('goes on at the address of the next page', async () => {
    const { next_cursor } = await call(client, 'command_list', { limit: 2 });
    const rest = await readJson(`oatty://command/catalog?cursor=${String(next_cursor)}`);
    expect(rest).toEqual(await call(client, 'command_list', { cursor: next_cursor }));
  });

  it.each([
    ['oatty://workflow/nothing', 'RESOURCE_NOT_FOUND'],
    ['oatty://workflow/manifest/nobody', 'WORKFLOW_NOT_FOUND'],
    ['oatty://workflow/manifest/../../etc/passwd', 'RESOURCE_NOT_FOUND'],
    ['oatty://workflow/manifest/%2e%2e%2fregistry', 'RESOURCE_NOT_FOUND'],
    ['oatty://workflow/manifest/%ff', 'RESOURCE_NOT_FOUND'],
    ['oatty://command/catalog?color=red', 'RESOURCE_NOT_FOUND'],
    ['oatty://command/catalog?vendor=a&vendor=b', 'RESOURCE_NOT_FOUND'],
    ['oatty://command/catalogs', 'RESOURCE_NOT_FOUND'],
    ['oatty://tool/output/workflow_lst', 'RESOURCE_NOT_FOUND'],
  ])('finds nothing at %s', async (uri, error_code) => {
    const error = await client.refusal('resources/read', { uri });
    expect([error.code, error.data.error_code]).toEqual([-32_002, error_code]);
  });

  it('describes the result of every tool', async () => {
    for (const { name } of productTools.list) {
      expect(await readJson(`oatty://tool/output/${name}`)).toMatchObject({ type: 'object' });
    }
  });

  it('describes results as they are', async () => {
    const schema = await readJson('oatty://tool/output/workflow_list');
    const validate = new AjvJsonSchemaValidator().getValidator(schema);
    const result = await call(client, 'workflow_list');
    expect(validate(result)).toMatchObject({ valid: true });
    expect(validate({ ...result, more: 1 })).toMatchObject({ valid: false });
  });
});

describe('completion/complete', () => {
  it.each([
    ['oatty://workflow/manifest/{workflow_id}', 'workflow_id', 'zeta', ['zeta_1', 'zeta_2']],
    ['oatty://command/catalog{?vendor,cursor}', 'vendor', 's', ['shop']],
    ['oatty://provider/catalog{?vendor,cursor}', 'vendor', 'x', []],
    ['oatty://command/catalog{?vendor,cursor}', 'cursor', '', []],
    ['oatty://tool/output/{tool}', 'tool', 'workflow.g', ['workflow.get']],
  ])('completes %s %s %j', async (uri, name, value, values) => {
    for (const id of ['zeta_1', 'zeta_2']) await save(id);
    const { completion } = await client.client.complete({
      ref: { type: 'ref/resource', uri },
      argument: { name, value },
    });
    expect(completion).toEqual({ values, total: values.length, hasMore: false });
  });

  it('gives the first hundred of more values', async () => {
    const ids = Array.from({ length: 101 }, (_, index) => `lot_${String(index).padStart(3, '0')}`);
    const files = ids.map((id) => join(world.oatty.paths.workflows, `${id}.yaml`));
    await Promise.all(ids.map((id, index) => writeFile(files[index] ?? '', aManifest(id))));
    const { completion } = await client.client.complete({
      ref: { type: 'ref/resource', uri: 'oatty://workflow/manifest/{workflow_id}' },
      argument: { name: 'workflow_id', value: 'lot_' },
    });
    expect(completion).toEqual({ values: ids.slice(0, 100), total: 101, hasMore: true });
    await Promise.all(files.map((file) => rm(file)));
  });

  it.each([
    [{ type: 'ref/resource', uri: 'oatty://workflow/spec' }, 'x'],
    [{ type: 'ref/resource', uri: 'oatty://command/catalog{?vendor,cursor}' }, 'limit'],
    [{ type: 'ref/prompt', name: 'workflow.author' }, 'limit'],
    [{ type: 'ref/prompt', name: 'nobody' }, 'goal'],
  ])('completes nothing of %j', async (ref, name) => {
    const error = await client.refusal('completion/complete', { ref, argument: { name, value: '' } });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
  });
});

// --- internal ---

async function read(uri: string): Promise<string> {
  const { contents } = await client.client.readResource({ uri });
  const [first] = contents;
  return first && 'text' in first ? first.text : '';
}

async function readJson(uri: string): Promise<Record<string, unknown>> {
  return JSON.parse(await read(uri)) as Record<string, unknown>;
}

async function save(id: string): Promise<void> {
  await world.oatty.workflows.save({ content: aManifest(id), overwrite: true });
}

function aManifest(id: string): string {
  return `workflow: ${id}
title: Look at ${id}
steps:
  - { id: orders, run: 'shop orders:list' }
`;
}
