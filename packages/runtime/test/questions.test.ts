import { describe, expect, it } from 'vitest';
import type { Question, RunDocument } from '@oatty/types';
import type { Oatty, RunStartOptions } from '../src/index.ts';
import { openShop } from './open-oatty.ts';
import { collect } from './collect.ts';

const read = {
  manifest: `
workflow: read
title: Read an order
inputs:
  order_id: { name: Order, type: string, description: Which order., validate: { pattern: '^ord_' } }
  note: { type: string, optional: true }
steps: [{ id: order, run: shop orders:info, with: { order: '\${{ inputs.order_id }}' } }]
final_output: \${{ steps.order.status }}
`,
};
const drop = {
  manifest: {
    workflow: 'drop',
    inputs: { order_id: { type: 'string' } },
    steps: [
      { id: 'look', run: 'shop orders:info', with: { order: '${{ inputs.order_id }}' } },
      { id: 'drop', run: 'shop orders:delete', with: { order: '${{ inputs.order_id }}' } },
    ],
  },
};

/** Starts a run that may ask. */
async function startAsking(oatty: Oatty, options: Omit<RunStartOptions, 'ask'>): Promise<string> {
  return (await oatty.runs.start({ ...options, ask: true })).run_id;
}

/** The question that the run waits for. */
async function nextQuestion({ runs }: Oatty, runId: string, after?: Question): Promise<Question> {
  const isNew = async () => (await runs.inspect(runId)).open_questions[0]?.question_id;
  await expect.poll(isNew).toSatisfy((id) => id !== undefined && id !== after?.question_id);
  const [question] = (await runs.inspect(runId)).open_questions;
  if (question === undefined) throw new TypeError('the question is gone');
  return question;
}

async function answer(oatty: Oatty, runId: string, value: unknown): Promise<RunDocument> {
  await oatty.runs.respond(runId, value);
  return oatty.runs.wait(runId);
}

