import { describe, expect, it } from 'vitest';
import { countCalls, openShop } from './open-oatty.ts';

const charge = `
workflow: charge
inputs:
  order_id:
    type: string
    provider: shop orders:list
    provider_args: { status: open }
    select: { value_field: id, display_field: total }
    validate: { pattern: '^ord_' }
  amount: { type: integer, default: { from: literal, value: 5 } }
  token: { type: string, secret: true, optional: true }
steps:
  - { id: order, run: shop orders:info, with: { order: '\${{ inputs.order_id }}' } }
  - id: pay
    run: shop payments:create
    if: inputs.amount > 0
    with: { order: '\${{ steps.order.id }}' }
  - { id: drop, run: shop orders:delete, depends_on: [pay], if: 'false', with: { order: ord_9 } }
final_output: \${{ steps.pay.id }}
`;
const workflow = { manifest: charge };

describe('a preview of inputs', () => {
  it('shows what a workflow asks for, without asking anybody', async () => {
    const { oatty, shop } = await openShop();
    const preview = await oatty.workflows.previewInputs(workflow);
    expect(preview).toMatchObject({ workflow_id: 'charge', required_missing: ['order_id'] });
    expect(preview.inputs.map(({ input, required, secret }) => [input, required, secret])).toEqual([
      ['order_id', true, false],
      ['amount', true, false],
      ['token', false, true],
    ]);
    expect(shop.calls()).toEqual([]);
  });

  it('is refused for a workflow that is not valid', async () => {
    const { oatty } = await openShop();
    const manifest = charge.replace('orders:info', 'orders:inf');
    const { workflows } = oatty;
    const invalid = { code: 'WORKFLOW_VALIDATION_FAILED' };
    await expect(workflows.previewInputs({ manifest })).rejects.toMatchObject(invalid);
    await expect(workflows.resolveInputs({ manifest })).rejects.toMatchObject(invalid);
    await expect(workflows.stepPlan({ manifest })).rejects.toMatchObject(invalid);
    await expect(workflows.previewRendered({ manifest })).rejects.toMatchObject(invalid);
  });
});

describe('a resolution of inputs', () => {
  it('offers what providers list for what is missing', async () => {
    const { oatty } = await openShop();
    const resolution = await oatty.workflows.resolveInputs(workflow);
    expect(resolution).toMatchObject({
      ready: false,
      required_missing: ['order_id'],
      resolved_inputs: { amount: 5, token: null },
      provider_resolutions: [
        { input: 'order_id', argument: 'status', outcome: { status: 'resolved', value: 'open' } },
        { input: 'order_id', argument: null, outcome: { status: 'prompt', choices: 3 } },
      ],
    });
    expect(resolution.choices['order_id']?.[0]).toEqual({ value: 'ord_1', label: '3000' });
  });

  it('is ready with all values, and shows no secret', async () => {
    const { oatty } = await openShop();
    const given = { order_id: 'ord_1', token: 'hunter2', amount: '7' };
    const resolution = await oatty.workflows.resolveInputs(workflow, given);
    expect(resolution).toMatchObject({
      ready: true,
      resolved_inputs: { order_id: 'ord_1', amount: 7, token: '[secret]' },
      violations: [],
    });
    expect(JSON.stringify(resolution)).not.toContain('hunter2');
  });

  it('says what is wrong with a value', async () => {
    const { oatty } = await openShop();
    const { ready, violations } = await oatty.workflows.resolveInputs(workflow, { order_id: 'x', amonut: 1 });
    expect(ready).toBe(false);
    expect(violations).toMatchObject([
      { path: '$.inputs.amonut', rule: 'unknown_input' },
      { path: '$.inputs.order_id', rule: 'validation' },
    ]);
  });

  it('calls providers as whoever asks, and leaves the value to the person when they fail', async () => {
    const events: unknown[] = [];
    const { oatty } = await openShop({
      policy: { decide: async () => ({ kind: 'deny', reason: 'No.' }) },
      audit: { record: async (event) => void events.push(event) },
    });
    const caller = { principal: 'ada', via: 'mcp' } as const;
    const resolution = await oatty.workflows.resolveInputs(workflow, {}, { caller });
    expect(resolution.provider_resolutions.at(-1)).toMatchObject({
      outcome: { status: 'prompt', reason: expect.stringContaining('denies') },
    });
    expect(events).toMatchObject([{ command_id: 'shop orders:list', caller, outcome: 'refused' }]);
  });
});

