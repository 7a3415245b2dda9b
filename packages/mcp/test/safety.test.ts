import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { productTools } from '../src/tools/tool-list.ts';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

/** Something that a person has to agree to. */
interface DestructiveAct {
  readonly tool: string;
  /** Makes what is to be removed. */
  prepare?(): Promise<Record<string, unknown>>;
  readonly args?: Record<string, unknown>;
  hasHappened(): Promise<boolean>;
}

let world: ShopWorld;
let vault: string;

beforeAll(async () => {
  world = await openShop();
  vault = await writeDescription('vault', 'http://127.0.0.1:8787');
  const steps = [{ id: 'drop', run: 'shop orders:delete', with: { order: 'ord_1' } }];
  await world.oatty.workflows.save({ content: { workflow: 'drops', steps } });
  const outer = [{ id: 'inner', run: 'workflow drops' }];
  await world.oatty.workflows.save({ content: { workflow: 'drops_deeper', steps: outer } });
});

beforeEach(() => world.shop.reset());

afterAll(() => world.close());

const deletesAnOrder = async () => {
  const { items } = await world.oatty.runs.list();
  await Promise.all(items.map(({ run_id }) => world.oatty.runs.wait(run_id)));
  return world.shop.calls().some(({ method }) => method === 'DELETE');
};
const deletion = { command_id: 'shop orders:delete', with: { order: 'ord_1' } };

const acts: Readonly<Record<string, DestructiveAct>> = {
  'workflow.delete': {
    tool: 'workflow_delete',
    async prepare() {
      const steps = [{ id: 'a', run: 'shop orders:list' }];
      await world.oatty.workflows.save({ content: { workflow: 'unwanted', steps }, overwrite: true });
      return { workflow_id: 'unwanted' };
    },
    async hasHappened() {
      const { items } = await world.oatty.workflows.list();
      return !items.some(({ workflow_id }) => workflow_id === 'unwanted');
    },
  },
  'catalog.remove': {
    tool: 'catalog_remove',
    async prepare() {
      const options = { source: vault, catalogTitle: 'Unwanted', vendor: 'unwanted' };
      await world.oatty.catalogs.importOpenapi({ ...options, overwrite: true });
      return { catalog_title: 'Unwanted' };
    },
    async hasHappened() {
      const { items } = await world.oatty.catalogs.list();
      return !items.some(({ vendor }) => vendor === 'unwanted');
    },
  },
  'workflow.cancel': {
    tool: 'workflow_cancel',
    async prepare() {
      const wait = { id: 'wait', run: 'shop orders:list', repeat: { until: 'false', every: '1h' } };
      const { run_id } = await world.oatty.runs.start({
        workflow: { manifest: { workflow: 'waits', steps: [wait] } },
        caller: { principal: 'local', via: 'mcp' },
      });
      return { operation_id: run_id };
    },
    async hasHappened() {
      const { items } = await world.oatty.runs.list({ workflowId: 'waits', limit: 1 });
      const [newest] = items;
      if (newest && newest.status !== 'canceled') {
        await world.oatty.runs.cancel(newest.run_id);
        return false;
      }
      return true;
    },
  },
  'workflow.purge_history': {
    tool: 'workflow_purge_history',
    async prepare() {
      const steps = [{ id: 'a', run: 'shop orders:list' }];
      await runToEnd({ workflow: 'purged', steps });
      return { workflow_id: 'purged' };
    },
    async hasHappened() {
      const { items } = await world.oatty.runs.list({ workflowId: 'purged' });
      return items.length === 0;
    },
  },
  'run.resume before a DELETE': {
    tool: 'run_resume',
    async prepare() {
      const { run_id } = await runToEnd(dropAfter('nobody'));
      return { run_id, manifest_content: dropAfter('ord_2') };
    },
    hasHappened: deletesAnOrder,
  },
  'command.run_destructive': { tool: 'command_run_destructive', args: deletion, hasHappened: deletesAnOrder },
  'command.run of a DELETE': { tool: 'command_run', args: deletion, hasHappened: deletesAnOrder },
  'run.start with a DELETE': {
    tool: 'run_start',
    args: { workflow_id: 'drops' },
    hasHappened: deletesAnOrder,
  },
  'run.start with a DELETE in a sub-workflow': {
    tool: 'run_start',
    args: { workflow_id: 'drops_deeper' },
    hasHappened: deletesAnOrder,
  },
};

const us = { principal: 'local', via: 'mcp' } as const;

function dropAfter(order: string) {
  const steps = [
    { id: 'look', run: 'shop orders:info', with: { order } },
    { id: 'drop', run: 'shop orders:delete', with: { order: 'ord_1' }, depends_on: ['look'] },
  ];
  return { workflow: 'drops_after', steps };
}

