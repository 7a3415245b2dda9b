import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connectInMemory } from './a-client.ts';
import type { TestClient, TestClientOptions } from './a-client.ts';
import { openShop } from './shop-world.ts';
import type { ShopWorld } from './shop-world.ts';
import { call, failure } from './tool-calls.ts';

let world: ShopWorld;
let client: TestClient;

beforeAll(async () => {
  world = await openShop();
  client = await connect();
});

afterAll(() => world.close());

describe('workflow.validate', () => {
  it('finds nothing wrong with a manifest that is right', async () => {
    expect(await call(client, 'workflow_validate', { manifest_content: aManifest('good') })).toEqual({
      valid: true,
      workflow_id: 'good',
      violations: [],
      warnings: [],
    });
  });

  it('gives the violations as a result, with their lines', async () => {
    const manifest = aManifest('bad').replace('orders:info', 'orders:inf');
    const { valid, violations } = await call(client, 'workflow_validate', { manifest_content: manifest });
    expect(valid).toBe(false);
    expect(violations).toMatchObject([
      { path: '$.steps[0].run', line: expect.any(Number), message: expect.any(String) },
    ]);
  });

  it('names a key __proto__, in a manifest that is an object too', async () => {
    const step = '{"id": "a", "run": "shop orders:list", "with": {"__proto__": 1}}';
    const manifest_content = JSON.parse(`{"workflow": "w", "__proto__": 1, "steps": [${step}]}`) as object;
    const { violations } = await call(client, 'workflow_validate', { manifest_content });
    const paths = (violations as { path: string }[]).map(({ path }) => path);
    expect([...new Set(paths)].sort()).toEqual(['$.__proto__', '$.steps[0].with.__proto__']);
  });

  it('takes a manifest as YAML, as JSON and as an object', async () => {
    const manifest = { workflow: 'object', steps: [{ id: 'a', run: 'shop orders:list' }] };
    for (const manifest_content of [aManifest('text'), JSON.stringify(manifest), manifest]) {
      expect(await call(client, 'workflow_validate', { manifest_content })).toMatchObject({ valid: true });
    }
  });

  it('reads a saved workflow by its id', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('saved_one') });
    expect(await call(client, 'workflow_validate', { workflow_id: 'saved_one' })).toMatchObject({
      valid: true,
      workflow_id: 'saved_one',
    });
  });

  it.each([[{}], [{ workflow_id: 'a', manifest_content: 'b' }]])('refuses %j', async (args) => {
    expect((await failure(client, 'workflow_validate', args)).error_code).toBe('ARGUMENT_INVALID');
  });
});

describe('workflow.save and workflow.get', () => {
  it("keep the author's text", async () => {
    const text = `# a comment\n${aManifest('kept')}`;
    const saved = await call(client, 'workflow_save', { manifest_content: text });
    expect(saved).toMatchObject({ workflow_id: 'kept', format: 'yaml', overwritten: false });
    const read = await call(client, 'workflow_get', { workflow_id: 'kept' });
    expect(read).toMatchObject({
      content: text,
      version: saved.version,
      path: saved.path,
      parsed: { workflow: 'kept' },
    });
  });

  it('save JSON as JSON', async () => {
    const json = JSON.stringify({ workflow: 'as_json', steps: [{ id: 'a', run: 'shop orders:list' }] });
    expect(await call(client, 'workflow_save', { manifest_content: json })).toMatchObject({ format: 'json' });
    expect(await call(client, 'workflow_get', { workflow_id: 'as_json' })).toMatchObject({ content: json });
  });

  it('overwrite only when asked, and only the version that was read', async () => {
    const { version } = await call(client, 'workflow_save', { manifest_content: aManifest('twice') });
    const next = `${aManifest('twice')}# more\n`;
    expect(await failure(client, 'workflow_save', { manifest_content: next })).toMatchObject({
      error_code: 'WORKFLOW_ALREADY_EXISTS',
      category: 'conflict',
    });
    const replaced = { manifest_content: next, overwrite: true, expected_version: version };
    expect(await call(client, 'workflow_save', replaced)).toMatchObject({ overwritten: true });
    expect((await failure(client, 'workflow_save', replaced)).error_code).toBe('WORKFLOW_VERSION_CONFLICT');
  });

  it('refuse another id than the one in the manifest', async () => {
    const args = { manifest_content: aManifest('one'), workflow_id: 'other' };
    expect((await failure(client, 'workflow_save', args)).error_code).toBe('WORKFLOW_IDENTIFIER_MISMATCH');
  });

  it('refuse an invalid manifest with its violations', async () => {
    const args = { manifest_content: aManifest('bad').replace('steps:', 'stepps:') };
    expect(await failure(client, 'workflow_save', args)).toMatchObject({
      error_code: 'WORKFLOW_VALIDATION_FAILED',
      category: 'validation',
      violations: expect.arrayContaining([expect.objectContaining({ path: '$.stepps' })]),
    });
  });

  it('know no workflow that is not there', async () => {
    expect((await failure(client, 'workflow_get', { workflow_id: 'nobody' })).error_code).toBe(
      'WORKFLOW_NOT_FOUND',
    );
    expect((await failure(client, 'workflow_get', { workflow_id: '../x' })).error_code).toBe(
      'WORKFLOW_IDENTIFIER_INVALID',
    );
  });
});