describe('a missing input', () => {
  it('becomes a question with a flat schema, and its answer lets the run go on', async () => {
    const { oatty, shop } = await openShop();
    const runId = await startAsking(oatty, { workflow: read });
    expect(await nextQuestion(oatty, runId)).toEqual({
      question_id: 'inputs-1',
      kind: 'input',
      message: '"Read an order" needs order_id.',
      schema: {
        type: 'object',
        required: ['order_id'],
        additionalProperties: false,
        properties: { order_id: { title: 'Order', description: 'Which order.', type: 'string' } },
      },
    });
    expect((await oatty.runs.get(runId)).status).toBe('waiting');
    expect(shop.calls()).toEqual([]);
    expect(await answer(oatty, runId, { order_id: 'ord_3' })).toMatchObject({
      status: 'succeeded',
      inputs: { order_id: 'ord_3', note: null },
      final_output: 'paid',
    });
    const events = await collect(oatty.runs.events(runId));
    expect(events[0]).toMatchObject({ type: 'run_waiting', question: { question_id: 'inputs-1' } });
    expect(events.at(-1)).toMatchObject({ type: 'run_finished', status: 'succeeded' });
  });

  it('is asked for again after a wrong answer, with the reason, three times in all', async () => {
    const { oatty } = await openShop();
    const runId = await startAsking(oatty, { workflow: read });
    let question = await nextQuestion(oatty, runId);
    for (const id of ['inputs-2', 'inputs-3']) {
      await oatty.runs.respond(runId, { order_id: 'x' });
      question = await nextQuestion(oatty, runId, question);
      expect(question.question_id).toBe(id);
      expect(question.message).toMatch(/^Input "order_id" .+ "Read an order" needs order_id\.$/);
    }
    expect(await answer(oatty, runId, { order_id: 'x' })).toMatchObject({
      status: 'failed',
      error: { error_code: 'WORKFLOW_INPUT_VALIDATION_FAILED', violations: [{ path: '$.inputs.order_id' }] },
    });
  });

  it('does not take an answer that does not fit the question', async () => {
    const { oatty } = await openShop();
    const runId = await startAsking(oatty, { workflow: read });
    const { question_id } = await nextQuestion(oatty, runId);
    for (const value of ['ord_1', {}, { order_id: 5 }, { order_id: 'ord_1', more: true }, null]) {
      await expect(oatty.runs.respond(runId, value)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    }
    await expect(oatty.runs.respond(runId, { order_id: 'ord_1' }, 'inputs-7')).rejects.toMatchObject({
      code: 'ARGUMENT_INVALID',
    });
    await oatty.runs.respond(runId, { order_id: 'ord_1' }, question_id);
    await oatty.runs.wait(runId);
    const conflict = { code: 'RUN_STATE_CONFLICT' };
    await expect(oatty.runs.respond(runId, { order_id: 'ord_1' })).rejects.toMatchObject({
      ...conflict,
      message: `Run "${runId}" has ended (succeeded): it asks nothing any more.`,
    });
    await expect(oatty.runs.respond(runId, { order_id: 'ord_1' }, question_id)).rejects.toMatchObject(
      conflict,
    );
  });

  it('is not answered before it is asked', async () => {
    const { oatty } = await openShop();
    const { run_id } = await oatty.runs.start({
      workflow: read,
      inputs: { order_id: 'ord_1' },
      queue: { name: 'q', leave: true },
    });
    await expect(oatty.runs.respond(run_id, {})).rejects.toMatchObject({
      code: 'RUN_STATE_CONFLICT',
      message: `Run "${run_id}" asks nothing now: it is pending.`,
    });
  });

  it('comes with the choices of its provider, after the inputs that these depend on', async () => {
    const { oatty } = await openShop();
    const manifest = `
workflow: pick
inputs:
  item:
    type: string
    provider: shop orders:items:list
    depends_on: { order: '\${{ inputs.order }}' }
    select: { value_field: id, display_field: sku }
  order: { type: string, provider: shop orders:list, select: { value_field: id, display_field: status } }
steps:
  - { id: item, run: shop orders:items:info, with: { order: '\${{ inputs.order }}', item: '\${{ inputs.item }}' } }
final_output: \${{ steps.item.sku }}
`;
    const runId = await startAsking(oatty, { workflow: { manifest } });
    const first = await nextQuestion(oatty, runId);
    expect(first.schema['properties']).toEqual({
      order: {
        title: 'order',
        type: 'string',
        enum: ['ord_1', 'ord_2', 'ord_3', 'ord_4', 'ord_5', 'ord_6', 'ord_7'],
        enumNames: ['open', 'open', 'paid', 'shipped', 'canceled', 'open', 'paid'],
      },
    });
    await oatty.runs.respond(runId, { order: 'ord_1' });
    const second = await nextQuestion(oatty, runId, first);
    expect(second.schema['properties']).toMatchObject({ item: { enum: ['itm_1', 'itm_2'] } });
    expect(await answer(oatty, runId, { item: 'itm_1' })).toMatchObject({ final_output: 'MUG-01' });
  });

  it('may be of any type that a form can hold', async () => {
    const { oatty } = await openShop();
    const manifest = {
      workflow: 'types',
      inputs: {
        count: { type: 'integer', validate: { minimum: 1, maximum: 9 } },
        ratio: { type: 'number' },
        really: { type: 'boolean' },
        size: { type: 'integer', enum: [1, 2] },
        on: { type: 'date' },
        tags: { type: 'string', mode: 'multiple' },
        data: { type: 'object' },
        name: { type: 'string', validate: { min_length: 2, max_length: 5 } },
      },
      steps: [{ id: 'up', run: 'shop health:list' }],
      final_output: '${{ inputs }}',
    };
    const runId = await startAsking(oatty, { workflow: { manifest } });
    const { schema } = await nextQuestion(oatty, runId);
    expect(schema['properties']).toEqual({
      count: { title: 'count', type: 'integer', minimum: 1, maximum: 9 },
      ratio: { title: 'ratio', type: 'number' },
      really: { title: 'really', type: 'boolean' },
      size: { title: 'size', type: 'number', enum: [1, 2], enumNames: ['1', '2'] },
      on: { title: 'on', type: 'string', format: 'date' },
      tags: { title: 'tags', type: 'string' },
      data: { title: 'data', type: 'string' },
      name: { title: 'name', type: 'string', minLength: 2, maxLength: 5 },
    });
    const given = {
      count: 3,
      ratio: 0.5,
      really: false,
      size: 2,
      on: '2030-01-31',
      tags: 'a, b',
      data: '{"x":1}',
      name: 'Ada',
    };
    expect((await answer(oatty, runId, given)).final_output).toEqual({
      ...given,
      tags: ['a', 'b'],
      data: { x: 1 },
    });
  });

  it('is an error without leave to ask', async () => {
    const { oatty } = await openShop();
    await expect(oatty.runs.start({ workflow: read })).rejects.toMatchObject({
      code: 'WORKFLOW_INPUTS_INCOMPLETE',
    });
  });

  it('that is secret is asked for as such, and kept out of the journal', async () => {
    const { oatty, shop } = await openShop();
    const manifest = {
      workflow: 'note',
      inputs: { pin: { type: 'string', secret: true } },
      steps: [
        {
          id: 'note',
          run: 'shop orders:note:update',
          with: { order: 'ord_1' },
          body: 'Door code ${{ inputs.pin }}',
        },
      ],
    };
    const runId = await startAsking(oatty, { workflow: { manifest } });
    const { schema } = await nextQuestion(oatty, runId);
    expect(schema['properties']).toEqual({ pin: { title: 'pin', type: 'string', writeOnly: true } });
    const run = await answer(oatty, runId, { pin: '4711-0815' });
    expect(run).toMatchObject({ status: 'succeeded', inputs: { pin: '[secret]' } });
    expect(shop.calls()[0]?.body).toBe('Door code 4711-0815');
    const seen = [run, await oatty.runs.inspect(runId), await collect(oatty.runs.events(runId))];
    expect(JSON.stringify(seen)).not.toContain('4711-0815');
  });
});

describe('a plan that does more than it may', () => {
  const start = { workflow: drop, maxEffect: 'standard' } as const;

  it('becomes a question that names the steps, and runs after a yes', async () => {
    const { oatty, shop } = await openShop();
    const runId = await startAsking(oatty, { ...start, inputs: { order_id: 'ord_1' } });
    const { plan_hash } = await oatty.workflows.stepPlan(drop, { order_id: 'ord_1' });
    expect(await nextQuestion(oatty, runId)).toMatchObject({
      question_id: `confirm-${plan_hash}`,
      kind: 'confirmation',
      message: 'Workflow "drop" may remove data in drop (shop orders:delete). Run it?',
      schema: { required: ['confirm'], properties: { confirm: { type: 'boolean' } } },
    });
    expect(shop.calls()).toEqual([]);
    expect(await answer(oatty, runId, { confirm: true })).toMatchObject({ status: 'succeeded' });
  });

  it('fails after a no, and calls nothing', async () => {
    const { oatty, shop } = await openShop();
    const runId = await startAsking(oatty, { ...start, inputs: { order_id: 'ord_1' } });
    await nextQuestion(oatty, runId);
    expect(await answer(oatty, runId, { confirm: false })).toMatchObject({
      status: 'failed',
      error: { error_code: 'CONFIRMATION_REQUIRED' },
    });
    expect(shop.calls()).toEqual([]);
  });

  it('is asked about after the inputs are there', async () => {
    const { oatty } = await openShop();
    const runId = await startAsking(oatty, { ...start, maxEffect: 'safe' });
    const first = await nextQuestion(oatty, runId);
    expect(first.kind).toBe('input');
    await oatty.runs.respond(runId, { order_id: 'ord_1' });
    expect((await nextQuestion(oatty, runId, first)).kind).toBe('confirmation');
  });

  it('is not asked about when anything is allowed', async () => {
    const { oatty } = await openShop();
    const runId = await startAsking(oatty, { workflow: drop });
    await nextQuestion(oatty, runId);
    expect(await answer(oatty, runId, { order_id: 'ord_1' })).toMatchObject({ status: 'succeeded' });
  });

  it('is confirmed for steps that change something as well, where only reading is allowed', async () => {
    const { oatty } = await openShop();
    const manifest = {
      workflow: 'note',
      steps: [{ id: 'note', run: 'shop orders:note:update', with: { order: 'ord_1' }, body: 'x' }],
    };
    const runId = await startAsking(oatty, { workflow: { manifest }, maxEffect: 'safe' });
    expect(await nextQuestion(oatty, runId)).toMatchObject({
      message: 'Workflow "note" may change data in note (shop orders:note:update). Run it?',
    });
  });
});