async function runToEnd(manifest: Readonly<Record<string, unknown>>) {
  return (await world.oatty.runs.start({ workflow: { manifest }, caller: us })).wait();
}

/** Imports something new to be changed, whose credentials go to `https://shop.example`. */
async function importVault(options: { readonly source?: string } = {}): Promise<{ catalog_id: string }> {
  const { items } = await world.oatty.catalogs.list();
  if (items.some(({ catalog_id }) => catalog_id === 'vault')) await world.oatty.catalogs.remove('vault');
  await world.oatty.catalogs.importOpenapi({
    source: vault,
    catalogTitle: 'Vault',
    vendor: 'vault',
    baseUrl: 'https://shop.example',
    ...options,
  });
  await world.oatty.catalogs.setAuth('vault', 'apiKey', { value: '${env:SHOP_KEY}' });
  return { catalog_id: 'vault' };
}

const settingsOfVault = () => world.oatty.catalogs.show('vault');

/** One command and one key: it is imported for each attempt. */
async function writeDescription(name: string, server: string): Promise<string> {
  const file = join(world.dir, `${name}.yaml`);
  await writeFile(
    file,
    `openapi: 3.1.0
info: { title: Vault, version: '1' }
servers: [{ url: '${server}' }]
security: [{ apiKey: [] }]
paths:
  /things: { get: { responses: { '200': { description: ok } } } }
components:
  securitySchemes: { apiKey: { type: apiKey, in: header, name: X-Api-Key } }
`,
  );
  return file;
}

const exposures: Readonly<Record<string, DestructiveAct>> = {
  'catalog.set_base_url to a host that is not the catalog’s': {
    tool: 'catalog_set_base_url',
    prepare: async () => ({ ...(await importVault()), base_url: 'https://evil.example' }),
    hasHappened: async () => (await settingsOfVault()).base_url === 'https://evil.example',
  },
  'catalog.edit_headers with a variable that the catalog has not': {
    tool: 'catalog_edit_headers',
    prepare: async () => ({
      ...(await importVault()),
      set: { 'X-A': 'Bearer ${env:AWS_SECRET_ACCESS_KEY}' },
    }),
    hasHappened: async () => 'X-A' in (await settingsOfVault()).headers,
  },
  'catalog.edit_headers with the secret of another catalog': {
    tool: 'catalog_edit_headers',
    prepare: async () => ({ ...(await importVault()), set: { 'X-A': '${secret: OTHER}' } }),
    hasHappened: async () => 'X-A' in (await settingsOfVault()).headers,
  },
  'catalog.import_openapi over credentials with another base URL': {
    tool: 'catalog_import_openapi',
    async prepare() {
      await importVault();
      const catalog = { source: vault, catalog_title: 'Vault', vendor: 'vault' };
      return { ...catalog, overwrite: true, base_url: 'https://evil.example' };
    },
    hasHappened: async () => (await settingsOfVault()).base_url === 'https://evil.example',
  },
  'catalog.import_openapi over credentials with a description of another host': {
    tool: 'catalog_import_openapi',
    async prepare() {
      await importVault();
      const source = await writeDescription('other', 'https://evil.example');
      return { source, catalog_title: 'Vault', vendor: 'vault', overwrite: true };
    },
    hasHappened: async () => (await settingsOfVault()).base_urls.includes('https://evil.example'),
  },
};

/** A person who accepts, one who declines, one who closes the form, nobody; and what the caller says. */
const situations: readonly (readonly [
  ElicitResult['action'] | 'nobody',
  boolean | undefined,
  'done' | 'CANCELED' | 'CONFIRMATION_REQUIRED',
])[] = [
  ['accept', undefined, 'done'],
  ['accept', false, 'done'],
  ['accept', true, 'done'],
  ['decline', undefined, 'CANCELED'],
  ['decline', true, 'CANCELED'],
  ['cancel', true, 'CANCELED'],
  ['nobody', undefined, 'CONFIRMATION_REQUIRED'],
  ['nobody', false, 'CONFIRMATION_REQUIRED'],
  ['nobody', true, 'done'],
];

describe.each([...Object.entries(acts), ...Object.entries(exposures)])('%s', (_, act) => {
  it.each(situations)('when the person says %s and confirm is %s: %s', async (answer, confirm, outcome) => {
    const client = await connect(answer);
    const args = { ...act.args, ...(await act.prepare?.()), ...(confirm !== undefined && { confirm }) };
    const result = await client.client.callTool({ name: act.tool, arguments: args });
    const data = result.structuredContent as { data?: { error_code: string } };
    expect(result.isError === true ? data.data?.error_code : 'done').toBe(outcome);
    expect(await act.hasHappened()).toBe(outcome === 'done');
    expect(client.forms).toHaveLength(answer === 'nobody' ? 0 : 1);
  });
});