describe('workflow.list', () => {
  it('lists what is saved', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('listed') });
    const { items, problems } = await call(client, 'workflow_list');
    expect(items).toContainEqual(
      expect.objectContaining({ workflow_id: 'listed', title: 'Look at listed', inputs: 1, steps: 1 }),
    );
    expect(problems).toEqual([]);
  });
});

describe('inputs and plans', () => {
  it('are shown before a run', async () => {
    const manifest_content = aManifest('look');
    const preview = await call(client, 'workflow_preview_inputs', { manifest_content });
    expect(preview).toMatchObject({ required_missing: ['order_id'], inputs: [{ input: 'order_id' }] });
    const given = await call(client, 'workflow_preview_inputs', {
      manifest_content,
      partial_inputs: { order_id: 'ord_1' },
    });
    expect(given).toMatchObject({ required_missing: [] });
  });

  it('are resolved with what is given', async () => {
    const manifest_content = aManifest('look');
    expect(await call(client, 'workflow_resolve_inputs', { manifest_content })).toMatchObject({
      ready: false,
    });
    const args = { manifest_content, partial_inputs: { order_id: 'ord_1' } };
    expect(await call(client, 'workflow_resolve_inputs', args)).toMatchObject({
      ready: true,
      resolved_inputs: { order_id: 'ord_1' },
    });
  });

  it('give the plan for the inputs', async () => {
    const manifest_content = aManifest('look').replace('run:', 'if: inputs.order_id == "ord_1"\n    run:');
    const plan = (order_id: string) =>
      call(client, 'workflow_step_plan', { manifest_content, inputs: { order_id } });
    expect(await plan('ord_1')).toMatchObject({
      effect: 'safe',
      steps: [{ index: 0, step_id: 'order', run: 'shop orders:info', will_run: true }],
    });
    expect(await plan('ord_2')).toMatchObject({ steps: [{ will_run: false }] });
  });
});

describe('workflow.delete', () => {
  it('needs a confirmation where nobody can be asked', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('kill') });
    const refused = await failure(client, 'workflow_delete', { workflow_id: 'kill' });
    expect(refused).toMatchObject({ error_code: 'CONFIRMATION_REQUIRED', context: { workflow_id: 'kill' } });
    await call(client, 'workflow_get', { workflow_id: 'kill' });
    expect(await call(client, 'workflow_delete', { workflow_id: 'kill', confirm: true })).toMatchObject({
      deleted: true,
    });
    expect((await failure(client, 'workflow_get', { workflow_id: 'kill' })).error_code).toBe(
      'WORKFLOW_NOT_FOUND',
    );
  });

  it('asks the person, whatever the model says', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('asked') });
    const careful = await connect({ person: () => ({ action: 'decline' }) });
    const declined = await failure(careful, 'workflow_delete', { workflow_id: 'asked', confirm: true });
    expect(declined.error_code).toBe('CANCELED');
    expect(careful.forms).toMatchObject([
      { message: expect.stringContaining('Delete the workflow "asked"') },
    ]);
    const willing = await connect({ person: () => ({ action: 'accept' }) });
    expect(await call(willing, 'workflow_delete', { workflow_id: 'asked' })).toMatchObject({ deleted: true });
  });

  it('names the workflows and schedules that would fail without it', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('called') });
    const at = new Date(Date.now() + 3_600_000).toISOString();
    await world.oatty.schedules.add({
      workflowId: 'called',
      scheduleId: 'soon',
      inputs: { order_id: 'ord_1' },
      at,
    });
    const steps = [{ id: 'inner', run: 'workflow called', with: { order_id: 'ord_1' } }];
    await call(client, 'workflow_save', { manifest_content: { workflow: 'calls_it', steps } });
    const refused = await failure(client, 'workflow_delete', { workflow_id: 'called' });
    expect(refused).toMatchObject({
      message: expect.stringContaining(
        'which the workflow calls_it and the schedule soon would fail without?',
      ),
      context: { called_by: ['calls_it'], scheduled_by: ['soon'] },
    });
  });

  it('takes confirm when the client promises forms and has none', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('promised') });
    const broken = await connect({ capabilities: { elicitation: { form: {} } } });
    const refused = await failure(broken, 'workflow_delete', { workflow_id: 'promised' });
    expect(refused.error_code).toBe('CONFIRMATION_REQUIRED');
    await call(broken, 'workflow_delete', { workflow_id: 'promised', confirm: true });
  });
});

