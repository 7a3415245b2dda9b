import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { productTools } from '../src/tools/tool-list.ts';
import { toListedName } from '../src/tools/tool-name.ts';
import { connectInMemory } from './a-client.ts';
import type { TestClient } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  await world.oatty.workflows.save({ content: aManifest('look') });
  client = await connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined });
});

afterAll(() => world.close());

const examples: Readonly<Record<string, Record<string, string>>> = {
  'workflow.author': {
    goal: 'Cancel open orders of a customer',
    target_system: 'shop',
    constraints: 'At most 5.',
  },
  'workflow.extend': { manifest: 'look', changes: 'Read the customer too.' },
  'workflow.fix_validation': {
    manifest: "workflow: bad\nsteps:\n  - { id: a, run: 'shop orders:lst' }",
    violations: '[{"path": "$.steps[0].run", "rule": "WORKFLOW_STEP_COMMAND_NOT_FOUND"}]',
  },
  'workflow.run_with_inputs': { manifest: 'look', inputs: '{"note": "soon"}' },
};

describe('prompts', () => {
  it('are listed with their arguments', async () => {
    const { prompts } = await client.client.listPrompts();
    expect(
      prompts.map(({ name, arguments: taken }) => [
        name,
        taken?.map((argument) => `${argument.name}${argument.required ? '*' : ''}`),
      ]),
    ).toEqual([
      ['workflow.author', ['goal*', 'target_system', 'constraints']],
      ['workflow.extend', ['manifest*', 'changes*']],
      ['workflow.fix_validation', ['manifest*', 'violations*']],
      ['workflow.run_with_inputs', ['manifest*', 'inputs']],
    ]);
  });

  it.each(Object.entries(examples))('%s is the one that was reviewed', async (name, args) => {
    const text = await read(name, args);
    const golden = fileURLToPath(new URL(`../src/prompts/${name}.golden.md`, import.meta.url));
    await expect(`${text}\n`).toMatchFileSnapshot(golden);
  });

  it.each(Object.entries(examples))('%s suggests nothing that is destructive', async (name, args) => {
    const text = await read(name, args);
    for (const tool of productTools.list.filter(({ safety }) => safety === 'destructive')) {
      expect(text).not.toContain(tool.name);
      expect(text).not.toContain(toListedName(tool.name, 'underscore'));
    }
    expect(text).not.toMatch(/shop [\w:]+:delete/);
  });

  it('name tools as they are listed', async () => {
    const dotted = await connectInMemory({
      oatty: world.oatty,
      version: '1',
      log: () => undefined,
      toolNames: 'dotted',
    });
    const result = await dotted.request('prompts/get', {
      name: 'workflow.extend',
      arguments: examples['workflow.extend'],
    });
    expect(JSON.stringify(result)).toContain('workflow.validate');
  });
});

describe('workflow.author', () => {
  it('says what to do when the system is not there', async () => {
    const text = await read('workflow.author', { goal: 'Open an issue', target_system: 'github' });
    expect(text).toContain('There are no commands of "github" yet (there are: shop).');
    expect(text).toContain('catalog_validate_openapi');
  });

  it('needs no system', async () => {
    expect(await read('workflow.author', { goal: 'List the orders' })).toContain('shop orders:list');
  });
});

describe('workflow.fix_validation', () => {
  it('says so when there is nothing to correct any more', async () => {
    const text = await read('workflow.fix_validation', { manifest: 'look', violations: 'line 3 is bad' });
    expect(text).toContain('The validator says now: the manifest is valid.');
    expect(text).toMatch(/expected_version: "[0-9a-f]{64}"/);
  });

  it('takes a text that does not parse', async () => {
    const text = await read('workflow.fix_validation', { manifest: 'workflow: [', violations: 'x' });
    expect(text).toContain('[parse]');
  });
});

describe('workflow.run_with_inputs', () => {
  it('does not run what is not valid', async () => {
    const text = await read('workflow.run_with_inputs', { manifest: 'workflow: bad\nsteps: []' });
    expect(text).toContain('is not valid');
    expect(text).not.toContain('run_start');
  });

  it('shows no value of a secret', async () => {
    const manifest = aManifest('hidden').replace('note: {', 'note: { secret: true,');
    expect(await read('workflow.run_with_inputs', { manifest })).toContain('note (string, optional, secret)');
  });
});

describe('arguments of prompts', () => {
  it.each([
    ['workflow.author', {}, 'missing_argument'],
    ['workflow.author', { goal: ' ' }, 'missing_argument'],
    ['workflow.author', { goal: 'x', target: 'shop' }, 'unknown_argument'],
    ['workflow.extend', { manifest: 'look' }, 'missing_argument'],
  ])('%s refuses %j', async (name, args, rule) => {
    const error = await client.refusal('prompts/get', { name, arguments: args });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
    expect(error.data.violations).toMatchObject([{ rule }]);
  });

  it('refuse a workflow that is not there', async () => {
    const args = { manifest: 'nobody', changes: 'x' };
    const error = await client.refusal('prompts/get', { name: 'workflow.extend', arguments: args });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'WORKFLOW_NOT_FOUND']);
  });

  it.each([
    ['workflow.author', 'target_system', 's', ['shop']],
    ['workflow.author', 'goal', 's', []],
    ['workflow.extend', 'manifest', 'l', ['look']],
  ])('of %s complete %s', async (name, argument, value, values) => {
    const { completion } = await client.client.complete({
      ref: { type: 'ref/prompt', name },
      argument: { name: argument, value },
    });
    expect(completion.values).toEqual(values);
  });

  it('belong to a prompt that is there', async () => {
    const error = await client.refusal('prompts/get', { name: 'workflow.delete' });
    expect([error.code, error.data.error_code]).toEqual([-32_602, 'ARGUMENT_INVALID']);
  });
});

// --- internal ---

async function read(name: string, args: Record<string, string>): Promise<string> {
  const { messages } = await client.client.getPrompt({ name, arguments: args });
  expect(messages).toMatchObject([{ role: 'user', content: { type: 'text' } }]);
  const [{ content } = { content: { type: 'none' } }] = messages;
  // The version of a workflow is a hash of its text, and the port of the shop is a free one.
  return 'text' in content ? content.text : '';
}

function aManifest(id: string): string {
  return `workflow: ${id}
inputs:
  order_id: { type: string, description: The order., provider: shop orders:list }
  note: { type: string, optional: true }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
`;
}