describe('a plan', () => {
  it('shows the steps in order with what each may do', async () => {
    const { oatty, shop } = await openShop();
    const plan = await oatty.workflows.stepPlan(workflow, { order_id: 'ord_1', amount: 0 });
    expect(plan).toMatchObject({ workflow_id: 'charge', effect: 'destructive' });
    expect(plan.steps).toEqual([
      {
        index: 0,
        step_id: 'order',
        run: 'shop orders:info',
        effect: 'safe',
        depends_on: [],
        condition: null,
        will_run: true,
      },
      {
        index: 1,
        step_id: 'pay',
        run: 'shop payments:create',
        effect: 'standard',
        depends_on: [],
        condition: 'inputs.amount > 0',
        will_run: false,
      },
      {
        index: 2,
        step_id: 'drop',
        run: 'shop orders:delete',
        effect: 'destructive',
        depends_on: ['pay'],
        condition: 'false',
        will_run: false,
      },
    ]);
    expect(shop.calls()).toEqual([]);
  });

  it('has a hash that changes with the manifest and the inputs, and not with secrets', async () => {
    const { oatty } = await openShop();
    const hash = async (manifest: string, inputs: object) =>
      (await oatty.workflows.stepPlan({ manifest }, { order_id: 'ord_1', ...inputs })).plan_hash;
    const first = await hash(charge, {});
    expect(await hash(charge, { amount: 5 })).toBe(first);
    expect(await hash(charge, { token: 'a' })).toBe(await hash(charge, { token: 'b' }));
    expect(await hash(charge, { amount: 6 })).not.toBe(first);
    expect(await hash(charge.replace('ord_9', 'ord_8'), {})).not.toBe(first);
  });

  it('is made for values that are missing too, and calls no provider', async () => {
    const { oatty, shop } = await openShop();
    expect((await oatty.workflows.stepPlan(workflow)).steps).toHaveLength(3);
    await expect(oatty.workflows.stepPlan(workflow, { amount: 'many' })).rejects.toMatchObject({
      code: 'WORKFLOW_INPUT_VALIDATION_FAILED',
      options: { violations: [{ path: '$.inputs.amount' }] },
    });
    expect(shop.calls()).toEqual([]);
  });
});

describe('a rendered preview', () => {
  it('shows the requests that are known, and what only the run can tell', async () => {
    const { oatty, shop } = await openShop();
    const preview = await oatty.workflows.previewRendered(workflow, { order_id: 'ord_1' });
    const [order, pay, drop] = preview.rendered_steps;
    expect(order).toMatchObject({
      with: { order: 'ord_1' },
      request: { method: 'GET', url: `${shop.url}/orders/ord_1`, body: null },
    });
    expect(pay).toMatchObject({ with: { order: '${{ steps.order.id }}' } });
    expect(pay).not.toHaveProperty('request');
    expect(drop?.request).toMatchObject({ method: 'DELETE' });
    expect(preview.rendered_final_output).toBe('${{ steps.pay.id }}');
    expect(preview.unresolved).toEqual([
      { path: '$.steps[1].with.order', expression: 'steps.order.id' },
      { path: '$.final_output', expression: 'steps.pay.id' },
    ]);
    expect(JSON.stringify(preview)).not.toContain('shop-test-key');
    expect(countCalls(shop, 'getOrder')).toBe(0);
  });

  it('shows the request of each item of a known list', async () => {
    const { oatty, shop } = await openShop();
    const read = { run: 'shop orders:info', with: { order: '${{ item }}' } };
    const steps = [
      { id: 'known', ...read, for_each: ['ord_1', 'ord_2'] },
      { id: 'later', ...read, for_each: '${{ steps.known.output }}' },
    ];
    const preview = await oatty.workflows.previewRendered({ manifest: { workflow: 'each', steps } });
    const [known, later] = preview.rendered_steps;
    expect(known?.items?.map(({ request }) => request?.url)).toEqual([
      `${shop.url}/orders/ord_1`,
      `${shop.url}/orders/ord_2`,
    ]);
    expect([known, later]).not.toContainEqual(expect.objectContaining({ request: expect.anything() }));
    expect(preview.unresolved).toEqual([
      { path: '$.steps[1].for_each', expression: 'steps.known.output' },
      { path: '$.steps[1].with.order', expression: 'item' },
    ]);
  });

  it('shows secrets as [secret]', async () => {
    const { oatty } = await openShop({ env: { STORE_TOKEN: 'hunter2' } });
    await oatty.secrets.bind('STORE_TOKEN', 'shop-api');
    const manifest = {
      workflow: 'note',
      inputs: { pin: { type: 'string', secret: true } },
      steps: [
        {
          id: 'note',
          run: 'shop orders:note:update',
          with: { order: 'ord_1' },
          body: 'Open with ${{ inputs.pin }} and ${{ secrets.STORE_TOKEN }}.',
        },
      ],
    };
    const preview = await oatty.workflows.previewRendered({ manifest }, { pin: '4711' });
    expect(preview.rendered_steps[0]).toMatchObject({
      body: 'Open with [secret] and [secret].',
      request: { body: 'Open with [secret] and [secret].' },
    });
    expect(JSON.stringify(preview)).not.toMatch(/4711|hunter2/);
  });
});