describe('workflow.rename', () => {
  it('changes the id in the text and the name of the file', async () => {
    await call(client, 'workflow_save', { manifest_content: aManifest('old_name') });
    const renamed = await call(client, 'workflow_rename', { workflow_id: 'old_name', new_id: 'new_name' });
    expect(renamed).toMatchObject({
      workflow_id: 'new_name',
      renamed_from: 'old_name',
      path: expect.stringMatching(/new_name\.yaml$/),
      overwritten: false,
    });
    const { content, version } = await call(client, 'workflow_get', { workflow_id: 'new_name' });
    expect([content, version]).toEqual([
      aManifest('old_name').replace('workflow: old_name', 'workflow: new_name'),
      renamed.version,
    ]);
    expect((await failure(client, 'workflow_get', { workflow_id: 'old_name' })).error_code).toBe(
      'WORKFLOW_NOT_FOUND',
    );
  });

  it('replaces another workflow only when asked', async () => {
    for (const id of ['mover', 'in_the_way']) {
      await call(client, 'workflow_save', { manifest_content: aManifest(id) });
    }
    const args = { workflow_id: 'mover', new_id: 'in_the_way' };
    expect((await failure(client, 'workflow_rename', args)).error_code).toBe('WORKFLOW_ALREADY_EXISTS');
    expect(await call(client, 'workflow_rename', { ...args, overwrite: true })).toMatchObject({
      overwritten: true,
    });
  });
});

describe('workflow.preview_rendered', () => {
  it('shows what is known, and lists what only the run can tell', async () => {
    const manifest_content = {
      workflow: 'two_steps',
      inputs: { order_id: { type: 'string' } },
      steps: [
        { id: 'order', run: 'shop orders:info', with: { order: '${{ inputs.order_id }}' } },
        { id: 'again', run: 'shop orders:info', with: { order: '${{ steps.order.id }}' } },
      ],
      final_output: '${{ steps.again.total }}',
    };
    const args = { manifest_content, inputs: { order_id: 'ord_7' } };
    expect(await call(client, 'workflow_preview_rendered', args)).toMatchObject({
      workflow_id: 'two_steps',
      rendered_steps: [
        {
          step_id: 'order',
          with: { order: 'ord_7' },
          request: { method: 'GET', url: `${world.shop.url}/orders/ord_7` },
        },
        { step_id: 'again', with: { order: '${{ steps.order.id }}' } },
      ],
      rendered_final_output: '${{ steps.again.total }}',
      unresolved: [
        { path: '$.steps[1].with.order', expression: 'steps.order.id' },
        { path: '$.final_output', expression: 'steps.again.total' },
      ],
    });
    expect(world.shop.calls()).toEqual([]);
  });

  it('shows no credential and no secret', async () => {
    const manifest_content = { workflow: 'listing', steps: [{ id: 'a', run: 'shop orders:list' }] };
    const rendered = await call(client, 'workflow_preview_rendered', { manifest_content });
    expect(JSON.stringify(rendered)).not.toContain('shop-test-key');
    expect(rendered).toHaveProperty('rendered_steps.0.request.headers');
  });
});

// --- internal ---

function connect(options?: TestClientOptions): Promise<TestClient> {
  return connectInMemory({ oatty: world.oatty, version: '1', log: () => undefined }, options).then(
    async (connected) => {
      await connected.client.listTools(); // from now on the SDK checks every result against the listed schema
      return connected;
    },
  );
}

function aManifest(id: string): string {
  return `workflow: ${id}
title: Look at ${id}
inputs:
  order_id: { type: string, description: The order. }
steps:
  - id: order
    run: shop orders:info
    with: { order: '\${{ inputs.order_id }}' }
final_output: '\${{ steps.order }}'
`;
}