describe('a task with a DELETE', () => {
  it.each(['workflow_run', 'workflow_execute'])('of %s removes nothing without an answer', async (name) => {
    const client = await connect('nobody');
    const params = { name, arguments: { workflow_id: 'drops_deeper' }, task: {} };
    const refused = await client.refusal('tools/call', params);
    expect(refused.data.error_code).toBe('CONFIRMATION_REQUIRED');
    expect(await deletesAnOrder()).toBe(false);
  });
});

describe('an answer that lets a DELETE go on', () => {
  it.each([
    ['accept', 'done'],
    ['decline', 'CANCELED'],
    ['cancel', 'CANCELED'],
    ['nobody', 'done'],
  ] as const)('when the person says %s to the answer: %s', async (answer, outcome) => {
    const client = await connect(answer);
    const start = {
      workflow: { workflowId: 'drops' },
      caller: us,
      maxEffect: 'standard',
      ask: true,
    } as const;
    const { run_id } = await world.oatty.runs.start(start);
    await world.oatty.runs.rest(run_id);
    const args = { run_id, answer: { confirm: true } };
    const { isError, structuredContent } = await client.client.callTool({
      name: 'run_respond',
      arguments: args,
    });
    const { data } = structuredContent as { data?: { error_code: string } };
    expect(isError === true ? data?.error_code : 'done').toBe(outcome);
    if (outcome !== 'done') await world.oatty.runs.cancel(run_id);
    expect(await deletesAnOrder()).toBe(outcome === 'done');
    const shown = client.forms.map(({ message }) => message.includes('drop (shop orders:delete)'));
    expect(shown).toEqual(answer === 'nobody' ? [] : [true]);
  });
});

describe('a tool that only reads', () => {
  it.each([
    ['shop orders:create', 'command.run'],
    ['shop orders:update', 'command.run'],
    ['shop orders:delete', 'command.run_destructive'],
  ])('does not run %s, whatever is confirmed', async (command_id, tool) => {
    const client = await connect('accept');
    const refused = await failure(client, 'command_run_safe', { command_id, with: { order: 'ord_1' } });
    expect(refused).toMatchObject({ error_code: 'ARGUMENT_INVALID', context: { tool } });
    expect([world.shop.calls(), client.forms]).toEqual([[], []]);
  });

  it('takes no confirmation', () => {
    const safe = productTools.list.filter(({ safety }) => safety === 'safe');
    expect(safe.filter(({ input }) => 'confirm' in input.shape)).toEqual([]);
  });

  it.each([
    'workflow_step_plan',
    'workflow_preview_rendered',
    'workflow_preview_inputs',
    'workflow_validate',
  ])('%s sends nothing', async (name) => {
    await call(await connect('accept'), name, { workflow_id: 'drops_deeper' });
    expect(world.shop.calls()).toEqual([]);
  });

  it('resolves inputs only with providers that read', async () => {
    const inputs = { order: { type: 'string', provider: 'shop orders:delete' } };
    const manifest_content = { workflow: 'sly', inputs, steps: [{ id: 'a', run: 'shop orders:list' }] };
    const refused = await failure(await connect('accept'), 'workflow_resolve_inputs', { manifest_content });
    expect(refused.violations).toContainEqual(expect.objectContaining({ rule: 'provider_not_safe' }));
    expect(world.shop.calls()).toEqual([]);
  });
});

describe('a tool that changes something', () => {
  it('asks nobody for what it may do', async () => {
    const client = await connect('decline');
    const body = { customer: 'cus_1', items: [{ sku: 'MUG-01', quantity: 1 }] };
    await call(client, 'command_run', { command_id: 'shop orders:create', body });
    await call(client, 'catalog_edit_headers', { catalog_id: 'shop-api', set: { 'X-Team': 'a' } });
    expect(client.forms).toEqual([]);
  });

  it('takes a confirmation wherever it may lead to a destructive command', () => {
    const confirmed = productTools.list.filter(({ input }) => 'confirm' in input.shape);
    const destructive = productTools.list.filter(({ safety }) => safety === 'destructive');
    expect(confirmed).toEqual(expect.arrayContaining(destructive));
  });
});

