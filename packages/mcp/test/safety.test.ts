import type { ElicitResult } from '@modelcontextprotocol/sdk/types.js';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { productTools } from '../src/tools/tool-list.ts';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { openShop, shopDescription } from './shop-world.ts';
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

beforeAll(async () => {
  world = await openShop();
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
      const options = { source: shopDescription, catalogTitle: 'Unwanted', vendor: 'unwanted' };
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

describe.each(Object.entries(acts))('%s', (_, act) => {
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