describe('the hosts and secrets of a catalog', () => {
  it('are named when a person is asked', async () => {
    const client = await connect('accept');
    await importVault();
    await call(client, 'catalog_set_base_url', { catalog_id: 'vault', base_url: 'https://evil.example' });
    await call(client, 'catalog_edit_headers', { catalog_id: 'vault', set: { 'X-A': '${env:NEW}' } });
    expect(client.forms.map(({ message }) => message)).toEqual([
      'Let the catalog "Vault" send apiKey with ${env:SHOP_KEY} to https://evil.example?',
      'Let the catalog "Vault" send ${env:NEW} to https://evil.example?',
    ]);
  });

  it.each([
    ['another path of its host', { base_url: 'https://shop.example/v2' }],
    ['a reference that it has', { set: { 'X-A': '${env:SHOP_KEY}' } }],
    ['a value without a reference', { set: { 'X-A': 'blue' } }],
  ])('are changed without asking for %s', async (_, change) => {
    const client = await connect('decline');
    const tool = 'base_url' in change ? 'catalog_set_base_url' : 'catalog_edit_headers';
    await call(client, tool, { ...(await importVault()), ...change });
    expect(client.forms).toEqual([]);
  });

  it('are safe from a description that is read twice', async () => {
    const client = await connect('decline');
    await importVault();
    const source = await writeDescription('other', 'https://evil.example');
    const again = { source, catalog_title: 'Vault', vendor: 'vault', overwrite: true };
    expect((await failure(client, 'catalog_import_openapi', again)).error_code).toBe('CANCELED');
    expect((await settingsOfVault()).base_urls).toEqual(['https://shop.example']);
  });

  it.each([
    ['catalog_set_base_url', { base_url: 'https://evil.example' }],
    ['catalog_edit_headers', { set: { 'X-A': '${env:AWS_SECRET_ACCESS_KEY}' } }],
    ['catalog_import_openapi', { base_url: 'https://evil.example', overwrite: true }],
  ])('are not changed by %s when they are others than the person saw', async (tool, change) => {
    const server = { oatty: world.oatty, version: '1', log: () => undefined };
    const client = await connectInMemory(server, {
      person: async () => {
        await world.oatty.catalogs.editHeaders('vault', { set: { 'X-New': '${env:OTHER}' } });
        return { action: 'accept', content: { confirm: true } };
      },
    });
    const selected = await importVault();
    const source = { source: vault, catalog_title: 'Vault', vendor: 'vault' };
    const args = tool === 'catalog_import_openapi' ? source : selected;
    expect((await failure(client, tool, { ...args, ...change })).error_code).toBe('CATALOG_CONFLICT');
    const { base_url: baseUrl, headers } = await settingsOfVault();
    expect([baseUrl, Object.keys(headers)]).toEqual(['https://shop.example', ['X-New']]);
    await client.close();
  });

  it('meet public addresses only, where nobody agreed to more', async () => {
    const client = await connect('decline');
    await importVault();
    await world.oatty.catalogs.setAuth('vault', 'apiKey', undefined);
    await call(client, 'catalog_set_base_url', { catalog_id: 'vault', base_url: 'https://evil.example' });
    const registry: { catalogs: { id: string; public_only?: boolean }[] } = JSON.parse(
      await readFile(join(world.dir, 'registry.json'), 'utf8'),
    );
    expect(registry.catalogs.find(({ id }) => id === 'vault')).toMatchObject({ public_only: true });
  });
});

describe('a source that is no description', () => {
  it.each([
    ['lines', 'root:x:0:0:hush-hush:/root:/bin/bash\ndaemon:x:1:1:hush-hush:/:/bin/false\n'],
    ['keys', 'password: hush-hush\nnested: { token: hush-hush }\n'],
    ['text', 'hush-hush'],
    ['broken YAML', 'a: "hush-hush\nb: *hush-hush'],
    ['broken JSON', '{"hush-hush": hush-hush}'],
    ['variables', 'TOKEN=hush-hush\nKEY=hush-hush\n'],
    ['a version that is none', 'openapi: hush-hush\npaths: {}\n'],
  ])('tells nothing of what it holds: %s', async (_, text) => {
    const client = await connect('accept');
    const source = join(world.dir, 'private.txt');
    await writeFile(source, text);
    for (const name of ['catalog_validate_openapi', 'catalog_preview_import', 'catalog_import_openapi']) {
      const answer = await client.client.callTool({ name, arguments: { source } });
      expect(JSON.stringify(answer)).not.toContain('hush');
    }
  });
});

describe('a confirmation', () => {
  it('holds for the plan that was shown, and no other', async () => {
    const client = await connect('accept');
    await call(client, 'run_start', { workflow_id: 'drops' });
    expect(client.forms[0]?.message).toContain('drop (shop orders:delete)');
    await call(client, 'run_start', { workflow_id: 'drops' });
    expect(client.forms).toHaveLength(2);
  });
});

// --- internal ---

function connect(answer: ElicitResult['action'] | 'nobody'): Promise<TestClient> {
  const options = answer === 'nobody' ? {} : { person: () => ({ action: answer, content: {} }) };
  return connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined }, options);
}
